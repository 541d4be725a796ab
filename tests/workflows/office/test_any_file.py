"""Whatever stands in a file, it is read or refused with faults that have a place and words; nothing is ever raised."""

from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.office.files import files, odd, toml
from workflows import law
from workflows.office import OfficeProcedure
from workflows.office.reading import BadFile, read_procedure
from workflows.words import is_worded, say

REGIMES = {name: law.regime(name) for name in law.names()}


def read(text: str) -> OfficeProcedure | BadFile:
    """Read a file under each law there is; a fault has a place, and words in both languages."""
    found = [read_procedure(text, "procedure.toml", REGIMES, usual) for usual in REGIMES]
    for one in found:
        if isinstance(one, BadFile):
            assert one.faults
            for place, reason in one.placed():
                assert place.startswith("procedure.toml")
                assert place.isprintable()
                assert is_worded(reason.code), reason
                assert all(say(reason, language) for language in ("ja", "en"))
    return found[0]


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    read(text)


@given(st.dictionaries(st.text(max_size=8), odd, max_size=5))
def test_any_toml_is_read_or_refused(values: dict[str, object]) -> None:
    read(toml(values))


@given(files(oddly=True))
def test_a_file_with_something_odd_in_it_is_read_or_refused(text: str) -> None:
    read(text)


@given(files(oddly=False))
def test_a_file_of_known_keys_and_fitting_values_is_read_or_refused(text: str) -> None:
    read(text)
