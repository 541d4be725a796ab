"""Whose papers a pack asks for: nobody is asked for those of somebody who has died, or for whom other proofs stand."""

from datetime import date

import pytest

from workflows.law import regime
from workflows.office import OfficeProcedure
from workflows.office.reading import read_procedure
from workflows.request.clauses import proof
from workflows.request.clauses.values import Situation

ON = date(2026, 12, 1)


def situation(kind: str | None, more: str = "") -> Situation:
    text = f"from = 2026-12-01\n{more}"
    office = read_procedure(text, "procedure.toml", {"jp-appi": regime("jp-appi")})
    assert isinstance(office, OfficeProcedure), office
    return Situation(regime=regime(), on=ON, office=office, kind=kind)


BEREAVED = '[[representative]]\nkind = "bereaved"\nproofs = [["family_register", "death_certificate"]]\n'
CARER = """
[[representative]]
kind = "carer"
subject_identity = false
proofs = [["care_statement", "medical_certificate"]]
"""


@pytest.mark.parametrize(
    ("kind", "more", "proves"),
    [(None, "", True), ("minor", "", True), ("bereaved", BEREAVED, False), ("carer", CARER, False)],
)
def test_the_dead_and_those_for_whom_other_proofs_stand_are_asked_for_nothing(
    kind: str | None, more: str, proves: bool
) -> None:
    s = situation(kind, more)
    slip = [sentence.code for sentence in proof.slip(s)]
    told = {sentence.code for _, sentence in proof.say(s)}

    assert proof.subject_proves(s) is proves
    assert ("said_proof.slip_identity" in slip) is proves
    assert ("said_proof.no_subject_identity" in told) is not proves
    assert "said_proof.representative" not in told or proves
