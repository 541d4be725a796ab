"""What is said of a file or a command line that cannot be accepted, after the name of the field and a colon.

Unlike the reasons of the rules it is never stored: who typed the file reads it at once, so codes stand in it as they
must be typed.
"""

SENTENCES: dict[str, dict[str, str]] = {
    "intake.missing": {"ja": "必ず記入してください。", "en": "is needed."},
    "intake.unknown_key": {
        "ja": "{key} という項目はありません。使える項目は {known} です。",
        "en": "there is no {key}; known are {known}.",
    },
    "intake.unknown_key_near": {
        "ja": "{key} という項目はありません。{near} の誤りではありませんか。",
        "en": "there is no {key}; did you mean {near}?",
    },
    "intake.not_one_of": {
        "ja": "{value} は{what}ではありません。{choices} のいずれかにしてください。",
        "en": "{value} is not {what}; one of {choices}.",
    },
    "intake.system_only": {
        "ja": "{value} はシステムだけが設定します。{choices} のいずれかにしてください。",
        "en": "{value} is set by the system only; one of {choices}.",
    },
    "intake.no_gap": {
        "ja": "{value} は不足の書き方ではありません。unsigned、pages、authority、address、correction、form:様式、"
        "document:subject、document:representative、masking:書類 のいずれかにしてください。",
        "en": "{value} names no gap; one of unsigned, pages, authority, address, correction, form:NAME, "
        "document:subject, document:representative, masking:TYPE.",
    },
    "intake.not_text": {"ja": "文字で記入してください。", "en": "must be text; put it in quotes."},
    "intake.not_yes_or_no": {"ja": "true または false にしてください。", "en": "must be true or false."},
    "intake.not_a_number": {
        "ja": "{least} から {most} までの整数にしてください。",
        "en": "must be a whole number from {least} to {most}.",
    },
    "intake.not_a_decimal": {"ja": "数にしてください（1.5 など）。", "en": "must be a number, such as 1.5."},
    "intake.not_a_day": {
        "ja": "日付として読めません。2026-12-01 の形で、実在する日を記入してください。",
        "en": "is no day; write an existing one like 2026-12-01.",
    },
    "intake.not_a_moment": {
        "ja": "日時として読めません。2026-12-01T11:00 の形で記入してください。",
        "en": "is no day and time; write it like 2026-12-01T11:00.",
    },
    "intake.no_time_of_day": {
        "ja": "時刻も記入してください。例: {day}T11:00",
        "en": "needs the time of day too, like {day}T11:00.",
    },
    "intake.year_out_of_range": {
        "ja": "{first} 年から {last} 年までの日付にしてください。",
        "en": "must lie between the years {first} and {last}.",
    },
    "intake.not_a_list": {"ja": "[a, b] のような一覧で記入してください。", "en": "must be a list, like [a, b]."},
    "intake.not_a_mapping": {
        "ja": "「項目: 値」の組で記入してください。使える項目は {known} です。",
        "en": "must be a group of keys and values; known are {known}.",
    },
    "intake.empty_list": {"ja": "一つ以上記入してください。", "en": "needs at least one entry."},
    "intake.empty_entry": {"ja": "空の項目があります。削除してください。", "en": "is empty; take it out."},
    "intake.repeated": {
        "ja": "{value} が重複しています。一度だけ記入してください。",
        "en": "{value} stands there twice; once is enough.",
    },
    "intake.too_long": {
        "ja": "{length} 文字あります。{most} 文字以内にしてください。",
        "en": "has {length} characters; {most} are the most.",
    },
    "intake.too_wide": {
        "ja": "{length} 文字あり、封筒の窓の中で {taken} 行になります。入るのは {lines} 行（全角で約 {wide} 文字、"
        "半角で約 {narrow} 文字）までです。短くしてください。",
        "en": "has {length} characters, which take {taken} lines in the window of the envelope; {lines} fit, about "
        "{narrow} ordinary characters or {wide} full-width ones. Shorten it.",
    },
    "intake.control": {
        "ja": "{character} は制御文字です。取り除いてください。",
        "en": "{character} is a control character; take it out.",
    },
    "intake.unprintable": {
        "ja": "手元の字体にない文字があり、手紙に印刷できません：{characters}。別の字体か仮名で書いてください。",
        "en": "no font we carry has {characters}, so no letter could be printed; write it in another form or in kana.",
    },
    "intake.invisible": {
        "ja": "{character} は目に見えない文字です。取り除いてください。",
        "en": "{character} is an invisible character; take it out.",
    },
    "intake.only_invisible": {
        "ja": "{character} など、目に見えない文字しか入っていません。",
        "en": "holds nothing but invisible characters, {character} first.",
    },
    "intake.surrogate": {
        "ja": "{character} は代用対の片割れで、文字ではありません。元の文字を記入し直してください。",
        "en": "{character} is half of a surrogate pair, which is no character; type the character again.",
    },
    "intake.private_use": {
        "ja": "{character} は外字で、他の機械では印刷できません。標準の文字か、かなで記入してください。",
        "en": "{character} is a private-use character (gaiji), which cannot be printed; write it in standard "
        "characters or in kana.",
    },
    "intake.damaged": {
        "ja": "{character} は文字化けの跡です。元の文字を記入し直してください。",
        "en": "{character} is what a character damaged on the way leaves behind; type the original again.",
    },
    "intake.not_an_email": {
        "ja": "name@example.com の形で記入してください。",
        "en": "must look like name@example.com.",
    },
    "intake.not_a_country": {
        "ja": "JP のような二文字の国コードにしてください。",
        "en": "must be the two letters of a country, like JP.",
    },
    "intake.form_code_length": {
        "ja": "書式コードは{right}文字ですが、{typed}文字あります。書式の「Code:」の行と見比べてください"
        "（コードのない書式なら、この項目を省きます）。",
        "en": "a form code has {right} characters, and this has {typed}; compare it with the line “Code:” on the form "
        "(leave it out where the form has none).",
    },
    "intake.form_code_mistyped": {
        "ja": "書式コードの検査文字が合わず、書き間違いと分かります。書式の「Code:」の行と見比べてください"
        "（何も登録していません）。",
        "en": "the check character does not fit the rest: a slip of the finger; compare it with the line “Code:” on "
        "the form. Nothing was registered.",
    },
    "intake.not_a_code": {
        "ja": "英小文字と下線だけの区分名にしてください。",
        "en": "must be a code of small letters and underscores.",
    },
    "intake.no_representative": {
        "ja": "representative(代理人)の記入がないため、代理人には送れません。",
        "en": "mail cannot go to a representative: representative is not given.",
    },
    "intake.nothing_changes": {
        "ja": "why のほかに、変更する項目を一つ以上記入してください。",
        "en": "needs at least one key that changes, besides why.",
    },
    "intake.unreadable": {"ja": "{name} を読めません({why})。", "en": "{name} cannot be read ({why})."},
    "intake.too_big": {
        "ja": "{most} バイトを超えています。一件分だけのファイルにしてください。",
        "en": "is larger than {most} bytes; hand in one contact at a time.",
    },
    "intake.not_utf8": {
        "ja": "文字コードが UTF-8 ではありません。UTF-8 で保存し直してください。",
        "en": "is not UTF-8; save it as UTF-8.",
    },
    "intake.not_utf8_nor_cp932": {
        "ja": "文字コードが UTF-8 でも Shift_JIS でもありません。CSV UTF-8 で保存し直してください。",
        "en": "is neither UTF-8 nor Shift_JIS; save it as CSV UTF-8.",
    },
    "intake.malformed": {"ja": "この行の書き方を解釈できません({why})。", "en": "cannot be understood here ({why})."},
    "intake.empty_file": {
        "ja": "「項目: 値」の組がありません。記入してください。",
        "en": "holds no keys and values; write some.",
    },
    "intake.several_documents": {
        "ja": "二件目(---)があります。一件分だけにしてください。",
        "en": "a second document begins here (---); hand in one at a time.",
    },
    "intake.no_anchors": {
        "ja": "アンカーと別名(&、*)は使えません。値をそのまま記入してください。",
        "en": "anchors and aliases (&, *) are not taken; write the value out.",
    },
    "intake.no_tags": {
        "ja": "タグ(!)は使えません。値だけを記入してください。",
        "en": "tags (!) are not taken; write the value alone.",
    },
    "intake.key_not_text": {"ja": "項目名は文字で記入してください。", "en": "a key must be text."},
    "intake.doubled_key": {
        "ja": "同じ項目が二度あります。一度だけにしてください。",
        "en": "stands there twice; once is enough.",
    },
    "intake.too_deep": {"ja": "入れ子が深すぎます。", "en": "is nested too deeply."},
    "intake.no_columns": {"ja": "一行目に項目名がありません。", "en": "the first line must name the columns."},
    "intake.too_many_cells": {
        "ja": "項目名が {columns} 個なのに、値が {cells} 個あります。",
        "en": "has {cells} cells for {columns} columns; put values that hold a comma in quotes.",
    },
    "intake.doubled_column": {"ja": "同じ列が二つあります。", "en": "this column stands there twice."},
    "intake.bad_cell": {"ja": "CSV として読めません({why})。", "en": "cannot be read as CSV ({why})."},
}
