"""A contact sheet of every letter and form in both languages, for the eyes: ``python -m lab.letters_sheet``.

The people and addresses are invented. The sheet is written to docs/letters-sheet.png, page after page.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from services.letters.typesetting import typeset
from workflows.engine.numbers import RANDOM_BYTES, make_code
from workflows.engine.values import Language
from workflows.law.values import ExtendReason, OutcomeName, RepresentativeKind, Right
from workflows.letters import Addressee, Organisation
from workflows.request.letters import RequestLetter
from workflows.request.statement import Line, Statement
from workflows.request.values import Answer, Correction, FormName, LetterKind

SHEET = Path(__file__).parent.parent / "docs" / "letters-sheet.png"
THUMBNAIL = (372, 526)
GAP = 12
COLUMNS = 8

OFFICE = Organisation(
    name_ja="株式会社ワークスアプリケーションズ",
    name_en="Works Applications Co., Ltd.",
    unit_ja="個人情報お問い合わせ窓口",
    unit_en="Personal Information Inquiries",
    postcode="107-6019",
    address_ja="東京都港区赤坂1-12-32 アーク森ビル19階",
    address_en="Ark Mori Bldg. 19F, 1-12-32 Akasaka, Minato-ku, Tokyo 107-6019 Japan",
    email="privacy@worksap.co.jp",
    hours_ja="平日 9:30～18:30（祝日を除く）",
    hours_en="weekdays 9:30-18:30 JST, except public holidays",
)

_WORDS = {
    Language.JA: {
        "subject": "見本 花子",
        "representative": "見本 一郎",
        "missing_document": "ご本人の本人確認書類がもう1点必要です（住民票の写しには顔写真がありません）。",
        "missing_masking": "運転免許証の写しで、本籍が黒塗りされていません。",
        "purpose": "お問い合わせにお答えするため",
        "harm": "開示することにより、第三者の権利利益を害するおそれがあるため",
        "explanation": "記録の一部に、第三者の氏名と連絡先が含まれているためです。該当箇所を除いた写しをお送りします。",
        "nothing": "記録を調べましたが、該当するものは見つかりませんでした。",
        "item": "住所",
        "wrong": "千代田1-1",
        "right": "千代田1-2",
        "done": "訂正しました",
        "costly": "システムの改修に多額の費用を要するためです。",
        "measure": "ご案内の送付を停止し、利用の範囲を契約の履行に限りました。",
        "no_ground": "調査の結果、請求に理由があるとは認められないため",
        "not_provided": "第三者への提供の事実がありませんでした。",
        "fee": "手数料（開示）　紙面 12 × 20円",
        "amount": "240円",
        "how": "お支払いの方法：銀行振込。",
    },
    Language.EN: {
        "subject": "Jane Example",
        "representative": "John Example",
        "missing_document": "One more identity document of the individual is needed (a resident record has no photo).",
        "missing_masking": "The registered domicile on the copy of the driver's licence is not blocked out.",
        "purpose": "To answer inquiries",
        "harm": "disclosure could harm the rights or interests of somebody else",
        "explanation": "Part of the records names other people. We send a copy without those parts.",
        "nothing": "We searched our records and found none.",
        "item": "Address",
        "wrong": "1-1 Chiyoda",
        "right": "1-2 Chiyoda",
        "done": "Corrected",
        "costly": "Erasing it would require rebuilding a system at a disproportionate cost.",
        "measure": "We have stopped sending mail and use the information to perform the contract only.",
        "no_ground": "having looked into it, we found no ground for the halt that was asked for",
        "not_provided": "There was no provision to third parties.",
        "fee": "Fee (disclosure), page: 12 × 20 yen",
        "amount": "240 yen",
        "how": "How to pay: bank transfer.",
    },
}


def a_letter(kind: LetterKind, language: Language) -> RequestLetter:
    """Return a letter of that kind about an invented request, with everything such a letter may carry."""
    words = _WORDS[language]
    japanese = language is Language.JA
    case = "26-000017-Y"
    content = RequestLetter(
        number=f"{case}-01",
        case=case,
        kind=kind,
        language=language,
        dated=date(2026, 11, 24),
        addressee=Addressee(
            name=words["subject"],
            postcode="100-0001",
            address="東京都千代田区千代田1-1 架空マンション101号室"
            if japanese
            else "101 Kaku Mansion, 1-1 Chiyoda\nChiyoda-ku, Tokyo",
        ),
        organisation=OFFICE,
        subject_name=words["subject"],
        rights=(Right.DISCLOSURE, Right.HALT_USE),
        first_contact_on=date(2026, 11, 20),
        posted_on=date(2026, 11, 2),
        reply_by=date(2027, 1, 22),
    )
    match kind:
        case LetterKind.REQUEST_FORMS:
            return replace(
                content,
                code=make_code(bytes(range(RANDOM_BYTES))),
                forms=tuple(FormName),
                rights=tuple(Right),
                representative_name=words["representative"],
                representative_kind=RepresentativeKind.AGENT,
            )
        case LetterKind.DEFICIENCY_NOTICE:
            missing = (words["missing_document"], words["missing_masking"])
            code = make_code(bytes(range(RANDOM_BYTES)))
            return replace(content, code=code, forms=(FormName.DISCLOSURE,), missing=missing, round=2)
        case LetterKind.DISCLOSURE_NOTIFICATION:
            return replace(content, rights=tuple(Right), answers=tuple(_answers(words)))
        case LetterKind.WITHDRAWAL_CONFIRMATION:
            return replace(content, withdrawn_on=date(2026, 11, 23))
        case LetterKind.EXTENSION_NOTICE:
            reason = ExtendReason.COMPLEXITY
            return replace(content, regime="eu-gdpr", extend_reason=reason, answer_by=date(2027, 2, 22))
        case LetterKind.DISC_PASSPHRASE:
            return replace(content, number=f"{case}-02", disc_of=f"{case}-01", passphrase="0123-4567-89AB-CDEF-G")  # noqa: S106
        case LetterKind.BILL | LetterKind.RECEIPT:
            line = Line(what=words["fee"], amount=words["amount"])
            how = (words["how"],) if kind is LetterKind.BILL else ()
            money = Statement(lines=(line,), total=words["amount"], to_pay=words["amount"], how=how, releases=True)
            return replace(content, money=money)
        case _:
            return content


def _answers(words: dict[str, str]) -> Iterator[Answer]:
    yield Answer(right=Right.PURPOSE_NOTICE, outcome=OutcomeName.GRANTED, article="32(2)", purposes=(words["purpose"],))
    yield Answer(
        right=Right.DISCLOSURE,
        outcome=OutcomeName.PARTLY,
        article="33(1)",
        ground="harm",
        ground_article="33(2)(i)",
        ground_words=words["harm"],
        explanation=words["explanation"],
        enclosures=3,
        method="paper",
    )
    yield Answer(
        right=Right.PROVISION_RECORDS,
        outcome=OutcomeName.NOT_HELD,
        article="33(5)",
        explanation=words["nothing"],
    )
    correction = Correction(item=words["item"], wrong=words["wrong"], right=words["right"], done=words["done"])
    yield Answer(right=Right.CORRECTION, outcome=OutcomeName.GRANTED, article="34(1)", corrections=(correction,))
    yield Answer(
        right=Right.HALT_USE,
        outcome=OutcomeName.ALTERNATIVE,
        article="35(5)",
        ground_article="35(6)",
        explanation=words["costly"],
        measure=words["measure"],
    )
    yield Answer(
        right=Right.HALT_PROVISION,
        outcome=OutcomeName.REFUSED,
        article="35(3)",
        ground="no_ground_to_halt",
        ground_article="35(4)",
        ground_words=words["no_ground"],
        explanation=words["not_provided"],
    )


def every_letter() -> Iterator[RequestLetter]:
    """Yield one letter of each kind in each language, stamped as a sample, and one draft."""
    for language in Language:
        for kind in LetterKind:
            yield replace(a_letter(kind, language), sample=True)
        yield replace(a_letter(LetterKind.DISCLOSURE_NOTIFICATION, language), draft=True)


def main() -> None:
    """Write the contact sheet."""
    from PIL import Image
    from pypdfium2 import PdfDocument

    pages = []
    for content in every_letter():
        with PdfDocument(typeset(content).pdf) as document:
            pages += [page.render(scale=1.0).to_pil().resize(THUMBNAIL) for page in document]
    width, height = (side + GAP for side in THUMBNAIL)
    lines = -(-len(pages) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * width + GAP, lines * height + GAP), (190, 190, 190))
    for index, page in enumerate(pages):
        sheet.paste(page, (GAP + index % COLUMNS * width, GAP + index // COLUMNS * height))
    SHEET.parent.mkdir(exist_ok=True)
    sheet.quantize(64).save(SHEET, optimize=True)
    print(f"{len(pages)} pages are in {SHEET}")


if __name__ == "__main__":
    main()
