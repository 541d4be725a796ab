"""The case: one row that says where a request stands, and the numbers people call it by. No personal data in clear."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Connection,
    Date,
    Index,
    Integer,
    LargeBinary,
    Row,
    Table,
    Text,
    bindparam,
    insert,
    select,
    text,
    update,
)

from models.base import Json, Moment, metadata, upserting_insert
from models.evidence import read_stated, stored_stated
from models.staff import log_head
from workflows.calendars import Held
from workflows.case import Case, Letter, OnHold
from workflows.numbers import case_number
from workflows.regimes import regime
from workflows.values import (
    Authority,
    Document,
    FormName,
    Halt,
    HoldReason,
    OutcomeName,
    Override,
    Party,
    RepresentativeKind,
    Right,
    RightOutcome,
    Vouched,
)

case = Table(
    "case",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("definition", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("regime", Text, nullable=False),
    # The privacy policy in force when the case was opened (S1, S37).
    Column("policy", Date, nullable=False),
    Column("state", Text, nullable=False),
    Column("open", Boolean, nullable=False),
    # seq counts history rows; entered_seq is the row that brought the case into its present state.
    Column("seq", Integer, nullable=False),
    Column("entered_seq", Integer, nullable=False),
    Column("entered_on", Date, nullable=False),
    # The hash of the newest history row, so that the next one can be chained without reading it.
    Column("head", Text, nullable=False),
    # Where the office's log ended when this row was last written: each case witnesses the log.
    Column("log_seq", Integer, nullable=False, server_default=text("0")),
    Column("log_hash", Text, nullable=False, server_default=text("''")),
    # When that row was written, in microseconds as the history has them: the next one is never earlier.
    Column("head_at", BigInteger, nullable=False, server_default="0"),
    Column("opened_at", Moment, nullable=False),
    # First contact: the day that counts, which may lie before the case was typed in.
    Column("received_at", Moment, nullable=False),
    Column("opened_on", Date, nullable=False),
    Column("closed_at", Moment),
    Column("category", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("language", Text, nullable=False),
    # {right: null | {outcome, ground, enclosures, confirmed, method}}; explanations are sealed in `matter`.
    Column("rights", Json, nullable=False),
    Column("representative", Text),
    Column("mail_to", Text, nullable=False),
    # Whose postal address is known: ["subject", "representative"].
    Column("addresses", Json, nullable=False),
    # A hint to whoever verifies; it counts for nothing else.
    Column("address_on_record", Boolean, nullable=False),
    # What the people state, as commitments under the case's key: {party: [name, address, birth date]}.
    Column("stated", Json, nullable=False),
    # {address | birth: [names]}: who wrote it down, and so cannot vouch for it.
    Column("said_by", Json, nullable=False),
    # [[what, how, covers, by], ...]: what a verifier answers for by name beside the papers.
    Column("vouched", Json, nullable=False),
    # {right: signed} of every right whose box was ticked on a form that came back.
    Column("asked", Json, nullable=False),
    # The commitment of the address the round's forms were posted to.
    Column("mailed_to", Text),
    # The commitment of the address from which a good code first came back: somebody there asked.
    Column("came_from", Text),
    Column("rounds", Integer, nullable=False),
    Column("posted_on", Date),
    Column("first_arrived_on", Date),
    Column("arrived_on", Date),
    Column("arrived_at", Moment),
    # {form: signed} of every form that ever came back in a usable state.
    Column("forms", Json, nullable=False),
    Column("corrections", Integer, nullable=False),
    Column("halt", Json),
    Column("method", Text),
    Column("hold", Json),
    # [[first, last], ...] days on hold, both included.
    Column("held", Json, nullable=False),
    Column("overrides", Json, nullable=False),
    Column("linked", Json, nullable=False),
    Column("verified_by", Text),
    Column("decided_by", Text),
    Column("released_by", Text),
    # True where an office of one, chosen openly in the settings, released its own decision.
    Column("sole", Boolean, nullable=False),
    Column("extended", Boolean, nullable=False),
    Column("extend_reason", Text),
    Column("withdrawn_on", Date),
    Column("letters", Integer, nullable=False),
    Column("owner", Text),
    # The next moment of the case: the earliest of its timers, for the work list.
    Column("due_at", Moment),
    Column("next", Text),
    # Sealed: corrections, explanations, the note.
    Column("matter", LargeBinary),
    Column("erased_at", Moment),
    # Four eyes in the database too: these hold on NULL, so that no path around decide() can release (S51, F4).
    CheckConstraint(
        "state <> 'fulfilled' OR (verified_by IS NOT NULL AND decided_by IS NOT NULL AND released_by IS NOT NULL)",
        name="fulfilled_has_people",
    ),
    CheckConstraint(
        "state <> 'refused' OR (decided_by IS NOT NULL AND released_by IS NOT NULL)", name="refused_has_people"
    ),
    CheckConstraint(
        "state NOT IN ('fulfilled', 'refused') OR sole OR (released_by <> decided_by"
        " AND (verified_by IS NULL OR released_by <> verified_by))",
        name="four_eyes",
    ),
    CheckConstraint("state IN ('fulfilled', 'refused') OR released_by IS NULL", name="released_is_closed"),
    Index("ix_case_open_due", "due_at", sqlite_where=text("open"), postgresql_where=text("open")),
    Index("ix_case_open_state", "state", sqlite_where=text("open"), postgresql_where=text("open")),
    # For whoever brings cases under a new version: those behind, the longest open first.
    Index("ix_case_open_version", "version", "id", sqlite_where=text("open"), postgresql_where=text("open")),
)

_WITNESS = {
    "log_seq": select(log_head.c.seq).where(log_head.c.id == 1).scalar_subquery(),
    "log_hash": select(log_head.c.hash).where(log_head.c.id == 1).scalar_subquery(),
}

counter = Table(
    "counter",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Integer, nullable=False),
)


def reserve_numbers(db: Connection, year: int, count: int) -> list[str]:
    """Take the next *count* case numbers of a year; gaps after a failed opening are wanted, doubles are not."""
    last = count_on(db, f"case/{year}", count)
    return [case_number(year, serial) for serial in range(last - count + 1, last + 1)]


def count_on(db: Connection, name: str, count: int = 1) -> int:
    """Move a counter on by *count* and return where it stands then."""
    taken = (
        upserting_insert(db, counter)
        .values(name=name, value=count)
        .on_conflict_do_update(index_elements=["name"], set_={"value": counter.c.value + count})
        .returning(counter.c.value)
    )
    return int(db.execute(taken).scalar_one())


_BY_NUMBER = select(case).where(case.c.number.in_(bindparam("numbers", expanding=True))).order_by(case.c.id)
_BY_ID = select(case).where(case.c.id.in_(bindparam("ids", expanding=True))).order_by(case.c.id)
# FOR NO KEY UPDATE: plain FOR UPDATE would block the foreign keys of every child row written elsewhere.
_LOCK_NUMBERS = _BY_NUMBER.with_for_update(key_share=True)
_LOCK_IDS = _BY_ID.with_for_update(key_share=True)
_LOCK_FREE_IDS = _BY_ID.with_for_update(key_share=True, skip_locked=True)
_NUMBERS = select(case.c.id, case.c.number).where(case.c.number.in_(bindparam("numbers", expanding=True)))
_LOCK_FREE_NUMBERS = _NUMBERS.order_by(case.c.id).with_for_update(key_share=True, skip_locked=True)


def lock(db: Connection, numbers: Collection[str]) -> dict[str, Row[Any]]:
    """Lock these cases, in the order everybody locks in, and return their rows by number."""
    return {row.number: row for row in db.execute(_LOCK_NUMBERS, {"numbers": list(numbers)})}


def lock_free(db: Connection, ids: Collection[int]) -> dict[str, Row[Any]]:
    """Lock those of these cases nobody else holds, and return their rows by number."""
    return {row.number: row for row in db.execute(_LOCK_FREE_IDS, {"ids": list(ids)})}


def held(db: Connection, numbers: Collection[str]) -> set[str]:
    """Lock those of these cases nobody else holds, and return the numbers of those somebody does."""
    free = {row.number for row in db.execute(_LOCK_FREE_NUMBERS, {"numbers": list(numbers)})}
    rest = [number for number in numbers if number not in free]  # held, or not opened yet
    return {row.number for row in db.execute(_NUMBERS, {"numbers": rest})} if rest else set()


def lock_ids(db: Connection, ids: Collection[int]) -> dict[str, Row[Any]]:
    """Lock these cases by id, waiting for those somebody else holds, and return their rows by number."""
    return {row.number: row for row in db.execute(_LOCK_IDS, {"ids": list(ids)})}


def find(db: Connection, number: str) -> Row[Any] | None:
    """Return one case's row without locking it."""
    return db.execute(_BY_NUMBER, {"numbers": [number]}).one_or_none()


