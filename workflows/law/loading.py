"""Loading the data of the law: which keys the files have, and what each becomes.

The files are TOML beside this module. A file that is wrong stops the program before any case is judged by it, with
one ``BadData`` that lists everything to put right.
"""

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from workflows.law import loading_times as times
from workflows.law.citing import Act, Points, Unit
from workflows.law.law import (
    Ground,
    JointUse,
    OutcomeRules,
    Purpose,
    Regime,
    Register,
    RightLaw,
    Words,
)
from workflows.law.papers import read_papers
from workflows.law.reading import BadData, Table, digest, each, listed, read, refuse_overlaps
from workflows.law.values import Category, ChargedFor, OutcomeName, Right, RightOutcome

FOLDER = Path(__file__).parent
DECIDING_STATES = ("forms_returned", "id_verified")


# ---- a law ----------------------------------------------------------------------------------------------------------


def load_regime(path: Path, shipped: Path | None = None) -> Regime:
    """Read one law and the papers it names. Raises ``BadData`` with the faults of all these files.

    One that is not among those *shipped* may build on them: on their papers, and on another law of theirs.
    """
    faults: list[str] = []
    top, shipped = read(path, faults), shipped or path.parent
    if "based_on" in top:
        top = _based_on(top, path, shipped, faults)
    found = _evidence(top, path, shipped, faults)
    starts, counting = times.events(top, "clock_starts"), times.counting(top)
    answer = times.legal_time(top, "answer", starts, counting)
    regime = Regime(
        name=top.text("name"),
        law=_required_words(top, "law"),
        regulator=_required_words(top, "regulator"),
        review=times.appeal(top, "review", required=False),
        complaint=times.appeal(top, "complaint") or times.NONE,
        court=times.appeal(top, "court") or times.NONE,
        own_form_required=top.flag("own_form_required"),
        action=times.legal_time(top, "action", starts, counting),
        answer=answer,
        extensions=times.extensions(top, answer),
        choice=times.choice(top),
        fees=_words(top, "fees", required=False),
        outcomes=_outcomes(top),
        rights=_rights(top),
        grounds=_grounds(top),
        papers=read_papers(found, faults),
        acts=_acts(top),
        clock_starts=starts,
        since=top.day("since"),
        **_duties(top),
    )
    top.finish()
    if regime.name and regime.name != (stem := name_of(path)):
        faults.append(f"{path.name}: name is {regime.name!r}; a law is called as its file is, {stem!r} here")
    _refuse_bad_pointers(regime, path.name, faults)
    _refuse_gaps(regime, path.name, faults)
    if faults:
        raise BadData(faults)
    return replace(regime, digest=digest([path, *(file for file in found if file.parent == path.parent)]))


def name_of(path: Path) -> str:
    """Return how the law in that file is called: ``jp_appi.toml`` holds jp-appi."""
    return path.stem.replace("_", "-")


def _based_on(top: Table, path: Path, shipped: Path, faults: list[str]) -> Table:
    """Return the table of a law that says only in what it differs from one that is shipped, with all the rest of it."""
    base = top.text("based_on")
    known = {name_of(file): file for file in law_files(shipped)}
    if base not in known or base == name_of(path):
        top.fault(f"based_on is {base!r}; write one of {listed(set(known) - {name_of(path)})}")
        return top
    return top.over(read(known[base], faults))


def law_files(folder: Path) -> list[Path]:
    """Return the files of a folder that hold a law each, in the order of their names."""
    return [file for file in sorted(folder.glob("*.toml")) if not file.stem.startswith(("evidence", "purposes"))]


def _evidence(top: Table, path: Path, shipped: Path, faults: list[str]) -> list[Path]:
    """Return the files of papers that a law names: those beside it, and those among the shipped ones."""
    files = {file.stem: file for file in shipped.glob("evidence*.toml")}
    own = {file.stem: file for file in path.parent.glob("evidence*.toml")} if path.parent != shipped else {}
    taken = sorted(own.keys() & files.keys())
    faults += [f"{stem}.toml: there is a file of that name among those shipped; give it another name" for stem in taken]
    files |= own
    return [files[name] for name in top.words("evidence", list(files))]


