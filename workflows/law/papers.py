"""Reading the tables of papers, ``evidence_*.toml``: documents, masks, proofs, ages, and what is enough of them."""

from collections.abc import Callable, Collection, Hashable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from workflows.law.law import Customs, Floor, Majority, Paper, Papers, Proof
from workflows.law.proving import (
    CLASSES,
    REPRESENTATIVE,
    SUBJECT,
    Age,
    IdentityRule,
    Where,
)
from workflows.law.reading import BadData, Table, each, read, refuse_overlaps
from workflows.law.values import RECORDED_POST, RepresentativeKind, Right
from workflows.law.ways import Reading

Row = TypeVar("Row")
ANY = "any"
"""What stands for the kind of a proof that an office may name among those of whatever kind."""
_OF = (SUBJECT, REPRESENTATIVE, *RepresentativeKind)


def load_papers(*paths: Path) -> Papers:
    """Read one or more files of papers as one table. Raises ``BadData``."""
    faults: list[str] = []
    papers = read_papers(paths, faults)
    if faults:
        raise BadData(faults)
    return papers


def read_papers(paths: Sequence[Path], faults: list[str]) -> Papers:
    """Read files of papers as one table; what is wrong is noted in *faults*."""
    tops = [read(path, faults) for path in paths]
    words: dict[str, tuple[str, str]] = {}
    masks = {code: article for top in tops for code, article in each(top, "mask", lambda t: _mask(t, words))}
    documents = _later_counts(
        [each(top, "document", lambda t: _paper(t, masks, words)) for top in tops], lambda row: row.code
    )
    rows = [each(top, "authority", lambda t: _proof(t, masks, words), "type") for top in tops]
    proofs = _later_counts(rows, lambda row: (row.kind, row.type))
    majority = _later_counts([each(top, "majority", _majority, "age") for top in tops], lambda _: "age")
    codes = {row.code for row in documents}
    # A file named later is the more particular one: what it says comes first.
    identity = tuple(row for top in reversed(tops) for row in each(top, "identity", lambda t: _identity(t, codes)))
    floors = [floor for top in tops if (floor := _floor(top)) is not None]
    customs = [found for top in tops if (found := _customs(top, codes, masks)) is not None]
    for top in tops:
        top.finish()
    files = ", ".join(path.name for path in paths)
    refuse_overlaps(documents, lambda r: r.code, lambda r: (r.first, r.last), f"{files}, document", faults)
    refuse_overlaps(proofs, lambda r: (r.kind, r.type), lambda r: (r.first, r.last), f"{files}, authority", faults)
    refuse_overlaps(majority, lambda _: "age", lambda r: (r.first, r.last), f"{files}, majority", faults)
    if not documents and not faults:
        faults.append(f"{files}: there is no [[document]]; without one nobody could prove who they are")
    if not faults and not _every_day_has_an_age(majority):
        faults.append(
            f"{files}, majority: every day needs an age; let each row begin the day after the one before ends"
        )
    return Papers(
        documents=documents,
        proofs=proofs,
        majority=majority,
        masks=masks,
        identity=identity,
        floor=floors[-1] if floors else None,
        customs=customs[-1] if customs else Customs(),
        words=words,
    )


def _named(table: Table, code: str, words: dict[str, tuple[str, str]]) -> str:
    """Return a code, with what its row calls it put among the *words*: as an office must whose papers nobody knows."""
    if "ja" in table or "en" in table:
        words[code] = (table.text("ja"), table.text("en"))
    return code


def _later_counts(files: Sequence[Sequence[Row]], key: Callable[[Row], Hashable]) -> tuple[Row, ...]:
    """Return the rows of several files; what a later one says of a paper takes the place of what an earlier one did."""
    found: list[Row] = []
    for rows in files:
        anew = {key(row) for row in rows}
        found = [row for row in found if key(row) not in anew] + list(rows)
    return tuple(found)


