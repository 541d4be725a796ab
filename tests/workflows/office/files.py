"""Procedures as files, made up: from the keys the readers ask for, with values that fit and values that do not."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from hypothesis import strategies as st

from workflows.office.declared import Key, declared
from workflows.office.table import ALL

KEYS = {place: key for keys in declared().values() for place, key in keys.items()}
"""Every key there is, by place."""
TEXTS = [
    "text",
    "文",
    "code_1",
    "refuse:method_not_followed",
    "estimated",
    "proxy_statement",
    "agent",
    "minor",
    "photo",
]

odd = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 10**12)
    | st.floats(allow_nan=False)
    | st.dates(date(1, 1, 1))
    | st.text(max_size=8)
    | st.sampled_from([ALL, *TEXTS]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
"""Anything a file may hold."""


_CODES = [f"code_{number}" for number in range(6)]
_WAYS = st.lists(
    st.lists(st.sampled_from(["photo", "no_photo", "any", "passport"]), min_size=1, max_size=2), min_size=1, max_size=2
)
_PROOFS = st.lists(
    st.lists(st.sampled_from(["proxy_statement", "family_register"]), min_size=1, max_size=2), min_size=1, max_size=2
)
_WHERE = st.sampled_from(["post", "counter"]) | st.just(["post", "electronic"])
OWN: dict[str, st.SearchStrategy[Any]] = {
    "fee.amount": st.integers(0, 2000) | st.just("estimated"),
    "identity.enough": _WAYS,
    "representative.proofs": _PROOFS,
    "representative.kind": st.sampled_from(["agent", "minor", "adult_ward"]),
    "fee_shortage.then": st.just("refuse:method_not_followed"),
    "form.paper": st.sampled_from(_CODES),
    **{place: st.sampled_from(_CODES) for place in KEYS if place.endswith(".code") and place != "evidence.code"},
    "identity.where": _WHERE,
    "identity.of": st.sampled_from(["subject", "representative", "agent"]) | st.just(["subject", "minor"]),
    "identity.only_one_of": st.just([["passport", "drivers_licence"]]),
    "representative.where": _WHERE,
    "representative.consent_from": st.integers(12, 17),
    "representative.degree": st.integers(1, 6),
    "lists": st.just({"A": ["passport", "drivers_licence"]}),
}
"""Values of a shape of their own, by the key."""
SELDOM = {"execution", "start.not_accepted", "form.paper", "step.who_ja", "answer.collect"}
"""What fits with little else is drawn less often."""
NEEDED = {"within", "amount", "said", "then", "ja", "en", "enough", "proofs", "code", "kind", "end"}
"""Keys that must be there although their readers may ask for them otherwise."""


def value(key: Key) -> st.SearchStrategy[Any]:
    """Return values that fit a key."""
    if key.place in OWN:
        return OWN[key.place]
    words = st.sampled_from(key.words) if key.words else st.sampled_from(TEXTS)
    match key.kind:
        case "text":
            return st.sampled_from(TEXTS)
        case "word":
            return words
        case "words":
            return st.just(ALL) | st.lists(words, max_size=4, unique=True)
        case "texts":
            return st.lists(st.sampled_from(TEXTS), max_size=2, unique=True)
        case "number":
            return st.integers(0, 40)
        case "flag":
            return st.booleans()
        case "day":
            return st.dates(date(2026, 1, 1), date(2030, 1, 1))
        case "period":
            return st.dictionaries(words, st.integers(1, 24), min_size=1, max_size=1)
        case _:
            return st.integers(1, 2000)


PARTS = sorted({place for place in KEYS if "." not in place})
"""The tables and rows a file may have."""


@st.composite
def files(draw: st.DrawFn, *, oddly: bool, parts: Collection[str] = PARTS) -> str:
    """Draw a file of these *parts*; *oddly*: now and then with a value that does not fit, or a key nobody knows."""

    def table(place: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        inside = [
            key for key in KEYS.values() if key.place.rpartition(".")[0] == place and (place or key.place in parts)
        ]
        for key in inside:
            name = key.place.rpartition(".")[2]
            asked = not place and parts is not PARTS
            needed = asked or key.required or name in NEEDED or (name.endswith("_en") and f"{name[:-3]}_ja" in found)
            if name.endswith("_en") and f"{name[:-3]}_ja" not in found and not oddly:
                continue
            often = 6 if key.place in SELDOM else 2
            if draw(st.integers(1, often)) != often and not (needed and (not oddly or draw(st.integers(0, 9)))):
                continue
            if oddly and not draw(st.integers(0, 7)):
                found[name] = draw(odd)
            elif key.kind == "table" and key.place not in OWN:
                found[name] = table(key.place)
            elif key.kind == "rows":
                found[name] = [table(key.place) for _ in range(draw(st.integers(int(parts is not PARTS), 2)))]
            else:
                found[name] = draw(value(key))
        if oddly and not draw(st.integers(0, 9)):
            found[draw(st.text(max_size=6))] = draw(odd)
        return found

    whole = {"from": date(2026, 12, 1), **table("")}
    if whole.get("fee") and not oddly:
        whole.setdefault("fee_shortage", {"then": "refuse:method_not_followed"})
    return toml(whole)


def toml(values: Mapping[str, Any]) -> str:
    """Return values as a TOML text; what TOML cannot hold (None) is left out."""
    return "".join(f"{_text(key)} = {_toml(item)}\n" for key, item in values.items() if item is not None)


def _toml(item: Any) -> str:
    if isinstance(item, bool):
        return "true" if item else "false"
    if isinstance(item, (int, float)):
        return repr(item)
    if isinstance(item, date):
        return item.isoformat()
    if isinstance(item, str):
        return _text(item)
    if isinstance(item, Mapping):
        inside = (f"{_text(key)} = {_toml(value)}" for key, value in item.items() if value is not None)
        return "{ " + ", ".join(inside) + " }"
    return "[" + ", ".join(_toml(each) for each in item if each is not None) + "]"


def _text(text: str) -> str:
    """Return a text as a basic string of TOML, what could not stand in it escaped."""
    kept = (
        c if c.isprintable() and c not in '"\\\\' else f"\\U{ord(c):08x}" for c in text if not 0xD800 <= ord(c) < 0xE000
    )
    return '"' + "".join(kept) + '"'
