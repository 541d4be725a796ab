"""The triggers that hold for whoever comes with SQL: orders are not rewritten, nothing is wiped, the log has one head.

Beside the append-only triggers of the history and the office's log (`models.history`):

command       who ordered what is never changed; the outcome is written once; no order goes. What was set aside may be
              brought back, and each time is counted (`requeued`)
counter       the numbers of cases, inquiries, pages, batches, finds are never given out twice, nor all at once
case          never goes, and never back: neither its history's length nor what it knows of the office's log shrinks
staff         a name is never removed or changed: the history names it
office_event  a row goes to the end of the chain and nowhere else; `log_head` holds the end

adopted_procedure  rows are added, by leads, and nothing else (`adopted_triggers`)
booking         rows are added, by workers, and nothing else (`booking_triggers`)
legal_hold, erasure   what must be kept and what is to be erased is written by leads (`ending_triggers`)

case          says that one person released their own decision (`sole`) only where the office was founded so

On PostgreSQL the order carries the database's own login, set here and not by the writer; a login that is a member of
staff orders, signs, verifies, decides and releases for itself alone, and changes staff only as a lead. Whatever an
order brings about is written by the workers: under a personal login nothing moves but what `WORKERS_ALONE` leaves open.

A migration that copies one of these tables (alembic's batch mode on SQLite) drops its triggers: make them again there.
"""

import re
from collections.abc import Iterator

from sqlalchemy import Connection

from models import adopted, booking, founding, history

KEPT = (
    "id", "key", "case_number", "transition", "sealed", "fingerprint", "actor", "staff", "login", "placed_at",
    "office_at",
)  # fmt: skip
"""What an order is: never changed once it is accepted."""
ANSWER = ("outcome", "answered_at", "state", "seq", "reasons")
"""What became of it: written once."""
PROGRESS = ("attempts", "claimed_at", "tries", "troubled_at", "trouble", "not_before", "requeued")
"""What moves on while it waits."""

WORKERS_ALONE: dict[str, tuple[str, ...]] = {
    # assign, print and scan (what is to be done next), doctor --repair, and the recount after a change of the calendar,
    # which its lead carries through.
    "case": (
        "owner", "due_at", "next", "todo", "todo_by", "legal_at", "press_at", "pressing", "scanned_at", "version",
        "seq", "head", "head_at", "log_seq", "log_hash",
    ),
    "history": (),
    "evidence": (),
    "form_code": (),
    # The shape of a procedure, and who is nobody: a worker writes both when it starts.
    "definition": (),
    "service_login": (),
    # doctor --repair makes the hashes of an earlier spelling anew.
    "person": (
        "name_hash", "family_hash", "address_hash", "reading_hash", "birth_hash", "phone_hash", "email_hash",
        "house_hash", "spelling",
    ),
    # print, and a batch that is let go again
    "letter": ("state", "printed_at", "batch"),
    # requeue, and doctor --repair
    "effect": (
        "state", "requeued", "attempts", "tries", "claimed_at", "not_before", "troubled_at", "fault", "done_at",
        "notified_at", "ring_at",
    ),
}  # fmt: skip
"""What a case is, shows and sends: the tables, and of each the columns that also people's own commands change.

Rows are added by workers alone; to the history a personal login adds the recount's rows, which are the clock's.
"""

LEADS_ALONE = ("calendar_day", "letter_kind", "office_clock")
"""Of the office's own settings: a personal login changes them only as a lead, as it does the staff."""

_OUTCOMES = "('done', 'refused', 'set_aside')"
# Names are looked up in the office's own tables: a temporary table called staff must not stand in front of them.
_HERE = "SET search_path = public, pg_temp"


def triggers(dialect: str) -> list[str]:
    """Return the statements that make these triggers on this database."""
    return list(_on_sqlite() if dialect == "sqlite" else _on_postgresql())


def booking_triggers(dialect: str) -> list[str]:
    """Return the statements by which the books only grow, and only by what workers carry out."""
    workers = () if dialect == "sqlite" else _worked("booking", ())
    return [*booking.triggers(dialect), *workers]


def ending_triggers(dialect: str) -> list[str]:
    """Return the statements by which only a lead says what is to be kept, and what is to be erased."""
    return [] if dialect == "sqlite" else [one for name in ("legal_hold", "erasure") for one in _function(name, _LEADS)]


def adopted_triggers(dialect: str) -> list[str]:
    """Return the statements by which a procedure that was adopted stays as it is, and only a lead adopts one."""
    leads = () if dialect == "sqlite" else _function("adopted_procedure", _LEADS, "INSERT")
    return [*adopted.triggers(dialect), *leads]


