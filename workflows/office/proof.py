"""Who must prove what, with which papers: identity by place, right and asker, and the right to represent.

The values stand beside the law's (`workflows.law.proving`), because a law may say them too; what is refused of a file
stands in `workflows.office.proof_floor`, and how the law's tables read with it in `workflows.office.applied`.
"""

from collections.abc import Collection
from contextlib import suppress

from workflows.law import BadData, names, regime
from workflows.law.proving import (
    CLASSES,
    REPRESENTATIVE,
    SUBJECT,
    Age,
    IdentityRule,
    PaperRule,
    ProofRules,
    RepresentativeRule,
    Unit,
    Where,
)
from workflows.law.values import RepresentativeKind, Right
from workflows.law.ways import Reading
from workflows.office.proof_floor import forbidden
from workflows.office.table import Table

__all__ = ["KEYS", "ProofRules", "forbidden", "read"]

KEYS: dict[str, str] = {
    "identity.where": 'where the papers are looked at: "post", "counter", "electronic" or a list; left out: everywhere',
    "identity.rights": "for which rights; left out: all of them",
    "identity.of": 'whose identity: "subject", "representative", kinds of representative; left out: everybody\'s',
    "identity.enough": "alternatives, any one of which is enough, each a list of slots for DIFFERENT papers; a slot is "
    '"photo", "no_photo", "any", a paper, a list of papers (any one of them), the name of one of [lists], or '
    "{ of = …, original = true, within = { days = 30 }, address = true }",
    "identity.only_one_of": "groups of papers of which one alone counts",
    "identity.undated_within": "how old a paper without a last day of validity may be: { months = 6 }",
    "identity.reason_ja, identity.reason_en": "why more is asked for than in the law's example",
    "lists": 'named groups of papers, to be named in slots: A = ["drivers_licence", "passport"]',
    "evidence.code": "a paper of the law's table; one that is optional there is taken here",
    "evidence.accepted": "false: this office does not take it",
    "evidence.within": "how old it may be when it arrives: { days = 30 }",
    "evidence.original": "true: a copy does not count",
    "evidence.ja, evidence.en": "what the office calls it in its letters; left out: its usual name",
    "evidence.reason_ja, evidence.reason_en": "why more is asked of it than in the table",
    "representative.kind": "minor, adult_ward, agent, voluntary_guardian, assistant, carer, official, relative, "
    "lawyer, insurer, bereaved, executor, or one of the office's own: its code begins with law_, mandate_ or bereaved_",
    "representative.ja, representative.en": "its name; needed for a kind of the office's own",
    "representative.accepted": "false: this office takes none of that kind",
    "representative.refused_ja, representative.refused_en": "its words for a kind it does not take",
    "representative.proofs": "alternatives, each a list of proofs that must all be there; a slot as in identity.enough",
    "representative.answer_to": '"subject" or "representative": who gets the answer',
    "representative.where": "where their papers may be looked at; left out: everywhere",
    "representative.consent_from": "the age from which a minor must consent in writing",
    "representative.degree": "the remotest degree of kinship",
    "representative.subject_identity": "false: nothing proves the subject's identity but the proofs",
    "representative.reason_ja, representative.reason_en": "why more is asked for than in the law's example",
}
"""What each key of this part means, for docs/procedure-file.md."""


def read(top: Table) -> ProofRules:
    """Return what the file says of identity and representation."""
    documents, proofs = _known(names())
    lists = _lists(top, documents)
    return ProofRules(
        identity=top.each("identity", lambda table: _identity(table, documents, lists), name="where"),
        representatives=top.each("representative", lambda table: _representative(table, proofs), name="kind"),
        papers=top.each("evidence", lambda table: _paper(table, documents)),
        lists=lists,
    )


def _known(laws: Collection[str]) -> tuple[list[str], list[str]]:
    """Return the codes of the documents and of the proofs that any of the laws knows."""
    every = []
    for name in laws:
        with suppress(BadData):  # of a law of the office's own; whoever uses it is told
            every.append(regime(name))
    return (
        list(dict.fromkeys(code for law in every for code in law.documents)),
        list(dict.fromkeys(code for law in every for _, code in law.proofs)),
    )


