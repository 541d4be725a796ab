"""The people of a ledger as `find` meets them: names as common as names are, numbers and places of their own.

What a copied case is found by would be the same words for all: these are written instead, about as many a case as a
real one has. The newest cases, and all of one name, also get keys and people of their own, so that whoever is found
there is opened and looked at as in earnest.
"""

# ruff: noqa: S608 - every word of these statements is ours

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import Connection, text

from models import word
from models.word import person_word
from services.engine.office import Office
from services.request.finding import words_of
from workflows.engine.codec import written
from workflows.request.found_by import found_by
from workflows.request.values import Person

FAMILIES = (
    ("佐藤", "サトウ"), ("鈴木", "スズキ"), ("高橋", "タカハシ"), ("田中", "タナカ"), ("渡辺", "ワタナベ"),
    ("伊藤", "イトウ"), ("中村", "ナカムラ"), ("小林", "コバヤシ"), ("山本", "ヤマモト"), ("加藤", "カトウ"),
    ("吉田", "ヨシダ"), ("山田", "ヤマダ"), ("佐々木", "ササキ"), ("山口", "ヤマグチ"), ("松本", "マツモト"),
    ("井上", "イノウエ"), ("木村", "キムラ"), ("斎藤", "サイトウ"), ("林", "ハヤシ"), ("清水", "シミズ"),
)  # fmt: skip
GIVEN = (
    ("花子", "ハナコ"), ("一郎", "イチロウ"), ("美咲", "ミサキ"), ("翔", "ショウ"), ("陽子", "ヨウコ"), ("健", "ケン"),
    ("直樹", "ナオキ"), ("恵", "メグミ"), ("誠", "マコト"), ("葵", "アオイ"), ("大輔", "ダイスケ"), ("結衣", "ユイ"),
)  # fmt: skip
COMMON = 200
"""Of so many names three are of each of the first five families, two of the next, one of the rest; others are rare."""
OF_ONE_NAME = 20
"""How many cases there are of each name."""
OWN_KEYS = 5_000
"""So many of the newest cases are opened as any."""
SAMPLE = Person(name="見本 花子", kana="ミホン ハナコ")
"""The name of OF_ONE_NAME cases, all of which are opened as any."""
SHARED = (10_000, 5_000, 3_000, 1_000, 300, 2_000)
"""Of how many kinds the last digits, postcodes, towns and so on are: a case shares each with all of its kind."""
ALONE = 6
"""How many words nobody else has: numbers, addresses, both spellings of the name in one."""

_INDEX = "ix_person_word_case_id"


def fill(db: Connection, office: Office, cases: int) -> None:
    """Write by which words the people of all cases are found; nothing was written yet but of cases that are whole."""
    sqlite = db.dialect.name == "sqlite"
    db.execute(text("CREATE TEMPORARY TABLE named (name INTEGER NOT NULL, word BIGINT NOT NULL)"))
    names = list(_names(max(1, cases // OF_ONE_NAME)))
    rows = [{"name": n, "word": each} for n, name in enumerate(names) for each in _words_of_a_name(name, office)]
    db.execute(text("INSERT INTO named (name, word) VALUES (:name, :word)"), rows)
    copies = 'FROM "case" c WHERE NOT EXISTS (SELECT 1 FROM person_word p WHERE p.case_id = c.id)'
    db.execute(text(f"CREATE TEMPORARY TABLE whose AS SELECT c.id, {_name_of('c.id', len(names))} AS name {copies}"))
    db.execute(text(f"DROP INDEX {_INDEX}"))
    parts = ["SELECT n.word, c.id, 0 FROM whose c JOIN named n ON n.name = c.name"]
    parts += [f"SELECT {kind} * 1000003 + c.id % {kinds}, c.id, 0 FROM whose c" for kind, kinds in enumerate(SHARED)]
    alone = "random()" if sqlite else "hashtextextended(c.id || '-' || {n}, 0)"
    parts += [f"SELECT {alone.format(n=n)}, c.id, 0 FROM whose c" for n in range(ALONE)]
    # In the order of the key: at random a million cases would take minutes.
    db.execute(text(f"INSERT INTO person_word (word, case_id, party) {' UNION ALL '.join(parts)} ORDER BY 1, 2"))
    db.execute(text(f"CREATE INDEX {_INDEX} ON person_word (case_id)"))
    _open_the_newest(db, names, office)
    for table in ("named", "whose"):
        db.execute(text(f"DROP TABLE {table}"))


def _names(count: int) -> Iterator[Person]:
    """Yield so many names; a family name of the list stands in as many of them as people bear it."""
    yield SAMPLE
    common = [*FAMILIES[:5] * 3, *FAMILIES[5:10] * 2, *FAMILIES[10:]]
    for n in range(1, count):
        given, sound = GIVEN[n % len(GIVEN)]
        family, read = common[n % COMMON] if n % COMMON < len(common) else _rare(n)
        yield Person(name=f"{family} {given}", kana=f"{read} {sound}")


def _rare(n: int) -> tuple[str, str]:
    """Return a family name that few people have."""
    kana = "アイウエオカキクケコサシスセソタチツテトナニヌネノ"
    return chr(0x5000 + n // 900 % 900) + chr(0x6000 + n % 900), kana[n % 25] + kana[n // 25 % 25] + kana[n // 625 % 25]


def _name_of(case: str, names: int) -> str:
    return f"(CAST({case} AS BIGINT) * 7919) % {names}"


def _words_of_a_name(name: Person, office: Office) -> Iterable[int]:
    """Return its words but those of the whole name without a blank, which everybody has alone."""
    whole = {"".join(written_so.split()) for written_so in (name.name, name.kana or "")}
    return office.keys.lookup_numbers("find", (f"{what}/{one}" for what, one in found_by(name) if one not in whole))


def _open_the_newest(db: Connection, names: Sequence[Person], office: Office) -> None:
    """Give the newest cases, and those of the sample's name, keys and people of their own."""
    newest = "SELECT id FROM whose ORDER BY id DESC LIMIT :newest"
    query = (
        f'SELECT c.id, c.number FROM "case" c WHERE c.id IN ({newest}) OR c.id IN (SELECT id FROM whose WHERE name = 0)'
    )
    numbers: Mapping[int, str] = {row.id: row.number for row in db.execute(text(query), {"newest": OWN_KEYS})}
    if not numbers:
        return
    office.keys.create(list(numbers.values()))
    sealed, found = [], {}
    for each, number in numbers.items():
        who = person_of(each, names)
        place = f"{number}/subject"
        key = office.keys.get(number)
        sealed.append({"id": each, "sealed": key.seal_json("person", "sealed", place, written(who))})
        found[each] = {0: words_of(who, office)}
    db.execute(text("UPDATE person SET sealed = :sealed WHERE case_id = :id AND party = 'subject'"), sealed)
    word.replace(db, person_word, found)


def person_of(case: int, names: Sequence[Person]) -> Person:
    """Return the subject of a case that is opened as any."""
    name = names[case * 7919 % len(names)]
    return Person(
        name=name.name, kana=name.kana, postcode="100-0001", address=f"東京都千代田区丸の内{case % 9}-{case}",
        phone=f"03-{case // 1_000:04d}-{case % 1_000:04d}", email=f"case{case}@example.jp",
    )  # fmt: skip