def wanted_triggers(dialect: str) -> set[str]:
    """Return the names of all triggers that keep the record, those of history, log and founding too."""
    return set(_definitions(dialect))


def present_triggers(db: Connection) -> set[str]:
    """Return the names of the triggers that are there, in force, and as this checkout makes them."""
    wanted = _definitions(db.dialect.name)
    if db.dialect.name == "sqlite":
        found = db.exec_driver_sql("SELECT name, sql, sql FROM sqlite_master WHERE type = 'trigger'")
    else:
        found = db.exec_driver_sql(
            "SELECT t.tgname, pg_get_triggerdef(t.oid), p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')"
        )
    return {name for name, made, body in found if name in wanted and _same(wanted[name], made, body)}


def _definitions(dialect: str) -> dict[str, tuple[str, str]]:
    """Return (statement, body of its function) of every trigger by its name; on SQLite there is only the statement."""
    made: dict[str, tuple[str, str]] = {}
    bodies: dict[str, str] = {}
    others = (*history.triggers(dialect), *founding.triggers(dialect))
    others += (*adopted_triggers(dialect), *booking_triggers(dialect), *ending_triggers(dialect))
    for statement in (*others, *triggers(dialect)):
        if function := re.match(r"CREATE OR REPLACE FUNCTION (\w+)", statement):
            bodies[function[1]] = statement.split("$$")[1]
        elif trigger := re.match(r"CREATE TRIGGER (\w+)", statement):
            called = re.search(r"EXECUTE FUNCTION (\w+)", statement)
            made[trigger[1]] = (statement, bodies[called[1]] if called else statement)
    return made


def _same(wanted: tuple[str, str], made: str, body: str) -> bool:
    statement, function = wanted
    # PostgreSQL writes the definition anew: events in an order of its own, names with their schema.
    conditional = " WHEN (" in made and " WHEN (" not in statement
    return body.strip() == function.strip() and not conditional


# -- the rules, in words both databases know --------------------------------------------------------------------------


def _changed(names: tuple[str, ...], dialect: str) -> str:
    differs = "IS NOT" if dialect == "sqlite" else "IS DISTINCT FROM"
    # PostgreSQL cannot compare json with json.
    cast = {"reasons": "::text"} if dialect == "postgresql" else {}
    return " OR ".join(f"NEW.{name}{cast.get(name, '')} {differs} OLD.{name}{cast.get(name, '')}" for name in names)


def _rewritten(dialect: str) -> str:
    """Return the condition under which a changed order is refused; nothing in it can be NULL."""
    same = f"NOT ({_changed((*ANSWER, 'requeued'), dialect)})"
    answered = (
        f"OLD.outcome IS NULL AND coalesce(NEW.outcome, '') IN {_OUTCOMES} AND NEW.answered_at IS NOT NULL"
        " AND NEW.requeued = OLD.requeued"
    )
    emptied = " AND ".join(f"NEW.{name} IS NULL" for name in ANSWER)
    back = f"coalesce(OLD.outcome, '') = 'set_aside' AND {emptied} AND NEW.requeued = OLD.requeued + 1"
    return f"{_changed(KEPT, dialect)} OR NOT (({same}) OR ({answered}) OR ({back}))"


_NOT_FRESH = " OR ".join(
    [*(f"NEW.{name} IS NOT NULL" for name in (*ANSWER, "claimed_at")), "NEW.attempts <> 0", "NEW.requeued <> 0"]
)
_GONE_BACK = "NEW.seq < OLD.seq OR NEW.log_seq < OLD.log_seq"

_SAID = {
    "command_no_rewrite": "an order is never rewritten and answered once",
    "command_fresh": "an order is accepted without an answer",
    "case_no_way_back": "a case keeps its number and its history only grows",
    "staff_no_rename": "a member of staff keeps the name",
    "office_event_chained": "the log only grows at its end",
    "counter_forward": "numbers are given out once and in order",
    "case_sole": "only an office founded for one person releases its own decisions",
}
NUMBERS = ("case/", "inquiry/", "scan/", "tray/", "batch/", "find/")
"""The counters of numbers that stand on paper, with a year behind."""
_LEAP = 1_000_000
"""By how much numbers may leap at once: after a restore they do, to the end of them never."""
_BACK = f"NEW.value < OLD.value OR NEW.value > OLD.value + {_LEAP} OR NEW.name <> OLD.name"
_SOLE = "NEW.sole AND NOT EXISTS (SELECT 1 FROM founding WHERE sole)"


# -- SQLite -----------------------------------------------------------------------------------------------------------


