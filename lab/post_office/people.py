"""Invented people at example addresses who make requests: as many as are needed, no two alike, by seed."""

from datetime import date, timedelta

from lab.post_office.chance import dice, one_of
from workflows.engine.values import Language
from workflows.law.values import Category, RepresentativeKind, Right
from workflows.request.payloads import Open
from workflows.request.values import Channel, Person

_FAMILIES_JA = (
    ("見本", "ミホン"), ("高橋", "タカハシ"), ("長谷部", "ハセベ"), ("渡邉", "ワタナベ"), ("五十嵐", "イガラシ"),
    ("小鳥遊", "タカナシ"), ("山﨑", "ヤマサキ"), ("東海林", "ショウジ"), ("髙田", "タカダ"),
    ("勅使河原", "テシガワラ"),
    ("久留宮", "クルミヤ"), ("二階堂", "ニカイドウ"), ("榎本", "エノモト"), ("曽根", "ソネ"), ("大久保", "オオクボ"),
    ("瀬戸口", "セトグチ"), ("朝比奈", "アサヒナ"), ("桂", "カツラ"), ("八木沢", "ヤギサワ"), ("辻", "ツジ"),
    ("鬼頭", "キトウ"), ("宇佐美", "ウサミ"), ("日下部", "クサカベ"), ("野々村", "ノノムラ"), ("葛西", "カサイ"),
)  # fmt: skip
_GIVEN_JA = (
    ("花子", "ハナコ"), ("一郎", "イチロウ"), ("美咲", "ミサキ"), ("健太", "ケンタ"), ("さくら", "サクラ"),
    ("翔", "ショウ"), ("陽子", "ヨウコ"), ("大輔", "ダイスケ"), ("由紀", "ユキ"), ("直樹", "ナオキ"),
    ("恵", "メグミ"), ("隆", "タカシ"), ("ひかり", "ヒカリ"), ("誠", "マコト"), ("真理子", "マリコ"),
    ("蓮", "レン"), ("千尋", "チヒロ"), ("幸雄", "ユキオ"), ("葵", "アオイ"), ("文香", "フミカ"),
)  # fmt: skip
_FAMILIES_EN = (
    "Example", "Whitcombe", "O'Brien", "Noronha", "Kovács", "Sørensen", "Lefèvre", "Grünwald", "Okonkwo", "Novák",
    "Raghunathan", "Åkesson", "Benali", "Jónsdóttir", "Wiśniewski", "Quiroga", "Nguyen", "Asante", "Rossi", "Sokolov",
    "Placeholder", "Fairweather", "Łukasik", "Mbeki", "Østergård",
)  # fmt: skip
_GIVEN_EN = (
    "Jane", "John", "Amara", "Siân", "Tomáš", "Ingrid", "Rafael", "Noor", "Declan", "Yvonne", "Kwame", "Zoë", "Viktor",
    "Leïla", "Owen", "Marta", "Hugo", "Priya", "Björn", "Ruth",
)  # fmt: skip
_WANTS: dict[tuple[Right, ...], float] = {
    (Right.DISCLOSURE,): 44,
    (Right.PURPOSE_NOTICE, Right.DISCLOSURE): 10,
    (Right.PROVISION_RECORDS,): 6,
    (Right.CORRECTION,): 14,
    (Right.HALT_USE,): 12,
    (Right.HALT_PROVISION,): 4,
    (Right.DISCLOSURE, Right.HALT_USE): 6,
    (Right.DISCLOSURE, Right.CORRECTION, Right.HALT_USE): 4,
}
_ACTING: dict[RepresentativeKind | None, float] = {
    None: 86,
    RepresentativeKind.AGENT: 9,
    RepresentativeKind.MINOR: 4,
    RepresentativeKind.ADULT_WARD: 1,
}
_PAPERS = {
    ("drivers_licence",): 45,
    ("my_number_card",): 25,
    ("residence_card",): 6,
    ("passport", "resident_record"): 14,
    ("resident_record",): 10,
}


def request_of(seed: int, index: int, today: date) -> Open:
    """Return the first contact of the *index*-th person (up to 1,000 are no two alike, of 500 in each language)."""
    rolls = dice(seed, "person", index)
    language = Language.JA if index % 2 == 0 else Language.EN
    kind = one_of(rolls, _ACTING)
    subject = _person(seed, index, language, "subject", today, minor=kind is RepresentativeKind.MINOR)
    representative = None
    if kind is not None:
        representative = _person(seed, index, language, "representative", today, kind=kind)
    return Open(
        rights=one_of(rolls, _WANTS),
        category=rolls.choice(list(Category)),
        channel=rolls.choice((Channel.POST, Channel.PHONE, Channel.EMAIL)),
        language=language,
        subject=subject,
        representative=representative,
    )


def papers_of(seed: int, index: int) -> tuple[str, ...]:
    """Return which identity papers this person copies and encloses."""
    return one_of(dice(seed, "papers", index), _PAPERS)


def _person(
    seed: int,
    index: int,
    language: Language,
    part: str,
    today: date,
    *,
    minor: bool = False,
    kind: RepresentativeKind | None = None,
) -> Person:
    rolls = dice(seed, part, index)
    # Both run through their lists, out of step with each other: a pair comes back after 500 people.
    serial = index // 2 + (250 if kind is not None else 0)
    given = (4 * serial + serial // 25) % 20
    age = timedelta(days=rolls.randint(3, 15) * 365) if minor else timedelta(days=rolls.randint(20, 80) * 365 + 100)
    kana = None
    block, house, room = 1 + index // 90, 1 + index % 90, rolls.randint(101, 909)
    if language is Language.JA:
        family, own = _FAMILIES_JA[serial % 25], _GIVEN_JA[given]
        name, kana = f"{family[0]} {own[0]}", f"{family[1]} {own[1]}"
        address = f"東京都千代田区千代田{block}-{house} 架空マンション{room}号室"
    else:
        name = f"{_GIVEN_EN[given]} {_FAMILIES_EN[serial % 25]}"
        address = f"{room} Kaku Mansion, {block}-{house} Chiyoda\nChiyoda-ku, Tokyo"
    if kind is not None:
        address = address.replace("千代田区千代田", "渋谷区見本").replace("Chiyoda\nChiyoda-ku", "Mihon\nShibuya-ku")
    return Person(
        name=name,
        kana=kana,
        postcode="100-0001" if kind is None else "150-0001",
        address=address,
        phone=f"03-0000-{rolls.randint(0, 9999):04d}",
        birth_date=today - age,
        kind=kind,
    )
