"""Reading the data files of the law: every fault is named with its file and place, all of them at once.

The files are TOML beside this module. A file that is wrong stops the program before any case is judged by it, with
one ``BadData`` that lists everything to put right.
"""

import tomllib
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from workflows.regimes.law import (
    AnswerTime,
    Extension,
    Ground,
    JointUse,
    Majority,
    OutcomeRules,
    Paper,
    Papers,
    Proof,
    Purpose,
    Regime,
    Register,
    RightLaw,
    Words,
)
from workflows.values import Category, ExtendReason, OutcomeName, RepresentativeKind, Right, RightOutcome

FOLDER = Path(__file__).parent
CLOCK_STARTS = ("first_arrival", "first_contact")
DECIDING_STATES = ("forms_returned", "id_verified")
SAYS = {"yes": True, "no": False, "as_recorded": None}

Word = TypeVar("Word", bound=StrEnum)
Row = TypeVar("Row")


class BadData(ValueError):
    """The data files of the law are wrong; ``faults`` names each with its file and place."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("the data of the law cannot be used:\n" + "\n".join(f"- {fault}" for fault in self.faults))


class Table:
    """One table of a file: reads each key once, notes what is wrong with it, and at the end what nobody asked for."""

    def __init__(self, values: Mapping[str, Any], place: str, faults: list[str]) -> None:
        self._values = values
        self._asked: set[str] = set()
        self._place = place
        self._faults = faults

    def fault(self, message: str) -> None:
        """Note a fault of this table."""
        self._faults.append(f"{self._place}: {message}")

    def __contains__(self, key: object) -> bool:
        """Tell whether the key is there."""
        return key in self._values

    def _get(self, key: str) -> Any:
        self._asked.add(key)
        return self._values.get(key)

    def text(self, key: str) -> str:
        """Return a text that must be there."""
        value = self._get(key)
        if isinstance(value, str) and value.strip():
            return value
        self.fault(f"{key} is missing" if value is None else f"{key} is {value!r}; write a text in quotes")
        return ""

    def optional_text(self, key: str, allowed: Collection[str]) -> str | None:
        """Return one of the allowed words, or None where the key is absent."""
        value = self._get(key)
        if value is not None and value not in allowed:
            self.fault(f"{key} is {value!r}; write one of {_listed(allowed)}")
            return None
        return value

    def word(self, key: str, kind: type[Word]) -> Word | None:
        """Return a member of an enumeration; a missing or unknown one is a fault and None."""
        value = self._get(key)
        if value in list(kind):
            return kind(value)
        self.fault(f"{key} is {value!r}; write one of {_listed(kind)}" if value is not None else f"{key} is missing")
        return None

    def words(self, key: str, allowed: Collection[str], default: Collection[str] | None = None) -> tuple[str, ...]:
        """Return a list of allowed words; without a default the key must be there."""
        value = self._get(key)
        if value is None and default is not None:
            return tuple(default)
        if not isinstance(value, list):
            self.fault(f"{key} is missing" if value is None else f'{key} is {value!r}; write a list, ["…"]')
            return ()
        for unknown in (item for item in value if item not in allowed):
            self.fault(f"{key} names {unknown!r}, which is unknown; known are {_listed(allowed)}")
        return tuple(item for item in value if item in allowed)

    def number(self, key: str, *, required: bool = False) -> int | None:
        """Return a whole number from 1 on."""
        value = self._get(key)
        if value is None and not required:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and value >= 1:
            return value
        self.fault(f"{key} is missing" if value is None else f"{key} is {value!r}; write a whole number from 1 on")
        return None

    def flag(self, key: str) -> bool:
        """Return true or false; absent is false."""
        value = self._get(key)
        if value is None or isinstance(value, bool):
            return bool(value)
        self.fault(f"{key} is {value!r}; write true or false")
        return False

    def day(self, key: str) -> date | None:
        """Return a day; TOML's own date, without quotes and without a time."""
        value = self._get(key)
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        self.fault(f"{key} is {value!r}, which is not a date; write it as 2022-04-01, without quotes")
        return None

    def days(self) -> tuple[date | None, date | None]:
        """Return ``from`` and ``until``."""
        first, last = self.day("from"), self.day("until")
        if first and last and last < first:
            self.fault(f"until {last} lies before from {first}")
        return first, last

    def says(self, key: str) -> bool | None:
        """Return true, false or None for yes, no and as_recorded (true and false will do too)."""
        value = self._get(key)
        if isinstance(value, bool):
            return value
        if value in SAYS:
            return SAYS[value]
        self.fault(f"{key} is missing" if value is None else f"{key} is {value!r}; write one of {_listed(SAYS)}")
        return None

    def texts(self, key: str, allowed: Collection[str]) -> dict[str, str]:
        """Return a table of texts whose keys are allowed words; absent is empty."""
        value = self._get(key)
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.fault(f'{key} is {value!r}; write a table, {{ key = "…" }}')
            return {}
        for unknown in (name for name in value if name not in allowed):
            self.fault(f"{key} names {unknown!r}, which is unknown; known are {_listed(allowed)}")
        return {name: str(text) for name, text in value.items() if name in allowed}

    def table(self, key: str, *, required: bool = True) -> "Table | None":
        """Return a table inside this one."""
        value = self._get(key)
        if isinstance(value, dict):
            return Table(value, f"{self._place}, {key}", self._faults)
        if required or value is not None:
            self.fault(f"[{key}] is missing" if value is None else f"{key} is {value!r}; write a table, [{key}]")
        return None

    def rows(self, key: str, name: str = "code") -> list["Table"]:
        """Return the rows of a list of tables, each named by its number and its code."""
        value = self._get(key)
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            if value is not None:
                self.fault(f"{key} is no list of tables; write [[{key}]] before each row")
            return []
        return [
            Table(row, f"{self._place}, {key} {number} ({row.get(name, 'unnamed')})", self._faults)
            for number, row in enumerate(value, start=1)
        ]

    def finish(self) -> None:
        """Note the keys that nobody reads: a misspelt key would otherwise be a rule that silently does not hold."""
        for unknown in self._values.keys() - self._asked:
            self.fault(f"{unknown} is not known here; known are {_listed(self._asked)}")


