"""``make screenshots``: pictures of Flower, the letters and the terminal for the documentation, made of a real desk.

A desk of its own carries some sample requests half way; then a browser logs into Flower as an operator would, looks one
request up by its number, and sees that request's tasks and nothing else. The people are invented; Flower shows none.
"""

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from rich.console import Console
from rich.text import Text
from sqlalchemy import select

from desk.broker import BrokerMissing
from desk.opening import open_the_office
from desk.processes import ProcessFault
from desk.supervisor import Desk, DeskRefused
from lab.demo.home import DemoRefused, fresh_home, settings_for, take
from lab.demo.office import DemoOffice, Stuck
from lab.demo.telling import Telling, Told
from lab.demo.words import say
from lab.stories import office, stories
from models.command import command
from models.effect import effect
from settings import PROJECT, Settings, settings
from workflows.request.values import LetterKind

if TYPE_CHECKING:
    from PIL.Image import Image
    from playwright.sync_api import Browser, Page

PICTURES = PROJECT / "docs" / "pictures"
_TOLD = ("01", "05", "09", "22", "29", "31", "38", "42", "43", "55", "58", "59", "70")
# On this working day the work list has something in every state, and one envelope lacked a document.
_UNTIL_TERMINAL, _LACKS_SOMETHING = 6, "31-kurusu-one-more"
# By this one a request of two rounds, an old code and a hold is answered: the one with the most to see in Flower.
_UNTIL_FLOWER, _LOOKED_UP = 17, "38-hiiragi-old-code"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_LARGEST = 300_000  # bytes: a page of documentation must open at once


class NoPictures(RuntimeError):
    """The pictures cannot be made here, or do not show what they must; the message says why."""


