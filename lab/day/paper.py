"""What the day's post brings: a list of contacts as a spreadsheet saves it, and forms that come back filled in."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from lab.demo.returns import Pack, pages_of
from lab.post_office.filling import Wish
from lab.post_office.stacks import Source, make, piece_of, stacked
from lab.stories import Scan
from services.intake import Contact, read_contacts
from workflows.request.values import FormName

SEED = 11
HEADS = ("key", "請求の種類", "区分", "受付方法", "言語", "氏名", "フリガナ", "郵便番号", "住所", "電話番号")
FAMILY = ("見本", "架空", "例示", "試作", "仮名")
KANA = ("ミホン", "カクウ", "レイジ", "シサク", "カメイ")
GIVEN = (
    ("花子", "ハナコ"),
    ("太郎", "タロウ"),
    ("一子", "イチコ"),
    ("次郎", "ジロウ"),
    ("三枝", "サエ"),
    ("四郎", "シロウ"),
)


def contacts(file: Path, count: int) -> list[Contact]:
    """Write so many contacts as the office's web form hands them over (Japanese heads, Shift_JIS); return them read."""
    with file.open("w", encoding="cp932", newline="") as lines:
        table = csv.writer(lines)
        table.writerow(HEADS)
        for number in range(count):
            family, kana = number % len(FAMILY), number // len(FAMILY) % len(GIVEN)
            given, read = GIVEN[kana]
            table.writerow([
                f"web-{number + 1:03d}", "開示", "顧客", "郵送", "日本語", f"{FAMILY[family]} {given}",
                f"{KANA[family]} {read}", f"〒100-00{number + 10:02d}",
                f"東京都千代田区架空町{number + 1}-{number % 7 + 1}", f"03-0000-{number + 1000:04d}",
            ])  # fmt: skip
    read_rows = list(read_contacts(file, hashed=lambda row: row))
    return [row for row in read_rows if isinstance(row, Contact)]


def returned(packs: Mapping[str, tuple[Contact, Path]], day: date, folder: Path) -> list[Path]:
    """Let these packs come back: each filled in and signed by hand, all scanned in mixed stacks; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    pieces = {case: replace(piece_of(case, letter), slip=False) for case, (_, letter) in packs.items()}
    sources = {
        case: Source(letter, _wish(contact, day, pieces[case].forms)) for case, (contact, letter) in packs.items()
    }
    pages = [
        page
        for case, (contact, letter) in packs.items()
        for page in pages_of(Pack(case, contact.payload, letter, {}, Scan()), pieces[case])
    ]
    return [make(stack, sources, SEED, folder).path for stack in stacked(SEED, pages, day)]


def _wish(contact: Contact, day: date, forms: Iterable[FormName]) -> Wish:
    return Wish(
        language=contact.payload.language,
        subject=contact.payload.subject,
        rights=contact.payload.rights,
        day=day,
        forms=tuple(forms),
    )
