"""What an office publishes of its procedure: a contact card, a sheet for the wall, and one page for the website.

All of it comes from the procedure in force and the office's card, by the clauses that letters are made of, so that what
is promised, what is printed and what is done cannot differ. Nothing is loaded from elsewhere, and nothing is written
here: whoever asks gets the files' contents by their names.
"""

from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from services.letters import stationery
from services.letters.stationery import Card
from services.letters.typesetting import UnprintableText, printable, typeset_blank, typeset_page
from services.request.content import own_forms
from settings import PROJECT
from workflows.days import day
from workflows.engine.values import Language
from workflows.law import Regime
from workflows.letters import Addressee, Organisation
from workflows.office import OfficeProcedure
from workflows.office.forms import Form
from workflows.office.reading import NAME
from workflows.office.start import Way
from workflows.request.clauses import Situation, Topic, says
from workflows.request.clauses.sheets import Told, of_sheet, sentences
from workflows.request.clauses.wording import Line, Wording
from workflows.request.letters import RequestLetter
from workflows.request.values import FormName, LetterKind
from workflows.words import tell as told

PAGE = "procedure.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What is published in one language."""

    language: Language
    card: Card
    title: str
    card_title: str
    reach: str
    told: Told
    begin: tuple[Line, ...]
    heads: tuple[str, ...]
    caption: str
    photograph: tuple[str, str]
    joint: str
    languages: str
    itself: str
    downloads_head: str
    downloads: tuple["Download", ...]
    foot: str


@dataclass(frozen=True, slots=True)
class Download:
    """One form that whoever asks may take: the name of its file, and what it is called."""

    file: str
    name: str


def publish(office: OfficeProcedure, regime: Regime, organisation: Organisation, on: date) -> dict[str, bytes]:
    """Return everything by the name of its file, as it holds on that day.

    Raises UnprintableText where a sentence of the office's own has a character no font carries.
    """
    pages = [page(office, regime, organisation, on, language) for language in Language]
    files = {PAGE: _html(pages)}
    for form in _taken(office):
        for language in Language:
            files[_file(form, language)] = _form(form, office, regime, organisation, on, language)
    for each in pages:
        _refuse_unprintable(each)
        for name, template, title in (
            ("procedure", "published/sheet.typ.j2", each.title),
            ("contact-card", "published/card.typ.j2", each.card_title),
        ):
            values = {"sheet": each, "title": title, "organisation": each.card, "told": each.told}
            files[f"{name}.{each.language}.pdf"] = typeset_page(template, values, each.language, on).pdf
    return files


def page(office: OfficeProcedure, regime: Regime, organisation: Organisation, on: date, language: Language) -> Page:
    """Return what is published in one language."""
    wording = Wording(language, lambda when: day(when, language, organisation.years))
    rights = tuple(right for right, law in regime.rights.items() if law.first is None or law.first <= on)
    forms = tuple(form.code for form in office.start.forms) if office.start.gives_forms else ()
    s = Situation(regime=regime, on=on, office=office, rights=rights, forms=forms, published=True)
    tell = partial(_told, language)
    return Page(
        language=language,
        card=stationery.card(organisation, language),
        title=tell("published.title"),
        card_title=tell("published.card"),
        reach=tell("published.reach"),
        told=of_sheet(s, wording),
        begin=wording.lines(sentences(s)[Topic.BEGIN]),
        heads=tuple(tell(f"published.head.{head}") for head in ("paper", "photograph", "notes")),
        caption=tell("published.papers"),
        photograph=(tell("published.photograph"), tell("published.no_photograph")),
        joint=tell("published.joint"),
        languages=tell("published.languages"),
        itself=tell("published.itself"),
        downloads_head=tell("published.downloads"),
        downloads=tuple(Download(_file(form, language), form.said[language]) for form in _taken(office)),
        foot=_foot(office, on, wording),
    )


def _taken(office: OfficeProcedure) -> tuple[Form, ...]:
    """Return the forms that whoever asks takes from the website themselves."""
    return office.start.forms if Way.OWN_DOWNLOAD in office.start.ways else ()


def _file(form: Form, language: Language) -> str:
    return f"form-{form.code}.{language}.pdf"


def _form(
    form: Form, office: OfficeProcedure, regime: Regime, organisation: Organisation, on: date, language: Language
) -> bytes:
    """Return one form as it is posted, but without a code: nobody has asked yet."""
    blank = RequestLetter(
        number="",
        case="",
        kind=LetterKind.REQUEST_FORMS,
        language=language,
        dated=on,
        addressee=Addressee(name="", postcode=None, address=""),
        organisation=organisation,
        regime=regime.name,
        rights=tuple(form.rights),
        forms=(FormName(form.code),),
        own_forms=own_forms([form.code], office, language),
    )
    return typeset_blank("published/form.typ.j2", replace(blank, told=blank.told_under(office))).pdf


def _told(language: Language, code: str) -> str:
    return told(code, language)


def _foot(office: OfficeProcedure, on: date, wording: Wording) -> str:
    if office.first is None:
        return wording.text(says("published.foot_of_source", day=on))
    return wording.text(says("published.foot", day=on, first=office.first, file=NAME, digest=office.digest))


def _refuse_unprintable(page: Page) -> None:
    for field, text in stationery.texts(page).items():
        if missing := printable(text):
            raise UnprintableText(field, missing)


def _html(pages: list[Page]) -> bytes:
    """Return the page for the website; every text is escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(PROJECT / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("pages/procedure.html.j2").render(pages=pages).encode()
