"""Several pages of the tray in one line, masks by cells of a grid and drawn on a page that opens once."""

import html
import http.client
import json
import re
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

import pytest
from PIL import Image, ImageChops

from commands.easel import Easel, TooLate
from services.returns.mask_page import Drawn
from services.returns.pages import Area
from settings import PROJECT
from tests.admin.conftest import Script, details, on_both
from tests.admin.test_scan import a_card, mailed, picture, pile
from tests.office import CLERK, VERIFIER, TestOffice
from workflows.tongue import Tongue
from workflows.words.mask_page import SENTENCES


def in_tray(script: Script, folder: Path, count: int) -> list[str]:
    """Scan so many copies; return their numbers."""
    said = script.by(CLERK, "scan", pile(folder, "cards.pdf", *(a_card() for _ in range(count))), "--json")
    return [page["tray"] for page in said.json["unmatched"]]


def test_several_pages_are_destroyed_in_one_line(script: Script, office: TestOffice, tmp_path: Path) -> None:
    numbers = in_tray(script, tmp_path, 5)

    gone = script.by(CLERK, "tray", "destroy", numbers[0], f"{numbers[2]}..0004", "--reason", "not_ours", "--json")
    again = script.by(CLERK, "tray", "destroy", *numbers[:2], "--reason", "not_ours", "--json")
    left = script.by(CLERK, "tray", "list", "--json")

    assert (gone.status, [row["tray"] for row in gone.json]) == (0, [numbers[0], numbers[2], numbers[3]])
    assert (again.status, [row["outcome"] for row in again.json]) == (1, ["refused", "destroyed"])
    assert again.json[0]["codes"] == ["tray.destroyed"]
    assert [row["tray"] for row in left.json] == [numbers[4]]
    assert len(list(office.settings.tray.rglob("*.sealed"))) == 1


def test_a_slip_in_one_number_and_none_is_touched(script: Script, office: TestOffice, tmp_path: Path) -> None:
    numbers = in_tray(script, tmp_path, 2)

    unknown = script.by(CLERK, "tray", "destroy", numbers[0], "T26-0099", "--reason", "blank", "--json")
    nonsense = script.by(CLERK, "tray", "destroy", numbers[0], "T26-0002..T26-0001", "--reason", "blank", "--json")
    endless = script.by(CLERK, "tray", "destroy", "T26-0001..T26-9999", "--reason", "blank", "--json")

    assert [said.status for said in (unknown, nonsense, endless)] == [3, 3, 3]
    assert "T26-0099" in unknown.json["message"]
    assert [row.state for row in office.ask("SELECT state FROM tray")] == ["waiting"] * 2


def test_pages_of_a_form_are_assigned_in_their_order(script: Script, office: TestOffice, tmp_path: Path) -> None:
    case, _ = mailed(office)
    numbers = in_tray(script, tmp_path, 2)

    kept = script.by(CLERK, "tray", "assign", *numbers, case, "--form", "disclosure", "--page", "1", "--json")

    assert (kept.status, [row["outcome"] for row in kept.json]) == (0, ["assigned"] * 2)
    rows = office.ask("SELECT page, pages, tray FROM scan_page ORDER BY id")
    assert [(row.page, row.pages, row.tray) for row in rows] == [(1, 1, numbers[0]), (2, 2, numbers[1])]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        (["--form", "disclosure", "--page", "1", "--of", "1"], "--of"),
        (["--form", "disclosure", "--page", "99"], "--page"),
        (["--document", "passport", "--holder", "subject", "--mask", "B3-D5"], "--mask"),
        (["--document", "passport", "--holder", "subject", "--draw", "--masked"], "--mask"),
    ],
)
def test_what_cannot_be_meant_of_several_pages_is_refused(
    script: Script, office: TestOffice, more: list[str], field: str
) -> None:
    said = script.by(CLERK, "tray", "assign", "T26-0001..0002", office.opened(), *more, "--json")

    assert (said.status, [fault["field"] for fault in said.json["faults"]]) == (2, [field])


