"""Procedures nobody published: files of random content, most of which load, for what holds of every one."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from lab.procedures.toml import text_of
from services.office.adopting import regimes
from workflows.office import OfficeProcedure
from workflows.office.reading import BadFile, read_procedure

RIGHTS = ("purpose_notice", "disclosure", "provision_records", "correction", "halt_use", "halt_provision")
LAWFUL = ("purpose_notice", "disclosure", "provision_records")
"""The rights for which APPI 38 knows a fee."""
WAYS = ("contact", "own_download", "letter", "counter", "email")
ENOUGH: tuple[list[list[Any]], ...] = (
    [["photo"]],
    [["photo"], ["no_photo", "no_photo"]],
    [["any", "any"]],
    [["drivers_licence", "resident_record"]],
    [[["drivers_licence", "passport"]], ["resident_record", "family_register"]],
    [["photo", {"of": "resident_record", "within": {"days": 30}}]],
    [[{"of": "any", "address": True}]],
)
REASON = {"reason_ja": "なりすましを防ぐため", "reason_en": "so that nobody is answered in another's name"}
SAID = {"ja": "見本", "en": "sample"}


def some(words: tuple[str, ...], *, least: int = 0) -> st.SearchStrategy[list[str]]:
    """Return lists of different words."""
    return st.lists(st.sampled_from(words), min_size=least, unique=True)


@st.composite
def fee(draw: st.DrawFn) -> dict[str, Any]:
    """Return one fee, also such as the law forbids."""
    due = draw(st.sampled_from(["with_forms", "after_identity", "after_decision", "with_answer"]))
    amounts: list[Any] = [0, 300, 500] if due in ("with_forms", "after_identity") else [0, 300, "estimated"]
    rights = draw(st.one_of(some(LAWFUL, least=1), some(LAWFUL, least=1), some(RIGHTS, least=1)))
    values: dict[str, Any] = {
        "rights": rights,
        "amount": draw(st.sampled_from(amounts)),
        "by": draw(some(("stamps", "money_order", "transfer", "cash"), least=1)),
        "due": due,
    }
    if due in ("after_identity", "after_decision"):
        values |= {
            "pay_within": {"months": draw(st.integers(1, 2))},
            "unpaid": draw(st.sampled_from(["lapse", "decide"])),
        }
    return values


@st.composite
def identity(draw: st.DrawFn) -> dict[str, Any]:
    """Return one rule of identity."""
    where = draw(st.sampled_from([None, None, "post", "counter"]))
    values = {"enough": draw(st.sampled_from(ENOUGH)), **REASON}
    return values if where is None else {"where": where, **values}


@st.composite
def values(draw: st.DrawFn) -> dict[str, Any]:
    """Return the values of a file."""
    ways = draw(some(WAYS, least=1))
    found: dict[str, Any] = {"from": date(2026, 4, 1), "regime": "jp-appi", "start": {"ways": ways}}
    if draw(st.booleans()):
        found["form"] = [{"code": "request", **SAID, "rights": list(RIGHTS), "seal": draw(st.booleans())}]
    fees = draw(st.lists(fee(), max_size=2))
    if fees:
        found["fee"] = fees
        found["fee_shortage"] = {"ask": True, "then": "refuse:method_not_followed"}
    rules = draw(st.lists(identity(), max_size=2))
    if rules:
        found["identity"] = rules
    answer_ways = ["post", *draw(some(("collected", "oral")))]
    found["answer"] = {"ways": answer_ways, "class": draw(st.sampled_from(["simple_registered", "addressee_only"]))}
    if "collected" in answer_ways:
        found["answer"]["collect"] = {"within": {"days": draw(st.integers(7, 40))}, "then": "post"}
    if draw(st.booleans()):
        found["times"] = {
            "promise": [
                {"within": {"weeks": draw(st.integers(1, 4))}, "from": draw(st.sampled_from(["arrival", "complete"]))}
            ]
        }
    if draw(st.integers(0, 3)) == 0:
        found["step"] = [{"code": "committee", **SAID, "within": {"weeks": 2}, "chased_every": {"weeks": 1}}]
    return found


def files() -> st.SearchStrategy[str]:
    """Return texts of files."""
    return values().map(text_of)


def loaded(text: str) -> OfficeProcedure | None:
    """Return what a file says; None where it is refused."""
    found = read_procedure(text, "procedure.toml", regimes())
    return None if isinstance(found, BadFile) else found


def procedures() -> st.SearchStrategy[OfficeProcedure]:
    """Return procedures that load."""
    return files().map(loaded).filter(_is_there).map(_surely)


def _is_there(found: OfficeProcedure | None) -> bool:
    return found is not None


def _surely(found: OfficeProcedure | None) -> OfficeProcedure:
    assert found is not None
    return found
