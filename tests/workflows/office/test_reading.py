"""A procedure.toml is read whole, or every fault of it is told with its place, at once."""

from datetime import date

from workflows import law
from workflows.office import SOURCE
from workflows.office.reading import BadFile, read_procedure
from workflows.words import say

REGIMES = {name: law.regime(name) for name in law.names()}


def told(text: str) -> list[str]:
    """Return what is wrong with a text, worded in English."""
    found = read_procedure(text, "procedure.toml", REGIMES)
    assert isinstance(found, BadFile), found
    return [f"{place}: {say(reason, 'en')}" for place, reason in found.placed()]


def test_a_file_that_says_nothing_but_its_day_is_the_procedure_of_the_source() -> None:
    found = read_procedure("from = 2026-12-01", "procedure.toml", REGIMES)

    assert not isinstance(found, BadFile)
    assert found.first == date(2026, 12, 1)
    assert (found.start, found.fees, found.proof, found.answer, found.times, found.publication) == (
        SOURCE.start, SOURCE.fees, SOURCE.proof, SOURCE.answer, SOURCE.times, SOURCE.publication,
    )  # fmt: skip


def test_every_fault_is_told_at_once_with_its_place() -> None:
    faults = told(
        """
        from = "2026-12-01"
        regim = "jp-appi"
        [start]
        way = ["contact"]
        [[fee]]
        rights = ["disclosure"]
        amount = 500
        by = ["stamps"]
        [[fee]]
        rights = ["disclosur"]
        amount = true
        by = ["gold"]
        """
    )

    for expected in (
        "procedure.toml: from is '2026-12-01', which is not a date; write it as 2026-12-01, without quotes",
        "procedure.toml: regim is not known here; is regime meant? Known are ",
        "procedure.toml, start: way is not known here; is ways meant? Known are ",
        "procedure.toml, fee 2 (gold): rights names 'disclosur', which is not known; known are correction, ",
        "procedure.toml, fee 2 (gold): amount is True, which is no amount in yen; write a number from 0 on",
        "procedure.toml, fee 2 (gold): by names 'gold', which is not known; known are card, ",
    ):
        assert [fault for fault in faults if fault.startswith(expected)], expected


def test_what_is_no_toml_is_one_fault_with_its_line() -> None:
    (fault,) = told("from = 2026-12-01\n[start\n")

    assert fault.startswith("procedure.toml: it is no TOML (")
    assert "line 2" in fault


def test_a_regime_that_is_not_known_is_named_with_those_that_are() -> None:
    (fault,) = told('from = 2026-12-01\nregime = "jp"\n')

    known = "eu-gdpr, jp-appi, jp-public, uk-gdpr"
    assert fault == f"procedure.toml: regime is 'jp', which is no law known here; write one of {known}"