def main() -> int:
    """Make all pictures; return 0, or 1 with the reason on stderr."""
    ours = settings_for(settings(), "screenshots")
    take(ours)
    try:
        browser = find_browser(ours.lang)
        with fresh_home(ours):
            _photograph(ours, browser)
    except (NoPictures, DemoRefused, DeskRefused, ProcessFault, BrokerMissing, Stuck) as trouble:
        sys.stderr.write(f"{trouble}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def find_browser(language: str) -> str:
    """Return the system's Chromium. Raises NoPictures where there is none."""
    found = next((path for name in _BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        raise NoPictures(say("no_browser", language, names=", ".join(_BROWSERS)))
    return found


def _photograph(ours: Settings, browser: str) -> None:
    """Run a desk until there is something to see, and take every picture."""
    open_the_office(ours)
    with Desk(ours) as desk:
        demo = DemoOffice(ours)
        demo.engage(office())
        chosen = [one for one in stories() if one.name.split("-")[0] in _TOLD]
        telling = Telling(demo, chosen, ours.home / "out")
        PICTURES.mkdir(parents=True, exist_ok=True)
        _tell(telling, _UNTIL_TERMINAL)
        with _browser(browser) as chromium:
            _terminal(chromium, ours, _told(telling, _LACKS_SOMETHING))
        _tell(telling, _UNTIL_FLOWER)
        with _browser(browser) as chromium:
            _flower(chromium, desk, demo, _told(telling, _LOOKED_UP), telling.tales)
    _letters(demo, telling.tales)
    for picture in sorted(PICTURES.glob("*.png")):
        size = picture.stat().st_size
        print(f"{picture.relative_to(PROJECT)}  {size // 1000} kB")
        if size > _LARGEST:
            raise NoPictures(say("too_large", ours.lang, picture=picture.name, most=_LARGEST // 1000))


def _tell(telling: Telling, days: int) -> None:
    """Go on telling until that many working days after the first."""
    until = telling.office.calendar.add_working_days(telling.begins, days)
    telling.tell(lambda day: print(day.day, flush=True), until)
    if telling.deviations:
        raise NoPictures("\n".join(telling.deviations))


def _told(telling: Telling, name: str) -> Told:
    return next(tale for tale in telling.tales if tale.story.name == name)


@contextmanager
def _browser(path: str) -> Iterator["Browser"]:
    """Yield a browser that is nobody's: an empty profile, nothing fetched that was not asked for."""
    from playwright.sync_api import sync_playwright

    # Chromium's sandbox refuses to start for root, who needs none against pages of our own.
    as_root = ("--no-sandbox",) if os.geteuid() == 0 else ()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=[*_FLAGS, *as_root])
        try:
            yield chromium
        finally:
            chromium.close()


# -- Flower ---------------------------------------------------------------------------------------------------------


def _flower(chromium: "Browser", desk: Desk, demo: DemoOffice, looked_up: Told, tales: Sequence[Told]) -> None:
    """Look one request up by its number, as an operator would, and photograph what Flower shows."""
    user, _, password = demo.settings.flower_auth.read_text(encoding="ascii").strip().partition(":")
    address = desk.flower_url or ""
    context = chromium.new_context(
        http_credentials={"username": user, "password": password},
        viewport={"width": 1280, "height": 800},
        locale="en-GB",
        timezone_id="Asia/Tokyo",
    )
    page = context.new_page()
    page.goto(urljoin(address, "tasks"))
    page.wait_for_selector("#tasks-table tbody tr")
    page.select_option("#tasks-table_length select", "50")
    with page.expect_response(lambda answer: "datatable" in answer.url and looked_up.case in _asked(answer)):
        page.fill("#tasks-table_filter input", f"kwargs:case={looked_up.case}")
    page.wait_for_function("document.querySelector('#tasks-table_info').innerText.includes('filtered')")
    _see_only(page, demo, looked_up, tales)
    _shoot(page, "flower-tasks.png")
    page.goto(urljoin(address, "workers"))
    page.wait_for_function("document.body.innerText.includes('desk1') && document.body.innerText.includes('desk2')")
    _see_nobody(page, tales)
    _shoot(page, "flower-workers.png")
    context.close()


def _asked(answer: Any) -> str:
    from urllib.parse import unquote_plus

    return unquote_plus(answer.request.post_data or "")


def _see_only(page: "Page", demo: DemoOffice, tale: Told, tales: Sequence[Told]) -> None:
    """See that the table lists every task of this request, no other's, and nobody's name."""
    shown = set(page.locator("#tasks-table tbody tr").evaluate_all("rows => rows.map(row => row.id)"))
    expected = tasks_of(demo, tale.case)
    strangers = {one for one in shown if not one.startswith(f"{tale.case}.")}
    if strangers or not expected <= shown:
        faults = f"missing: {sorted(expected - shown)}, foreign: {sorted(strangers)}"
        raise NoPictures(say("flower_otherwise", demo.settings.lang, case=tale.case, faults=faults))
    _see_nobody(page, tales)


def tasks_of(demo: DemoOffice, case: str) -> set[str]:
    """Return the ids of the tasks this request has had: one for each order, one for each letter."""
    orders = demo.ask(select(command.c.transition).where(command.c.case_number == case).order_by(command.c.id))
    ids: set[str] = set()
    counted: dict[str, int] = {}
    for row in orders:
        counted[row.transition] = counted.get(row.transition, 0) + 1
        ids.add(f"{case}.{row.transition.replace('_', '-')}.{counted[row.transition]}")
    letters = demo.ask(select(effect.c.id).where(effect.c.case_number == case))
    return ids | {f"{case}.letter-{row.id}.1" for row in letters}


def _see_nobody(page: "Page", tales: Sequence[Told]) -> None:
    """See that the page, and all it was made of, names no person and no address."""
    text = page.content()
    for tale in tales:
        people = [one for one in (tale.contact.subject, tale.contact.representative) if one is not None]
        for person in people:
            for word in (person.name, person.kana, person.address, person.postcode, person.email, person.phone):
                if word and word in text:
                    raise NoPictures(f"Flower shows a person of {tale.case}")


def _shoot(page: "Page", name: str) -> None:
    """Photograph the page as high as what it holds."""
    height = page.evaluate("Math.ceil(document.body.getBoundingClientRect().height)")
    page.screenshot(path=PICTURES / name, clip={"x": 0, "y": 0, "width": 1280, "height": height}, full_page=True)
    _shrink(PICTURES / name)


# -- the terminal ---------------------------------------------------------------------------------------------------

_PAGE = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; background: #fff; }}
pre {{ display: inline-block; margin: 12px; padding: 18px 22px; border-radius: 8px; background: #16181d; color: #e4e6eb;
       font: 15px/1.45 "DejaVu Sans Mono", "Liberation Mono", monospace; }}
b {{ color: #7fd4a8; font-weight: normal; }}
</style><pre>{text}</pre>"""


def _terminal(chromium: "Browser", ours: Settings, waiting: Told) -> None:
    """Photograph the work list, and what is possible for one request, as the script prints them."""
    parts = []
    for arguments in (["list"], ["why", waiting.case]):
        answer = subprocess.run(
            [PROJECT / "admin.py", *arguments, "--lang", "en"],
            env={**os.environ, **ours.environment(), "FORCE_COLOR": "1", "COLUMNS": "96"},
            capture_output=True,
            text=True,
            check=False,
        )
        if answer.returncode != 0:
            raise NoPictures(answer.stderr)
        parts.append(f"<b>$</b> ./admin.py {' '.join(arguments)}\n{_coloured(answer.stdout)}")
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    page.set_content(_PAGE.format(text="\n".join(parts).rstrip()))
    page.locator("pre").screenshot(path=PICTURES / "terminal.png")
    _shrink(PICTURES / "terminal.png")


def _coloured(output: str) -> str:
    """Return what a terminal shows as HTML, colours kept."""
    recorder = Console(record=True, width=100, file=io.StringIO())
    recorder.print(Text.from_ansi(output.rstrip()), soft_wrap=True)
    return recorder.export_html(inline_styles=True, code_format="{code}")


# -- letters --------------------------------------------------------------------------------------------------------


def _letters(demo: DemoOffice, tales: Sequence[Told]) -> None:
    """Render the first letter and the answer, a Japanese and an English one side by side."""
    japanese, english = (next(tale for tale in tales if tale.story.name.startswith(start)) for start in ("01-", "05-"))
    forms, answer = LetterKind.REQUEST_FORMS, LetterKind.DISCLOSURE_NOTIFICATION
    pictures = {
        # The cover with its window, and the form with its boxes.
        "letter-request-forms.png": (_page(demo, japanese, forms, 0), _page(demo, english, forms, -3)),
        "letter-notification.png": (_page(demo, japanese, answer, 0), _page(demo, english, answer, 0)),
    }
    for name, pages in pictures.items():
        _side_by_side(pages).quantize(32).save(PICTURES / name, optimize=True)


def _page(demo: DemoOffice, tale: Told, kind: LetterKind, number: int) -> "Image":
    """Return a page of the request's first letter of this kind; negative numbers count from the last page."""
    from pypdfium2 import PdfDocument

    letter = next(row for row in demo.letters_of([tale.case]) if row.kind == kind)
    with PdfDocument(demo.settings.spool / letter.path) as document:
        picture: Image = document[number % len(document)].render(scale=1.25).to_pil()
    return picture


def _side_by_side(pages: Sequence["Image"]) -> "Image":
    from PIL import Image

    gap = 16
    width = sum(page.width for page in pages) + gap * (len(pages) + 1)
    sheet = Image.new("RGB", (width, max(page.height for page in pages) + 2 * gap), (214, 216, 220))
    left = gap
    for page in pages:
        sheet.paste(page, (left, gap))
        left += page.width + gap
    return sheet


def _shrink(picture: Path) -> None:
    """Keep 256 colours: screens have few, and the picture weighs a quarter."""
    from PIL import Image

    with Image.open(picture) as opened:
        small = opened.convert("RGB").quantize(256)
    small.save(picture, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
