"""The laws of other countries that some rows are under: files such as an office may keep of its own."""

from collections.abc import Iterator
from contextlib import contextmanager

from settings import PROJECT
from workflows import law

FOLDER = PROJECT / "samples" / "procedures" / "law"


@contextmanager
def at_hand() -> Iterator[None]:
    """Let these laws be found meanwhile, in the place of the office's own."""
    before = law.further_folder()
    law.look_also_in(lambda: FOLDER)
    try:
        yield
    finally:
        law.look_also_in(before)
