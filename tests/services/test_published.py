"""What an office publishes: a sheet, a card, a page and its forms, all from the procedure in force."""

import re
from datetime import date
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

from lab.letters_sheet import OFFICE
from services.letters.typesetting import UnprintableText
from services.request.publishing import PAGE, publish
from tests.services.paper import codes_on, pages_of, squeezed, text_of
from workflows import law
from workflows.engine.values import Language
from workflows.office import SOURCE, OfficeProcedure
from workflows.office.reading import BadFile, parse

EVERYTHING = Path(__file__).parent.parent / "workflows" / "office" / "everything.toml"
ON = date(2026, 11, 30)
DOWNLOADED = 'from = 2026-04-01\n[start]\nways = ["own_download"]\n'


def read(text: str) -> OfficeProcedure:
    found = parse(text)
    assert not isinstance(found, BadFile), found.placed()
    return found


@cache
def published(text: str | None) -> dict[str, bytes]:
    office = SOURCE if text is None else read(text)
    return publish(office, law.regime(office.regime or law.DEFAULT), OFFICE, ON)


class Page(HTMLParser):
    """What a page is made of."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def named(self, *names: str) -> list[dict[str, str | None]]:
        return [attrs for tag, attrs in self.tags if tag in names]


def page(text: str | None) -> Page:
    return Page(published(text)[PAGE].decode())


CASES = [pytest.param(None, id="source"), pytest.param(DOWNLOADED, id="downloaded")]


@pytest.mark.requirement("S7")
@pytest.mark.parametrize("text", CASES)
def test_card_and_sheet_are_kept_as_letters_are_and_bear_no_code(text: str | None) -> None:
    pdfs = {name: content for name, content in published(text).items() if name != PAGE}

    assert {"contact-card.ja.pdf", "contact-card.en.pdf", "procedure.ja.pdf", "procedure.en.pdf"} <= pdfs.keys()
    for name, pdf in pdfs.items():
        assert re.search(rb"pdfaid:part>2<", pdf), name
        assert [codes_on(each) for each in pages_of(pdf)] == [[] for _ in pages_of(pdf)], name
    assert len(pages_of(pdfs["contact-card.ja.pdf"])) == 1


@pytest.mark.requirement("S7")
@pytest.mark.parametrize("language", Language)
def test_the_page_says_what_the_sheet_says(language: Language) -> None:
    sheet = squeezed(text_of(published(None)[f"procedure.{language}.pdf"]))
    inside = published(None)[PAGE].decode().split(f'<article id="{language}"')[1].split("</article>")[0]

    for piece in Page(inside).text:
        for word in re.split(r"[。.:：（）()／/]", piece.removeprefix(f' lang="{language}">')):
            assert squeezed(word).replace("–", "") in sheet.replace("–", ""), word


def test_whoever_takes_the_form_from_the_website_finds_it_there_without_a_code() -> None:
    files = published(DOWNLOADED)
    linked = {attrs["href"] for attrs in page(DOWNLOADED).named("a") if attrs.get("type") == "application/pdf"}

    forms = {f"form-{form.code}.{language}.pdf" for form in SOURCE.start.forms for language in Language}
    assert linked == forms == {name for name in files if name.startswith("form-")}
    told = squeezed(text_of(files["form-disclosure.en.pdf"]))
    assert [word for word in ("Code:", "Reference") if word in told] == []
    assert [word for word in ("requestform", "disclosure1/2") if word not in told] == []
    assert not any(name.startswith("form-") for name in published(None))


def test_the_page_says_from_which_file_it_comes_and_of_which_day() -> None:
    digest = read(DOWNLOADED).digest

    for told in (published(DOWNLOADED)[PAGE].decode(), text_of(published(DOWNLOADED)["procedure.ja.pdf"])):
        assert digest in squeezed(told)
        assert "2026年11月30日" in squeezed(told)
        assert "2026年4月1日" in squeezed(told)


# ---- the page for the website ---------------------------------------------------------------------------------------


@pytest.mark.requirement("S38")
@pytest.mark.parametrize("text", CASES)
def test_the_page_loads_nothing_and_runs_nothing(text: str | None) -> None:
    read_page, source = page(text), published(text)[PAGE].decode()

    assert read_page.named("script", "img", "iframe", "object", "embed", "link", "form", "base", "video", "audio") == []
    refers = [attrs[key] for _, attrs in read_page.tags for key in ("href", "src", "action") if key in attrs]
    assert all(re.fullmatch(r"#\w+|form-[a-z0-9_]+\.(ja|en)\.pdf", str(to)) for to in refers)
    assert not re.search(r"url\(|@import|javascript:|https?:|\son\w+=", source)
    assert "default-src 'none'" in source


@pytest.mark.parametrize("text", CASES)
def test_the_page_can_be_read_by_everybody(text: str | None) -> None:
    read_page = page(text)

    assert read_page.named("html")[0]["lang"] == "ja"
    assert {attrs.get("lang") for attrs in read_page.named("article")} == {"ja", "en"}
    assert [tag for tag, _ in read_page.tags if tag in ("h1", "h2")].count("h1") == 2
    labels = {str(attrs["id"]) for attrs in read_page.named("h2")}
    assert {str(attrs["aria-labelledby"]) for attrs in read_page.named("section")} == labels
    assert all(attrs.get("scope") for attrs in read_page.named("th"))
    assert len(read_page.named("caption")) == len(read_page.named("table")) == 2
    assert all(attrs.get("aria-label") for attrs in read_page.named("nav"))
    assert len(read_page.named("title", "main", "header", "footer")) == 4


def test_what_is_written_on_the_page_stands_out_enough_to_be_read() -> None:
    style = published(None)[PAGE].decode().split("<style>")[1].split("</style>")[0]

    inks = re.findall(r"[^-]color: (#[0-9a-f]{3,6})", style)
    assert len(inks) >= 3
    assert [ink for ink in inks if contrast(ink, "#ffffff") < 7] == []
    assert "@page { size: A4;" in style


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (WCAG 2, 1.4.3 and 1.4.6)."""

    def light(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (each / 12.92 if each <= 0.03928 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


# ---- sentences of the office's own ----------------------------------------------------------------------------------

ATTACKS = (
    '"); #panic("got in") //',
    '#import "/etc/passwd": * \\u{22} $x$ `raw` *bold* _it_ <label> @ref',
    "{{ content.addressee }} {% include 'x' %} {# not said #}",
    "<script>alert(1)</script><img src=x onerror=alert(2)>&amp;</style></section>",
    "{law} {text} {0} %s \\ ' \" ]] )) // ---- cut here ----",
)


def attacking(text: str) -> str:
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    places = ("greeting", "guidance", "checklist", "deficiency", "reminder", "answer", "sheet")
    own = "".join(f'[own_words.{place}]\nja = "文 {quoted}"\nen = "En {quoted}"\n' for place in places)
    return f'from = 2026-04-01\n{own}[fees]\nja = "文 {quoted}"\nen = "En {quoted}"\n'


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_sentence_of_the_offices_own_is_text_and_nothing_else(attack: str) -> None:
    files = published(attacking(attack))

    read_page = Page(files[PAGE].decode())
    assert squeezed(attack) in squeezed("".join(read_page.text))
    assert read_page.named("script", "img") == []
    for language in Language:
        assert squeezed(attack) in squeezed(text_of(files[f"procedure.{language}.pdf"]))


def test_a_sentence_no_font_can_print_is_refused_with_its_place() -> None:
    with pytest.raises(UnprintableText, match=r"told\.parts"):
        published(attacking("𒀀"))


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", law.names())
def test_no_sentence_takes_away_where_to_complain(name: str, language: Language) -> None:
    office, regime = read(attacking("You may not complain to anybody.")), law.regime(name)

    told = squeezed(text_of(publish(office, regime, OFFICE, ON)[f"procedure.{language}.pdf"]))

    for appeal in regime.appeals:
        assert squeezed(appeal[language]) in told
    assert squeezed(regime.law[language]) in told