def write(db: Connection, rows: Sequence[Mapping[str, Any]]) -> int:
    """Write changed columns of locked cases; each row carries ``key_id``, ``key_seq`` and the same new columns.

    Returns how many rows were changed: fewer than given means that somebody else won.
    """
    changed = 0
    by_columns: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for row in rows:
        by_columns.setdefault(tuple(sorted(row)), []).append(row)
    for columns, group in by_columns.items():
        names = [name for name in columns if not name.startswith("key_")]
        statement = (
            update(case)
            .where(case.c.id == bindparam("key_id"), case.c.seq == bindparam("key_seq"))
            .values({**{name: bindparam(name) for name in names}, **_WITNESS})
        )
        changed += db.execute(statement, group if len(group) > 1 else group[0]).rowcount
    return changed


def add(db: Connection, rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Insert new cases and return their ids by number."""
    result = db.execute(insert(case).values(_WITNESS).returning(case.c.id, case.c.number), list(rows))
    return {row.number: row.id for row in result}


def view(
    row: Row[Any],
    *,
    letters: Sequence[Letter] = (),
    documents: Sequence[Document] = (),
    authorities: Sequence[Authority] = (),
    birth_date: date | None = None,
    **more: Any,
) -> Case:
    """Return the case as the rules see it."""
    return Case(
        number=row.number,
        state=row.state,
        seq=row.seq,
        entered_seq=row.entered_seq,
        entered_on=row.entered_on,
        opened_on=row.opened_on,
        regime=regime(row.regime),
        rights={Right(right): _outcome(stored) for right, stored in row.rights.items()},
        mail_to=Party(row.mail_to),
        representative=RepresentativeKind(row.representative) if row.representative else None,
        birth_date=birth_date,
        address_on_record=row.address_on_record,
        addresses=frozenset(Party(party) for party in row.addresses),
        stated=read_stated(row.stated),
        said_by={what: tuple(names) for what, names in row.said_by.items()},
        vouched=tuple(Vouched(*kept) for kept in row.vouched),
        asked={Right(right): signed for right, signed in row.asked.items()},
        mailed_to=row.mailed_to,
        came_from=row.came_from,
        rounds=row.rounds,
        posted_on=row.posted_on,
        first_arrived_on=row.first_arrived_on,
        arrived_on=row.arrived_on,
        forms={FormName(form): signed for form, signed in row.forms.items()},
        documents=tuple(documents),
        authorities=tuple(authorities),
        corrections=row.corrections,
        halt=Halt(**row.halt) if row.halt else None,
        method=row.method,
        hold=read_hold(row.hold),
        held=tuple(Held(date.fromisoformat(first), date.fromisoformat(last)) for first, last in row.held),
        verified_by=row.verified_by,
        decided_by=row.decided_by,
        extended=row.extended,
        letters=tuple(letters),
        overrides=tuple(Override(reason="", **stored) for stored in row.overrides),
        linked=tuple(row.linked),
        **more,
    )


def read_hold(stored: Mapping[str, Any] | None) -> OnHold | None:
    """Return the hold a case row carries."""
    if not stored:
        return None
    return OnHold(
        by=stored["by"],
        code=HoldReason(stored["code"]),
        since=date.fromisoformat(stored["since"]),
        until=date.fromisoformat(stored["until"]),
        seq=stored["seq"],
        linked=tuple(stored["with"]),
    )


def columns_of(after: Case) -> dict[str, Any]:
    """Return the columns that mirror the view of a case, as they are stored."""
    hold = after.hold
    return {
        "state": str(after.state),
        "seq": after.seq,
        "entered_seq": after.entered_seq,
        "entered_on": after.entered_on,
        "opened_on": after.opened_on,
        "rights": {str(right): _stored(outcome) for right, outcome in after.rights.items()},
        "representative": after.representative,
        "mail_to": after.mail_to,
        "addresses": sorted(after.addresses),
        "address_on_record": after.address_on_record,
        "stated": stored_stated(after.stated),
        "said_by": {what: list(names) for what, names in after.said_by.items()},
        "vouched": [[v.what, v.how, v.covers, v.by] for v in after.vouched],
        "asked": {str(right): signed for right, signed in after.asked.items()},
        "mailed_to": after.mailed_to,
        "came_from": after.came_from,
        "rounds": after.rounds,
        "posted_on": after.posted_on,
        "first_arrived_on": after.first_arrived_on,
        "arrived_on": after.arrived_on,
        "forms": {str(form): signed for form, signed in after.forms.items()},
        "corrections": after.corrections,
        "halt": None if after.halt is None else {"measure": after.halt.measure, "reason": after.halt.reason},
        "method": after.method,
        "hold": None
        if hold is None
        else {
            "by": hold.by,
            "code": str(hold.code),
            "since": hold.since.isoformat(),
            "until": hold.until.isoformat(),
            "seq": hold.seq,
            "with": list(hold.linked),
        },
        "held": [[h.first.isoformat(), h.last.isoformat()] for h in after.held if h.last is not None],
        "overrides": [
            {"what": o.what, "asked_by": o.asked_by, "approved_by": o.approved_by, "covers": o.covers}
            for o in after.overrides
        ],
        "linked": list(after.linked),
        "verified_by": after.verified_by,
        "decided_by": after.decided_by,
        "extended": after.extended,
        "letters": max((letter.ordinal for letter in after.letters), default=0),
    }


def _outcome(stored: Mapping[str, Any] | None) -> RightOutcome | None:
    if stored is None:
        return None
    return RightOutcome(**{**stored, "outcome": OutcomeName(stored["outcome"])})


def _stored(outcome: RightOutcome | None) -> dict[str, Any] | None:
    """What of an outcome is no personal data; the words are sealed in the matter."""
    if outcome is None:
        return None
    return {
        "outcome": str(outcome.outcome),
        "ground": outcome.ground,
        "enclosures": outcome.enclosures,
        "confirmed": outcome.confirmed,
        "method": outcome.method,
    }
