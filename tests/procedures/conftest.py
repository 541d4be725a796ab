"""The rows of other countries are under laws that samples/procedures keeps."""

from collections.abc import Iterator

import pytest

from lab.procedures.laws import at_hand


@pytest.fixture(autouse=True)
def _laws_at_hand() -> Iterator[None]:
    with at_hand():
        yield
