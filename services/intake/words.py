"""The sentences of the border, in both languages, and how it names what it expected.

They follow the name of a field and a colon. Unlike the reasons of the rules they are never stored: who typed the file
reads them at once, so codes stand in them as they must be typed.
"""

SENTENCES: dict[str, dict[str, str]] = {
    "missing": {"ja": "必ず記入してください。", "en": "is needed."},
    "unknown_key": {
        "ja": "{key} という項目はありません。使える項目は {known} です。",
        "en": "there is no {key}; known are {known}.",
    },
    "unknown_key_near": {
        "ja": "{key} という項目はありません。{near} の誤りではありませんか。",
        "en": "there is no {key}; did you mean {near}?",
    },
    "not_one_of": {
        "ja": "{value} は{what}ではありません。{choices} のいずれかにしてください。",
        "en": "{value} is not {what}; one of {choices}.",
    },
    "system_only": {
        "ja": "{value} はシステムだけが設定します。{choices} のいずれかにしてください。",
        "en": "{value} is set by the system only; one of {choices}.",
    },
    "no_gap": {
        "ja": "{value} は不足の書き方ではありません。unsigned、pages、authority、address、correction、form:様式、"
        "document:subject、document:representative、masking:書類 のいずれかにしてください。",
        "en": "{value} names no gap; one of unsigned, pages, authority, address, correction, form:NAME, "
        "document:subject, document:representative, masking:TYPE.",
    },
    "not_text": {"ja": "文字で記入してください。", "en": "must be text; put it in quotes."},
    "not_yes_or_no": {"ja": "true または false にしてください。", "en": "must be true or false."},
    "not_a_number": {
        "ja": "{least} から {most} までの整数にしてください。",
        "en": "must be a whole number from {least} to {most}.",
    },
    "not_a_day": {
        "ja": "日付として読めません。2026-12-01 の形で、実在する日を記入してください。",
        "en": "is no day; write an existing one like 2026-12-01.",
    },
    "not_a_moment": {
        "ja": "日時として読めません。2026-12-01T11:00 の形で記入してください。",
        "en": "is no day and time; write it like 2026-12-01T11:00.",
    },
    "no_time_of_day": {
        "ja": "時刻も記入してください。例: {day}T11:00",
        "en": "needs the time of day too, like {day}T11:00.",
    },
    "year_out_of_range": {
        "ja": "{first} 年から {last} 年までの日付にしてください。",
        "en": "must lie between the years {first} and {last}.",
    },
    "not_a_list": {"ja": "[a, b] のような一覧で記入してください。", "en": "must be a list, like [a, b]."},
    "not_a_mapping": {
        "ja": "「項目: 値」の組で記入してください。使える項目は {known} です。",
        "en": "must be a group of keys and values; known are {known}.",
    },
    "empty_list": {"ja": "一つ以上記入してください。", "en": "needs at least one entry."},
    "empty_entry": {"ja": "空の項目があります。削除してください。", "en": "is empty; take it out."},
    "repeated": {
        "ja": "{value} が重複しています。一度だけ記入してください。",
        "en": "{value} stands there twice; once is enough.",
    },
    "too_long": {
        "ja": "{length} 文字あります。{most} 文字以内にしてください。",
        "en": "has {length} characters; {most} are the most.",
    },
    "too_wide": {
        "ja": "{length} 文字あり、封筒の窓の中で {taken} 行になります。入るのは {lines} 行（全角で約 {wide} 文字、"
        "半角で約 {narrow} 文字）までです。短くしてください。",
        "en": "has {length} characters, which take {taken} lines in the window of the envelope; {lines} fit, about "
        "{narrow} ordinary characters or {wide} full-width ones. Shorten it.",
    },
    "control": {
        "ja": "{character} は制御文字です。取り除いてください。",
        "en": "{character} is a control character; take it out.",
    },
    "unprintable": {
        "ja": "手元の字体にない文字があり、手紙に印刷できません：{characters}。別の字体か仮名で書いてください。",
        "en": "no font we carry has {characters}, so no letter could be printed; write it in another form or in kana.",
    },
    "invisible": {
        "ja": "{character} は目に見えない文字です。取り除いてください。",
        "en": "{character} is an invisible character; take it out.",
    },
    "only_invisible": {
        "ja": "{character} など、目に見えない文字しか入っていません。",
        "en": "holds nothing but invisible characters, {character} first.",
    },
    "surrogate": {
        "ja": "{character} は代用対の片割れで、文字ではありません。元の文字を記入し直してください。",
        "en": "{character} is half of a surrogate pair, which is no character; type the character again.",
    },
    "private_use": {
        "ja": "{character} は外字で、他の機械では印刷できません。標準の文字か、かなで記入してください。",
        "en": "{character} is a private-use character (gaiji), which cannot be printed; write it in standard "
        "characters or in kana.",
    },
    "damaged": {
        "ja": "{character} は文字化けの跡です。元の文字を記入し直してください。",
        "en": "{character} is what a character damaged on the way leaves behind; type the original again.",
    },
    "not_an_email": {"ja": "name@example.com の形で記入してください。", "en": "must look like name@example.com."},
    "not_a_country": {
        "ja": "JP のような二文字の国コードにしてください。",
        "en": "must be the two letters of a country, like JP.",
    },
    "not_a_code": {
        "ja": "英小文字と下線だけの区分名にしてください。",
        "en": "must be a code of small letters and underscores.",
    },
    "no_representative": {
        "ja": "representative(代理人)の記入がないため、代理人には送れません。",
        "en": "mail cannot go to a representative: representative is not given.",
    },
    "nothing_changes": {
        "ja": "why のほかに、変更する項目を一つ以上記入してください。",
        "en": "needs at least one key that changes, besides why.",
    },
    # -- files ----------------------------------------------------------------------------------------------------
    "unreadable": {"ja": "{name} を読めません({why})。", "en": "{name} cannot be read ({why})."},
    "too_big": {
        "ja": "{most} バイトを超えています。一件分だけのファイルにしてください。",
        "en": "is larger than {most} bytes; hand in one contact at a time.",
    },
    "not_utf8": {
        "ja": "文字コードが UTF-8 ではありません。UTF-8 で保存し直してください。",
        "en": "is not UTF-8; save it as UTF-8.",
    },
    "not_utf8_nor_cp932": {
        "ja": "文字コードが UTF-8 でも Shift_JIS でもありません。CSV UTF-8 で保存し直してください。",
        "en": "is neither UTF-8 nor Shift_JIS; save it as CSV UTF-8.",
    },
    "malformed": {
        "ja": "この行の書き方を解釈できません({why})。",
        "en": "cannot be understood here ({why}).",
    },
    "empty_file": {
        "ja": "「項目: 値」の組がありません。記入してください。",
        "en": "holds no keys and values; write some.",
    },
    "several_documents": {
        "ja": "二件目(---)があります。一件分だけにしてください。",
        "en": "a second document begins here (---); hand in one at a time.",
    },
    "no_anchors": {
        "ja": "アンカーと別名(&、*)は使えません。値をそのまま記入してください。",
        "en": "anchors and aliases (&, *) are not taken; write the value out.",
    },
    "no_tags": {
        "ja": "タグ(!)は使えません。値だけを記入してください。",
        "en": "tags (!) are not taken; write the value alone.",
    },
    "key_not_text": {"ja": "項目名は文字で記入してください。", "en": "a key must be text."},
    "doubled_key": {
        "ja": "同じ項目が二度あります。一度だけにしてください。",
        "en": "stands there twice; once is enough.",
    },
    "too_deep": {"ja": "入れ子が深すぎます。", "en": "is nested too deeply."},
    "no_columns": {
        "ja": "一行目に項目名がありません。",
        "en": "the first line must name the columns.",
    },
    "too_many_cells": {
        "ja": "項目名が {columns} 個なのに、値が {cells} 個あります。",
        "en": "has {cells} cells for {columns} columns; put values that hold a comma in quotes.",
    },
    "doubled_column": {"ja": "同じ列が二つあります。", "en": "this column stands there twice."},
    "bad_cell": {"ja": "CSV として読めません({why})。", "en": "cannot be read as CSV ({why})."},
}

