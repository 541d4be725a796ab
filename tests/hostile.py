"""Five hundred strings that somebody might hand in to make the house obey, fall over, or print something else.

By category, each with what must become of it where it is a name: ``LITERAL`` (printed sign for sign) or ``REFUSED``
(named at the counter with its code point). Drawn by lot from a fixed seed, so that they are the same on every run.
"""

import random
from collections.abc import Callable, Sequence

LITERAL, REFUSED = "literal", "refused"
EACH = 26
"""How many strings a category has."""

_chance = random.Random(31)


def _one(parts: Sequence[str]) -> str:
    return _chance.choice(parts)


def _around(parts: Sequence[str]) -> Callable[[], str]:
    """Return a maker of names with one of these parts in them, at the start, within, or at the end."""

    def make() -> str:
        name = _one(("Jane Example", "見本 花子", "O'Brien", "山田　太郎", "Nguyễn"))
        cut = _chance.randrange(len(name) + 1)
        return f"{name[:cut]}{_one(parts)}{name[cut:]}"

    return make


def _joined(parts: Sequence[str], most: int = 4) -> Callable[[], str]:
    return lambda: "".join(_one(parts) for _ in range(_chance.randint(1, most)))


_TEMPLATE = ("{{7*7}}", "{{ config }}", "{% for x in ().__class__.__base__ %}", "{# gone #}", "{{''.__class__}}",
             "${7*7}", "#{7*7}", "<%= 7*7 %>", "{%raw%}", "{{content.code}}", "{{ x|safe }}", "%7B%7B")  # fmt: skip
_TYPST = ('#eval("1+1")', "#panic(1)", "#let x = 1", '#read("/etc/passwd")', "#import \"x.typ\": *", "$x^2$", "$math$",
          "#sys.inputs", "#{1+1}", "@ref", "<label>", "= heading", "*bold*", "_it_", "`raw`", "// comment", "/* not */",
          "#show: none", "\\u{41}", "~", "---", "#[", "#set page(width: 1pt)")  # fmt: skip
_QUOTES = ('"', "'", "\\", "\\\\", '\\"', "''", '""', "`", "「", "」", "\\n", "\\0", '";', "');", "“", "”", "‘", "’")
_FORMULA = (
    '=HYPERLINK("http://example.com")',
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "=cmd|'/C calc'!A0",
    "=DDE(1)",
    "%0A=1",
)
_MARKUP = (
    "<script>alert(1)</script>",
    "<img src=x onerror=1>",
    "<!--",
    "-->",
    "<b>",
    "]]>",
    "<?xml?>",
)
_DAMAGE = ("&amp;", "&#x9AD8;", "?", "〓", "#N/A", "####", "\\u9ad8", "%E9%AB%98", "\ufffd", "Ã©")
"""What was damaged on its way is refused by its cause, whether or not somebody meant it."""
_SQL = ("'; DROP TABLE letter; --", "1 OR 1=1", "%s", "%(x)s", ":name", "$1", "{0}", "%n", "\\x00")
_PATHS = (
    "../../x",
    "..\\..\\x",
    "file:///etc/passwd",
    "C:\\x",
    "~root",
    "$HOME",
    "$(id)",
    "`id`",
    "|ls",
    ";id",
    "--help",
)
_BREAKS = ("\r\n", "\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\r\nBcc: a@example.com", "\n\n.")
_TURNS = ("\u202e", "\u202d", "\u202a", "\u202b", "\u2066", "\u2067", "\u2068", "\u200e", "\u200f", "\u061c")
_ZERO = ("\u200b", "\u2060", "\ufeff", "\u00ad", "\u180e", "\U000e0041", "\u2061", "\u2064")
_CONTROLS = tuple(chr(code) for code in (*range(1, 9), *range(14, 32), *range(127, 160)))
_RARE = ("𠮷", "髙", "﨑", "葛\U000e0100", "辻\U000e0100", "\ufa19", "栁", "𣘺", "㐂", "德", "濵", "邊", "嶋", "鷗")
_KANA = ("ｶﾅ", "ﾀﾛｳ", "ｶﾞ", "ﾊﾟ", "ﾔﾏﾀﾞ", "ｰ", "ﾞ", "､", "｡", "｢ﾐﾎﾝ｣", "ｧ")
_LATIN = ("Łukasz", "Ðőřñ", "Żółć", "Ægir", "Þór", "ß", "İzmir", "ñ", "Œuvre", "Šimůnek", "ǅ", "Nguyễn", "Ș")
_SHORN = ("العربية", "שלום", "ภาษาไทย", "हिन्दी", "한국어", "አማርኛ", "မြန်မာ", "தமிழ்", "ქართული", "ᠮᠣᠩᠭᠣᠯ")
_EMOJI = ("😀", "👨‍👩‍👧", "🏴\U000e0067\U000e007f", "🇯🇵", "👍🏽", "🧿", "🫠", "🀄", "🗾")


def _tower() -> str:
    return _one(("e", "a", "か", "Z")) + "".join(
        chr(_chance.randrange(0x300, 0x36F)) for _ in range(_chance.randint(8, 40))
    )


CATEGORIES: dict[str, tuple[str | None, Callable[[], str]]] = {
    "templates": (LITERAL, _around(_TEMPLATE)),
    "typst": (LITERAL, _around(_TYPST)),
    "quotes": (LITERAL, _around(_QUOTES)),
    "signs": (
        LITERAL,
        lambda: "".join(chr(_chance.randrange(33, 127)) for _ in range(_chance.randint(2, 20))).replace("?", "A"),
    ),
    "formulas": (LITERAL, _around(_FORMULA)),
    "markup": (LITERAL, _around(_MARKUP)),
    "statements": (LITERAL, _around(_SQL)),
    "paths": (LITERAL, _around(_PATHS)),
    "breaks": (REFUSED, lambda: f"Jane{_one(_BREAKS)}Example"),
    "turns": (REFUSED, _around(_TURNS)),
    "zero width": (REFUSED, _around(_ZERO)),
    "controls": (REFUSED, lambda: f"J{_one(_CONTROLS)}ane"),
    "nul": (REFUSED, lambda: f"{'J' * _chance.randint(1, 5)}\x00ane"),
    "surrogates": (REFUSED, lambda: f"見本{chr(_chance.randrange(0xD800, 0xE000))}花子"),
    "private use": (REFUSED, lambda: f"見本{chr(_chance.randrange(0xE000, 0xF900))}"),
    "damage": (REFUSED, _around(_DAMAGE)),
    "towers": (None, _tower),
    "rare": (LITERAL, _joined(_RARE)),
    "half-width kana": (LITERAL, lambda: "ﾐ" + _joined(_KANA)()),
    "Latin": (LITERAL, _joined(_LATIN, 2)),
    "scripts no font has": (None, _joined(_SHORN, 2)),
    "emoji": (None, _around(_EMOJI)),
    "too long": (REFUSED, lambda: _one(("W", "見", "。", "{{7*7}}", "a ")) * _chance.randint(2000, 10_000)),
}
"""Category -> (what must become of each as a name; None where the fonts decide), and how one is drawn."""

STRINGS: dict[str, tuple[str, ...]] = {
    category: tuple(make() for _ in range(EACH)) for category, (_, make) in CATEGORIES.items()
}
