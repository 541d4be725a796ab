"""By what a person is found: whoever is told by ear, typed in haste or written otherwise, and nobody else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.request.characters import folded
from workflows.request.found_by import FIELDS, LONGEST_BEGINNING, MOST_WAYS, TooLittle, asked, found_by
from workflows.request.romaji import LONGEST, MOST, readings
from workflows.request.values import Person

HANAKO = Person(
    name="鈴木 花子", kana="スズキ ハナコ", postcode="100-0001", address="東京都千代田区千代田1-1-5 見本荘101",
    phone="03-1234-5678", email="Hanako.S@example.jp",
)  # fmt: skip
KOJI = Person(name="Satō Kōji", kana="サトウ コウジ", address="12 Sample Street, Springfield", phone="+49 30 1234567")
TOGETHER = Person(name="佐々木翔子", address="四日市市本町1-1", phone="090-0000-0123")
ANNA = Person(name="Anna-Maria Müller-Lüdenscheidt", kana="アンナ", email="am@example.com")


def is_found(who: Person, **said: str) -> bool:
    """Whether a question finds a person by the words kept of them, and means them."""
    question = asked(said)
    words = found_by(who)
    come = any(way <= words for way in question.ways())
    assert come or not question.means(who) or sum(map(len, said.values())) < 3, "meant, and never looked at"
    return come and question.means(who)


@pytest.mark.parametrize(
    "text",
    ["鈴", "鈴木", "花子", "鈴木 花子", "鈴木花子", "鈴木　花子", "花子 鈴木", "花子、鈴木", "鈴木花", "スズ", "すずき",
     "ｽｽﾞｷ", "ｽｽﾞｷ ﾊﾅｺ", "すずきはなこ", "スズキハ", "ハナコ スズキ", "鈴木 ハナ", "suzuki", "SUZUKI Hanako", "Suzu",
     "suz", "Hanako"],
)  # fmt: skip
def test_a_japanese_name_is_found_however_it_is_told(text: str) -> None:
    assert is_found(HANAKO, name=text)
    assert is_found(HANAKO, kana=text)
    assert is_found(HANAKO, any=text)


@pytest.mark.parametrize("text", ["佐藤", "木", "子", "花鈴", "スズメ", "suzuka", "鈴木 一郎", "ズキ", "鈴木花子子"])
def test_what_is_no_beginning_of_a_part_finds_nobody(text: str) -> None:
    assert not is_found(HANAKO, name=text)


@pytest.mark.parametrize(
    "text",
    ["Sato", "Satō", "Satou", "SATOH", "koji", "Kouji Sato", "Sato, Koji", "サトー", "さとう", "ｻﾄｳ ｺｳｼﾞ", "sato k"],
)
def test_a_long_vowel_and_an_accent_may_be_told_or_not(text: str) -> None:
    assert is_found(KOJI, name=text)


@pytest.mark.parametrize(
    ("written", "told"),
    [("髙橋", "高橋"), ("山﨑", "山崎"), ("渡邉", "渡辺"), ("渡邊", "渡辺"), ("齋藤", "斎藤"), ("葛󠄀城", "葛城"),
     ("辻󠄀", "辻"), ("江國", "江国"), ("Wiśniewski", "wisniewski"), ("Åkesson", "akesson"), ("Jónsdóttir", "jonsdottir"),
     ("Grünwald", "Gruenwald"), ("O'Brien", "obrien")],
)  # fmt: skip
def test_variants_of_a_character_are_one(written: str, told: str) -> None:
    assert is_found(Person(name=f"{written} 花"), name=told)
    assert is_found(Person(name=f"{told} 花"), name=written)


@pytest.mark.parametrize("text", ["翔子", "佐々木 翔子", "佐佐木", "佐々", "佐々木翔"])
def test_a_name_without_its_blank_is_found_by_either_part(text: str) -> None:
    assert is_found(TOGETHER, name=text)


@pytest.mark.parametrize(
    "text", ["müller", "Mueller", "MULLER", "ludenscheidt", "Anna Ludenscheidt", "anna-maria", "Müller, Anna", "mu"]
)
def test_a_name_in_latin_letters_is_found_by_any_part(text: str) -> None:
    assert is_found(ANNA, name=text)


@pytest.mark.parametrize(
    "text", ["03-1234-5678", "0312345678", "０３（１２３４）５６７８", "+81 3 1234 5678", "5678", "45678"]
)
def test_a_telephone_number_is_found_whole_or_by_its_last_digits(text: str) -> None:
    assert is_found(HANAKO, phone=text)
    assert is_found(HANAKO, any=text)
    assert not is_found(KOJI, phone=text)


def test_last_digits_that_look_like_a_number_abroad_are_last_digits() -> None:
    assert is_found(TOGETHER, phone="0000123")
    assert is_found(Person(name="x", phone="03-1234-0012"), phone="0012")


@pytest.mark.parametrize("text", ["312345678", "+49 30 1234567", "0049301234567", "4567"])
def test_a_number_that_lost_its_nought_or_comes_from_abroad_is_found(text: str) -> None:
    assert is_found(HANAKO, phone=text) or is_found(KOJI, phone=text)


@pytest.mark.parametrize("text", ["hanako.s@example.jp", "HANAKO.S@EXAMPLE.JP", "hanako", "hana", "hanako.s@ex"])
def test_an_address_of_mail_is_found_whole_or_by_its_beginning(text: str) -> None:
    assert is_found(HANAKO, email=text)
    assert is_found(HANAKO, any=text)
    assert not is_found(ANNA, email=text)


@pytest.mark.parametrize(
    "text",
    ["千代田1-1-5", "千代田一丁目1番5号", "東京都千代田区千代田１－１－５", "千代田区", "千代田", "千代", "100-0001",
     "〒1000001", "〒100-0001 千代田", "千代田1-1", "千代田区千代", "東京都千代田区千代田1-1-5 見本荘101"],
)  # fmt: skip
def test_an_address_is_found_from_its_town_or_from_what_follows_it(text: str) -> None:
    assert is_found(HANAKO, address=text)
    assert is_found(HANAKO, any=text)
    assert not is_found(TOGETHER, address=text)


@pytest.mark.parametrize("text", ["本町1-1", "四日市市本町", "四日市市"])
def test_a_town_that_holds_what_towns_end_with_is_one(text: str) -> None:
    assert is_found(TOGETHER, address=text)


@pytest.mark.parametrize("text", ["Sample Street", "springfield", "12 Sample", "Spring"])
def test_an_address_in_latin_letters_is_found_by_its_words(text: str) -> None:
    assert is_found(KOJI, address=text)


def test_everything_asked_for_is_to_be_true_of_one_person() -> None:
    assert is_found(HANAKO, name="鈴木", phone="5678", address="千代田区")
    assert not is_found(HANAKO, name="鈴木", phone="5679")


@pytest.mark.parametrize(
    ("field", "text"),
    [("name", ""), ("name", "   "), ("name", "%"), ("name", "_"), ("name", "🎉"), ("name", "s"), ("name", "ス"),
     ("phone", "123"), ("phone", "%%%%"), ("email", "han"), ("email", "@example.jp"), ("address", "千"),
     ("address", "東京都"), ("any", "*"), ("any", "\u200b"), ("any", "12")],
)  # fmt: skip
def test_too_little_is_said_of_what_there_must_be_more(field: str, text: str) -> None:
    with pytest.raises(TooLittle) as little:
        asked({field: text})

    assert (little.value.field, little.value.code) == (field, f"find.too_little.{field}")


NAMES = st.text(st.sampled_from("鈴木花子佐々髙さくらショウｽﾞーabzüō '-・　"), min_size=1, max_size=14)


@given(NAMES, NAMES)
def test_whoever_is_asked_for_by_their_whole_name_or_its_parts_is_always_found(family: str, given_name: str) -> None:
    who = Person(name=f"{family} {given_name}")
    for text in (who.name, f"{given_name} {family}", family):
        try:
            assert is_found(who, name=text)
        except TooLittle:
            assert len(folded(text)) < 2


@given(st.text(max_size=200), st.sampled_from(FIELDS))
def test_whatever_is_typed_is_a_question_of_bounded_size_or_too_little(text: str, field: str) -> None:
    try:
        question = asked({field: text})
    except TooLittle:
        return

    assert 1 <= len(question.ways()) <= MOST_WAYS
    assert all(way for way in question.ways())
    assert not question.means(Person(name="\U0001f600"))


@given(st.builds(Person, name=st.text(max_size=300), kana=st.text(max_size=300), address=st.text(max_size=500)))
def test_whatever_somebody_is_called_they_are_found_by_a_bounded_number_of_words(who: Person) -> None:
    assert len(found_by(who)) < 1000


def test_an_ordinary_person_is_found_by_about_twenty_words() -> None:
    assert len(found_by(HANAKO)) == 21


def test_beginnings_longer_than_those_kept_are_asked_by_the_longest_kept() -> None:
    who = Person(name="Constantinopoulos Alexandros")

    for length in range(2, len("constantinopolos") + 1):
        assert is_found(who, name="Constantinopoulos"[:length])
    assert max(len(word) for what, word in found_by(who) if word.startswith("constan")) > LONGEST_BEGINNING


@pytest.mark.parametrize(
    ("written", "kana"),
    [("suzuki", "スズキ"), ("shinichi", "シンイチ"), ("ono", "オオノ"), ("yuko", "ユウコ"), ("hattori", "ハツトリ"),
     ("kyoko", "キヨウコ"), ("homma", "ホンマ"), ("tsuchiya", "ツチヤ"), ("jun", "ジユン"), ("si", "シ"),
     ("ky", "キヨ")],
)  # fmt: skip
def test_latin_letters_are_read_as_the_kana_they_may_stand_for(written: str, kana: str) -> None:
    assert kana in readings(written)


@pytest.mark.parametrize("written", ["xyz", "schmidt", "qu", "1", ""])
def test_what_is_no_japanese_is_read_as_nothing(written: str) -> None:
    assert [read for read in readings(written) if read] == []


@given(st.text("aiueokstnhmyrwgzdbpfjcv'", max_size=60))
def test_no_spelling_has_more_readings_than_are_tried(written: str) -> None:
    assert len(readings(written)) <= MOST


def test_what_could_be_read_in_a_million_ways_and_in_none_is_not_tried_for_long() -> None:
    assert readings("na" * (LONGEST // 2 - 1) + "xx") == readings("na" * 100) == []
