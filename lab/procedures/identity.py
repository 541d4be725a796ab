"""With which papers somebody proves who they are, as the facts tell it: alternatives, each a list of slots."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lab.procedures.phrases import Phrase, left_of, words
from lab.procedures.rows import Row

# How the facts call a document -> its codes in the tables of law/evidence_*.toml. The order is that of the search.
DOCUMENTS = {
    r"(certificate of )?items of the resident record": ("resident_record",),
    r"resident-or-family records?": ("resident_record", "family_register"),
    r"(official )?photo cards?": ("photo",),
    r"resident records?|juki record": ("resident_record",),
    r"original seal certificates?|seal certificates?": ("seal_certificate",),
    r"family records?|family registers?": ("family_register",),
    r"licences? of many trades": ("trade_licence",),
    r"photo licences?|driving licences?|licences?": ("drivers_licence",),
    r"photo passports?|passports?": ("passport",),
    r"my-number cards?( front)?|my number cards?": ("my_number_card",),

        r"dependants' health card|health cards?|eligibility certificates?": (
        "health_insurance_card",
        "eligibility_certificate",
    ),
    r"pension notebooks?": ("pension_notebook",),
    r"pension certificates?": ("pension_certificate",),
    r"residence cards?|alien cards?": ("residence_card",),
    r"special permanent certificates?": ("special_permanent_resident_certificate",),
    r"disability handbooks?": ("disability_handbook",),
    r"juki cards?": ("juki_card",),
    r"student cards?|university cards?": ("student_card",),
    r"staff cards?": ("staff_card",),
    r"employer's certificates?": ("employment_certificate",),
    r"called back|call back": ("call_back",),
    r"utility bills?|\bbills?\b": ("utility_bill",),
    r"public services card": ("public_services_card",),
    r"identity cards?": ("identity_card",),
}  # fmt: skip
_ANY = (
    r"(?:official|public|government|valid|identity|signed|address-bearing|undated|"
    r"copy of an identity|list'?s?)?\s*(?:papers?|certificate|copy|copies|of the table)"
)
_AGE = r"within (\d+) (days|months?)"
_NOISE = (
    r"\+ papers showing the facts.*",
    r"passports issued from [\d-]+ refused",
    r"bank seal or registered seal with seal certificate",
    r"undated papers within \d+ \w+",
    r"originals may be asked.*",
)
"""What the identity of a row says beside papers that prove it; other parts of the file hold it."""
_COUNTS = {"one": 1, "two": 2, "three": 3, "several": 2}
_WORDS = words(
    "identity enclosed list ii masked registered seal two originals shown showing name address birth date "
    "purpose notice photograph table photo pages phone official blacked out original combined office's least "
    "correction halt public certificate margin first fails visit post fax pdf e-mail number symbol insurer qr "
    "domicile valid sent lists b-c several decision posted group three copies"
)
"""What the facts say of it beside what is taken, and what other settings hold."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One paper: photo, no_photo, any, or documents of which one will do; fresh (days or months), the original."""

    papers: tuple[str, ...]
    days: int | None = None
    months: int | None = None
    original: bool = False
    address: bool = False


Alternative = tuple[Slot, ...]
PHOTO, NO_PHOTO, ANY = Slot(("photo",)), Slot(("no_photo",)), Slot(("any",))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What is enough at a place (None: everywhere) for some rights (none: all)."""

    where: str | None
    enough: tuple[Alternative, ...]
    rights: tuple[str, ...] = ()


SOURCE = (Slot(("photo",)),), (Slot(("no_photo",)), Slot(("no_photo",)))
"""The rule of the source: one with a photograph, or two without."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What was understood of identity; no rule: the source's own."""

    rules: tuple[Rule, ...]
    by_phone: bool
    seal: str | None
    not_together: tuple[str, ...]
    originals: bool
    undated: Slot | None
    assumed: tuple[str, ...]
    unread: tuple[str, ...]


