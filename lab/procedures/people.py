"""Who may ask for somebody else, with which proofs, and to whom the answer goes then."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lab.procedures.phrases import Phrase, left_of, words
from lab.procedures.rows import Row

# How the facts call a representative -> the kinds of the file.
KINDS = {
    "minor": r"\bminors?\b|\bparents?\b(?!, spouse)|\blegal\b|under 13|guardianship|\bunder \d+\b|authority of legal",
    "adult_ward": r"\bwards?\b|\blegal\b|guardianship",
    "agent":
        r"\bagents?\b|\bmandated?\b|\bmandate\b|power of attorney|signed authority|authority and own|"
        r"notice of representative|"
    r"proof of authority|must show authority|\bauthority\b",
    "heir": r"\bheirs?\b|bereaved|deceased|\bthe dead\b|whole procedure is for them",
    "executor": r"executors?",
    "estate_administrator": r"estate administrators?",
    "lawyer": r"lawyers?|judicial scriveners",
    "carer": r"\bcarers?\b|relatives who care|household for those who cannot judge|who care for",
    "relative": r"\brelatives?\b(?! who)|\bfamily\b \(|spouse, child, parent\)",
}  # fmt: skip
PROOFS = {
    "subject_seal_certificate": r"seal certificates?",
    "proxy_statement": r"\bmandates?\b|\bpower of attorney\b|signed authority",
    "family_register": r"family registers?( extract)?|\bregisters?\b(?! card)|kinship( proof)?|proof of kinship",
    "resident_record": r"resident record|certificate of items of the resident record",
    "registration_certificate": r"registration( certificate)?\b",
    "death_certificate": r"proof of death|registers of the dead",
    "will": r"\bwill\b|probate",
    "health_insurance_card": r"health card( listing dependants)?|dependants' health card",
}
DEFAULTS = {
    "minor": (("family_register",), ("resident_record",)),
    "adult_ward": (("registration_certificate",),),
    "agent": (("proxy_statement",),),
    "heir": (("family_register", "death_certificate"),),
    "executor": (("will", "death_certificate"),),
    "estate_administrator": (("court_decision", "death_certificate"),),
    "lawyer": (("proxy_statement",),),
    "carer": (("family_register",),),
    "relative": (("family_register", "proxy_statement"),),
}
_WORDS = words(
    "post principle subject counter identity form both office's representative shown besides representatives "
    "heirs seal answer even showing relation proof death go executors registered within months subject's goes "
    "consent photo 15 30 days registers dead originals original sealed kinship agents bereaved patients card "
    "own number outside act 16 over themselves signed degree"
)
"""What the facts say of it beside what is taken, and what other settings hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Representative:
    """One kind of representative, what must be shown (alternatives of lists), where, and who is answered."""

    kind: str
    proofs: tuple[tuple[str, ...], ...]
    where: str | None = None
    answer_to: str | None = None
    days: int | None = None
    months: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """What was understood of representatives; none: the source's own."""

    kinds: tuple[Representative, ...]
    consent_from: int | None
    acts_alone_from: int | None
    outside_the_act: bool
    only_the_subject: bool
    unread: tuple[str, ...]


def people(row: Row) -> People:
    """Return who may ask for somebody else, as far as the facts tell."""
    said, dead = Phrase(row["representative"]), Phrase(row["bereaved"])
    kinds = tuple(_kinds(row, said, dead))
    ages = [
        int(found) for need in row.needs if need.capability == "minor_rules" for found in re.findall(r"\d+", need.why)
    ]
    ages += [
        int(found)
        for found in re.findall(r"(?:minors?|patients) of (\d+)|under (\d+)|(\d+) and over", said.text)
        for found in found
        if found
    ]
    alone = next(
        (
            int(found[1])
            for found in [re.search(r"(\d+) and over ask themselves|under (\d+): consent", said.text)]
            if found and found[1]
        ),
        None,
    )
    consent = ages[0] if ages and alone is None else 15 if row.needs_any("minor_rules") and alone is None else None
    said.says_any([*KINDS.values(), *PROOFS.values()])
    return People(
        kinds=kinds,
        consent_from=consent,
        acts_alone_from=alone,
        outside_the_act=bool(re.search(r"outside the act", dead.text)),
        only_the_subject=bool(re.search(r"nobody but the subject|only the subject", said.text)),
        unread=left_of(_WORDS, said, dead),
    )


def _kinds(row: Row, said: Phrase, dead: Phrase) -> Iterator[Representative]:
    to_subject = bool(re.search(r"answer[^;]*subject", said.text)) or None
    counter = "counter" if re.search(r"by post in principle only the subject", said.text) else None
    for kind, pattern in KINDS.items():
        of_the_dead = kind in ("heir", "executor", "estate_administrator")
        text = dead.text if of_the_dead and dead and not re.search(r"not for the dead", dead.text) else said.text
        on_a_form = re.search(r"bereaved|deceased|of the dead", row["forms"].lower())
        bereaved = kind == "heir" and (row.needs_any("bereaved_family") or on_a_form is not None)
        if not re.search(pattern, text) and not (of_the_dead and re.search(pattern, said.text)) and not bereaved:
            continue
        if kind == "agent" and re.search(r"official capacity", said.text):
            continue
        clause = _clause_about(pattern, text)
        age = re.search(r"within (\d+) (days|months?)", clause)
        yield Representative(
            kind=kind,
            proofs=_proofs(kind, clause, said.text),
            where=counter,
            answer_to="subject" if to_subject and not of_the_dead else None,
            days=int(age[1]) if age and age[2] == "days" else None,
            months=int(age[1]) if age and age[2] != "days" else None,
        )


def _clause_about(pattern: str, text: str) -> str:
    clauses = re.split(r";", text)
    return next((clause for clause in clauses if re.search(pattern, clause)), text)


def _proofs(kind: str, clause: str, whole: str) -> tuple[tuple[str, ...], ...]:
    """Return the alternatives a clause names; the usual ones of the kind where it names none."""
    named = [code for code, pattern in PROOFS.items() if re.search(pattern, clause)]
    if kind == "agent":
        seal = "subject_seal_certificate" in named or re.search(
            r"agents?:[^;]*seal certificate|mandate[^;]*seal certificate", whole
        )
        return (("proxy_statement", "subject_seal_certificate"),) if seal else (("proxy_statement",),)
    if kind == "minor":
        found = [code for code in named if code in ("family_register", "resident_record")]
        extra = (
            ("subject_seal_certificate",)
            if "subject_seal_certificate" in named and re.search(r"and the subject's seal certificate", clause)
            else ()
        )
        return tuple((code, *extra) for code in found) or DEFAULTS["minor"]
    if kind == "heir":
        wanted = tuple(code for code in named if code in ("family_register", "death_certificate", "will"))
        return (tuple(dict.fromkeys((*wanted, "death_certificate"))),) if wanted else DEFAULTS["heir"]
    return DEFAULTS[kind]
