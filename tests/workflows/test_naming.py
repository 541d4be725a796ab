"""Names: which two are one however they are written, and which stay two (F6, F7).

Each line is a pair of names with their readings in kana, as people and papers write them. What the rules get wrong is
counted in `tests/workflows/test_naming_counted.py`.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.request.characters import folded
from workflows.request.naming import called, keys, may_be_one_family, parts, words

Named = tuple[str, str | None]

ONE_NAME: list[tuple[Named, Named]] = [
    (("鈴木 花子", None), ("鈴木花子", None)),
    (("鈴木 花子", "スズキ ハナコ"), ("鈴木　花子", None)),
    (("鈴木 花子", None), ("花子 鈴木", None)),
    (("髙橋 一", None), ("高橋 一", None)),
    (("髙橋一", None), ("高橋 一", "タカハシ ハジメ")),
    (("山﨑 桜", None), ("山崎 桜", None)),
    (("山嵜 桜", None), ("山崎 櫻", None)),
    (("𠮷田 茂", None), ("吉田 茂", None)),
    (("斉藤 誠", None), ("齋藤 誠", None)),
    (("斎藤 誠", None), ("齊藤 誠", None)),
    (("渡辺 徹", None), ("渡邊 徹", None)),
    (("渡邉 徹", None), ("渡辺 徹", None)),
    (("浜田 徳", None), ("濱田 德", None)),
    (("濵田 徳", None), ("浜田 徳", None)),
    (("槙原 渚", None), ("槇原 渚", None)),
    (("澤田 眞一", None), ("沢田 真一", None)),
    (("廣瀬 惠", None), ("広瀨 恵", None)),
    (("桧山 曻", None), ("檜山 昇", None)),
    (("藪内 壽", None), ("薮内 寿", None)),
    (("冨田 榮", None), ("富田 栄", None)),
    (("柳 彌生", None), ("栁 弥生", None)),
    (("龍田 萬里", None), ("竜田 万里", None)),
    (("鶴見 彦", None), ("靏見 彥", None)),
    (("葛󠄀城 進", None), ("葛城 進", None)),
    (("神﨑 隆", None), ("神崎 隆", None)),
    (("佐々木 健", None), ("佐佐木 健", None)),
    (("見本 はなこ", None), ("見本 ハナコ", None)),
    (("スズキ ハナコ", None), ("ｽｽﾞｷ ﾊﾅｺ", None)),
    (("スズキ ハナコ", None), ("すずき はなこ", None)),
    (("鈴木 花子", "スズキ ハナコ"), ("スズキ ハナコ", None)),
    (("キョウコ・オオノ", None), ("オオノ キヨウコ", None)),
    (("ヴァイオレット・スミス", None), ("スミス バイオレット", None)),
    (("スーザン スミス", None), ("ス-ザン スミス", None)),
    (("张 伟", None), ("張 偉", None)),
    (("김철수", None), ("김 철수", None)),
    (("Anna Beispiel", None), ("Beispiel, Anna", None)),
    (("Anna Beispiel", None), ("BEISPIEL ANNA", None)),
    (("Anna Beispiel", None), ("anna beispiel", None)),
    (("Anna Beispiel", None), ("Anna BEISPIEL", None)),
    (("Anna Maria Beispiel", None), ("Anna Beispiel", None)),
    (("Anna M. Beispiel", None), ("Anna Beispiel", None)),
    (("BEISPIEL ANNA MARIA", None), ("Anna Maria Beispiel", None)),
    (("Beispiel, Anna Maria", None), ("Anna Beispiel", None)),
    (("van der Berg, Jan", None), ("Jan van der Berg", None)),
    (("Jan Van der Berg", None), ("Jan Berg", None)),
    (("María José García", None), ("Maria Jose Garcia", None)),
    (("José Muñoz", None), ("JOSE MUNOZ", None)),
    (("Jürgen Müller", None), ("Juergen Mueller", None)),
    (("Jürgen Müller", None), ("Jurgen Muller", None)),
    (("Bjørn Ødegård", None), ("Bjorn Odegaard", None)),
    (("Paweł Łoś", None), ("Pawel Los", None)),
    (("Anna Weiß", None), ("Anna Weiss", None)),
    (("Pat O'Brien", None), ("Pat OBrien", None)),
    (("Pat O’Brien", None), ("O'BRIEN, PAT", None)),
    (("Jean-Luc Exemple", None), ("Jean Luc Exemple", None)),
    (("Anna Müller-Schmidt", None), ("Anna Müller Schmidt", None)),
    (("Ａｎｎａ Beispiel", None), ("Anna Beispiel", None)),
    (("鈴木（旧姓 佐藤） 花子", None), ("佐藤 花子", None)),
    (("Anna Beispiel née Muster", None), ("Anna Muster", None)),
]
TWO_NAMES: list[tuple[Named, Named]] = [
    (("鈴木 花子", None), ("鈴木 華子", None)),
    (("鈴木 花子", None), ("佐藤 花子", None)),
    (("菅 直", None), ("管 直", None)),
    (("己 進", None), ("巳 進", None)),
    (("上田 誠", "ウエダ マコト"), ("植田 誠", "ウエダ マコト")),
    (("山崎 桜", None), ("山埼 桜", None)),
    (("安部 祐", None), ("安部 佑", None)),
    (("後藤 進", None), ("后藤 進", None)),
    (("大野 薫", None), ("小野 薫", None)),
    (("オオノ カオル", None), ("オノ カオル", None)),
    (("坂本 亮", None), ("阪本 亮", None)),
    (("荘司 亮", None), ("庄司 亮", None)),
    (("堺 守", None), ("界 守", None)),
    (("土田 守", None), ("士田 守", None)),
    (("末永 守", None), ("未永 守", None)),
    (("丸谷 守", None), ("丸穀 守", None)),
    (("叶 守", None), ("葉 守", None)),
    (("里見 守", None), ("黒見 守", None)),
    (("Anna Smith", None), ("Anna Schmidt", None)),
    (("Anna Beispiel", None), ("Anne Beispiel", None)),
    (("Jan Berg", None), ("Jan Bergen", None)),
    (("J. Smith", None), ("K. Smith", None)),
    (("Le Thi Lan", None), ("Do Van Minh", None)),
    (("Anna Maria Beispiel", None), ("Berta Maria Muster", None)),
    (("राम", None), ("रमा", None)),
    (("スズキ ハナコ", None), ("ススキ ハナコ", None)),
]
"""What tells two people is the whole name: the family name may well be one."""


def same_name(one: Named, other: Named) -> bool:
    """Whether one of two people is found who asks for the other: what is kept is each one's first key."""
    mine, theirs = keys(called(*one)), keys(called(*other))
    return theirs[0] in mine or mine[0] in theirs


