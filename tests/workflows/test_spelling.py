"""How addresses, telephone numbers and names are compared: one house however it is written, two houses never one."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.reading import numerals
from workflows.request import spelling

ONE_HOUSE = [
    [
        "千代田一丁目1番1号", "千代田1-1-1", "千代田１−１−１", "千代田一ー一ー一", "千代田1丁目1番地1",
        "千代田一丁目一番一号",
        "千代田1の1の1", "千代田 1-1-1", "千代田１ー１ー１", "千代田一－一－一", "千代田1一1一1", "千代田1丁目1番1",
        "千代田一丁目一番地の一", "千代田1–1–1", "千代田一・一・一", "千代田一丁目1-1",
    ],
    ["六本木六丁目10番1号", "六本木6-10-1", "六本木六ー十ー一", "六本木６丁目１０−１", "六本木六丁目十番一号"],
    ["三田三丁目5番27号", "三田3-5-27", "三田三丁目五番二十七号", "三田三ー五ー二七"],
    ["四谷二十三番地", "四谷23番地", "四谷23", "四谷二三番地"],
    ["三番町5番地", "三番町5", "3番町5", "三番町五番地", "三番町５"],
    ["八丁堀三丁目1-2", "八丁堀3-1-2"],
    ["北一条西二丁目", "北1条西2丁目", "北１条西２"],
    ["大浜北町一丁1番", "大浜北町1丁1番", "大浜北町1-1"],
    ["霞が関1-1", "霞ヶ関1-1", "霞ケ関一丁目1"],
    ["赤坂1-12-32 アーク森ビル19F", "赤坂一丁目12番32号 アーク森ビル 19階", "赤坂1-12-32アーク森ビル十九階"],
    ["見本町1-2 第一ビル3階", "見本町一丁目2 第1ビル三階"],
    ["千代田区千百番地", "千代田区1100番地"],
    ["Sample Bldg. 2F, 1-12-32 Akasaka", "SAMPLE BLDG 2F 1-12-32 AKASAKA"],
]  # fmt: skip


@pytest.mark.requirement("F6")
@pytest.mark.parametrize("spellings", ONE_HOUSE, ids=lambda group: group[1])
def test_one_house_is_one_however_it_is_written(spellings: list[str]) -> None:
    assert {spelling.place(one) for one in spellings} == {spelling.place(spellings[0])}


TWO_HOUSES = [
    ("見本町1-23", "見本町12-3"),
    ("見本町1-1-1", "見本町11-1"),
    ("見本町1-1-1", "見本町1-11"),
    ("見本町十一", "見本町1-1"),
    ("三田1-1", "二田1-1"),
    ("三番町5", "三町5"),
    ("八丁堀3-1", "八堀3-1"),
    ("四谷1-1", "四ツ谷1-1"),
    ("千代田1-1", "代田1000-1-1"),
    ("六本木1-1", "本木6-1-1"),
    ("一橋2-1", "二橋1-1"),
    ("見本町二十三", "見本町二三ー一"),
    ("十日町1-1", "二十日町1-1"),
    ("見本町1-1 六本木荘", "見本町1-1-6 本木荘"),
    ("見本町1-6 本木荘", "見本町1 六本木荘"),
    ("見本町1番6本木荘", "見本町1番六本木荘"),
    ("見本町1-1-101", "見本町1-1101"),
    ("見本町1-2", "見本町1-2-3"),
    ("東京都府中市1-1", "広島県府中市1-1"),
    ("府中市1-1", "東京都府中市1-1"),
    ("二の宮1-1", "三の宮1-1"),
    ("大字見本1-1", "見本1-1"),
]


@pytest.mark.requirement("F6")
@pytest.mark.parametrize(("one", "other"), TWO_HOUSES)
def test_two_houses_never_become_one(one: str, other: str) -> None:
    assert spelling.place(one) != spelling.place(other)


def test_no_two_houses_of_the_table_above_are_one() -> None:
    for one, other in combinations(ONE_HOUSE, 2):
        assert spelling.place(one[0]) != spelling.place(other[0])


@pytest.mark.parametrize("name", ["三田", "六本木", "四谷", "千代田", "八千代", "八丁堀", "一ツ橋", "三ノ宮"])
def test_the_numerals_in_a_name_stay_as_they_are(name: str) -> None:
    assert spelling.place(f"{name}1-1") == f" {name}1-1"


def test_the_prefecture_may_be_left_out_where_the_postcode_names_it() -> None:
    whole, short = "東京都千代田区千代田1-1", "千代田区千代田一丁目1"

    assert spelling.place(whole, "100-0001") == spelling.place(short, "１０００００１")
    assert spelling.place(whole) != spelling.place(short)
    assert spelling.place(whole, "100-0001") != spelling.place(whole, "100-0002")
    assert spelling.place("岐阜県山県市見本1", "501-0001") == spelling.place("山県市見本1", "501-0001")


@pytest.mark.parametrize(
    ("numeral", "counts"),
    [("一", 1), ("十", 10), ("十一", 11), ("二十", 20), ("二十三", 23), ("二三", 23), ("百五", 105), ("百二十", 120),
     ("千二百三十四", 1234), ("一〇", 10), ("零", 0), ("二〇五", 205)],
)  # fmt: skip
def test_a_numeral_is_read_with_its_units_or_figure_by_figure(numeral: str, counts: int) -> None:
    assert numerals.number(numeral) == counts


def written(n: int) -> str:
    """Return a number from 1 to 9,999 as it is written with units."""
    said = ""
    for unit, numeral in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        figure, n = divmod(n, unit)
        if figure:
            said += ("" if figure == 1 and numeral else "一二三四五六七八九"[figure - 1]) + numeral
    return said


numbers = st.integers(1, 9_999)
names = st.sampled_from(["千代田", "三田", "六本木", "四谷", "三番町", "八丁堀", "二の宮", "見本町", "一番町"])


@given(names, numbers, numbers, numbers)
def test_in_figures_or_in_numerals_an_address_is_always_the_same(name: str, a: int, b: int, c: int) -> None:
    figures = spelling.place(f"{name}{a}-{b}-{c}")

    assert spelling.place(f"{name}{written(a)}丁目{written(b)}番{written(c)}号") == figures
    assert spelling.place(f"{name}{a}丁目{b}番{c}号") == figures


@given(names, st.tuples(numbers, numbers), names, st.tuples(numbers, numbers))
def test_addresses_that_differ_are_never_the_same(
    name: str, house: tuple[int, int], other: str, elsewhere: tuple[int, int]
) -> None:
    one = spelling.place(f"{name}{written(house[0])}丁目{house[1]}番")
    two = spelling.place(f"{other}{elsewhere[0]}-{elsewhere[1]}")

    assert (one == two) == ((name, house) == (other, elsewhere))


@given(st.text(alphabet="一二三十百千〇丁目番号地条の-ー1 2三田六本木町Aaｱ第階室", max_size=30))
def test_no_text_is_too_odd_and_a_compared_spelling_compares_as_itself(text: str) -> None:
    once = spelling.place(text)

    assert spelling.place(text) == once
    assert not once.removeprefix(" ").startswith("-")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("03-0000-0000", "０３（００００）００００", True),
        ("090-0000-1234", "+81 90 0000 1234", True),
        ("090-0000-1234", "+81 (0)90-0000-1234", True),
        ("090-0000-1234", "0081 90 0000 1234", True),
        ("090-0000-1234", "090-0000-1235", False),
        ("+1 202-555-0100", "202-555-0100", False),
        ("+44 20 7946 0000", "0044 20 7946 0000", True),
        ("03-0000-0001 ext. 12", "03-0000-0001", True),
        ("03-0000-0001（内線12）", "03-0000-0001 #34", True),
        ("03-0000-0001 ext. 12", "03-0000-0002 ext. 12", False),
        ("03-0000-0001", "03-0000-000112", False),
    ],
)
def test_a_telephone_number_is_its_digits(one: str, other: str, same: bool) -> None:
    assert (spelling.telephone(one) == spelling.telephone(other)) is same


def test_an_address_of_e_mail_has_no_capitals() -> None:
    assert spelling.mail(" Hanako.Mihon@Example.com") == spelling.mail("hanako.mihon@example.com")