def _duties(top: Table) -> dict[str, str]:
    table = top.table("duties")
    if table is None:
        return {}
    found = {name: table.text(name) for name in ("security", "storage", "method")}
    if "living" in table:
        found["living"] = table.text("living")
    table.finish()
    return found


def _acts(top: Table) -> tuple[Act, ...]:
    """Return the acts that articles are of, the law's own first."""
    acts = each(top, "act", _act)
    if not acts:
        top.fault("there is no [[act]]; without one no letter could cite an article")
    return acts


def _act(table: Table) -> Act:
    return Act(
        code=table.text("code"),
        ja=table.text("ja"),
        en=table.text("en"),
        short_ja=table.text("short_ja"),
        unit=Unit(table.optional_text("unit", list(Unit)) or Unit.ARTICLE),
        points=Points(table.optional_text("points", list(Points)) or Points.ITEMS),
    )


def _refuse_gaps(regime: Regime, file: str, faults: list[str]) -> None:
    """Note what would strand a case: a right that cannot be refused, no time at all, a fee that nothing allows."""
    for right, law in regime.rights.items():
        if not any(right in ground.rights for ground in regime.grounds.values()):
            faults.append(f"{file}, rights, {right}: no [[ground]] could ever refuse it")
        if law.fee and law.fee_only:
            faults.append(
                f"{file}, rights, {right}: fee allows one in general, fee_only for nothing but some; keep one"
            )
        if (law.fee or law.fee_only) and regime.fees is None:
            faults.append(f"{file}, rights, {right}: a fee is allowed, and no [fees] names the article")
    if not regime.rights:
        faults.append(f"{file}: there is no right in [rights]; nothing could be asked for")
    if all(time is not None and time.warn_after is not None for time in (regime.action, regime.answer)):
        faults.append(f"{file}: both [action] and [answer] have warn_after_days; there is one warning")
    if regime.action is None and regime.answer is None:
        faults.append(f"{file}: neither [action] nor [answer]: the law gives no time, and nothing would press")


def _refuse_bad_pointers(regime: Regime, file: str, faults: list[str]) -> None:
    for ground in regime.grounds.values():
        if ground.shown_as is not None and ground.shown_as not in regime.grounds:
            faults.append(f"{file}, ground {ground.code}: shown_as names {ground.shown_as!r}, which is no ground here")
        elif (ground.ja, ground.en) != ((shown := regime.shown(ground)).ja, shown.en):
            faults.append(f"{file}, ground {ground.code}: its words differ from those of {shown.code} it is shown as")


def _required_words(top: Table, key: str) -> Words:
    return _words(top, key) or Words(article="", ja="", en="")


def _words(top: Table, key: str, *, required: bool = True) -> Words | None:
    table = top.table(key, required=required)
    if table is None:
        return None
    words = Words(article=table.text("article"), ja=table.text("ja"), en=table.text("en"))
    table.finish()
    return words


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
        table = tables.table(right, required=False) if tables else None
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
        fee_only=tuple(ChargedFor(word) for word in table.words("fee_only", list(ChargedFor), ())),
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
    top = read(path, faults)
    purposes = each(top, "purpose", _purpose)
    joint_uses = each(top, "joint_use", _joint_use)
    top.finish()
    refuse_overlaps(
        purposes, lambda r: (r.category, r.code), lambda r: (r.first, r.last), f"{path.name}, purpose", faults
    )
    refuse_overlaps(joint_uses, lambda r: r.code, lambda r: (r.first, r.last), f"{path.name}, joint_use", faults)
    if faults:
        raise BadData(faults)
    return Register(purposes=purposes, joint_uses=joint_uses)


def _purpose(table: Table) -> Purpose | None:
    category, (first, last) = table.word("category", Category), table.days()
    code, group, article = table.text("code"), table.text("group"), table.text("article")
    ja, en = table.text("ja"), table.text("en")
    if category is None:
        return None
    return Purpose(category=category, code=code, group=group, article=article, ja=ja, en=en, first=first, last=last)


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