@pytest.mark.parametrize(("one", "other"), ONE_NAME)
def test_one_name_is_found_however_it_is_written(one: Named, other: Named) -> None:
    assert same_name(one, other)


@pytest.mark.parametrize(("one", "other"), TWO_NAMES)
def test_two_names_stay_two(one: Named, other: Named) -> None:
    assert not same_name(one, other)


ONE_FAMILY: list[tuple[Named, Named]] = [
    *ONE_NAME,
    (("高橋 一", None), ("髙橋 次子", None)),
    (("鈴木花子", None), ("鈴木 一郎", None)),
    (("鈴木花子", None), ("鈴木一郎", None)),
    (("林花子", None), ("林 一郎", None)),
    (("林花子", None), ("林一郎", None)),
    (("林花子", "ハヤシ ハナコ"), ("林一郎", "ハヤシ イチロウ")),
    (("山田太郎", "ヤマダ タロウ"), ("山田花子", "やまだ はなこ")),
    (("河野 太郎", "コウノ タロウ"), ("河野 花子", "カワノ ハナコ")),
    (("スズキ ハナコ", None), ("鈴木 一郎", "スズキ イチロウ")),
    (("スズキハナコ", None), ("鈴木 一郎", "スズキ イチロウ")),
    (("スズキハナコ", None), ("スズキ イチロウ", None)),
    (("スズキハナコ", None), ("スズキイチロウ", None)),
    (("Beispiel Anna", None), ("Bert Beispiel", None)),
    (("Beispiel, Anna", None), ("Bert Beispiel", None)),
    (("BEISPIEL ANNA", None), ("BEISPIEL BERT", None)),
    (("Anna Müller-Schmidt", None), ("Bert Müller", None)),
    (("Jan van der Berg", None), ("Van der Berg, Mia", None)),
    (("鈴木（旧姓 佐藤） 花子", None), ("佐藤 一郎", None)),
    (("ジョン・スミス", None), ("スミス メアリー", None)),
]
STRANGERS: list[tuple[Named, Named]] = [
    (("鈴木 花子", None), ("佐藤 花子", None)),
    (("鈴木花子", None), ("佐藤花子", None)),
    (("鈴木花子", None), ("佐藤 花子", None)),
    (("山田太郎", None), ("山本花子", None)),
    (("山田太郎", "ヤマダ タロウ"), ("山本花子", "ヤマモト ハナコ")),
    (("林花子", "ハヤシ ハナコ"), ("林田花子", "ハヤシダ ハナコ")),
    (("林 花子", "ハヤシ ハナコ"), ("林田花子", "ハヤシダ ハナコ")),
    (("上田 誠", "ウエダ マコト"), ("植田 誠", "ウエダ マコト")),
    (("大野 薫", "オオノ カオル"), ("小野 薫", "オノ カオル")),
    (("菅 直", None), ("管 直", None)),
    (("菅野 誠", None), ("管野 誠", None)),
    (("山崎 桜", None), ("山埼 桜", None)),
    (("スズキ ハナコ", None), ("佐藤 一郎", "サトウ イチロウ")),
    (("スズキハナコ", None), ("サトウイチロウ", None)),
    (("タナカ ハナコ", None), ("タナベ ハナコ", None)),
    (("John Smith", None), ("John Schmidt", None)),
    (("Smith, John", None), ("Schmidt, John", None)),
    (("SMITH JOHN", None), ("SCHMIDT JOHN", None)),
    (("Anna Beispiel", None), ("Bert Muster", None)),
    (("Beispiel, Anna", None), ("Anna Muster", None)),
    (("Anna Maria Beispiel", None), ("Bert Maria Muster", None)),
    (("Jan van der Berg", None), ("Mia van der Veen", None)),
    (("鈴木 花子", "スズキ ハナコ"), ("Anna Beispiel", None)),
    (("鈴木（旧姓 佐藤） 花子", None), ("田中 一郎", None)),
    (("김철수", None), ("이영희", None)),
    (("Le Thi Lan", None), ("Do Van Minh", None)),
]