EXPECTED: dict[str, dict[str, str]] = {
    "Right": {"ja": "請求の種類", "en": "a right"},
    "FormName": {"ja": "様式", "en": "a form"},
    "Category": {"ja": "本人の区分", "en": "a category"},
    "Channel": {"ja": "受付方法", "en": "a channel"},
    "Language": {"ja": "言語", "en": "a language"},
    "Party": {"ja": "当事者", "en": "a party"},
    "RepresentativeKind": {"ja": "代理の種類", "en": "a kind of representative"},
    "OutcomeName": {"ja": "決定", "en": "an outcome"},
    "Masking": {"ja": "黒塗りの状態", "en": "a state of masking"},
    "AddressShown": {"ja": "住所の表示", "en": "an answer to which address it shows"},
    "MailClass": {"ja": "郵便の種類", "en": "a class of mail"},
    "ReturnReason": {"ja": "返戻の理由", "en": "a reason of return"},
    "HoldReason": {"ja": "保留の理由", "en": "a reason to hold"},
    "VoidReason": {"ja": "無効の理由", "en": "a reason to void"},
    "ExtendReason": {"ja": "延長の理由", "en": "a reason to extend"},
    "ToldHow": {"ja": "連絡の方法", "en": "a way to tell"},
    "Document.type": {"ja": "本人確認書類", "en": "an identity document"},
    "Authority.type": {"ja": "代理権の証明書類", "en": "a proof of the right to represent"},
    "Open.regime": {"ja": "適用する法令", "en": "a law (regime)"},
    "Halt.measure": {"ja": "停止等の措置", "en": "a measure"},
    "Halt.reason": {"ja": "停止等の理由", "en": "a reason for a halt"},
    "method": {"ja": "開示の方法", "en": "a method of disclosure"},
}


def tell(code: str, language: str, **params: object) -> str:
    """Return the sentence for a fault in ``ja`` or ``en``."""
    return SENTENCES[code]["ja" if language == "ja" else "en"].format_map(params)


def expected(what: str, language: str) -> str:
    """Return what was expected in the words of the reader, or the code where it has no words."""
    words = EXPECTED.get(what)
    return what if words is None else words["ja" if language == "ja" else "en"]


def quoted(value: object) -> str:
    """Return what was typed as it may be shown: in quotes, short, nothing in it that a terminal would obey."""
    text = str(value)
    return repr(text if len(text) <= 40 else text[:39] + "…")