def test_a_grid_names_the_cells_that_are_blacked_out(script: Script, office: TestOffice, tmp_path: Path) -> None:
    case, _ = mailed(office)
    script.by(CLERK, "scan", picture(tmp_path, "card.png", a_card(200)))
    plain, grid = tmp_path / "plain.jpg", tmp_path / "grid.jpg"

    script.by(CLERK, "tray", "show", "T26-0001", "--out", str(plain))
    shown = script.by(CLERK, "tray", "show", "T26-0001", "--grid", "--out", str(grid), "--json")
    line = ("tray", "assign", "T26-0001", case, "--document", "drivers_licence", "--holder", "subject", "--json")
    wrong = script.by(VERIFIER, *line, "--mask", "B3-D37")
    kept = script.by(VERIFIER, *line, "--mask", "e7-s17", "--mask", "A1")
    papers = script.by(VERIFIER, "papers", case, "--out", str(tmp_path / "papers"), "--json")

    assert (shown.status, shown.json["grid"]) == (0, True)
    with Image.open(grid) as drawn, Image.open(plain) as before:
        assert drawn.size == before.size
        red, green, _ = drawn.convert("RGB").crop((0, 0, 200, 200)).split()
        assert sum(ImageChops.subtract(red, green).histogram()[80:]) > 500
        assert before.mode == "L"
    assert (wrong.status, kept.status) == (2, 0)
    with Image.open(papers.json[0]["file"]) as page:
        grey = page.convert("L")
        assert max(grey.crop((320, 420, 1180, 980)).tobytes()) < 60
        assert max(grey.crop((5, 5, 55, 55)).tobytes()) < 60
        assert min(grey.crop((80, 80, 200, 200)).tobytes()) > 200


# -- the page that opens once ---------------------------------------------------------------------------------------


class Looks:
    """Counts the looks, and hands out a picture."""

    PICTURE: ClassVar[bytes] = b"\xff\xd8\xff picture of a page"

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> bytes:
        self.count += 1
        return self.PICTURE


@contextmanager
def served(look: Any, *, language: str = "en") -> Iterator[tuple[Easel, list[Any]]]:
    """Serve a page while a thread waits for its answer; what it got, or why it ended, stands in the list."""
    ended: list[Any] = []
    with Easel("T26-0001", look, Tongue(language)) as easel:

        def wait() -> None:
            try:
                ended.append(easel.answer())
            except BaseException as error:  # noqa: BLE001 - whatever ended it is looked at
                ended.append(error)

        thread = threading.Thread(target=wait)
        thread.start()
        yield easel, ended
        if not easel._answered:  # else it is handed over as soon as it was thanked for
            easel.hand_over(Drawn(None))
        thread.join()


def ask(easel: Easel, method: str, path: str, body: object = None, **headers: str) -> tuple[int, str, dict[str, str]]:
    return asked(easel.port, method, path, body, **headers)


def asked(port: int, method: str, path: str, body: object = None, **headers: str) -> tuple[int, str, dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    content = None if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, content, named)
    answer = connection.getresponse()
    told = answer.status, answer.read().decode(), {name.lower(): value for name, value in answer.getheaders()}
    connection.close()
    return told


def path_of(easel: Easel) -> str:
    return easel.address.partition(f":{easel.port}")[2]


def json_text(page: str) -> str:
    """Return what the script of the page says, as people read it."""
    found = re.search(r"const WORDS = (\{.*?\});", page)
    assert found is not None
    return " ".join(json.loads(found[1]).values())


def answer_path(page: str) -> str:
    found = re.search(r'fetch\("(/[\w-]+)"', page)
    assert found is not None
    return found[1]


def origin(easel: Easel) -> dict[str, str]:
    return {"Origin": f"http://127.0.0.1:{easel.port}", "Content_Type": "application/json"}


def test_it_opens_once_and_takes_one_answer() -> None:
    looks = Looks()
    with served(looks) as (easel, ended):
        status, page, _ = ask(easel, "GET", path_of(easel))
        again = ask(easel, "GET", path_of(easel))
        sent = ask(easel, "POST", answer_path(page), {"areas": [[0.1, 0.2, 0.3, 0.4]]}, **origin(easel))
        twice = ask(easel, "POST", answer_path(page), {"areas": [[0.5, 0.5, 0.1, 0.1]]}, **origin(easel))

    assert (status, again[0], sent[0], twice[0]) == (200, 410, 204, 410)
    assert looks.count == 1
    assert ended == [Drawn((Area(0.1, 0.2, 0.3, 0.4),))]
    assert "picture" not in again[1]


