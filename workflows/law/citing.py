"""How an article is named: short, as staff read it, and place by place, as the letters cite it. Pure.

Articles stand in the files of the law as ``33(2)(i)``, ``35(2), (4), (6)`` or ``27(1)(v)-(vii)``, those of another act
behind its code: ``APPI 36``. What follows ``Order`` is of the Cabinet Order made under the act, to the end:
``37(3), Order 12(iii), 13``. Citations of several acts are parted by a semicolon.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_PART = re.compile(r"(?P<article>\d+[A-Z]?(?:-\d+)*)?(?P<clauses>(?:\((?:\d+|[a-z]+)\))*)(?:-\((?P<last>\w+)\))?")
_CLAUSE = re.compile(r"\((\d+|[a-z]+)\)")


class Unit(StrEnum):
    """What an act is divided into."""

    ARTICLE = "article"
    SECTION = "section"
    PARAGRAPH = "paragraph"


class Points(StrEnum):
    """What ``(i)`` is in an act: its item 1, or a letter."""

    ITEMS = "items"
    LETTERS = "letters"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An act that articles are of: its code, its name in both languages, and how Japanese calls it in short."""

    code: str
    ja: str
    en: str
    short_ja: str
    unit: Unit = Unit.ARTICLE
    points: Points = Points.ITEMS

    def __getitem__(self, language: str) -> str:
        """Return the name in *language* (``ja`` or ``en``)."""
        return self.ja if language == "ja" else self.en


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation taken apart: the act, its places, and those of the Cabinet Order under it.

    ``places`` is None where the citation has a form not known here; ``given`` is then printed, never left out.
    """

    act: Act
    given: str
    places: tuple[str, ...] | None = None
    of_order: tuple[str, ...] = ()

    def worded(self, places: Sequence[str], language: str) -> str:
        """Return places as *language* writes them, the first one without what the sentence says before it."""
        if language == "en":
            return ", ".join(places)
        return "、".join(_japanese(places, self.act)).removeprefix("第")


def citations(article: str, acts: Sequence[Act]) -> list[Cited]:
    """Return what a citation names, act by act; what names no act is of the first."""
    return [_cited(part, acts) for part in article.split("; ")]


def short(article: str, acts: Sequence[Act]) -> dict[str, str]:
    """Return how staff read it, in both languages: ``APPI 39(1)``, 個人情報保護法第39条第1項."""
    found = citations(article, acts)
    ja = [
        f"{one.act.short_ja}第{one.worded(one.places, 'ja')}"
        if one.places and not one.of_order
        else f"{one.act.short_ja} {one.given}"
        for one in found
    ]
    return {"ja": "、".join(ja), "en": "; ".join(f"{one.act.code} {one.given}" for one in found)}


def one_article(places: Sequence[str]) -> bool:
    """Whether one article is named: what begins with a bracket is another paragraph of the one before."""
    return sum(not place.startswith("(") for place in places) == 1


def _cited(article: str, acts: Sequence[Act]) -> Cited:
    named = sorted((act for act in acts if article.startswith(f"{act.code} ")), key=lambda act: len(act.code))
    act = named[-1] if named else acts[0]
    given = article.removeprefix(f"{act.code} ") if named else article
    of_act, _, of_order = given.partition(", Order ")
    of_the_act, of_the_order = (_places(part) for part in (of_act, of_order.replace("Order ", "")))
    if of_the_act is None or of_the_order is None or not of_the_act:
        return Cited(act, given)
    return Cited(act, given, tuple(of_the_act), tuple(of_the_order))


def _places(listed: str) -> list[str] | None:
    """Return the places of a list such as ``35(2), (4)``, a blank before a bracket left out; None where one is none."""
    places = [place.replace(" (", "(") for place in listed.split(", ")] if listed else []
    known = all(_PART.fullmatch(place) for place in places) and not (places and places[0].startswith("("))
    return places if known else None


def _japanese(places: Sequence[str], act: Act) -> Iterator[str]:
    current = ""
    for place in places:
        found = _PART.fullmatch(place)
        if found is not None:
            current = found["article"] or current
            head, *branches = current.split("-")
            words = f"第{head}{'項' if act.unit is Unit.PARAGRAPH else '条'}" + "".join(f"の{one}" for one in branches)
            for clause in _CLAUSE.findall(found["clauses"]):
                words += _clause(clause, act)
            yield words if found["last"] is None else f"{words}から{_clause(found['last'], act)}まで"


def _clause(clause: str, act: Act) -> str:
    if clause.isdigit() and act.unit is not Unit.PARAGRAPH:
        return f"第{clause}項"
    items = act.points is Points.ITEMS and clause in _ROMAN
    return f"第{_ROMAN.index(clause) + 1}号" if items else f"({clause})"
