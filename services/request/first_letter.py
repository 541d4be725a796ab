"""The test letter of an office that begins: to its own address, really made, and of no case.

Nothing of it is recorded anywhere: it has a number that no case will ever have (no office has numbers of the year
2000), a form code that was never given out, and the stamp of a sample. No case is found by it.
"""

from dataclasses import replace
from datetime import date
from pathlib import Path

from services.letters.typesetting import Typeset, pages_of, typeset
from services.request.content import own_forms
from settings import Settings
from workflows.engine.numbers import RANDOM_BYTES, case_number, letter_number, make_code
from workflows.engine.values import Language
from workflows.law import Regime
from workflows.law.values import Right
from workflows.letters import Addressee, Organisation
from workflows.office import SOURCE, OfficeProcedure
from workflows.request.letters import RequestLetter
from workflows.request.values import FormName, LetterKind
from workflows.words import tell

CASE = case_number(2000, 1)


def made(organisation: Organisation, office: OfficeProcedure, regime: Regime, on: date, language: Language) -> Typeset:
    """Return the letter that the office sends first of all, to itself, in a language.

    Raises UnprintableText, TypesettingFailed.
    """
    return typeset(content(organisation, office, regime, on, language))


def content(
    organisation: Organisation, office: OfficeProcedure, regime: Regime, on: date, language: Language
) -> RequestLetter:
    """Return all that it says: the forms of the first right there is, as somebody who asks is sent them."""
    right = next(right for right in (Right.DISCLOSURE, *regime.rights) if right in regime.rights)
    forms = tuple(FormName(form.code) for form in office.start.forms if right in form.rights)
    letter = RequestLetter(
        number=letter_number(CASE, 1),
        case=CASE,
        kind=LetterKind.REQUEST_FORMS,
        language=language,
        dated=on,
        addressee=_ourselves(organisation, language),
        organisation=organisation,
        sample=True,
        regime=regime.name,
        subject_name=tell("letters.sample_person", language),
        rights=(right,),
        forms=forms,
        code=make_code(bytes(RANDOM_BYTES)),
        first_contact_on=on,
    )
    if office is SOURCE:
        return letter
    letter = replace(letter, own_forms=own_forms(forms, office, language))
    return replace(letter, told=letter.told_under(office))


def place(settings: Settings, language: Language) -> Path:
    """Return where the test letter in a language lies: in the house's own folder of what was printed."""
    return settings.var / "print" / f"test-letter.{language}.pdf"


def lying(settings: Settings) -> dict[Language, tuple[Path, int]]:
    """Return the test letters that lie there, each with its pages."""
    paths = {language: place(settings, language) for language in Language}
    return {language: (path, pages_of(path.read_bytes())) for language, path in paths.items() if path.exists()}


def _ourselves(organisation: Organisation, language: Language) -> Addressee:
    address = organisation.address_ja if language is Language.JA else organisation.address_en
    postcode = None if organisation.postcode in address else organisation.postcode
    name = organisation.name_ja if language is Language.JA else organisation.name_en
    return Addressee(name=name, postcode=postcode, address=address, country=organisation.country, organisation=True)
