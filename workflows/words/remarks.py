"""The remarks beside the lines of a file that help shows; the files themselves have them in English.

Words that stand in such a file as they are (``post | phone``) are the same in both languages.
"""

SENTENCES: dict[str, dict[str, str]] = {
    "remark.hint": {
        "ja": "本人確認をする人への参考（証明にはなりません）",
        "en": "a hint to whoever verifies; it proves nothing",
    },
    "remark.regime": {
        "ja": "jp-appi | jp-public | eu-gdpr | uk-gdpr | 窓口で加えた法令。省けば通常の法令",
        "en": "jp-appi | jp-public | eu-gdpr | uk-gdpr | your own; else the usual one",
    },
    "remark.no_representative": {
        "ja": "true：代理人はいない、または誤って聞いた",
        "en": "true: there is none, or was told by mistake",
    },
    "remark.pack": {
        "ja": "投函済みの書式：let_be（そのまま） | send_again（新しいコードで送り直す）",
        "en": "forms in the post: let_be | send_again (a new code)",
    },
    "remark.boxes": {
        "ja": "印の付いた欄",
        "en": "the boxes ticked",
    },
    "remark.masking": {
        "ja": "masked | not_shown | open（省けます）",
        "en": "masked | not_shown | open; may be left out",
    },
    "remark.mandate": {
        "ja": "委任状なら rights: [disclosure] も",
        "en": "a mandate also: rights: [disclosure], what it was given for",
    },
    "remark.fees": {
        "ja": "手数料をいただく窓口で",
        "en": "where the office takes a fee",
    },
    "remark.decided_anew": {
        "ja": "outcomes を省けば、すべて決め直します",
        "en": "without outcomes: everything is to be decided anew",
    },
    "remark.confirmed": {
        "ja": "停止・消去を認めるなら confirmed: true も必要です",
        "en": "a halt or erasure that is granted also needs confirmed: true",
    },
    "remark.passed_to": {
        "ja": "停止や開示では、伝えたグループ会社を書けます：passed_to: [Sample Systems K.K.]",
        "en": "a halt or a disclosure may name the group companies it was passed to: passed_to: [Sample Systems K.K.]",
    },
    "remark.act": {
        "ja": "look（通常） | provision_records | correct | cease | cease_provision | erase",
        "en": "look (usual) | provision_records | correct | cease | cease_provision | erase",
    },
    "remark.by": {
        "ja": "省けば、その部署に定めた営業日数",
        "en": "left out: as many working days as the department is given",
    },
    "remark.promoted": {
        "ja": "ほかは open と同じ。受付方法・言葉・本人は、書かなければ問合せのとおり、",
        "en": "all else as for open; channel, language and person are the inquiry's unless given,",
    },
    "remark.promoted_at": {
        "ja": "最初の連絡の日時は、いつも問合せのとおりです",
        "en": "the time of first contact is always the inquiry's",
    },
    "remark.procedure": {
        "ja": "または 01-stamps、または file と file: PATH。first: 適用の日",
        "en": "or 01-stamps, or file with file: PATH; first: DAY",
    },
}
_IN_JAPANESE = {words["en"]: words["ja"] for words in SENTENCES.values()}


def remarked(file: str, language: str) -> str:
    """Return a file that help shows, with its remarks in that language."""
    return "\n".join(map(_in_japanese, file.splitlines())) if language == "ja" else file


def _in_japanese(line: str) -> str:
    before, mark, remark = line.partition("# ")
    needed, said = ("* ", remark[2:]) if remark.startswith("* ") else ("", remark)
    return f"{before}{mark}{needed}{_IN_JAPANESE.get(said, said)}"
