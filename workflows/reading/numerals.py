"""Kanji numerals."""

_DIGITS = {numeral: value for value, numeral in enumerate("〇一二三四五六七八九")} | {"零": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}


def number(numeral: str) -> int:
    """Return what a kanji numeral counts, written with units (二十三) or figure by figure (二三)."""
    if not any(character in _UNITS for character in numeral):
        return int("".join(str(_DIGITS[character]) for character in numeral))
    total = figures = 0
    for character in numeral:
        if character in _UNITS:
            total += (figures or 1) * _UNITS[character]
            figures = 0
        else:
            figures = figures * 10 + _DIGITS[character]
    return total + figures
