"""The remarks beside the lines of a file that help shows, in Japanese; the files themselves have them in English.

Words that stand in such a file as they are (``post | phone``) are the same in both.
"""

REMARKS: dict[str, str] = {
    "a hint to whoever verifies; it proves nothing": "本人確認をする人への参考（証明にはなりません）",
    "jp-appi | jp-public | eu-gdpr | uk-gdpr | your own; else the usual one": (
        "jp-appi | jp-public | eu-gdpr | uk-gdpr | 窓口で加えた法令。省けば通常の法令"
    ),
    "true: there is none, or was told by mistake": "true：代理人はいない、または誤って聞いた",
    "forms in the post: let_be | send_again (a new code)": (
        "投函済みの書式：let_be（そのまま） | send_again（新しいコードで送り直す）"
    ),
    "the boxes ticked": "印の付いた欄",
    "masked | not_shown | open; may be left out": "masked | not_shown | open（省けます）",
    "a mandate also: rights: [disclosure], what it was given for": "委任状なら rights: [disclosure] も",
    "where the office takes a fee": "手数料をいただく窓口で",
    "without outcomes: everything is to be decided anew": "outcomes を省けば、すべて決め直します",
    "a halt or erasure that is granted also needs confirmed: true": "停止・消去を認めるなら confirmed: true も必要です",
    "a halt or a disclosure may name the group companies it was passed to: passed_to: [Sample Systems K.K.]": (
        "停止や開示では、伝えたグループ会社を書けます：passed_to: [Sample Systems K.K.]"
    ),
    "look (usual) | provision_records | correct | cease | cease_provision | erase": (
        "look（通常） | provision_records | correct | cease | cease_provision | erase"
    ),
    "left out: as many working days as the department is given": "省けば、その部署に定めた営業日数",
    "all else as for open; channel, language and person are the inquiry's unless given,": (
        "ほかは open と同じ。受付方法・言葉・本人は、書かなければ問合せのとおり、"
    ),
    "the time of first contact is always the inquiry's": "最初の連絡の日時は、いつも問合せのとおりです",
    "or 01-stamps, or file with file: PATH; first: DAY": "または 01-stamps、または file と file: PATH。first: 適用の日",
}


def remarked(file: str, language: str) -> str:
    """Return a file that help shows, with its remarks in that language."""
    return "\n".join(map(_in_japanese, file.splitlines())) if language == "ja" else file


def _in_japanese(line: str) -> str:
    before, mark, remark = line.partition("# ")
    needed, said = ("* ", remark[2:]) if remark.startswith("* ") else ("", remark)
    return f"{before}{mark}{needed}{REMARKS.get(said, said)}"