@pytest.mark.requirement("F6")
@pytest.mark.parametrize(("one", "other"), ONE_FAMILY)
def test_people_who_may_be_of_one_family_are_no_strangers(one: Named, other: Named) -> None:
    assert may_be_one_family(called(*one), called(*other))
    assert may_be_one_family(called(*other), called(*one))


@pytest.mark.requirement("F6")
@pytest.mark.parametrize(("one", "other"), STRANGERS)
def test_people_of_really_different_family_names_are_strangers(one: Named, other: Named) -> None:
    assert not may_be_one_family(called(*one), called(*other))
    assert not may_be_one_family(called(*other), called(*one))


def test_what_somebody_is_found_by_is_every_word_and_the_whole() -> None:
    assert parts("髙橋 一", "たかはし はじめ") == {"高橋", "一", "高橋一", "タカハシ", "ハジメ", "タカハシハジメ"}
    assert parts("髙橋一") == {"高橋一"}
    assert parts("María-José van der Berg") == {"maria", "jose", "van", "der", "berg"}
    assert words("Beispiel, Anna") == ("beispiel", "anna")


LETTERS = st.text(st.sampled_from("髙橋高一々鈴木花子スズキはなこヴァーaeüßÉ -・,'()﨑邉𠮷"), max_size=12)


@given(LETTERS)
def test_what_is_folded_is_folded_for_good(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(LETTERS, LETTERS)
def test_a_name_is_one_with_itself_and_family_is_mutual(one: str, other: str) -> None:
    mine, theirs = called(one), called(other)

    assert may_be_one_family(mine, theirs) == may_be_one_family(theirs, mine)
    if mine.words:
        assert may_be_one_family(mine, mine)
        assert keys(mine)
