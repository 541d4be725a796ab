"""A place in which an office may be founded."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import text

from models import session
from models.session import engine_for
from tests.admin.conftest import Said

Calling = Callable[..., Said]


def url_of(place: dict[str, str], home: Path) -> str:
    return place.get("DATABASE_URL") or f"sqlite:///{home / 'office' / 'var' / 'madoguchi.sqlite3'}"


def rows(place: dict[str, str], home: Path, statement: str) -> list[Any]:
    engine = engine_for(url_of(place, home))
    with session.reading(engine) as db:
        found = list(db.execute(text(statement)))
    engine.dispose()
    return found
