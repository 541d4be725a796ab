"""Some fifty ways to tamper with what an office recorded, each with what it must be named as.

The office (`lived`) has three cases. The second has five rows of history; checkpoint 1 was made after its third row,
checkpoint 2 after its fifth, when the log had a few rows more. Then the first case went on, which nothing signed yet.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, TextClause, select, text, update

from models import history, staff
from models.case import case
from models.signing import SigningKey
from services.audit import checkpoints
from services.audit.signed import FILE, digest_of, signable
from tests.office import CLERK, TestOffice
from workflows.engine.payloads import Nothing
from workflows.request.payloads import Amend, Hold
from workflows.request.values import HoldReason

FIRST, SECOND, THIRD = 1, 2, 3
"""The ids of the cases, in every office that is `lived`."""


def lived(office: TestOffice) -> None:
    """Let the office work, and sign."""
    numbers = [office.opened() for _ in range(3)]
    office.must(numbers[1], "hold", Hold(reason=HoldReason.OTHER))
    office.must(numbers[1], "resume", Nothing())
    checkpoints.make(office.unit)
    looked(office)
    office.must(numbers[1], "amend", Amend(why="they called"))
    office.must(numbers[1], "amend", Amend(why="they called again"))
    checkpoints.make(office.unit)
    office.must(numbers[0], "amend", Amend(why="they wrote"))


def looked(office: TestOffice) -> None:
    with office.writing() as db:
        for _ in range(3):
            staff.log(db, office.at(db).now, "case_seen", CLERK, {"case": None})


def sql(statement: str) -> TextClause:
    """Return a statement; MINE stands for the rows of the second case."""
    return text(statement.replace("MINE", "case_id = 2 AND seq"))


@dataclass(frozen=True)
class Tampering:
    """What was done (statements, or a deed), and how it is named: code, number of the case (or none), parameters."""

    deed: str | Callable[[TestOffice], None]
    code: str
    case: int | None = None
    params: Mapping[str, Any] | None = None

    def carry_out(self, office: TestOffice) -> None:
        if callable(self.deed):
            self.deed(office)
            return
        with office.as_owner() as db:
            for statement in self.deed.split("; "):
                db.execute(sql(statement))


# -- forgers who make every hash fit ----------------------------------------------------------------------------------


def fit(db: Connection, case_id: int) -> None:
    """Give every row of a history the hash that fits, and its case its end."""
    number = db.execute(select(case.c.number).where(case.c.id == case_id)).scalar_one()
    before, seq, table = "", 0, history.history
    for row in history.of_case(db, case_id):
        seq, said = seq + 1, {**row._mapping, "case": number, "seq": row.seq, "prev_hash": before}
        digest = history.chain(said)
        place = (table.c.case_id == case_id) & (table.c.seq == row.seq)
        db.execute(update(table).where(place).values(prev_hash=before, hash=digest))
        before = digest
    db.execute(update(case).where(case.c.id == case_id).values(seq=seq, head=before))


def forged(*statements: str, case_id: int = SECOND) -> Callable[[TestOffice], None]:
    """Return a deed: these statements, and then every hash made to fit."""

    def deed(office: TestOffice) -> None:
        with office.as_owner() as db:
            for statement in statements:
                db.execute(sql(statement))
            fit(db, case_id)

    return deed


def fit_log(db: Connection) -> None:
    """Give every row of the log the hash that fits, its head too, and every case a witness that fits."""
    before, hashes = "", {0: ""}
    for row in list(db.execute(select(staff.office_event).order_by(staff.office_event.c.seq))):
        digest = staff.chain({**row._mapping, "prev_hash": before})
        change = {"before": before, "digest": digest, "seq": row.seq}
        db.execute(text("UPDATE office_event SET prev_hash = :before, hash = :digest WHERE seq = :seq"), change)
        before = hashes[row.seq] = digest
    last = max(hashes)
    db.execute(text("UPDATE log_head SET seq = :seq, hash = :hash"), {"seq": last, "hash": hashes[last]})
    for row in list(db.execute(select(case.c.id, case.c.log_seq))):
        end = min(row.log_seq, last)
        db.execute(update(case).where(case.c.id == row.id).values(log_seq=end, log_hash=hashes[end]))


def forged_log(statement: str) -> Callable[[TestOffice], None]:
    def deed(office: TestOffice) -> None:
        with office.as_owner() as db:
            db.execute(text(statement))
            fit_log(db)

    return deed


def rewritten_and_gone_on(office: TestOffice) -> None:
    """Rewrite what was signed, and let the office go on and sign it honestly."""
    forged("UPDATE history SET actor = 'mori' WHERE case_id = 2 AND seq = 5")(office)
    number = office.ask('SELECT number FROM "case" WHERE id = 2')[0].number
    office.must(number, "amend", Amend(why="once more"))
    checkpoints.make(office.unit)


# -- the file ---------------------------------------------------------------------------------------------------------


def lines(office: TestOffice, change: Callable[[list[str]], list[str]]) -> None:
    path = office.settings.checkpoints / FILE
    written = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(change(written)), "utf-8")


def of_lines(change: Callable[[list[str]], list[str]]) -> Callable[[TestOffice], None]:
    return lambda office: lines(office, change)


def edited(written: str, **changes: Any) -> str:
    return json.dumps({**json.loads(written), **changes}) + "\n"


def signed_by_another(office: TestOffice) -> None:
    """Sign the last line by a key of one's own, and tell the database so."""
    other = SigningKey(office.settings.home)
    other.make()

    def change(written: list[str]) -> list[str]:
        document = {**json.loads(written[-1]), "key": other.public()}
        return [*written[:-1], edited(json.dumps(document), signature=other.sign(signable(document)))]

    lines(office, change)
    (document,) = (json.loads(line) for line in (office.settings.checkpoints / FILE).read_text().splitlines()[-1:])

    office.tell("UPDATE checkpoint SET digest = :digest", digest=digest_of(document))


