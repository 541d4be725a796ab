"""What an office calls itself, told from its name."""

import pytest

from workflows.reading.offices import calls_itself


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("株式会社みほん市場調査", "当社"),
        ("みほんソフトウェア 株式会社", "当社"),
        ("例示健康保険組合", "当組合"),
        ("みほん信用組合", "当組合"),
        ("例示市", "当市"),
        ("見本県", "当県"),
        ("例示市教育委員会", "当委員会"),
        ("みほん市立病院", "当院"),
        ("国立大学法人みほん大学", "本学"),
        ("一般社団法人みほん専門職協会", "当法人"),
        ("Sampleshire Council", "当方"),
    ],
)
def test_a_name_says_what_kind_of_body_it_is(name: str, word: str) -> None:
    assert calls_itself(name) == word
