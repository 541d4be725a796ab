"""A batch of decided transitions written to the tables: a few multi-row statements, however many cases."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, bindparam, insert, update

from clock import machine_now
from models import case as cases
from models import evidence, history
from models import letter as letter_table
from models import person as person_table
from models.effect import effect as effect_table
from models.evidence import evidence as evidence_table
from models.evidence import form_code
from models.incident import notice as notice_table
from services.engine import timers
from services.engine.office import Office
from services.engine.order import Done
from services.office.profile import policy_in_force
from services.request import codes, fraud
from services.request.content import compose
from services.request.loading import matter, people
from workflows.engine.codec import to_plain, written
from workflows.engine.numbers import print_code
from workflows.engine.payloads import Adopt
from workflows.letters import LetterState
from workflows.request.kept import Former, Matter, WhyGiven, amended
from workflows.request.payloads import Amend, AskOverride, Decide, Open, Unverify
from workflows.request.procedure import request
from workflows.request.values import Party, Person

OUTSIDE_THE_VIEW = (
    "category",
    "channel",
    "language",
    "received_at",
    "arrived_at",
    "released_by",
    "sole",
    "extend_reason",
    "withdrawn_on",
)
"""Facts a transition writes that no rule looks at again."""

_FATE_COLUMNS = (
    "state",
    "posted_on",
    "mail_class",
    "tracking",
    "returned_on",
    "return_reason",
    "voided_at",
)
_FATE = (
    update(letter_table.letter)
    .where(letter_table.letter.c.number == bindparam("key_number"), letter_table.letter.c.copy == bindparam("key_copy"))
    .values({name: bindparam(f"new_{name}") for name in _FATE_COLUMNS})
)
_VOID_EFFECT = (
    update(effect_table)
    .where(effect_table.c.subject == bindparam("key_subject"), effect_table.c.state == "waiting")
    .values(state="void", sealed=None, done_at=bindparam("now"))
)
_PERSON = (
    update(person_table.person)
    .where(
        person_table.person.c.case_id == bindparam("key_case_id"), person_table.person.c.party == bindparam("key_party")
    )
    .values({name: bindparam(f"new_{name}") for name in ("sealed", *person_table.LOOKED_UP)})
)


class Batch:
    """Decided transitions of different cases, collected by `add` and written by `write`."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.lost = 0
        self._done: list[Done] = []
        self._stored: dict[str, set[Party]] = {}
        self._former: dict[str, list[Former]] = {}

    def add(self, done: Done) -> None:
        """Take up one decided transition."""
        self._done.append(done)

    def write(self, db: Connection) -> dict[str, list[int]]:
        """Write all of them and return the ids of the effects ordered, by case number."""
        if not self._done:
            return {}
        sealed = self._sealed_people(db)
        new = [done for done in self._done if done.loaded is None]
        heads = {done.after.number: self._history_row(done) for done in self._done}
        rows: dict[str, dict[str, Any]] = {}
        timer_rows = timers.Rows()
        for done in self._done:
            head = heads[done.after.number]
            rows[done.after.number] = {**self._case_row(done, head["hash"]), "head_at": head["at"]}
        ids = {done.after.number: done.loaded.row.id for done in self._done if done.loaded is not None}
        # The timers' next moment is a column of the case; a new case has no id yet, so its timers get it afterwards.
        for done in self._done:
            stored = done.loaded.timers if done.loaded is not None else []
            due, name = timers.rearm(
                timer_rows,
                ids.get(done.after.number, 0),
                stored,
                done.before if done.loaded is not None else None,
                done.after,
                self.office,
                done.order if done.order.timer is not None else None,
                done.order.payload.firings if isinstance(done.order.payload, Adopt) else None,
                asked=done.order.timer is not None and done.decision.transition != done.order.transition,
            )
            rows[done.after.number] |= {"due_at": due, "next": name}
        if new:
            ids |= cases.add(db, [rows[done.after.number] for done in new])
        moved = [
            {"key_id": ids[done.after.number], "key_seq": done.before.seq, **rows[done.after.number]}
            for done in self._done
            if done.loaded is not None
        ]
        self.lost = len(moved) - cases.write(db, moved)
        if self.lost:  # the caller rolls back; what follows would only fail in words that hide the reason
            return {}
        history.append(db, [{**_without_case(head), "case_id": ids[number]} for number, head in heads.items()])
        timer_rows.write(db, ids)
        self._write_people(db, ids, sealed)
        self._write_evidence(db, ids)
        self._write_notices(db, ids)
        return self._write_letters(db, ids, rows, sealed)

    # -- the case and its history -------------------------------------------------------------------------------

    def _case_row(self, done: Done, head: str) -> dict[str, Any]:
        facts = done.decision.change.facts
        state = request.states[done.after.state]
        row = {
            **cases.columns_of(done.after),
            **{name: facts[name] for name in OUTSIDE_THE_VIEW if name in facts},
            "head": head,
            "version": request.version,
            "open": not state.closed,
            "closed_at": self.office.now if state.closed else None,
        }
        if done.loaded is not None and state.closed and done.before.state == done.after.state:
            row["closed_at"] = done.loaded.row.closed_at
        sealed_matter = self._matter(done)
        if sealed_matter is not None:
            row["matter"] = sealed_matter
        if done.loaded is None:
            row |= {
                "number": done.after.number,
                "definition": request.name,
                "regime": done.after.regime.name,
                "policy": policy_in_force(done.after.opened_on),
                "opened_at": self.office.now,
                "sole": False,
            }
        return row

    def _matter(self, done: Done) -> bytes | None:
        """Seal again what a case keeps of words: claims, explanations, notes, reasons given; None: unchanged."""
        change, payload, number = done.decision.change, done.order.payload, done.after.number
        said: dict[str, Any] = {}
        if change.note is not None:
            said["note"] = change.note
        if change.corrections:
            said["corrections"] = tuple(change.corrections)
        if isinstance(payload, Decide):
            said["outcomes"] = payload.outcomes
        if not said and not isinstance(payload, (AskOverride, Amend, Unverify)):
            return None
        before = Matter() if done.loaded is None else matter(done.loaded.row, self.office)
        if isinstance(payload, (AskOverride, Amend, Unverify)):
            why = payload.reason if isinstance(payload, AskOverride) else payload.why
            said["reasons"] = (*before.reasons, WhyGiven(seq=done.after.seq, why=why))
            said["formerly"] = (*before.formerly, *self._former.get(number, ()))
        sealed = written(replace(before, **said))
        return self.office.keys.get(number).seal_json("case", "matter", number, sealed)

    def _history_row(self, done: Done) -> dict[str, Any]:
        number, order = done.after.number, done.order
        row: dict[str, Any] = {
            "form": history.FORM,
            "case": number,
            "seq": done.after.seq,
            # Never before the row it follows, whatever another machine's clock said then.
            "at": max(history.micros(self.office.now), 0 if done.loaded is None else done.loaded.row.head_at),
            "transition": done.decision.transition,
            "source": done.decision.source,
            "target": str(done.after.state),
            "actor": order.actor.name,
            "cause": order.cause,
            "definition": request.name,
            "version": request.version,
            "revision": self.office.settings.code_revision,
            # Through JSON once, so that what is hashed is what will be read back.
            "details": json.loads(json.dumps(done.decision.change.details)),
            "commitment": None if order.plain is None else self.office.keys.get(number).commitment(order.plain),
            "prev_hash": "" if done.loaded is None else done.loaded.row.head,
        }
        row["hash"] = history.chain(row)
        return row

    # -- people, evidence, notices ------------------------------------------------------------------------------

    def _sealed_people(self, db: Connection) -> dict[str, dict[Party, Person]]:
        """Return the people of the cases that change them or write to them."""
        wanted = {
            done.loaded.row.id: (done, done.loaded)
            for done in self._done
            if done.loaded is not None and (done.decision.change.letters or isinstance(done.order.payload, Amend))
        }
        stored = person_table.of_cases(db, wanted) if wanted else {}
        found: dict[str, dict[Party, Person]] = {}
        for case_id, (done, loaded) in wanted.items():
            known = people(loaded.row, stored.get(case_id, {}), self.office)
            change = done.decision.change
            for party, given in ((Party.SUBJECT, change.subject), (Party.REPRESENTATIVE, change.agent)):
                if given:
                    if party in known:  # what papers were accepted for is still told when it stands there no more
                        former = Former(party=party, until=done.after.seq, person=known[party])
                        self._former.setdefault(done.after.number, []).append(former)
                    known[party] = amended(known.get(party), given)
            if _drops(done):
                known.pop(Party.REPRESENTATIVE, None)
            found[done.after.number] = known
            self._stored[done.after.number] = {Party(party) for party in stored.get(case_id, {})}
        for done in self._done:
            payload = done.order.payload
            if isinstance(payload, Open):
                found[done.after.number] = {Party.SUBJECT: payload.subject}
                if payload.representative is not None:
                    found[done.after.number][Party.REPRESENTATIVE] = payload.representative
        return found

    def _write_people(self, db: Connection, ids: Mapping[str, int], known: dict[str, dict[Party, Person]]) -> None:
        added, changed = [], []
        for done in self._done:
            number, change = done.after.number, done.decision.change
            if _drops(done):  # the row stays, and nothing of the person in it
                row = dict.fromkeys(f"new_{name}" for name in ("sealed", *person_table.LOOKED_UP))
                changed.append({"key_case_id": ids[number], "key_party": str(Party.REPRESENTATIVE), **row})
            key = self.office.keys.get(number) if done.loaded is None or change.subject or change.agent else None
            if key is None:
                continue
            had = self._stored.get(number, set())
            given = {Party.SUBJECT: change.subject, Party.REPRESENTATIVE: change.agent}
            for party, person in known[number].items():
                if done.loaded is not None and not given[party]:
                    continue
                sealed = key.seal_json("person", "sealed", f"{number}/{party}", written(person))
                hashes = fraud.hashes(person, self.office)
                if party in had:
                    row = {f"new_{name}": value for name, value in {"sealed": sealed, **hashes}.items()}
                    changed.append({"key_case_id": ids[number], "key_party": str(party), **row})
                else:
                    added.append(
                        {"case_id": ids[number], "party": str(party), "sealed": sealed, "changes": 0, **hashes}
                    )
        if added:
            db.execute(insert(person_table.person), added)
        if changed:
            db.execute(_PERSON, changed)

    def _write_evidence(self, db: Connection, ids: Mapping[str, int]) -> None:
        rows = []
        for done in self._done:
            change = done.decision.change
            base: dict[str, Any] = {"case_id": ids[done.after.number], "seq": done.after.seq}
            base |= {"round": done.before.rounds, "checked_by": done.order.actor.name}
            for position, paper in enumerate(change.documents):
                number = paper.number
                plain = {name: value for name, value in to_plain(paper).items() if name not in ("number", "judged")}
                row = {**{c.name: None for c in evidence_table.columns}, **plain, **base, "ord": position}
                row |= {"sort": "document", "issued_on": paper.issued_on, "expires_on": paper.expires_on}
                row |= {"judged": evidence.stored_stated({paper.holder: paper.judged})}
                row |= {
                    "arrived_on": paper.arrived_on,
                    "number_hash": fraud.number_hash(paper.type, number, self.office),
                }
                rows.append({**row, "address": str(paper.address), "name_matches": paper.name_matches,
                             "seal_matches": paper.seal_matches})  # fmt: skip
            if change.authority is not None:
                proof = change.authority
                row = {**{c.name: None for c in evidence_table.columns}, **base, "ord": 1000, "sort": "authority"}
                row |= {"type": proof.type, "issued_on": proof.issued_on, "signed": proof.signed}
                row |= {"masking": proof.masking, "rights": None if proof.rights is None else [*map(str, proof.rights)]}
                judged = {Party.SUBJECT: proof.subject, Party.REPRESENTATIVE: proof.representative}
                row |= {"judged": evidence.stored_stated(judged)}
                rows.append({**row, "name_matches": proof.names_match, "arrived_on": proof.arrived_on})
        if rows:
            db.execute(insert(evidence_table), rows)

    def _write_notices(self, db: Connection, ids: Mapping[str, int]) -> None:
        rows = [
            {
                "case_id": ids[done.after.number],
                "case_number": done.after.number,
                "seq": done.after.seq,
                "role": str(tell.role),
                "code": tell.reason.code,
                "params": dict(tell.reason.params),
                "at": self.office.now,
            }
            for done in self._done
            for tell in done.decision.change.notices
        ]
        if rows:
            db.execute(insert(notice_table), rows)

    # -- letters ------------------------------------------------------------------------------------------------

    def _write_letters(
        self,
        db: Connection,
        ids: Mapping[str, int],
        rows: Mapping[str, dict[str, Any]],
        known: dict[str, dict[Party, Person]],
    ) -> dict[str, list[int]]:
        self._write_fates(db)
        letters, effects, new_codes, endings, expiries = [], [], [], [], []
        for done in self._done:
            case_id, change, seq = ids[done.after.number], done.decision.change, done.after.seq
            if change.void_codes or change.use_code:
                endings.append((case_id, seq, "used" if change.use_code else "void"))
            if "code_expires_on" in change.facts:
                expiries.append({"key_case_id": case_id, "day": change.facts["code_expires_on"]})
            ordered = done.after.letters[len(done.before.letters) :]
            for position, (order, letter) in enumerate(zip(change.letters, ordered, strict=True)):
                code, code_hash = codes.new_code(self.office) if order.round is not None else (None, None)
                content = self._content(done, order, letter, rows, known, code)
                letters.append(self._letter_row(case_id, seq, letter, content))
                effects.append(self._effect_row(case_id, seq, position, content))
                if code_hash is not None:
                    new_codes.append({"case_id": case_id, "round": order.round, "seq": seq, "letter": letter.number,
                                      "hash": code_hash, "state": "live"})  # fmt: skip
        codes.end(db, endings, self.office.now)
        codes.expire(db, expiries)
        if letters:
            db.execute(insert(letter_table.letter), letters)
        if new_codes:
            db.execute(insert(form_code), new_codes)
        return self._write_effects(db, effects)

    def _content(self, done: Done, order: Any, letter: Any, rows: Any, known: Any, code: str | None) -> Any:
        row = rows[done.after.number]
        stored = {} if done.loaded is None else done.loaded.row._asdict()
        facts = {**stored, **row}
        needs_matter = (
            done.loaded is not None
            and facts.get("matter") is not None
            and (order.copy_of is not None or order.kind == "disclosure_notification")
        )
        said = matter(done.loaded.row, self.office) if needs_matter and done.loaded is not None else Matter()
        # `after` already counts the letters of this very transition; a letter speaks of the case as it stands then.
        return compose(
            order, letter, facts, done.after, known[done.after.number], said,
            print_code(code) if code is not None else None, self.office,
        )  # fmt: skip

    def _letter_row(self, case_id: int, seq: int, letter: Any, content: Any) -> dict[str, Any]:
        return {
            "number": letter.number,
            "copy": letter.copy,
            "ordinal": letter.ordinal,
            "case_id": case_id,
            "seq": seq,
            "kind": str(letter.kind),
            "language": str(content.language),
            "round": letter.round,
            "state": "ordered",
            "reply_by": letter.told,
            "ordered_at": self.office.now,
        }

    def _effect_row(self, case_id: int, seq: int, position: int, content: Any) -> dict[str, Any]:
        key = self.office.keys.get(content.case)
        return {
            "case_id": case_id,
            "seq": seq,
            "ord": position,
            "case_number": content.case,
            "kind": "letter",
            "subject": content.number,
            "copy": content.copy,
            "sealed": key.seal_json("effect", "sealed", f"{content.number}/{content.copy}", written(content)),
            "ordered_at": None,
            "state": "waiting",
            "attempts": 0,
        }

    def _write_effects(self, db: Connection, effects: Sequence[dict[str, Any]]) -> dict[str, list[int]]:
        if not effects:
            return {}
        now = machine_now(db)
        result = db.execute(
            insert(effect_table).returning(effect_table.c.id, effect_table.c.case_number),
            [{**row, "ordered_at": now} for row in effects],
        )
        found: dict[str, list[int]] = {}
        for row in result:
            found.setdefault(row.case_number, []).append(row.id)
        return found

    def _write_fates(self, db: Connection) -> None:
        fates, voided = [], []
        for done in self._done:
            for fate in done.decision.change.fates:
                letter = next(found for found in reversed(done.after.letters) if found.number == fate.number)
                stored = (
                    None if done.loaded is None else _stored_letter(done.loaded.letters, letter.number, letter.copy)
                )
                kept = {name: getattr(stored, name, None) for name in ("posted_on", "mail_class", "tracking")}
                if fate.state is LetterState.POSTED:
                    kept = {"posted_on": fate.on, "mail_class": fate.mail_class, "tracking": fate.tracking}
                back = fate.state is LetterState.RETURNED
                fates.append(
                    {
                        "key_number": letter.number,
                        "key_copy": letter.copy,
                        "new_state": str(fate.state),
                        "new_posted_on": kept["posted_on"],
                        "new_mail_class": kept["mail_class"],
                        "new_tracking": kept["tracking"],
                        "new_returned_on": fate.on if back else None,
                        "new_return_reason": str(fate.reason) if back and fate.reason else None,
                        "new_voided_at": self.office.now if fate.state is LetterState.VOID else None,
                    }
                )
                if fate.state is LetterState.VOID:
                    voided.append({"key_subject": letter.number, "now": self.office.now})
        if fates:
            db.execute(_FATE, fates)
        if voided:
            db.execute(_VOID_EFFECT, voided)


def _drops(done: Done) -> bool:
    """Whether a transition takes the representative out of the case."""
    payload = done.order.payload
    return isinstance(payload, Amend) and payload.drop_representative


def _stored_letter(rows: Sequence[Any], number: str, copy: int) -> Any:
    return next((row for row in rows if row.number == number and row.copy == copy), None)


def _without_case(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "case"}