def _on_sqlite() -> Iterator[str]:
    def refused(name: str, when: str, condition: str = "", said: str = "") -> str:
        told = said or _SAID[name]
        guard = f" WHEN {condition}" if condition else ""
        return f"CREATE TRIGGER {name} BEFORE {when}{guard} BEGIN SELECT RAISE(ABORT, '{told}'); END"

    for table in ("command", "case", "staff"):
        yield refused(f"{table}_no_delete", f'DELETE ON "{table}"', said=f"a row of {table} never goes")
    # INSERT OR REPLACE deletes without firing DELETE triggers.
    for table, other in (("command", "key"), ("case", "number")):
        known = f'EXISTS (SELECT 1 FROM "{table}" WHERE id = NEW.id OR {other} = NEW.{other})'  # noqa: S608 - our own names
        yield refused(f"{table}_no_replace", f'INSERT ON "{table}"', known, f"a row of {table} is never replaced")
    yield refused("command_no_rewrite", "UPDATE ON command", _rewritten("sqlite"))
    yield refused("command_fresh", "INSERT ON command", _NOT_FRESH)
    yield refused("case_no_way_back", 'UPDATE ON "case"', f"{_changed(('id', 'number'), 'sqlite')} OR {_GONE_BACK}")
    yield refused("staff_no_rename", "UPDATE ON staff", _changed(("name",), "sqlite"))
    for deed in ("INSERT", "UPDATE"):
        yield refused(f"case_sole_{deed.lower()}", f'{deed} ON "case"', _SOLE, _SAID["case_sole"])
    numbers = " OR ".join(f"substr(OLD.name, 1, {len(name)}) = '{name}'" for name in NUMBERS)
    yield refused("counter_forward", "UPDATE ON counter", f"({numbers}) AND ({_BACK})")
    yield refused("counter_kept", "DELETE ON counter", numbers, _SAID["counter_forward"])
    follows = "SELECT 1 FROM log_head WHERE id = 1 AND seq = NEW.seq - 1 AND hash = NEW.prev_hash"
    refusal = f"SELECT RAISE(ABORT, '{_SAID['office_event_chained']}') WHERE NOT EXISTS ({follows})"
    moving = "UPDATE log_head SET seq = NEW.seq, hash = NEW.hash WHERE id = 1"
    yield f"CREATE TRIGGER office_event_chained BEFORE INSERT ON office_event BEGIN {refusal}; {moving}; END"


# -- PostgreSQL -------------------------------------------------------------------------------------------------------


def _on_postgresql() -> Iterator[str]:
    yield from _function("command", _COMMAND.format(rewritten=_rewritten("postgresql"), fresh=_NOT_FRESH, **_SAID))
    yield from _function(
        "case",
        _CASE.format(
            renamed=_changed(("id", "number"), "postgresql"),
            back=_GONE_BACK,
            said=_SAID["case_no_way_back"],
            sole=_SOLE,
            not_sole=_SAID["case_sole"],
            own=" AND ".join(_OWN.format(name=name) for name in ("verified_by", "decided_by", "released_by")),
        ),
    )
    numbers = " OR ".join(f"substr(OLD.name, 1, {len(name)}) = '{name}'" for name in NUMBERS)
    yield from _function(
        "counter", _COUNTER.format(numbers=numbers, back=_BACK, said=_SAID["counter_forward"]), "UPDATE OR DELETE"
    )
    yield from _function("history", _HISTORY, "INSERT")
    yield from _function(
        "staff", _STAFF.format(renamed=_changed(("name",), "postgresql"), said=_SAID["staff_no_rename"])
    )
    for table, columns in WORKERS_ALONE.items():
        yield from _worked(table, columns)
    for table in LEADS_ALONE:
        yield from _function(table, _LEADS)
    # As its owner: whoever writes a row of the log may not write the head.
    yield from _function("office_event", _LOG.format(said=_SAID["office_event_chained"]), "INSERT", "SECURITY DEFINER ")


def _function(table: str, body: str, deeds: str = "INSERT OR UPDATE OR DELETE", rights: str = "") -> Iterator[str]:
    name = f"{table}_kept"
    yield f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql {rights}{_HERE} AS $${body}$$"
    yield f'CREATE TRIGGER {name} BEFORE {deeds} ON "{table}" FOR EACH ROW EXECUTE FUNCTION {name}()'
    if "DELETE" in deeds:
        yield f'CREATE TRIGGER {name}_whole BEFORE TRUNCATE ON "{table}" FOR EACH STATEMENT EXECUTE FUNCTION {name}()'


