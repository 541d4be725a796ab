"""How often two people at one address are held, or not, wrongly: counted over every two of fifty family names.

A hold is false where both bear one family name, and missed where they bear two; docs/adr has the table, and a rule that
counts otherwise changes it. The names are the fifty commonest of Japan.
"""

import re
from itertools import combinations, permutations, product
from pathlib import Path

import pytest

from workflows.request.naming import called, may_be_one_family

# Family name and reading, one behind the other.
FAMILIES = re.findall(
    r"\S+",
    "佐藤サトウ 鈴木スズキ 高橋タカハシ 田中タナカ 渡辺ワタナベ 伊藤イトウ 山本ヤマモト 中村ナカムラ "
    "小林コバヤシ 加藤カトウ 吉田ヨシダ 山田ヤマダ 佐々木ササキ 山口ヤマグチ 松本マツモト 井上イノウエ "
    "木村キムラ 林ハヤシ 斎藤サイトウ 清水シミズ 山崎ヤマザキ 森モリ 池田イケダ 橋本ハシモト 阿部アベ "
    "石川イシカワ 山下ヤマシタ 中島ナカジマ 石井イシイ 小川オガワ 前田マエダ 岡田オカダ 長谷川ハセガワ "
    "藤田フジタ 近藤コンドウ 後藤ゴトウ 青木アオキ 遠藤エンドウ 村上ムラカミ 坂本サカモト 太田オオタ "
    "金子カネコ 藤井フジイ 西村ニシムラ 福田フクダ 三浦ミウラ 岡本オカモト 松田マツダ 中川ナカガワ "
    "中野ナカノ",
)
GIVEN = ("太郎タロウ", "花子ハナコ", "一ハジメ", "美咲ミサキ", "幸太郎コウタロウ")
PAGE = Path(__file__).parents[2] / "docs/adr"


def written(name: str, given: str, *, blank: bool, kana: bool) -> tuple[str, str | None]:
    """Return a name as it is written, and its reading where one is given."""
    (family, sound), (first, its_sound) = (re.fullmatch(r"(.+?)([ァ-ー]+)", each).groups() for each in (name, given))  # type: ignore[union-attr]
    return f"{family}{' ' if blank else ''}{first}", f"{sound} {its_sound}" if kana else None


WRITINGS = {
    "both with a blank": ({"blank": True, "kana": False}, {"blank": True, "kana": False}),
    "one without a blank": ({"blank": True, "kana": False}, {"blank": False, "kana": False}),
    "both without a blank": ({"blank": False, "kana": False}, {"blank": False, "kana": False}),
    "both without a blank, with kana": ({"blank": False, "kana": True}, {"blank": False, "kana": True}),
}


def counted(writing: str) -> tuple[int, int, int, int]:
    """Return (false holds, of how many, missed holds, of how many)."""
    ones, others = (
        {(family, given): called(*written(family, given, **how)) for family in FAMILIES for given in GIVEN}
        for how in WRITINGS[writing]
    )
    false = missed = households = pairs = 0
    for family, (mine, theirs) in product(FAMILIES, permutations(GIVEN, 2)):
        households += 1
        false += not may_be_one_family(ones[family, mine], others[family, theirs])
    for (first, second), (mine, theirs) in product(combinations(FAMILIES, 2), product(GIVEN, GIVEN)):
        pairs += 1
        missed += may_be_one_family(ones[first, mine], others[second, theirs])
    return false, households, missed, pairs


@pytest.mark.requirement("F6")
@pytest.mark.parametrize("writing", WRITINGS)
def test_wrong_holds_are_as_few_as_the_page_says(writing: str) -> None:
    false, households, missed, pairs = counted(writing)

    row = f"| {writing} | {false} of {households} | {missed:,} of {pairs:,} ({100 * missed / pairs:.1f} %) |"

    assert any(row in page.read_text(encoding="utf-8") for page in PAGE.glob("*-who-is-who.md")), row
