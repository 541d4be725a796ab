"""What steps of requests write beside what the engine writes of any case: facts, people, papers, codes, letters."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, bindparam, update

from models import evidence, scan
from models import person as person_table
from models.booking import booking
from models.case import between_commas
from models.evidence import evidence as evidence_table
from models.evidence import form_code
from models.word import PARTIES, person_word
from models.word import replace as replace_words
from models.writes import Part, Writes
from services.departments import closing, planning
from services.engine.office import Office
from services.engine.order import Step
from services.letters import ordering
from services.letters.ordering import Fated, Ordered
from services.letters.profile import policy_in_force
from services.request import books, codes, discs, finding
from services.request.content import compose
from services.request.facts import PEOPLE, facts_of, plain
from services.request.hashing import hashes, number_hash
from services.request.in_house import RECEIVES, TAKE_BACK
from services.request.loading import GOES_BACK, matter, people
from workflows.engine.codec import to_plain, written
from workflows.engine.numbers import print_code
from workflows.law.proving import Where
from workflows.law.values import Category
from workflows.letters import Letter, LetterState
from workflows.request.case import OrderLetter
from workflows.request.kept import Former, Matter, WhyGiven, amended
from workflows.request.letters import RequestLetter
from workflows.request.payloads import Amend, AskOverride, CorrectAnswer, Decide, Open
from workflows.request.states import request
from workflows.request.values import Authority, Document, LetterKind, Party, Person

_PERSON = (
    update(person_table.person)
    .where(
        person_table.person.c.case_id == bindparam("key_case_id"), person_table.person.c.party == bindparam("key_party")
    )
    .values({name: bindparam(f"new_{name}") for name in ("sealed", *person_table.LOOKED_UP)})
)


class Batch:
    """What a batch of steps writes; the people they change or write to are opened when it is made."""

    def __init__(self, db: Connection, steps: Sequence[Step], office: Office) -> None:
        self.office = office
        self._done = steps
        self._stored: dict[str, set[Party]] = {}
        self._former: dict[str, list[Former]] = {}
        self._people = self._sealed_people(db)

    def columns(self, step: Step) -> dict[str, Any]:
        """Return the columns of the case's row that say what a request is."""
        after, change = step.after, step.decision.change
        before = {} if step.loaded is None else step.loaded.row.facts
        facts = facts_of(after, before, change.facts)
        if step.loaded is None:
            facts["policy"] = plain(policy_in_force(after.opened_on))
        row: dict[str, Any] = {
            "facts": facts,
            "rights": between_commas(facts["rights"]),
            "verified_by": after.verified_by,
            "decided_by": after.decided_by,
            "letters": max((letter.ordinal for letter in after.letters), default=0),
        }
        row |= {name: change.facts[name] for name in (*PEOPLE, "sole") if name in change.facts}
        if step.decision.transition in RECEIVES:  # what lies scanned is registered with it
            row["scanned_at"] = None
        elif step.decision.transition in TAKE_BACK:
            row["scanned_at"] = step.before.lay_since
        sealed = self._matter(step)
        return row if sealed is None else {**row, "matter": sealed}

    def write(self, writes: Writes, ids: Mapping[str, int], rows: Mapping[str, Mapping[str, Any]]) -> list[Part]:
        """Write people, papers, letters and codes; return what the effects ordered will be."""
        self._write_people(writes, ids, self._people)
        self._write_evidence(writes, ids)
        self._write_scans(writes.db, ids)
        writes.add(
            booking, [row for done in self._done for row in books.booked(done, ids[done.after.number], self.office)]
        )
        self._ask_departments(writes.db)
        self._recall_questions(writes, ids)
        return self._write_letters(writes, ids, rows)

    def _ask_departments(self, db: Connection) -> None:
        """Ask whom the office's plan names for those whose identity was just verified, where it does so by itself."""
        for done in self._done:
            if done.decision.transition != "verify_identity" or done.loaded is None:
                continue
            facts = done.loaded.row.facts
            category, after = Category(facts["category"]), done.after
            if planning.by_itself(category):
                measure = None if after.halt is None else after.halt.measure
                asks = planning.asked(after.number, category, list(after.rights), facts["language"], measure)
                planning.order(db, asks, done.order.actor.name, f"plan:{after.number}:{after.seq}", self.office)

    def _recall_questions(self, writes: Writes, ids: Mapping[str, int]) -> None:
        """Leave it to the worker of effects to recall what departments are still asked for cases that close here."""
        closed = {
            ids[done.after.number]: (done.after.number, done.after.seq)
            for done in self._done
            if done.loaded is not None and done.loaded.row.open and request.states[done.after.state].closed
        }
        closing.recall_open(writes, closed, self.office)

    def _matter(self, done: Step) -> bytes | None:
        """Seal again what a case keeps of words: claims, explanations, notes, reasons given; None: unchanged."""
        change, payload, number = done.decision.change, done.order.payload, done.after.number
        said: dict[str, Any] = {}
        if change.note is not None:
            said["note"] = change.note
        if change.corrections or change.undoes_evidence is not None:
            said["corrections"] = tuple(change.corrections)
        if isinstance(payload, (Decide, CorrectAnswer)):
            said["outcomes"] = payload.outcomes
        why = payload.reason if isinstance(payload, AskOverride) else getattr(payload, "why", None)
        if not said and why is None:
            return None
        before = Matter() if done.loaded is None else matter(done.loaded.row, self.office)
        said |= _claims(done, before)
        if isinstance(payload, CorrectAnswer):
            said["said_before"] = before.outcomes
        if done.decision.transition in GOES_BACK:
            said["outcomes"] = before.said_before
        if why is not None:
            said["reasons"] = (*before.reasons, WhyGiven(seq=done.after.seq, why=why))
            said["formerly"] = (*before.formerly, *self._former.get(number, ()))
        sealed = written(replace(before, **said))
        return self.office.keys.get(number).seal_json("case", "matter", number, sealed)

    def _write_scans(self, db: Connection, ids: Mapping[str, int]) -> None:
        """Write that the pages that lie there were registered; or that they were not, after all."""
        scan.registered(db, [ids[done.after.number] for done in self._done if done.decision.transition in RECEIVES])
        for done in self._done:
            if done.decision.transition in TAKE_BACK:
                scan.unregistered(db, ids[done.after.number], done.before.rounds)

    # -- people, evidence --------------------------------------------------------------------------------------

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

    def _write_people(self, writes: Writes, ids: Mapping[str, int], known: dict[str, dict[Party, Person]]) -> None:
        added, changed = [], []
        words: dict[bool, dict[int, dict[int, list[int]]]] = {True: {}, False: {}}
        for done in self._done:
            number, change = done.after.number, done.decision.change
            found_by = words[done.loaded is not None].setdefault(ids[number], {})
            if _drops(done):  # the row stays, and nothing of the person in it
                row = dict.fromkeys(f"new_{name}" for name in ("sealed", *person_table.LOOKED_UP))
                changed.append({"key_case_id": ids[number], "key_party": str(Party.REPRESENTATIVE), **row})
                found_by[PARTIES.index(Party.REPRESENTATIVE)] = []
            key = self.office.keys.get(number) if done.loaded is None or change.subject or change.agent else None
            if key is None:
                continue
            had = self._stored.get(number, set())
            given = {Party.SUBJECT: change.subject, Party.REPRESENTATIVE: change.agent}
            for party, person in known[number].items():
                if done.loaded is not None and not given[party]:
                    continue
                sealed = key.seal_json("person", "sealed", f"{number}/{party}", written(person))
                looked_up = hashes(person, self.office)
                found_by[PARTIES.index(party)] = finding.words_of(person, self.office)
                if party in had:
                    row = {f"new_{name}": value for name, value in {"sealed": sealed, **looked_up}.items()}
                    changed.append({"key_case_id": ids[number], "key_party": str(party), **row})
                else:
                    added.append(
                        {"case_id": ids[number], "party": str(party), "sealed": sealed, "changes": 0, **looked_up}
                    )
        writes.add(person_table.person, added)
        if changed:
            writes.db.execute(_PERSON, changed)
        for known_before, new in words.items():
            replace_words(writes.db, person_word, new, known=known_before, writes=writes)

    def _write_evidence(self, writes: Writes, ids: Mapping[str, int]) -> None:
        undone = [
            {
                "case_id": ids[done.after.number],
                "of_seq": done.decision.change.undoes_evidence,
                "by_seq": done.after.seq,
            }
            for done in self._done
            if done.decision.change.undoes_evidence is not None
        ]
        evidence.take_back(writes.db, undone)
        rows = []
        for done in self._done:
            change = done.decision.change
            base: dict[str, Any] = {"case_id": ids[done.after.number], "seq": done.after.seq}
            base |= {"round": done.before.rounds, "checked_by": done.order.actor.name}
            for position, paper in enumerate(change.documents):
                number = paper.number
                plain = {
                    name: value
                    for name, value in to_plain(paper).items()
                    if name not in ("number", "judged", "looked_at")
                }
                row = {**{c.name: None for c in evidence_table.columns}, **plain, **base, "ord": position}
                row |= {"sort": "document", "issued_on": paper.issued_on, "expires_on": paper.expires_on}
                row |= {"judged": evidence.stored_stated({paper.holder: paper.judged})}
                row |= {
                    "arrived_on": paper.arrived_on,
                    "number_hash": number_hash(paper.type, number, self.office),
                    "looked_at": _looked_at(paper),
                }
                rows.append({**row, "address": str(paper.address), "name_matches": paper.name_matches,
                             "seal_matches": paper.seal_matches})  # fmt: skip
            for position, proof in enumerate(change.authorities, start=1000):
                row = {**{c.name: None for c in evidence_table.columns}, **base, "ord": position, "sort": "authority"}
                row |= {"type": proof.type, "issued_on": proof.issued_on, "signed": proof.signed}
                row |= {"masking": proof.masking, "rights": None if proof.rights is None else [*map(str, proof.rights)]}
                row |= {"seal_matches": proof.seal_matches, "degree": proof.degree, "original": proof.original}
                judged = {Party.SUBJECT: proof.subject, Party.REPRESENTATIVE: proof.representative}
                row |= {"judged": evidence.stored_stated(judged), "looked_at": _looked_at(proof)}
                rows.append({**row, "name_matches": proof.names_match, "arrived_on": proof.arrived_on})
        writes.add(evidence_table, rows)

    # -- letters and the codes of forms ---------------------------------------------------------------------------

    def _write_letters(
        self, writes: Writes, ids: Mapping[str, int], rows: Mapping[str, Mapping[str, Any]]
    ) -> list[Part]:
        ordering.decide_fates(writes.db, [fated for done in self._done for fated in _fated(done)], self.office)
        if void := [number for done in self._done for number in _void_answers(done)]:
            discs.void(writes.db, void, self.office)
        letters, new_codes, endings, expiries = [], [], [], []
        on_discs: list[tuple[discs.Disc, int, int, int]] = []
        for done in self._done:
            case_id, change, seq = ids[done.after.number], done.decision.change, done.after.seq
            if change.void_codes or change.use_code:
                endings.append((case_id, seq, "used" if change.use_code else "void"))
            if "code_expires_on" in change.facts:
                expiries.append({"key_case_id": case_id, "day": change.facts["code_expires_on"]})
            ordered = done.after.letters[len(done.before.letters) :]
            for position, (order, letter) in enumerate(zip(change.letters, ordered, strict=True)):
                code, code_hash = codes.new_code(self.office) if order.round is not None else (None, None)
                disc = self._disc(writes.db, done, order, letter, ordered)
                row = rows[done.after.number]
                content = self._content(done, order, letter, row, code, disc)
                letters.append(Ordered(done.after.number, seq, position, letter, content, row["head"]))
                if disc is not None and order.copy_of is None:
                    found = tuple(one for one in letters[-2].content.encloses if one.on_disc)  # type: ignore[attr-defined]
                    made = discs.Disc(letter=disc[0], case=done.after.number, language=content.language,
                                      passphrase=disc[1], found=found)  # fmt: skip
                    on_discs.append((made, case_id, seq, len(ordered)))
                if code_hash is not None:
                    new_codes.append({"case_id": case_id, "round": order.round, "seq": seq, "letter": letter.number,
                                      "hash": code_hash, "state": "live"})  # fmt: skip
        codes.end(writes.db, endings, self.office.now)
        codes.revive(writes.db, [done.decision.change.revive for done in self._done if done.decision.change.revive])
        codes.expire(writes.db, expiries)
        writes.add(form_code, new_codes)
        discs.order(writes, on_discs, self.office)
        return ordering.order(writes, letters, ids, self.office)

    def _disc(
        self, db: Connection, done: Step, order: OrderLetter, letter: Letter, ordered: Sequence[Letter]
    ) -> tuple[str, str] | None:
        """Return the letter whose disc this one opens, and the passphrase; None where it opens none."""
        if order.kind != LetterKind.DISC_PASSPHRASE:
            return None
        if order.copy_of is None:
            return ordered[0].number, print_code(codes.new_code(self.office)[0])
        first = f"{letter.ordinal - 1:02d}"  # it was ordered right behind the letter it belongs to
        with_disc = next(one.number for one in done.after.letters if one.number.endswith(f"-{first}"))
        return with_disc, discs.passphrase_of(db, with_disc, done.after.number, self.office)

    def _content(
        self, done: Step, order: OrderLetter, letter: Letter, row: Mapping[str, Any], code: str | None,
        disc: tuple[str, str] | None = None,
    ) -> RequestLetter:  # fmt: skip
        loaded = done.loaded
        kept = row.get("matter") or (loaded.row.matter if loaded is not None else None)
        needs_matter = kept is not None and (order.copy_of is not None or order.kind == "disclosure_notification")
        said = matter(loaded.row, self.office) if needs_matter and loaded is not None else Matter()
        # `after` already counts the letters of this very transition; a letter speaks of the case as it stands then.
        return compose(
            order, letter, row["facts"], done.after, self._people[done.after.number], said,
            print_code(code) if code is not None else None, self.office, disc,
        )  # fmt: skip