def identity(row: Row) -> Identity:
    """Return what proves identity, as far as the facts tell."""
    said = Phrase(row["identity"])
    assumed: list[str] = []
    seal = "bank" if said.says(r"bank seal") or "bank seal" in row["forms"] + row["how_to_start"] else None
    together = said.take(r"licence and passport together not accepted")
    undated = re.search(r"undated papers (within \d+ \w+)", said.text)
    rules = tuple(_rules(said.text.replace(together[0], "") if together else said.text, assumed))
    said.says_any([*DOCUMENTS, _AGE])
    by_phone = bool(re.search(r"checked by phone", said.text))
    if (undated or by_phone) and not rules:
        rules = (Rule(where=None, enough=SOURCE),)
    return Identity(
        rules=rules,
        undated=_age(undated[1]) if undated else None,
        by_phone=by_phone,
        seal=seal,
        not_together=("drivers_licence", "passport") if together else (),
        originals=bool(re.search(r"originals? (shown|may)", said.text)),
        assumed=tuple(assumed),
        unread=left_of(_WORDS, said),
    )


def _rules(text: str, assumed: list[str]) -> Iterator[Rule]:
    """Yield a rule for each place the text speaks of."""
    text = re.sub(r"resident or family record", "resident-or-family record", text)
    for noise in _NOISE:
        text = re.sub(noise, "", text)
    text = re.sub(r"originals shown at a visit; copies by post or fax; pdf by e-mail:", "", text)
    text = re.sub(r"\((bill within[^)]*)\)", r"\1", text)
    text = re.sub(
        r"\([^)]*\)",
        lambda found: " group-i " if found[0] == "(i)" else " group-ii " if found[0] == "(ii)" else " ",
        text,
    )
    if re.search(r"none for a purpose notice", text):
        yield Rule(where=None, enough=(), rights=("purpose_notice",))
        text = re.sub(r";? ?none for a purpose notice", "", text)
    base: tuple[Alternative, ...] = ()
    parts = re.split(
        r";\s*(?=by post)|(?<=paper) (?=\+ resident record by post)|"
        r"(?=resident record when the decision)|;\s*(?=resident record when)",
        text,
    )
    for number, part in enumerate(parts):
        where = "post" if re.search(r"\bby post\b|is to be posted", part) else None
        found = tuple(_alternatives(part, assumed))
        if where and (
            re.search(r"^by post also|^by post \+|\+ resident record by post|\balso\b", part.strip())
            or "decision" in part
        ):
            found = tuple((*one, *more) for one in (base or ((ANY,),)) for more in found if more) or found
        elif where and number and re.search(r"copy and", part):
            found = tuple(alternative for alternative in found if len(alternative) > 1) or found
        vague = found == ((ANY,),) and not re.search(r"\b(one|two|three|several)\b", part)
        if vague and len(parts) == 1:
            continue
        if found and where is None:
            base = found
            yield Rule(where=None, enough=found)
        elif found:
            yield Rule(where="post", enough=found)


def _alternatives(text: str, assumed: list[str]) -> Iterator[Alternative]:
    """Yield the alternatives of one part."""
    text = text.strip()
    found: list[Alternative] = []
    if re.search(r"one of group 1 and one of group 2|three of group 2", text):
        assumed.append("group 1 is taken as papers with a photograph, group 2 as any paper")
        found = [(PHOTO, ANY), (ANY, ANY, ANY)]
    elif together := re.search(r"showing together .*address \(?([^)]*)\)?", text):
        age = _age(together[1])
        found = [(ANY, Slot(("any",), days=age.days, months=age.months, address=True))]
    elif re.search(r"group-i\b.*group-ii|list i\b", text):
        assumed.append("the papers of the two lists are not in the passage: one of any kind from each")
        found = [(ANY, ANY)]
    elif re.search(r"list a, else two of lists", text):
        assumed.append("list A is taken as papers with a photograph, lists B and C as those without")
        found = [(PHOTO,), (NO_PHOTO, NO_PHOTO)]
    elif re.search(r"one of identity and one of address|^photo and address", text):
        age = _age(text)
        found = [
            (
                Slot(("any",)) if "identity" in text else PHOTO,
                replace(Slot(("any",), address=True), months=age.months, days=age.days),
            )
        ]
        if re.search(r"photo alone", text):
            assumed.append("a photograph alone for current members is their own way (electronic)")
    else:
        found = list(_listed(text))
    if not found and re.match(r"(copy of (any )?)?one\b", text):
        found = [(ANY,)]
    yield from dict.fromkeys(found)


