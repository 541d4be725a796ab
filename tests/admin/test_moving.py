"""``move`` as an operator meets it: what it says, with which status, and what a left office says to everybody."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from lab.postgres import Postgres
from models.founding import place_of
from models.moving import SAID
from tests.admin.conftest import Script, on_both
from tests.office import LEAD, TestOffice


@pytest.fixture
def there(office: TestOffice, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """An empty place of the other kind."""
    if office.engine.dialect.name == "postgresql":
        yield f"sqlite:///{tmp_path / 'there.sqlite3'}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    url = server.create(request.getfixturevalue("migrated_postgres"))
    yield url
    server.drop(url)


@on_both
def test_an_operator_looks_moves_and_takes_it_back(
    script: Script, office: TestOffice, there: str, tmp_path: Path
) -> None:
    office.opened()
    place = place_of(make_url(there))
    file = tmp_path / "url"
    file.write_text(f"{there}\n", encoding="utf-8")

    could = script("move", "--to", there, "--dry-run", "--json")
    moved = script("move", "--to-file", str(file), "--json")
    again = script("move", "--to", there, "--lang", "en")
    looked = [script(*words, "--json") for words in (("list",), ("status",), ("doctor",), ("print",))]
    stranger = script.by("nobody", "move", "--abandon", "--to-file", str(file), "--json")
    back = script.by(LEAD, "move", "--abandon", "--to-file", str(file), "--json")

    assert (could.status, could.json["moved"], could.json["place"]) == (0, False, place)
    assert (moved.status, moved.json["moved"], moved.json["faults"]) == (0, True, [])
    assert moved.json["rows"] == could.json["rows"] > 10
    assert (again.status, again.out) == (0, f"the office is in {place} already.\n")
    assert "MADOGUCHI_DATABASE_URL" in again.err
    for each in looked:
        assert (each.status, each.json["error"]) == (5, "office_moved")
        assert place in each.json["message"]
    assert (stranger.status, stranger.json["error"]) == (3, "no_such_person")
    assert (back.status, back.json["abandoned"]) == (0, True)
    assert [row.actor for row in office.ask("SELECT actor FROM office_event ORDER BY seq")][-1].startswith(LEAD)
    assert script("list", "--json").status == 0


@on_both
def test_a_password_is_not_taken_from_the_command_line(script: Script, office: TestOffice, tmp_path: Path) -> None:
    spelt = "postgresql://madoguchi:s3cret@127.0.0.1:1/madoguchi"
    asked = "postgresql://madoguchi@127.0.0.1:1/madoguchi?password=s3cret"
    file = tmp_path / "url"
    file.write_text(spelt, encoding="utf-8")

    on_the_line = [script("move", "--to", url, "--json") for url in (spelt, asked)]
    in_a_file = script("move", "--to-file", str(file), "--json")
    nothing = script("move", "--json")
    both = script("move", "--to", spelt, "--to-file", str(file), "--json")
    none = script("move", "--to", "mysql://there", "--json")
    still = script("move", "--abandon", "--json")

    said = [*on_the_line, in_a_file, nothing, both, none, still]
    assert [(each.status, each.json["error"]) for each in said] == [
        (2, "password_shown"), (2, "password_shown"), (1, "unreachable"), (2, "usage"), (2, "usage"),
        (2, "not_a_database"), (1, "no_move"),
    ]  # fmt: skip
    assert not [each for each in said if "s3cret" in each.out + each.err]
    office.opened()


def test_whoever_writes_into_a_place_that_was_left_is_told_where_the_office_is(
    script: Script, office: TestOffice, there: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqlalchemy import text

    from commands.trouble import explain

    assert script("move", "--to", there, "--json").status == 0
    with pytest.raises(Exception, match=SAID) as refused, office.writing() as db:
        db.execute(text("UPDATE staff SET active = false"))

    told = explain(refused.value)

    assert (told.status, told.code) == (5, "office_moved")
    assert place_of(make_url(there)) in told.message