def test_the_page_holds_everything_and_loads_nothing() -> None:
    with served(Looks(), language="ja") as (easel, _):
        _, page, headers = ask(easel, "GET", path_of(easel))

    policy = headers["content-security-policy"]
    nonce = re.findall(r"'nonce-([\w-]+)'", policy)
    assert policy.startswith("default-src 'none'; img-src data:;")
    assert {"'unsafe-inline'", "*", "http:", "https:"} & set(policy.split()) == set()
    assert len(set(nonce)) == 1
    assert page.count(f'nonce="{nonce[0]}"') == 2
    assert re.findall(r"https?://", page) == []
    assert re.findall(r"""(?:src|href|action)\s*=\s*["'](?!data:)""", page) == []
    assert re.findall(r"""\son[a-z]+\s*=|\sstyle\s*=\s*["']""", page) == []
    assert "set-cookie" not in headers
    assert (headers["cache-control"], headers["referrer-policy"]) == ("no-store", "no-referrer")
    assert '<html lang="ja">' in page
    assert "黒塗りする" in page
    assert path_of(easel).strip("/") not in page
    told = html.unescape(page) + json_text(page)
    sentences = [words["ja"].replace("{page}", "T26-0001") for words in SENTENCES.values()]
    assert [words for words in sentences if words not in told] == []


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/", {}, 404),
        ("/favicon.ico", {}, 404),
        ("ADDRESS/x", {}, 404),
        ("ADDRESS", {"Host": "evil.example:PORT"}, 403),
        ("ADDRESS", {"Host": "127.0.0.1"}, 403),
        ("ADDRESS", {"Sec_Purpose": "prefetch"}, 403),
    ],
)
def test_whoever_does_not_hold_the_address_sees_nothing_and_uses_nothing_up(
    path: str, headers: dict[str, str], status: int
) -> None:
    looks = Looks()
    with served(looks) as (easel, _):
        given = {name: value.replace("PORT", str(easel.port)) for name, value in headers.items()}
        refused = ask(easel, "GET", path.replace("ADDRESS", path_of(easel)), **given)
        head = ask(easel, "HEAD", path_of(easel))
        opened = ask(easel, "GET", path_of(easel))

    assert (refused[0], head[0], opened[0]) == (status, 501, 200)
    assert "picture" not in refused[1]
    assert looks.count == 1


@pytest.mark.parametrize(
    ("changed", "body", "status"),
    [
        ({"Origin": "http://evil.example"}, None, 403),
        ({"Origin": "null"}, None, 403),
        ({"Origin": ""}, None, 403),
        ({"Host": "evil.example"}, None, 403),
        ({"Sec_Fetch_Site": "cross-site"}, None, 403),
        ({"Content_Type": "text/plain"}, None, 415),
        ({}, b"x" * 70_000, 413),
        ({}, b"no JSON", 400),
        ({}, {"areas": []}, 400),
        ({}, {"areas": [[0, 0, 2, 1]]}, 400),
        ({}, {"areas": [[0, 0, 0, 1]]}, 400),
        ({}, {"areas": [["0", 0, 1, 1]]}, 400),
        ({}, {"areas": [[True, 0, 1, 1]]}, 400),
        ({}, b'{"areas": [[NaN, 0, 1, 1]]}', 400),
        ({}, {"areas": [[0, 0, 1]]}, 400),
        ({}, {"areas": [[0, 0, 1, 1]] * 201}, 400),
        ({}, {"areas": [[0, 0, 1, 1]], "more": 1}, 400),
        ({}, {"nothing": 1}, 400),
    ],
)
def test_an_answer_that_is_not_the_pages_own_changes_nothing(
    changed: dict[str, str], body: object, status: int
) -> None:
    with served(Looks()) as (easel, ended):
        _, page, _ = ask(easel, "GET", path_of(easel))
        given = {**origin(easel), **changed}
        refused = ask(easel, "POST", answer_path(page), {"areas": [[0, 0, 1, 1]]} if body is None else body, **given)
        assert ended == []
        sent = ask(easel, "POST", answer_path(page), {"areas": [[0.5, 0.5, 0.9, 0.1]]}, **origin(easel))

    assert (refused[0], sent[0]) == (status, 204)
    assert ended == [Drawn((Area(0.5, 0.5, 0.5, 0.1),))]


def test_nothing_is_taken_before_the_page_was_opened() -> None:
    with served(Looks()) as (easel, ended):
        guessed = ask(easel, "POST", "/guess", {"areas": [[0, 0, 1, 1]]}, **origin(easel))
        early = ask(easel, "POST", f"/{easel._answer}", {"areas": [[0, 0, 1, 1]]}, **origin(easel))
        assert ended == []

    assert (guessed[0], early[0]) == (404, 404)


def test_it_listens_on_the_loopback_alone() -> None:
    with served(Looks()) as (easel, _):
        assert easel._server.server_address[0] == "127.0.0.1"
        assert easel.address.startswith("http://127.0.0.1:")
        assert len(path_of(easel)) > 30


def test_nobody_waits_for_ever_and_a_stuck_connection_keeps_nobody() -> None:
    with served(Looks()) as (easel, ended):
        stuck = http.client.HTTPConnection("127.0.0.1", easel.port)
        stuck.connect()
        opened = ask(easel, "GET", path_of(easel))
        easel._until = 0.0
        while not ended:
            threading.Event().wait(0.05)  # short: between two looks
        late = ended[0]
        stuck.close()

    assert opened[0] == 200
    assert isinstance(late, TooLate)
    assert late.seen is True


