"""Orders as a test gives them, and how old they are."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from services.engine.accepting import Writing
from services.engine.office import Office
from tests.office import TestOffice


def moment(office: TestOffice, seconds: float) -> Any:
    """Return the moment that many seconds ago, as the database keeps it."""
    then = datetime.now(UTC) - timedelta(seconds=seconds)
    return then if office.engine.dialect.name == "postgresql" else then.strftime("%Y-%m-%d %H:%M:%S.%f")


def age(office: TestOffice, seconds: float, column: str = "placed_at") -> None:
    """Let that much time pass for the orders that wait."""
    then = moment(office, seconds)
    waits = "outcome IS NULL AND (:column = 'placed_at' OR claimed_at IS NOT NULL)"
    office.tamper(f"UPDATE command SET {column} = :then WHERE {waits}", then=then, column=column)  # noqa: S608


def opening(office: TestOffice) -> Writing:
    """Return the way a client opens its transactions."""

    @contextmanager
    def writing() -> Iterator[tuple[Connection, Office]]:
        with office.writing() as db:
            yield db, office.at(db)

    return writing
