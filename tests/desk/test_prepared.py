"""States that tests begin with are copies of a walk in all but name, and databases that are lent are as if new."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import event, text

from lab.postgres import Postgres, database_of
from models.session import engine_for
from services.letters import profile
from tests import lent, prepared
from tests.checker import assert_sound
from tests.ledger import read
from tests.lent import Lender
from tests.office import GRANTED, VERIFIER, TestOffice

Making = Callable[[], TestOffice]


@pytest.fixture
def first(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> Iterator[Making]:
    """Yield what makes one office after another, each in a database of its own and as if it were its test's first."""
    made: list[TestOffice] = []
    lender: Lender | None = None
    copies = [database_url]
    if database_url.startswith("sqlite"):
        for name in ("second", "third"):
            copies.append(f"sqlite:///{tmp_path / name}.sqlite3")
            (tmp_path / f"{name}.sqlite3").write_bytes(Path(database_url.removeprefix("sqlite:///")).read_bytes())
    else:
        lender = request.getfixturevalue("lender")
        copies += [lender.lend(), lender.lend()]

    def make() -> TestOffice:
        prepared.begin()
        if lender is not None:
            lent.look_again(copies[len(made)])
        made.append(TestOffice(copies[len(made)], tmp_path / f"home{len(made)}"))
        return made[-1]

    yield make
    for office in made:
        office.close()
    if lender is not None:
        for url in copies[1:]:
            lender.take_back(url)


def test_a_copied_state_is_what_the_walk_left_and_goes_on_as_it_would(first: Making) -> None:
    walked = first()
    case = walked.verified()
    copied = first()
    sent: list[str] = []
    event.listen(copied.engine, "before_cursor_execute", lambda *given: sent.append(given[2]))

    again = copied.verified()

    assert not [statement for statement in sent if not statement.startswith(("SELECT", "BEGIN"))]
    assert again == case
    assert read(copied.url) == read(walked.url)
    assert copied.told == walked.told
    assert len(copied.told) == 3 + 1
    files = [sorted(str(file.relative_to(office.settings.home)) for file in office.settings.spool.rglob("*.pdf"))
             for office in (walked, copied)]  # fmt: skip
    assert files[0] == files[1] != []
    for office in (walked, copied):
        office.must(case, "decide", GRANTED, by=VERIFIER)
        assert office.opened() != case
        assert_sound(office.url, office.settings.spool, office.told, settled=False)


def test_an_office_in_which_anything_happened_walks_for_itself(first: Making, monkeypatch: pytest.MonkeyPatch) -> None:
    before = first().opened()

    written = first()
    (number,) = written.reserve()
    after = written.opened()
    replaced = first()
    with monkeypatch.context() as patched:
        patched.setattr(profile, "SMALLEST_SHOWN", 4)
        of_its_own = replaced.opened()

    assert number == before
    assert after != before
    assert of_its_own == before
    told = [office.ask("SELECT key FROM command")[0].key for office in (written, replaced)]
    assert len(set(told)) == 2


def test_two_offices_of_a_test_do_not_share_their_secrets(sqlite_url: str, tmp_path: Path) -> None:
    one = TestOffice(sqlite_url, tmp_path / "one")
    two = TestOffice(sqlite_url, tmp_path / "two", staffed=True)
    hashes = {office.keys.lookup_hash("name", "value") for office in (one, two)}
    one.close()
    two.close()

    assert len(hashes) == 2


def test_a_lent_database_comes_back_as_if_new_or_not_at_all(postgres: Postgres, migrated_postgres: str) -> None:
    lender = Lender(postgres, migrated_postgres)
    url = lender.lend()
    new = read(url)
    engine = lent.shared(engine_for(url))
    with engine.begin() as db:
        db.execute(text("INSERT INTO counter (name, value) VALUES ('mark', 7)"))
        db.execute(text("SELECT nextval('command_id_seq')"))
        db.exec_driver_sql("SET statement_timeout = 1")
    lent.let_go(engine)
    lender.take_back(url)

    assert lender.lend() == url
    engine = lent.shared(engine_for(url))
    with engine.begin() as db:
        marks = db.execute(text("SELECT count(*) FROM counter WHERE name = 'mark'")).scalar_one()
        number = db.execute(text("SELECT nextval('command_id_seq')")).scalar_one()
        patience = db.exec_driver_sql("SHOW statement_timeout").scalar_one()
        db.execute(text("ALTER TABLE history ALTER COLUMN details DROP NOT NULL"))
    lent.let_go(engine)
    assert (marks, number, patience) == (0, 1, "20s")
    assert read(url) == new

    lender.take_back(url)
    other = lender.lend()
    lender.take_back(other)  # nothing was connected to it: it is not known to be sound

    assert database_of(other) != database_of(url)