def _listed(words: Iterable[str]) -> str:
    return ", ".join(sorted(str(word) for word in words))


def _read(path: Path, faults: list[str]) -> Table:
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        faults.append(f"{path.name}: there is no such file")
        values = {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        faults.append(f"{path.name}: {error}")
        values = {}
    return Table(values, path.name, faults)


def _each(top: Table, key: str, read: Callable[[Table], Row | None], name: str = "code") -> tuple[Row, ...]:
    found = []
    for table in top.rows(key, name):
        row = read(table)
        table.finish()
        if row is not None:
            found.append(row)
    return tuple(found)


def _refuse_overlaps(
    rows: Iterable[Row], key: Callable[[Row], Hashable], days: Callable[[Row], tuple[date | None, date | None]],
    what: str, faults: list[str],
) -> None:  # fmt: skip
    """Note each pair of neighbouring rows of the same key that are both in force on some day."""
    by_key: dict[Hashable, list[tuple[date, date]]] = {}
    for row in rows:
        first, last = days(row)
        by_key.setdefault(key(row), []).append((first or date.min, last or date.max))
    for name, spans in by_key.items():
        spans.sort()
        for (_, last), (first, _) in zip(spans, spans[1:], strict=False):
            if first <= last:
                shown = " ".join(str(part) for part in name) if isinstance(name, tuple) else name
                faults.append(f"{what} ({shown}): two rows are in force on {max(first, spans[0][0])}; end one before")


# ---- the papers -----------------------------------------------------------------------------------------------------


def load_papers(*paths: Path) -> Papers:
    """Read one or more files of papers as one table. Raises ``BadData``."""
    faults: list[str] = []
    papers = _papers(paths, faults)
    if faults:
        raise BadData(faults)
    return papers


def _papers(paths: Iterable[Path], faults: list[str]) -> Papers:
    tops = [_read(path, faults) for path in paths]
    masks = {code: article for top in tops for code, article in _each(top, "mask", _mask)}
    documents = tuple(row for top in tops for row in _each(top, "document", lambda t: _paper(t, masks)))
    proofs = tuple(row for top in tops for row in _each(top, "authority", _proof, "type"))
    majority = tuple(row for top in tops for row in _each(top, "majority", _majority, "age"))
    for top in tops:
        top.finish()
    files = ", ".join(path.name for path in paths)
    _refuse_overlaps(documents, lambda r: r.code, lambda r: (r.first, r.last), f"{files}, document", faults)
    _refuse_overlaps(proofs, lambda r: (r.kind, r.type), lambda r: (r.first, r.last), f"{files}, authority", faults)
    _refuse_overlaps(majority, lambda _: "age", lambda r: (r.first, r.last), f"{files}, majority", faults)
    if not documents:
        faults.append(f"{files}: there is no [[document]]; without one nobody could prove who they are")
    if not majority or min(r.first or date.min for r in majority) > date.min or max(
        r.last or date.max for r in majority
    ) < date.max:  # fmt: skip
        faults.append(f"{files}, majority: every day needs an age; leave the first row without from, the last without until")
    return Papers(documents=documents, proofs=proofs, majority=majority, masks=masks)


def _mask(table: Table) -> tuple[str, str]:
    return table.text("code"), table.text("article")


def _paper(table: Table, masks: Collection[str]) -> Paper:
    first, last = table.days()
    return Paper(
        code=table.text("code"),
        article=table.text("article"),
        photograph=table.says("photograph"),
        shows_address=table.says("address"),
        masks=table.words("masks", masks),
        first=first,
        last=last,
        unexpired=table.flag("unexpired"),
        issued_from=table.day("issued_from"),
        issued_within_months=table.number("issued_within_months"),
        address_issued_before=table.day("address_issued_before"),
        seal=table.flag("seal"),
        second_person=table.flag("second_person"),
        never=table.flag("never"),
    )


def _proof(table: Table) -> Proof | None:
    kind, (first, last) = table.word("kind", RepresentativeKind), table.days()
    proof_type, article = table.text("type"), table.text("article")
    months, signature = table.number("issued_within_months"), table.flag("signature")
    if kind is None:
        return None
    return Proof(
        kind=kind,
        type=proof_type,
        article=article,
        first=first,
        last=last,
        issued_within_months=months,
        signature=signature,
    )


def _majority(table: Table) -> Majority:
    first, last = table.days()
    return Majority(age=table.number("age", required=True) or 0, article=table.text("article"), first=first, last=last)


# ---- a law ----------------------------------------------------------------------------------------------------------


def load_regime(path: Path) -> Regime:
    """Read one law and the papers it names. Raises ``BadData`` with the faults of all these files."""
    faults: list[str] = []
    top = _read(path, faults)
    files = top.words("evidence", [file.stem for file in path.parent.glob("evidence_*.toml")])
    papers = _papers([path.parent / f"{name}.toml" for name in files], faults)
    starts = top.optional_text("clock_starts", CLOCK_STARTS)
    if starts is None:
        top.fault(f"clock_starts is missing; write one of {_listed(CLOCK_STARTS)}")
    regime = Regime(
        name=top.text("name"),
        law=_words(top, "law"),
        regulator=_words(top, "regulator"),
        complaint=_words(top, "complaint"),
        court=_words(top, "court"),
        clock_starts=starts or CLOCK_STARTS[0],
        own_form_required=top.flag("own_form_required"),
        answer=_answer(top),
        extension=_extension(top),
        outcomes=_outcomes(top),
        rights=_rights(top),
        grounds=_grounds(top),
        papers=papers,
    )
    top.finish()
    _refuse_bad_pointers(regime, path.name, faults)
    if faults:
        raise BadData(faults)
    return regime


def _refuse_bad_pointers(regime: Regime, file: str, faults: list[str]) -> None:
    for ground in regime.grounds.values():
        if ground.shown_as is not None and ground.shown_as not in regime.grounds:
            faults.append(f"{file}, ground {ground.code}: shown_as names {ground.shown_as!r}, which is no ground here")
        elif (ground.ja, ground.en) != ((shown := regime.shown(ground)).ja, shown.en):
            faults.append(f"{file}, ground {ground.code}: its words differ from those of {shown.code} it is shown as")


def _words(top: Table, key: str) -> Words:
    table = top.table(key)
    if table is None:
        return Words(article="", ja="", en="")
    words = Words(article=table.text("article"), ja=table.text("ja"), en=table.text("en"))
    table.finish()
    return words


def _answer(top: Table) -> AnswerTime | None:
    table = top.table("answer", required=False)
    if table is None:
        return None
    answer = AnswerTime(article=table.text("article"), months=table.number("months", required=True) or 1)
    table.finish()
    return answer


def _extension(top: Table) -> Extension | None:
    table = top.table("extension", required=False)
    if table is None:
        return None
    extension = Extension(
        article=table.text("article"),
        months=table.number("months", required=True) or 1,
        notice_within_months=table.number("notice_within_months", required=True) or 1,
        times=table.number("times", required=True) or 1,
        reasons=tuple(ExtendReason(word) for word in table.words("reasons", list(ExtendReason))),
    )
    table.finish()
    return extension


def _outcome_names(table: Table, key: str, default: Collection[OutcomeName] | None = None) -> tuple[OutcomeName, ...]:
    return tuple(OutcomeName(word) for word in table.words(key, list(OutcomeName), default))


def _outcomes(top: Table) -> OutcomeRules:
    table = top.table("outcomes")
    if table is None:
        return OutcomeRules(article="", ground=frozenset(), explanation=frozenset(), explain_other_method=False)
    rules = OutcomeRules(
        article=table.text("article"),
        ground=frozenset(_outcome_names(table, "ground")),
        explanation=frozenset(_outcome_names(table, "explanation")),
        explain_other_method=table.flag("explain_other_method"),
    )
    table.finish()
    return rules


def _rights(top: Table) -> dict[Right, RightLaw]:
    tables = top.table("rights")
    found: dict[Right, RightLaw] = {}
    for right in Right if tables else ():
        table = tables.table(right) if tables else None
        if table is not None:
            found[right] = _right(right, table)
            table.finish()
    if tables:
        tables.finish()
    return found


def _right(right: Right, table: Table) -> RightLaw:
    return RightLaw(
        right=right,
        article=table.text("article"),
        outcomes=_outcome_names(table, "outcomes"),
        first=table.day("from"),
        fee=table.flag("fee"),
        states_change=table.flag("states_change"),
        by_reason=table.texts("by_reason", ("unlawful_use", "unneeded", "leak", "harm")),
    )


def _grounds(top: Table) -> dict[str, Ground]:
    rows: dict[str, Ground] = {}
    for table in top.rows("ground"):
        ground = _ground(table)
        table.finish()
        if ground.code in rows:
            table.fault("is there twice; one ground has one row")
        rows[ground.code] = ground
    if not rows:
        top.fault("there is no [[ground]]; without one nothing could ever be refused")
    return rows


def _ground(table: Table) -> Ground:
    first, last = table.days()
    articles = table.texts("articles", list(Right))
    return Ground(
        code=table.text("code"),
        article=table.text("article"),
        ja=table.text("ja"),
        en=table.text("en"),
        rights=frozenset(Right(word) for word in table.words("rights", list(Right))),
        outcomes=frozenset(_outcome_names(table, "outcomes", (OutcomeName.REFUSED, OutcomeName.PARTLY))),
        states=frozenset(table.words("states", DECIDING_STATES, ("id_verified",))),
        procedural=table.flag("procedural"),
        exception=table.flag("exception"),
        needs=table.optional_text("needs", list(RightOutcome.__dataclass_fields__)),
        shown_as=table.text("shown_as") if "shown_as" in table else None,
        first=first,
        last=last,
        articles={Right(name): article for name, article in articles.items()},
    )


# ---- the register of purposes ---------------------------------------------------------------------------------------


def load_register(path: Path) -> Register:
    """Read the register of purposes and of joint use. Raises ``BadData``."""
    faults: list[str] = []
    top = _read(path, faults)
    purposes = _each(top, "purpose", _purpose)
    joint_uses = _each(top, "joint_use", _joint_use)
    top.finish()
    _refuse_overlaps(
        purposes, lambda r: (r.category, r.code), lambda r: (r.first, r.last), f"{path.name}, purpose", faults
    )
    _refuse_overlaps(joint_uses, lambda r: r.code, lambda r: (r.first, r.last), f"{path.name}, joint_use", faults)
    if faults:
        raise BadData(faults)
    return Register(purposes=purposes, joint_uses=joint_uses)


def _purpose(table: Table) -> Purpose | None:
    category, (first, last) = table.word("category", Category), table.days()
    code, group, article = table.text("code"), table.text("group"), table.text("article")
    ja, en = table.text("ja"), table.text("en")
    if category is None:
        return None
    return Purpose(
        category=category, code=code, group=group, article=article, ja=ja, en=en, first=first, last=last
    )  # fmt: skip


def _joint_use(table: Table) -> JointUse:
    first, last = table.days()
    return JointUse(
        code=table.text("code"),
        article=table.text("article"),
        items=table.words("items", ("name", "employer", "email", "telephone")),
        ja=table.text("ja"),
        en=table.text("en"),
        first=first,
        last=last,
    )
