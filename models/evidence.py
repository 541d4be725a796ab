"""What was shown to prove identity and representation, and the codes that went out with the forms.

Copies of documents are not kept here: type, days, who it belongs to and what a person saw. A
document's number is kept only as a keyed hash, to find the same paper in two cases.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    ForeignKey,
    Index,
    Integer,
    Row,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    select,
    update,
)

from models.base import Json, Moment, metadata
from models.questions import Question, ask, by_case
from workflows.law.proving import Where
from workflows.law.values import Right
from workflows.request.values import AddressShown, Authority, Document, Masking, Party, Stated

evidence = Table(
    "evidence",
    metadata,
    Column("case_id", ForeignKey("case.id"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("ord", Integer, primary_key=True),
    Column("round", Integer, nullable=False),
    # document | authority
    Column("sort", Text, nullable=False),
    Column("holder", Text),
    Column("type", Text, nullable=False),
    Column("photo", Boolean),
    Column("issued_on", Date),
    Column("expires_on", Date),
    Column("address", Text),
    Column("name_matches", Boolean),
    Column("seal_matches", Boolean),
    Column("masking", Text),
    Column("signed", Boolean),
    Column("number_hash", Text),
    # What a mandate was given for, as it says; NULL: no limits, or nobody wrote them down.
    Column("rights", Json),
    # What it was judged against: {party: [name, address, birth date]}, commitments under the case's key. A paper proves
    # what it was accepted for, whatever the case says later.
    Column("judged", Json, nullable=False),
    Column("arrived_on", Date, nullable=False),
    Column("checked_by", Text, nullable=False),
    # counter | electronic; NULL: a copy that came in the post.
    Column("looked_at", Text),
    # Whether what came in the post was the paper itself; NULL: a copy, as papers were before this was asked.
    Column("original", Boolean),
    # The degree of kinship a proof shows.
    Column("degree", Integer),
    # The step that put its registration right: it stays for whoever asks, and counts for nothing any more.
    Column("undone_seq", Integer),
    Index("ix_evidence_number_hash", "number_hash"),
)

form_code = Table(
    "form_code",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("case.id"), nullable=False),
    Column("round", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("letter", Text, nullable=False),
    # Keyed hash; the code itself exists only on paper once the letter is made.
    Column("hash", Text, nullable=False, unique=True),
    # live | used | void
    Column("state", Text, nullable=False),
    Column("expires_on", Date),
    Column("ended_at", Moment),
    UniqueConstraint("case_id", "seq"),
)

OF_CASES = Question(
    select(evidence).where(evidence.c.case_id.in_(bindparam("ids", expanding=True)), evidence.c.undone_seq.is_(None)),
    "case_id",
    "seq",
    "ord",
)
"""The evidence of the cases ``ids``, in the order it came, without what was registered wrongly."""
_TAKE_BACK = (
    update(evidence)
    .where(evidence.c.case_id == bindparam("key_case_id"), evidence.c.seq == bindparam("key_of_seq"))
    .values(undone_seq=bindparam("key_by_seq"))
)
_CODE = select(form_code).where(form_code.c.hash == bindparam("hash"))
_CODES = select(form_code).where(form_code.c.id.in_(bindparam("ids", expanding=True)))


def of_cases(db: Connection, ids: Collection[int]) -> dict[int, list[Row[Any]]]:
    """Return the evidence of these cases in the order it came, without what was registered wrongly."""
    return by_case(ask(db, [OF_CASES], {"ids": list(ids)})[OF_CASES])


def take_back(db: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write that papers count no more: (``case_id``, ``of_seq`` that registered them, ``by_seq`` that put it right)."""
    if rows:
        db.execute(_TAKE_BACK, [{f"key_{name}": value for name, value in row.items()} for row in rows])


def code_by_hash(db: Connection, code_hash: str) -> Row[Any] | None:
    """Return the form code with that keyed hash."""
    return db.execute(_CODE, {"hash": code_hash}).one_or_none()


def codes_by_id(db: Connection, ids: Collection[int]) -> dict[int, Row[Any]]:
    """Return these form codes by id."""
    return {row.id: row for row in db.execute(_CODES, {"ids": list(ids)})} if ids else {}


def documents(rows: Collection[Row[Any]]) -> list[Document]:
    """Return the identity documents among these rows as the rules see them."""
    return [
        Document(
            holder=Party(row.holder),
            type=row.type,
            masking=Masking(row.masking),
            photo=row.photo,
            issued_on=row.issued_on,
            expires_on=row.expires_on,
            address=AddressShown(row.address),
            name_matches=row.name_matches,
            seal_matches=row.seal_matches,
            arrived_on=row.arrived_on,
            judged=read_stated(row.judged).get(Party(row.holder)),
            looked_at=Where(row.looked_at or Where.POST),
            original=bool(row.original),
        )
        for row in rows
        if row.sort == "document"
    ]


def authorities(rows: Collection[Row[Any]]) -> list[Authority]:
    """Return the proofs of representation among these rows as the rules see them."""
    return [
        Authority(
            type=row.type,
            issued_on=row.issued_on,
            signed=bool(row.signed),
            names_match=bool(row.name_matches),
            masking=Masking(row.masking) if row.masking else None,
            arrived_on=row.arrived_on,
            rights=None if row.rights is None else tuple(Right(right) for right in row.rights),
            subject=read_stated(row.judged).get(Party.SUBJECT),
            representative=read_stated(row.judged).get(Party.REPRESENTATIVE),
            seal_matches=bool(row.seal_matches),
            degree=row.degree,
            looked_at=Where(row.looked_at or Where.POST),
            original=bool(row.original),
        )
        for row in rows
        if row.sort == "authority"
    ]


def stored_stated(stated: Mapping[Party, Stated | None]) -> dict[str, list[str | None]]:
    """Return what people state as a row keeps it: {party: [name, address, birth date]}."""
    return {str(party): [one.name, one.address, one.birth] for party, one in sorted(stated.items()) if one is not None}


def read_stated(stored: Mapping[str, Sequence[str | None]]) -> dict[Party, Stated]:
    """Return what people state, as a row keeps it."""
    return {Party(party): Stated(*kept) for party, kept in stored.items()}
