"""What the code on a page says, and what is refused."""

import pytest

from workflows.engine.numbers import make_code
from workflows.request.marks import Mark, read_mark
from workflows.request.values import FormName

CODE = make_code(bytes(range(10)))


def test_a_page_of_a_form_names_its_case_its_code_and_its_place() -> None:
    mark = read_mark(f"MG1 26-000001-D {CODE} disclosure 1/2")

    assert mark == Mark("26-000001-D", 1, 2, form=FormName.DISCLOSURE, code=CODE)


def test_a_page_that_is_no_form_names_its_letter() -> None:
    mark = read_mark("MG1 26-000001-D 26-000001-D-01 - 2/3")

    assert mark == Mark("26-000001-D", 2, 3, letter="26-000001-D-01")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://example.com",
        f"MG2 26-000001-D {CODE} disclosure 1/2",
        f"MG1 26-000001-X {CODE} disclosure 1/2",
        f"MG1 26-000001-D {CODE[:-1]} disclosure 1/2",
        f"MG1 26-000001-D {CODE} passport 1/2",
        f"MG1 26-000001-D {CODE} disclosure 3/2",
        f"MG1 26-000001-D {CODE} disclosure 0/2",
        f"MG1 26-000001-D {CODE} disclosure 1/2\n",
        f"MG1 26-000001-D {CODE} disclosure １/2",
        "MG1 26-000001-D 26-000002-B-01 - 1/1",
        f"MG1 26-000001-D {CODE} - 1/1",
    ],
)
def test_what_fails_one_of_its_checks_is_none_of_ours(text: str) -> None:
    assert read_mark(text) is None