def test_where_the_picture_cannot_be_opened_the_page_says_nothing_and_the_command_ends() -> None:
    def broken() -> bytes:
        raise LookupError("it left the tray")

    with served(broken) as (easel, ended):
        status, body, _ = ask(easel, "GET", path_of(easel))

    assert (status, "tray" in body) == (410, False)
    assert isinstance(ended[0], LookupError)


class Drawing:
    """The command as its own process, waiting for what a person draws in a browser."""

    def __init__(self, *line: str) -> None:
        command = [
            str(PROJECT / "admin.py"),
            "--as",
            VERIFIER,
            "--json",
            "--lang",
            "en",
            "tray",
            "assign",
            *line,
            "--draw",
        ]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True)
        self.said = ""

    def address(self) -> tuple[int, str]:
        """Return the port and the path that the terminal shows."""
        assert self.process.stderr is not None
        while (found := re.search(r"http://127\.0\.0\.1:(\d+)(/\S+)\n.*ssh -L", self.said)) is None:
            line = self.process.stderr.readline()
            assert line, self.said
            self.said += line
        return int(found[1]), found[2]

    def send(self, answer: object) -> dict[str, Any]:
        """Open the page, send what was drawn, and return what the command says in the end."""
        port, path = self.address()
        _, page, _ = asked(port, "GET", path)
        headers = {"Origin": f"http://127.0.0.1:{port}", "Content_Type": "application/json"}
        assert asked(port, "POST", answer_path(page), answer, **headers)[0] == 204
        out, _ = self.process.communicate(timeout=60)
        told: dict[str, Any] = json.loads(out)
        return told


@on_both
def test_drawn_masks_are_burnt_in_by_the_command(script: Script, office: TestOffice, tmp_path: Path) -> None:
    case, _ = mailed(office)
    script.by(CLERK, "scan", picture(tmp_path, "card.png", a_card(200)))
    line = ("T26-0001", case, "--document", "drivers_licence", "--holder", "subject")

    cancelled, kept = Drawing(*line), Drawing(*line)
    refused = cancelled.send({"areas": None})
    assigned = kept.send({"areas": [[0.15, 0.15, 0.6, 0.3]]})
    papers = script.by(VERIFIER, "papers", case, "--out", str(tmp_path / "papers"), "--json")

    assert (cancelled.process.returncode, refused["error"]) == (1, "not_drawn")
    assert (kept.process.returncode, assigned["outcome"]) == (0, "assigned")
    assert "ssh -L" in kept.said
    with Image.open(papers.json[0]["file"]) as page:
        assert max(page.convert("L").crop((320, 420, 1180, 980)).tobytes()) < 60
    events = office.ask("SELECT what, details FROM office_event ORDER BY seq")
    looks = [details(event) for event in events if event.what == "tray_seen"]
    assert looks == [{"tray": "T26-0001", "thumbnail": False, "drawing": True}] * 2
    (recorded,) = (details(event) for event in events if event.what == "tray_assigned")
    assert (recorded["masking"], recorded["burnt"]) == ("burnt", 1)


@on_both
def test_a_command_that_is_interrupted_leaves_the_page_where_it_was(
    script: Script, office: TestOffice, tmp_path: Path
) -> None:
    case, _ = mailed(office)
    script.by(CLERK, "scan", picture(tmp_path, "card.png", a_card()))
    waiting = Drawing("T26-0001", case, "--document", "drivers_licence", "--holder", "subject")
    port, path = waiting.address()

    waiting.process.send_signal(signal.SIGINT)
    waiting.process.communicate(timeout=60)

    assert waiting.process.returncode == 130
    with pytest.raises(ConnectionRefusedError):
        asked(port, "GET", path)
    assert [row.state for row in office.ask("SELECT state FROM tray")] == ["waiting"]


def test_what_may_not_be_kept_opens_no_page(script: Script, office: TestOffice, tmp_path: Path) -> None:
    case, _ = mailed(office)
    script.by(CLERK, "scan", picture(tmp_path, "card.png", a_card()))

    never = script.by(
        VERIFIER, "tray", "assign", "T26-0001", case, "--document", "notification_card", "--holder", "subject",
        "--draw", "--json",
    )  # fmt: skip

    assert never.status == 1
    assert "http://" not in never.err
    assert office.ask("SELECT count(*) FROM office_event WHERE what = 'tray_seen'")[0][0] == 0
