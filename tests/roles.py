"""Logins of PostgreSQL as the operators' page makes them: the working role, and people's own logins in it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import sqlalchemy
from sqlalchemy import Engine

from models import grants
from models.session import engine_for

Login = Callable[[str], Engine]
"""Connects under that name; makes the login first, unless it is the working role itself."""


def url_of(url: str, name: str) -> str:
    """Return the URL of the same database under another login."""
    return sqlalchemy.make_url(url).set(username=name).render_as_string(hide_password=False)


@contextmanager
def working_role(url: str) -> Iterator[Login]:
    """Make the working role on this database; it and everybody in it are gone afterwards."""
    owner = engine_for(url)
    people: list[str] = []
    engines: list[Engine] = []
    with owner.begin() as db:
        db.exec_driver_sql(f"DROP ROLE IF EXISTS {grants.ROLE}")
        db.exec_driver_sql(f"CREATE ROLE {grants.ROLE} LOGIN")
        for statement in grants.grants(int(db.exec_driver_sql("SHOW server_version_num").scalar_one())):
            db.exec_driver_sql(statement)

    def connect(name: str) -> Engine:
        if name != grants.ROLE:
            with owner.begin() as db:
                db.exec_driver_sql(f"DROP ROLE IF EXISTS {name}")
                db.exec_driver_sql(f"CREATE ROLE {name} LOGIN IN ROLE {grants.ROLE}")
            people.append(name)
        engines.append(engine_for(url_of(url, name)))
        return engines[-1]

    try:
        yield connect
    finally:
        for engine in engines:
            engine.dispose()
        with owner.begin() as db:
            for name in [*people, grants.ROLE]:
                db.exec_driver_sql(f"DROP OWNED BY {name}")
                db.exec_driver_sql(f"DROP ROLE {name}")
        owner.dispose()