def _fated(done: Step) -> list[Fated]:
    stored: list[Row[Any]] = [] if done.loaded is None else done.loaded.kept
    found = []
    for fate in done.decision.change.fates:
        letter = next(each for each in reversed(done.after.letters) if each.number == fate.number)
        row = next((row for row in stored if (row.number, row.copy) == (letter.number, letter.copy)), None)
        found.append(Fated(letter, fate, row, done.after.seq))
    return found


def _void_answers(done: Step) -> list[str]:
    """Return the notifications with a disc that a step makes void: the letter behind one tells its passphrase."""
    void = {fate.number for fate in done.decision.change.fates if fate.state is LetterState.VOID}
    behind = {each.ordinal - 1 for each in done.before.letters if each.kind == LetterKind.DISC_PASSPHRASE}
    return [each.number for each in done.before.letters if each.number in void and each.ordinal in behind]


def _claims(done: Step, before: Matter) -> dict[str, Any]:
    """Return what is kept of the corrections that were asked for, where an arrival brings some or is put right.

    What comes takes the place of what came before; of an arrival that was registered wrongly, what came before counts.
    """
    change, first = done.decision.change, done.before.before
    if change.undoes_evidence is not None:
        earlier = before.claims_before if first is not None and first.corrections else ()
        return {"corrections": tuple(change.corrections) or earlier}
    if change.corrections:
        return {"corrections": tuple(change.corrections), "claims_before": before.corrections}
    return {}


def _drops(done: Step) -> bool:
    """Whether a transition takes the representative out of the case."""
    payload = done.order.payload
    return isinstance(payload, Amend) and payload.drop_representative


def _looked_at(paper: Document | Authority) -> str | None:
    """Return where a paper was looked at as a row keeps it; nothing for one that came in the post."""
    return None if paper.looked_at is Where.POST else str(paper.looked_at)