def _lists(top: Table, documents: Collection[str]) -> dict[str, tuple[str, ...]]:
    table, values = top.table("lists"), top.raw("lists")
    if table is None:
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for name in values or ():
        if name in documents or name in CLASSES:
            table.refuse("office_proof.list_named_as_paper", name=name)
        reading = Reading(name, documents)
        found[name] = reading.group(table.raw(name))
        _told(table, reading)
    table.finish()
    return found


def _identity(table: Table, documents: Collection[str], lists: dict[str, tuple[str, ...]]) -> IdentityRule:
    reading, groups = Reading("enough", [*CLASSES, *documents], lists), Reading("only_one_of", documents, lists)
    enough = reading.ways(table.raw("enough"))
    _told(table, reading)
    return IdentityRule(
        where=_places(table),
        rights=table.rights(default=tuple(Right)),
        of=_holders(table),
        enough=enough,
        only_one_of=_groups(table, groups),
        undated_within=_age(table, "undated_within"),
        why=table.bilingual("reason", required=False),
    )


def _groups(table: Table, reading: Reading) -> tuple[frozenset[str], ...]:
    value = table.raw("only_one_of")
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(group, list) and len(group) > 1 for group in value):
        table.refuse("office_proof.no_groups", key="only_one_of")
        return ()
    if len(value) > 4 or any(len(group) > 4 for group in value):
        table.refuse("office_proof.too_many_groups", key="only_one_of")
        return ()
    found = tuple(frozenset(reading.group(group)) for group in value)
    _told(table, reading)
    return found


def _paper(table: Table, documents: Collection[str]) -> PaperRule | None:
    code = table.one_of("code", documents)
    accepted = table.flag("accepted", True)
    within, original = _age(table, "within"), table.flag("original")
    said, why = table.bilingual(required=False), table.bilingual("reason", required=False)
    if code is None:
        if "code" not in table:
            table.refuse("office_file.missing", key="code")
        return None
    return PaperRule(code=code, accepted=accepted, within=within, original=original, said=said, why=why)


def _representative(table: Table, proofs: Collection[str]) -> RepresentativeRule | None:
    kind = _kind(table)
    reading = Reading("proofs", proofs)
    value = table.raw("proofs")
    ways = reading.ways(value) if value is not None else ()
    _told(table, reading)
    rule = RepresentativeRule(
        kind=kind or RepresentativeKind.AGENT,
        said=table.bilingual(required=False),
        accepted=table.flag("accepted", True),
        refused=table.bilingual("refused", required=False),
        proofs=ways,
        answer_to=table.one_of("answer_to", (SUBJECT, REPRESENTATIVE)),
        where=_places(table),
        consent_from=table.number("consent_from"),
        degree=table.number("degree"),
        subject_identity=table.flag("subject_identity", True),
        why=table.bilingual("reason", required=False),
    )
    return None if kind is None else rule


def _kind(table: Table) -> RepresentativeKind | None:
    code = table.text("kind")
    try:
        return RepresentativeKind(code) if code else None
    except ValueError:
        table.refuse("office_proof.no_kind", kind=code, known=[str(kind) for kind in RepresentativeKind])
        return None


def _holders(table: Table) -> frozenset[str]:
    value = table.raw("of")
    if value is None:
        return frozenset({SUBJECT, REPRESENTATIVE})
    words = [value] if isinstance(value, str) else value
    if not isinstance(words, list) or not words or not all(_is_holder(word) for word in words):
        table.refuse("office_proof.no_holder", known=[SUBJECT, REPRESENTATIVE, *map(str, RepresentativeKind)])
        return frozenset({SUBJECT, REPRESENTATIVE})
    return frozenset(words)


def _is_holder(word: object) -> bool:
    if not isinstance(word, str):
        return False
    try:
        return word in (SUBJECT, REPRESENTATIVE) or bool(RepresentativeKind(word))
    except ValueError:
        return False


def _places(table: Table) -> frozenset[Where]:
    value = table.raw("where")
    if isinstance(value, str) and value in list(Where):
        return frozenset({Where(value)})
    return frozenset(table.members("where", Where, tuple(Where)))


def _age(table: Table, key: str) -> Age | None:
    found = table.period(key, list(Unit))
    return None if found is None else Age(found[0], Unit(found[1]))


def _told(table: Table, reading: Reading) -> None:
    """Note what was wrong with a value of ways."""
    for code, params in reading.problems:
        table.refuse(f"office_proof.{code}", **params)