_COPY = (
    "INSERT INTO history SELECT {into}, {seq}, form, at, transition, source, target, actor, cause || '-again',"
    " definition, version, revision, details, commitment, prev_hash, hash FROM history"
    " WHERE case_id = {of} AND seq = {row}"
)
_SET = "UPDATE history SET {change} WHERE MINE = {seq}"


def _altered(seq: int, change: str) -> Tampering:
    return Tampering(_SET.format(change=change, seq=seq), "audit.altered", SECOND, {"seq": seq})


TAMPERINGS: dict[str, Tampering] = {
    "who": _altered(3, "actor = 'somebody'"),
    "when": _altered(2, "at = at + 1"),
    "what was done": _altered(2, "transition = 'resume'"),
    "from where": _altered(4, "source = 'fulfilled'"),
    "to where": _altered(4, "target = 'fulfilled'"),
    "by which cause": _altered(3, "cause = 'timer:remind:1:1'"),
    "under which procedure": _altered(1, "definition = 'search'"),
    "under which version": _altered(1, "version = 99"),
    "by which code": _altered(5, "revision = 'ffff'"),
    "details": _altered(1, "details = '{}'"),
    "what binds the order": _altered(4, "commitment = NULL"),
    "the form": _altered(2, "form = 'v2'"),
    "the hash before": _altered(3, "prev_hash = ''"),
    "the hash": _altered(4, "hash = prev_hash"),
    "the first row gone": Tampering("DELETE FROM history WHERE MINE = 1", "audit.altered", SECOND, {"seq": 1}),
    "a row gone": Tampering("DELETE FROM history WHERE MINE = 3", "audit.altered", SECOND, {"seq": 3}),
    "the last row gone": Tampering("DELETE FROM history WHERE MINE = 5", "audit.cut", SECOND, {"seq": 5}),
    "all rows gone": Tampering("DELETE FROM history WHERE case_id = 2", "audit.cut", SECOND, {"seq": 5}),
    "all rows gone, and the case says so": Tampering(
        "DELETE FROM history WHERE case_id = 2; UPDATE \"case\" SET seq = 0, head = '' WHERE id = 2",
        "audit.altered",
        SECOND,
        {"seq": 1},
    ),
    "a row moved": Tampering("UPDATE history SET seq = 9 WHERE MINE = 4", "audit.altered", SECOND, {"seq": 4}),
    "two rows exchanged": Tampering(
        "UPDATE history SET seq = 9 WHERE MINE = 4; UPDATE history SET seq = 4 WHERE MINE = 5;"
        " UPDATE history SET seq = 5 WHERE MINE = 9",
        "audit.altered",
        SECOND,
        {"seq": 4},
    ),
    "a row added at the end": Tampering(_COPY.format(into=2, seq=6, of=2, row=5), "audit.altered", SECOND, {"seq": 6}),
    "a row of another case": Tampering(
        "; ".join(["DELETE FROM history WHERE MINE = 1", _COPY.format(into=2, seq=1, of=1, row=1)]),
        "audit.altered",
        SECOND,
        {"seq": 1},
    ),
    "a row of no case": Tampering(_COPY.format(into=99, seq=1, of=1, row=1), "audit.of_no_case", None, {"id": 99}),
    "the end of the case": Tampering("UPDATE \"case\" SET head = '0' WHERE id = 2", "audit.cut", SECOND, {"seq": 5}),
    "the length of the case": Tampering('UPDATE "case" SET seq = 4 WHERE id = 2', "audit.cut", SECOND, {"seq": 4}),
    "the number of the case": Tampering(
        "UPDATE \"case\" SET number = '26-999999-X' WHERE id = 2", "audit.altered", SECOND, {"seq": 1}
    ),
    "a case gone, its rows left": Tampering('DELETE FROM "case" WHERE id = 2', "audit.of_no_case", None, {"id": 2}),
    # every hash made to fit
    "an old row rewritten": Tampering(
        forged("UPDATE history SET actor = 'mori' WHERE MINE = 2"), "audit.rewritten", SECOND,
        {"seq": 3, "checkpoint": 1},
    ),
    "the last row rewritten": Tampering(
        forged("UPDATE history SET actor = 'mori' WHERE MINE = 5"), "audit.rewritten", SECOND,
        {"seq": 5, "checkpoint": 2},
    ),
    "a row taken out": Tampering(
        forged("DELETE FROM history WHERE MINE = 2", "UPDATE history SET seq = seq - 1 WHERE MINE > 2"),
        "audit.rewritten", SECOND, {"seq": 3, "checkpoint": 1},
    ),
    "a row put in": Tampering(
        forged("UPDATE history SET seq = 6 WHERE MINE = 5", _COPY.format(into=2, seq=5, of=2, row=4)),
        "audit.rewritten", SECOND, {"seq": 5, "checkpoint": 2},
    ),
    "the end cut": Tampering(
        forged("DELETE FROM history WHERE MINE = 5"), "audit.signed_gone", SECOND,
        {"seq": 5, "end": 4, "checkpoint": 2},
    ),
    "all but the first row cut": Tampering(
        forged("DELETE FROM history WHERE MINE > 1"), "audit.signed_gone", SECOND,
        {"seq": 5, "end": 1, "checkpoint": 2},
    ),
    "a case wiped": Tampering(
        'DELETE FROM history WHERE case_id = 3; DELETE FROM "case" WHERE id = 3', "audit.signed_case_gone", THIRD,
        {"seq": 1, "checkpoint": 1},
    ),
    "rewritten, gone on and signed": Tampering(
        rewritten_and_gone_on, "audit.rewritten", SECOND, {"seq": 5, "checkpoint": 2}
    ),
    # the office's log
    "a row of the log": Tampering("UPDATE office_event SET actor = 'mori' WHERE seq = 2", "doctor.log_broken", None,
                                  {"seq": 2}),
    "when of the log": Tampering("UPDATE office_event SET at = at + 1 WHERE seq = 3", "doctor.log_broken", None,
                                 {"seq": 3}),
    "details of the log": Tampering("UPDATE office_event SET details = '{}' WHERE seq = 3", "doctor.log_broken", None,
                                    {"seq": 3}),
    "a row of the log gone": Tampering("DELETE FROM office_event WHERE seq = 3", "doctor.log_broken", None, {"seq": 4}),
    "the end of the log gone": Tampering(
        "DELETE FROM office_event WHERE seq = (SELECT max(seq) FROM office_event)", "doctor.log_cut", None, {}
    ),
    "the head of the log": Tampering("UPDATE log_head SET hash = '0'", "doctor.log_cut", None, {}),
    "the log rewritten": Tampering(
        forged_log("UPDATE office_event SET details = '{\"case\": \"-\"}' WHERE seq = 7"), "audit.log_rewritten", None,
        {"seq": 8, "checkpoint": 2},
    ),
    "the log cut": Tampering(
        forged_log("DELETE FROM office_event WHERE seq > 6"), "audit.log_signed_gone", None, {"seq": 8, "checkpoint": 2}
    ),
    "a role nobody gave": Tampering(
        "UPDATE staff SET roles = '[\"lead\"]' WHERE name = 'sato'", "doctor.staff_unexplained", None, {"name": "sato"}
    ),
    # the file of checkpoints
    "a line changed": Tampering(
        of_lines(lambda found: [edited(found[0], mark=0), *found[1:]]), "audit.line_unsigned", None, {"line": 1}
    ),
    "a head taken out of a line": Tampering(
        of_lines(lambda found: [found[0], edited(found[1], heads=[])]), "audit.line_unsigned", None, {"line": 2}
    ),
    "a signature": Tampering(
        of_lines(lambda found: [found[0], edited(found[1], signature="00" * 64)]), "audit.line_unsigned", None,
        {"line": 2},
    ),
    "the first line gone": Tampering(
        of_lines(lambda found: found[1:]), "audit.line_out_of_place", None, {"number": 2, "expected": 1}
    ),
    "lines exchanged": Tampering(
        of_lines(lambda found: found[::-1]), "audit.line_out_of_place", None, {"number": 2, "expected": 1}
    ),
    "a line in place of which stands another thing": Tampering(
        of_lines(lambda found: ["nothing\n", found[1]]), "audit.line_out_of_place", None, {"number": 2, "expected": 1}
    ),
    "the last line gone": Tampering(
        of_lines(lambda found: found[:-1]), "audit.checkpoints_cut", None, {"number": 1, "newest": 2}
    ),
    "the file gone": Tampering(of_lines(lambda found: []), "audit.checkpoints_cut", None, {"number": 0, "newest": 2}),
    "another key": Tampering(signed_by_another, "audit.key_unknown", None, {"checkpoint": 2}),
}  # fmt: skip