def _mask(table: Table, words: dict[str, tuple[str, str]]) -> tuple[str, str]:
    return _named(table, table.text("code"), words), table.text("article")


def _paper(table: Table, masks: Collection[str], words: dict[str, tuple[str, str]]) -> Paper:
    first, last = table.days()
    return Paper(
        code=_named(table, table.text("code"), words),
        article=table.text("article"),
        photograph=table.says("photograph"),
        shows_address=table.says("address"),
        where_printed=table.flag("where_printed"),
        masks=table.words("masks", masks),
        first=first,
        last=last,
        unexpired=table.flag("unexpired"),
        where_shown=table.flag("where_shown"),
        issued_from=table.day("issued_from"),
        issued_within_months=table.number("issued_within_months"),
        address_issued_before=table.day("address_issued_before"),
        seal=table.flag("seal"),
        on_card_from=table.day("on_card_from"),
        second_person=table.flag("second_person"),
        never=table.flag("never"),
        issued_within_days=table.number("issued_within_days"),
        optional=table.flag("optional"),
        original=table.flag("original"),
        front_only=table.flag("front_only"),
    )


def _proof(table: Table, masks: Collection[str], words: dict[str, tuple[str, str]]) -> Proof | None:
    of_any = table.raw("kind") == ANY
    kind, (first, last) = None if of_any else table.word("kind", RepresentativeKind), table.days()
    proof = Proof(
        kind=kind,
        type=_named(table, table.text("type"), words),
        article=table.text("article"),
        first=first,
        last=last,
        issued_within_months=table.number("issued_within_months"),
        issued_within_days=table.number("issued_within_days"),
        signature=table.flag("signature"),
        masks=table.words("masks", masks, ()),
        seal=table.flag("seal"),
        death=table.flag("death"),
        kinship=table.flag("kinship"),
        of_subject=table.flag("of_subject"),
        original=table.flag("original"),
    )
    return proof if of_any or kind is not None else None


def _identity(table: Table, codes: Collection[str]) -> IdentityRule:
    """Read what is enough under a law that says it itself."""
    table.text("article")
    reading = Reading("enough", [*CLASSES, *codes])
    enough = reading.ways(table.raw("enough"))
    for code, params in reading.problems:
        table.fault(f"enough: {code} {params}")
    return IdentityRule(
        where=frozenset(Where(word) for word in table.words("where", list(Where), list(Where))),
        rights=frozenset(Right(word) for word in table.words("rights", list(Right), list(Right))),
        of=frozenset(table.words("of", _OF, (SUBJECT, REPRESENTATIVE))),
        enough=enough,
    )


def _floor(top: Table) -> Floor | None:
    table = top.table("floor", required=False)
    if table is None:
        return None
    months = table.number("oldest_months", required=True) or 1
    floor = Floor(article=table.text("article"), oldest=Age(months), oldest_article=table.text("oldest_article"))
    table.finish()
    return floor


def _customs(top: Table, papers: Collection[str], masks: Collection[str]) -> Customs | None:
    table = top.table("customs", required=False)
    if table is None:
        return None
    customs = Customs(
        seals=table.flag("seals"),
        readings=table.flag("readings"),
        postcode=table.numbers("postcode"),
        recorded_post=table.words("recorded_post", RECORDED_POST, ()),
        address=table.words("address", papers, ()),
        named_masks=table.words("named_masks", masks, ()),
    )
    table.finish()
    return customs


def _every_day_has_an_age(rows: Sequence[Majority]) -> bool:
    ordered = sorted(rows, key=lambda row: row.first or date.min)
    if not ordered or ordered[0].first is not None or ordered[-1].last is not None:
        return False
    return all(a.last is not None and b.first == a.last + timedelta(days=1) for a, b in pairwise(ordered))


def _majority(table: Table) -> Majority:
    first, last = table.days()
    return Majority(age=table.number("age", required=True) or 0, article=table.text("article"), first=first, last=last)
