"""The documents hold what they say: links, settings, commands, decisions, the table of requirements."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from commands.main import names
from settings import PROJECT
from settings import TABLE as SETTINGS
from tests import recipes
from tests.pages import DOCS, FENCE
from workflows.words import tell

PAGES = sorted(
    path
    for path in [*PROJECT.glob("*.md"), *DOCS.rglob("*.md"), *(PROJECT / "samples").rglob("*.md")]
    if not any(part.startswith(".") for part in path.relative_to(PROJECT).parts)
)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(PROJECT)))


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page: those of its headings, as GitHub makes them, and those it names itself."""
    prose = FENCE.sub("", page.read_text(encoding="utf-8"))
    heads = re.findall(r"^#+ (.+)$", prose, re.MULTILINE)
    own = re.findall(r'<a id="([^"]+)"></a>', prose)
    return {*own, *(re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads)}


# -- links --------------------------------------------------------------------------------------------------------


@each_page
def test_every_link_leads_somewhere(page: Path) -> None:
    broken = []
    for target in LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8"))):
        if target.startswith(("http://", "https://", "mailto:")):
            continue
        name, _, anchor = unquote(target).partition("#")
        found = page if not name else page.parent / name
        if not found.exists() or (anchor and found.suffix == ".md" and anchor not in anchors(found)):
            broken.append(target)

    assert broken == []


@each_page
def test_a_page_names_no_place_on_somebodys_machine(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    inside = re.sub(r"^docker compose exec .*$", "", text, flags=re.MULTILINE)  # a container's own places are known

    assert not re.search(r"(?<![\w.])/(home|root|Users|work|tmp)/", inside)


@each_page
def test_every_block_is_closed_and_every_table_is_whole(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    crooked = []
    for table in re.findall(r"(?:^\|.*\n)+", FENCE.sub("", text), re.MULTILINE):
        widths = {line.replace(r"\|", "").count("|") for line in table.splitlines()}
        crooked += [table.splitlines()[0]] if len(widths) > 1 else []

    assert text.count("\n```") % 2 == 0
    assert crooked == []


# -- settings -----------------------------------------------------------------------------------------------------


def settings_table(language: str) -> str:
    """Return the README's table of settings in that language, made from settings.TABLE."""
    if language == "ja":
        head = ["| 環境変数 | 意味 |", "|---|---|"]
        return "\n".join([*head, *(f"| `{one.name}` | {tell(f'settings.{one.name}', 'ja')} |" for one in SETTINGS)])
    head = ["| variable | default | meaning |", "|---|---|---|"]
    rows = [f"| `{one.name}` | {one.default} | {tell(f'settings.{one.name}', 'en')} |" for one in SETTINGS]
    return "\n".join([*head, *rows])


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_readme_lists_the_settings_as_they_are(language: str) -> None:
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")

    assert settings_table(language) in readme, f"README.md should hold:\n{settings_table(language)}"


@each_page
def test_every_setting_a_page_names_exists(page: Path) -> None:
    known = {one.name for one in SETTINGS} | {f"{one.name}_FILE" for one in SETTINGS if one.secret}

    named = set(re.findall(r"\bMADOGUCHI_[A-Z_]+\b", page.read_text(encoding="utf-8")))

    assert named <= known


# -- commands -----------------------------------------------------------------------------------------------------


def makefile_targets() -> set[str]:
    """Return what make can be asked for."""
    return set(re.findall(r"^([a-z-]+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


@each_page
def test_every_command_a_page_names_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    code = [
        *re.findall(r"`([^`\n]+)`", text),
        *(line for _, block in FENCE.findall(text) for line in block.splitlines()),
    ]

    of_make = {name for line in code for name in re.findall(r"^\s*make ([a-z][a-z-]*)", line)}
    of_the_script = {name for line in code for name in re.findall(r"\./admin\.py (?:--as \S+ )?([a-z][a-z-]*)", line)}

    assert of_make <= makefile_targets()
    assert of_the_script <= set(names()) | (made_by_recipes() if page.name == "CONTRIBUTING.md" else set())


def made_by_recipes() -> set[str]:
    """Return the commands there are once a recipe is followed; tests/system/test_recipes.py follows them."""
    typed = [line for heading in recipes.RECIPES for line, _ in recipes.recipe(heading).typed]
    return {name for line in typed for name in re.findall(r"\./admin\.py (?:--as \S+ )?([a-z][a-z-]*)", line)}


def test_the_readme_names_the_two_commands_of_a_newcomer() -> None:
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")

    assert "make demo" in readme
    assert "make test" in readme


# -- decisions ----------------------------------------------------------------------------------------------------


def test_every_decision_is_listed_once_and_in_order() -> None:
    files = sorted(path.name for path in (DOCS / "adr").glob("[0-9]*.md"))

    listed = re.findall(r"\]\((\d{4}-[a-z-]+\.md)\)", (DOCS / "adr" / "README.md").read_text(encoding="utf-8"))

    assert listed == files
    assert [name[:4] for name in files] == [f"{number:04d}" for number in range(1, len(files) + 1)]


@pytest.mark.parametrize("path", sorted((DOCS / "adr").glob("[0-9]*.md")), ids=lambda path: path.name[:4])
def test_every_decision_has_its_four_parts_and_the_title_of_the_list(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    listed = (DOCS / "adr" / "README.md").read_text(encoding="utf-8")

    assert re.findall(r"^\*\*(\w+)\.\*\*", text, re.MULTILINE) == [
        "Context",
        "Decision",
        "Consequences",
        "Alternatives",
    ]
    assert f"| {text.splitlines()[0].removeprefix(f'# {path.name[:4]} ')} |" in listed


# -- requirements ---------------------------------------------------------------------------------------------------


def requirement_rows() -> dict[str, str]:
    """Return the lines of the table of requirements by their number."""
    lines = re.findall(r"^\| (S\d+) \|.*$", (DOCS / "requirements.md").read_text(encoding="utf-8"), re.MULTILINE)
    text = (DOCS / "requirements.md").read_text(encoding="utf-8")
    assert len(lines) == len(set(lines)), "a requirement has two rows"
    return {number: re.findall(rf"^\| {number} \|.*$", text, re.MULTILINE)[0] for number in lines}


def marked() -> dict[str, set[str]]:
    """Return the test files that show each requirement, by the markers in them."""
    found: dict[str, set[str]] = {}
    for path in (PROJECT / "tests").rglob("test_*.py"):
        for numbers in re.findall(r"mark\.requirement\(([^)]*)\)", path.read_text(encoding="utf-8")):
            for number in re.findall(r"S\d+", numbers):
                found.setdefault(number, set()).add(str(path.relative_to(PROJECT)))
    return found


def test_every_requirement_has_exactly_one_row() -> None:
    assert list(requirement_rows()) == [f"S{number}" for number in range(1, 53)]


def test_every_file_the_requirements_name_exists() -> None:
    named = {
        name
        for row in requirement_rows().values()
        for name in re.findall(r"`([\w./*-]+\.(?:py|toml|j2|typ|yml))`", row)
    }

    assert len(named) > 20
    assert sorted(name for name in named if not list(PROJECT.glob(name))) == []


def test_a_requirement_with_marked_tests_names_one_of_them() -> None:
    rows = requirement_rows()

    unnamed = {
        number: sorted(files)
        for number, files in marked().items()
        if not any(f"`{file}`" in rows.get(number, "") for file in files)
    }

    assert unnamed == {}


def test_a_requirement_without_a_test_says_so() -> None:
    silent = [number for number, row in requirement_rows().items() if "`tests/" not in row and "no test" not in row]

    assert silent == []