def _listed(text: str) -> Iterator[Alternative]:
    """Yield what a list of papers comes to."""
    two = re.match(r".*?\b(two|several|three)\b(?! without)", text)
    with_photo = re.search(r"\bone with photograph|^with photograph|\bwith photograph\b", text)
    if with_photo and not re.search(r"two without", text):
        yield (PHOTO,)
        without = re.search(r"without (one|it),(.*)", text)
        if without:
            papers = _documents(without[2])
            if papers:
                yield (Slot(papers),)
        return
    if re.search(r"one with photograph or two without", text):
        yield from ((PHOTO,), (NO_PHOTO, NO_PHOTO))
        return
    if (
        two
        and not re.search(r" and ", text[two.end() :].partition(";")[0])
        and not re.search(r"without a registered seal two", text)
    ):
        yield (ANY,) * _COUNTS[two[1]] if not _specific(text) else (Slot(_specific(text)),) * _COUNTS[two[1]]
        return
    for clause in re.split(r";\s*(?:else|without[^;]*?(?=two|one))?", text):
        yield from _disjunction(clause)


def _specific(text: str) -> tuple[str, ...]:
    papers = _documents(text)
    return papers if len(papers) > 3 else ()


def _disjunction(clause: str) -> Iterator[Alternative]:
    """Yield the alternatives of ``licence or passport, or health card and resident record or utility bill``."""
    if re.search(r"\btwo official copies\b|\btwo\b.*cop", clause) and not _documents(clause):
        yield (ANY, ANY)
        return
    items = [item for item in re.split(r",\s*(?:or\s+)?|\s+or\s+", clause) if item.strip()]
    alternatives: list[list[Slot]] = []
    plain: list[str] = []
    for item in items:
        parts = [slot for part in re.split(r"\s+and\s+|\s*\+\s*", item) if (slot := _slot(part)) is not None]
        if len(parts) > 1 and set(parts[0].papers) & set(parts[1].papers):
            plain += [paper for part in parts for paper in part.papers]
        elif len(parts) > 1:
            alternatives.append(parts)
        elif (
            parts
            and alternatives
            and len(alternatives[-1]) > 1
            and parts[0].papers != ("any",)
            and not plain_after(clause, item)
        ):
            last = alternatives[-1][-1]
            alternatives[-1][-1] = replace(last, papers=(*last.papers, *parts[0].papers))
        elif parts and (parts[0].months or parts[0].days or parts[0].original):
            alternatives.append(parts)
        elif parts:
            plain += parts[0].papers
    if plain:
        papers = tuple(dict.fromkeys(plain))
        yield (ANY,) if "any" in papers else (Slot(papers),)
    yield from (tuple(one) for one in alternatives)


def plain_after(clause: str, item: str) -> bool:
    """Tell whether an item begins a new alternative: a comma and an ``or`` stand before it."""
    return bool(re.search(rf",\s*or\s+{re.escape(item.strip())}", clause))


def _slot(part: str) -> Slot | None:
    """Return the slot that a few words tell; None where they name no paper."""
    age = _age(part)
    original = bool(re.search(r"\boriginal\b", part))
    papers = _documents(part)
    if papers:
        return replace(age, papers=papers, original=original)
    if re.search(rf"\b{_ANY}\b", part) and not re.search(r"enclosed|laid down|masked|by kind", part):
        return replace(age, papers=("any",), original=original, address=bool(re.search(r"address", part)))
    return None


def _documents(text: str) -> tuple[str, ...]:
    """Return the codes of the documents a text names, each once, in the order in which they stand in it."""
    found: list[tuple[int, tuple[str, ...]]] = []
    left = text
    for pattern, codes in DOCUMENTS.items():
        for match in re.finditer(rf"\b(?:{pattern})\b", left):
            found.append((match.start(), codes))
            left = left[: match.start()] + "#" * (match.end() - match.start()) + left[match.end() :]
    return tuple(dict.fromkeys(code for _, codes in sorted(found) for code in codes))


def _age(text: str) -> Slot:
    found = re.search(_AGE, text)
    if found is None:
        return Slot(())
    count = int(found[1])
    return Slot((), days=count) if found[2] == "days" else Slot((), months=count)