def _worked(table: str, columns: tuple[str, ...]) -> Iterator[str]:
    """Return the trigger by which only workers write a table; it fires after the other one, whose words say more."""
    name = f"{table}_worked"
    open_to_people = f"ARRAY[{', '.join(map(repr, columns))}]::text[]"
    more = _MORE.get(table, "false")
    body = _WORKED.format(columns=open_to_people, added=_ADDED.get(table, "true"), more=more)
    yield f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql {_HERE} AS $${body}$$"
    yield f'CREATE TRIGGER {name} BEFORE INSERT OR UPDATE ON "{table}" FOR EACH ROW EXECUTE FUNCTION {name}()'


_ADDED = {"history": "NEW.actor <> 'system' OR NEW.transition NOT IN ('recount', 'adopt')"}
"""Which added rows are refused; of the other tables all."""
_MORE = {"letter": "NEW.state IS DISTINCT FROM OLD.state AND NEW.state NOT IN ('made', 'printed')"}
"""Which changes of an open column are refused as well."""
_WORKED = """
DECLARE refused boolean;
BEGIN
  IF NOT EXISTS (SELECT FROM staff WHERE name = session_user) THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'INSERT' THEN
    refused := {added};
  ELSE
    refused := (to_jsonb(NEW) - {columns}) <> (to_jsonb(OLD) - {columns}) OR {more};
  END IF;
  IF refused THEN
    RAISE EXCEPTION USING MESSAGE = 'a personal login gives orders, and only workers write ' || TG_TABLE_NAME,
      ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END """


_GONE = """
  IF TG_OP IN ('DELETE', 'TRUNCATE') THEN
    RAISE EXCEPTION USING MESSAGE = 'a row of ' || TG_TABLE_NAME || ' never goes', ERRCODE = 'check_violation';
  END IF;"""

_COMMAND = f"""
BEGIN{_GONE}
  IF TG_OP = 'UPDATE' THEN
    IF {{rewritten}} THEN
      RAISE EXCEPTION '{{command_no_rewrite}}' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF {{fresh}} THEN
    RAISE EXCEPTION '{{command_fresh}}' USING ERRCODE = 'check_violation';
  END IF;
  NEW.login := session_user;
  IF (NEW.staff <> session_user OR NEW.actor <> session_user)
     AND EXISTS (SELECT FROM staff WHERE name = session_user) THEN
    RAISE EXCEPTION 'a personal login orders for itself alone' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END """

# OLD is all NULL where a row is inserted.
_OWN = "(NEW.{name} IS NULL OR NEW.{name} = session_user OR NEW.{name} IS NOT DISTINCT FROM OLD.{name})"
_CASE = f"""
BEGIN{_GONE}
  IF {{sole}} THEN
    RAISE EXCEPTION '{{not_sole}}' USING ERRCODE = 'check_violation';
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF {{renamed}} OR {{back}} THEN
      RAISE EXCEPTION '{{said}}' USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  IF NOT ({{own}}) AND EXISTS (SELECT FROM staff WHERE name = session_user) THEN
    RAISE EXCEPTION 'a personal login verifies, decides and releases for itself alone'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END """

_COUNTER = """
BEGIN
  IF TG_OP = 'TRUNCATE' OR ({numbers}) AND (TG_OP = 'DELETE' OR {back}) THEN
    RAISE EXCEPTION '{said}' USING ERRCODE = 'check_violation';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END """

_HISTORY = """
BEGIN
  IF NEW.actor NOT IN (session_user, 'system') AND EXISTS (SELECT FROM staff WHERE name = session_user) THEN
    RAISE EXCEPTION 'a personal login signs for itself alone' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END """

_NO_LEAD = """EXISTS (SELECT FROM staff WHERE name = session_user)
     AND NOT EXISTS (SELECT FROM staff WHERE name = session_user AND active AND roles::jsonb @> '["lead"]')"""
_LEADS = f"""
BEGIN
  IF {_NO_LEAD} THEN
    RAISE EXCEPTION USING MESSAGE = 'only a lead changes ' || TG_TABLE_NAME, ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END """

_STAFF = f"""
BEGIN{_GONE}
  IF TG_OP = 'UPDATE' THEN
    IF {{renamed}} THEN
      RAISE EXCEPTION '{{said}}' USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  IF {_NO_LEAD} THEN
    RAISE EXCEPTION 'only a lead changes who works here' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END """

_LOG = """
BEGIN
  IF NEW.actor <> session_user AND EXISTS (SELECT FROM staff WHERE name = session_user) THEN
    RAISE EXCEPTION 'a personal login signs for itself alone' USING ERRCODE = 'insufficient_privilege';
  END IF;
  UPDATE log_head SET seq = NEW.seq, hash = NEW.hash WHERE id = 1 AND seq = NEW.seq - 1 AND hash = NEW.prev_hash;
  IF NOT FOUND THEN
    RAISE EXCEPTION '{said}' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END """
