"""The table of variants of one character, made from the published ones: `workflows/request/variants.txt`.

    python -m lab.variants FOLDER > workflows/request/variants.txt

FOLDER holds `Unihan_Variants.txt`, `Unihan_OtherMappings.txt` and `Unihan_Readings.txt` (Debian: package unicode-data);
the maps of the Ministry of Justice's notices and of the National Tax Agency come from the package jntajis-python 0.1.0,
which is installed for this alone. docs/adr says which tables were tried, and why these are taken, in this order.

A character is one with its standard form where the first table that knows it names exactly one, and that is not
another everyday character: what the cabinet's list (常用漢字表) has as two are two. The table is a part of what hashes
are made of: who makes another one raises `workflows.request.spelling.RULE`.
"""

import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

Edges = dict[str, set[str]]

# What JIS C 6226 exchanged (22 pairs) or gave new forms (4) in 1983: JIS X 0208:1997, annex 2.
_JIS_1983 = (
    "鯵鰺 鴬鶯 蛎蠣 撹攪 竃竈 潅灌 諌諫 頚頸 砿礦 蕊蘂 靭靱 賎賤 壷壺 砺礪 梼檮 涛濤 迩邇 蝿蠅 桧檜 侭儘 薮藪 篭籠"
    " 尭堯 槙槇 遥遙 瑶瑤"
)
_NOTICE = """\
# Variants of one character: a line for each standard form, its variants behind it. Made by lab/variants.py from
# - the Unicode Han Database 15.0 (Unicode licence v3, https://www.unicode.org/license.txt), which has the lists of
#   kanji for everyday use and for names (常用漢字表, 戸籍法施行規則別表第二);
# - the MJ縮退マップ (MJ shrink map) of the Information-technology Promotion Agency, its column of the Ministry of
#   Justice's notices on the family register; CC BY-SA 2.1 JP, https://moji.or.jp/mojikiban/map/: so is this table;
# - the JIS縮退マップ of the National Tax Agency, CC BY 4.0, https://www.houjin-bangou.nta.go.jp/download/;
# - JIS X 0208:1997, annex 2.
# Changed: joined, and cut down to what is one with exactly one standard form."""
_IDEOGRAPHS = range(0x3400, 0x33480)


class Unihan:
    """The fields of Unihan that are used, by character."""

    def __init__(self, folder: Path) -> None:
        """Read three of its files."""
        self.fields: dict[str, dict[str, str]] = defaultdict(dict)
        for name in ("Variants", "OtherMappings", "Readings"):
            for line in (folder / f"Unihan_{name}.txt").read_text(encoding="utf-8").splitlines():
                if line.startswith("U+"):
                    character, field, value = line.split("\t")
                    self.fields[field][_character(character)] = value

    def variants(self, field: str) -> Iterator[tuple[str, str]]:
        """Yield the pairs of a field of variants."""
        for character, value in self.fields[field].items():
            for one in value.split():
                yield character, _character(one.split("<")[0])

    def everyday(self, character: str) -> bool:
        """Whether it stands in the cabinet's list by itself, not as a form of another."""
        return "U+" not in self.fields["kJoyoKanji"].get(character, "U+")

    def share_a_reading(self, one: str, other: str) -> bool:
        """Whether both are read alike in one of their Sino-Japanese readings."""
        readings = self.fields["kJapaneseOn"]
        return not set(readings.get(one, "").split()).isdisjoint(readings.get(other, "").split())

    def rank(self, character: str) -> tuple[int, int]:
        """Return which of two is the standard form: the one with the smaller rank."""
        if self.everyday(character):
            return 0, ord(character)
        if "U+" not in self.fields["kJinmeiyoKanji"].get(character, "U+"):
            return 1, ord(character)
        return (2 if in_jis(character) else 3), ord(character)


def in_jis(character: str) -> bool:
    """Whether JIS X 0208 has it."""
    try:
        return len(character.encode("euc_jp")) == 2
    except UnicodeEncodeError:
        return False


def tables(unihan: Unihan) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield each published table, the one that counts first, as pairs."""
    import jntajis  # type: ignore[import-not-found]  # whoever makes the table installs it

    def translated(character: str) -> str:
        try:
            return str(jntajis.jnta_shrink_translit(character, replacement=""))
        except jntajis.TransliterationError:
            return ""

    ideographs = [chr(code) for code in _IDEOGRAPHS if unicodedata.category(chr(code)) == "Lo"]
    law = [
        (character, _character(word.partition(":")[2]))
        for character, value in unihan.fields["kJinmeiyoKanji"].items()
        for word in value.split()
        if "U+" in word
    ]
    yield "law", law
    notices = 1 << jntajis.MJShrinkScheme.MOJ_FAMILY_REGISTER_ACT_RELATED_NOTICE
    yield "notices", [(one, other) for one in ideographs for other in jntajis.mj_shrink_candidates(one, notices)]
    yield "tax", [(one, translated(one)) for one in ideographs]
    yield "jis", [(pair[0], pair[1]) for pair in _JIS_1983.split()]
    yield "same glyph", list(unihan.variants("kZVariant"))
    traditional = [(one, other) for one, other in unihan.variants("kTraditionalVariant") if not in_jis(one)]
    yield "simplified", traditional


def made(unihan: Unihan) -> dict[str, str]:
    """Return {variant: standard form}.

    Two old forms that Unihan calls variants in some of their senses, and that share a reading, are joined by it with
    all their forms: it alone knows that 齊 and 齋, and so 斉藤 and 斎藤, are written for each other.
    """
    known: list[Edges] = []
    for _, pairs in tables(unihan):
        edges: Edges = defaultdict(set)
        for one, other in _usable(pairs, unihan):
            worse, better = sorted((one, other), key=unihan.rank, reverse=True)
            edges[worse].add(better)
        known.append(edges)
    standard: dict[str, str] = {}

    def resolved(character: str) -> str:
        if character not in standard:
            standard[character] = character
            wanted = next((edges[character] for edges in known if character in edges), set())
            forms = {resolved(one) for one in wanted}
            if len(forms) == 1:
                (standard[character],) = forms
        return standard[character]

    for edges in known:
        for character in edges:
            resolved(character)
    for one, other in unihan.variants("kSpecializedSemanticVariant"):
        kept, joined = sorted((standard.get(one, one), standard.get(other, other)), key=unihan.rank)
        old = one != standard.get(one, one) and other != standard.get(other, other)
        if old and kept != joined and unihan.share_a_reading(one, other):
            standard.update({each: kept for each, form in standard.items() if form == joined} | {joined: kept})
    return {character: form for character, form in standard.items() if character != form}


def _usable(pairs: Iterable[tuple[str, str]], unihan: Unihan) -> Iterator[tuple[str, str]]:
    for pair in pairs:
        one, other = (unicodedata.normalize("NFKC", each) for each in pair)
        if len(one) == len(other) == 1 and one != other and not (unihan.everyday(one) and unihan.everyday(other)):
            yield one, other


def _character(code: str) -> str:
    return chr(int(code.removeprefix("U+"), 16))


def main(folder: str) -> None:
    """Print the table: a line for each standard form, its variants behind it."""
    groups: dict[str, list[str]] = defaultdict(list)
    for variant, form in made(Unihan(Path(folder))).items():
        groups[form].append(variant)
    print(_NOTICE)
    for form in sorted(groups):
        print(form + "".join(sorted(groups[form])))


if __name__ == "__main__":
    main(sys.argv[1])
