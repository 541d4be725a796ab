"""What `commands/office.py` says."""

SENTENCES: dict[str, dict[str, str]] = {
    "office.another_procedure": {
        "ja": "{number} は手続「{own}」のものです。この操作は手続「{procedure}」の請求にだけ行えます。",
        "en": "{number} belongs to the procedure {own}; this is done to cases of {procedure} alone.",
    },
    "office.as_refused": {
        "ja": "--as は使えません。本人のログインで操作してください（デモとして開設した窓口でだけ使えます）。",
        "en": "--as is refused: work under your own login (only an office that was founded as a demo permits it).",
    },
    "office.no_role": {
        "ja": "{name} には役割がありません。責任者が ./admin.py staff add {name} --role … で登録できます。",
        "en": "{name} has no role here; a lead can give one: ./admin.py staff add {name} --role ….",
    },
    "office.not_for_departments": {
        "ja": "部署の担当者（holder）が使えるのは search list・show・file・answer・hand-on・take-back だけです。",
        "en": "people of departments (holders) may use search list, show, file, answer, hand-on and take-back alone.",
    },
    "office.only_lead": {
        "ja": "この操作ができるのは責任者（lead）だけです。だれが責任者かは ./admin.py staff list で分かります。",
        "en": "only a lead may do this; ./admin.py staff list shows who is one.",
    },
    "office.nobody": {
        "ja": "{name} という担当者はいません。登録されている人は ./admin.py staff list で分かります。",
        "en": "nobody here is called {name}; ./admin.py staff list shows who works here.",
    },
    "office.no_case_number": {
        "ja": "{text} は請求の番号ではありません。番号は 26-000017-Y の形で、最後の文字は検査用です。"
        "写し間違いがないか確かめてください。",
        "en": "{text} is no case number: it looks like 26-000017-Y, and the last character is a check. Compare it "
        "with the paper.",
    },
    "office.not_opened_yet": {
        "ja": "{number} の受付はまだ実行されていません。窓口の処理（make desk）が動けば実行されます。",
        "en": "{number} is accepted but not opened yet; that happens as soon as the desk runs (make desk).",
    },
    "office.mistyped": {
        "ja": "{text} は検査文字が合いません。番号を書き間違えていないか、もう一度確かめてください。",
        "en": "{text} is mistyped: its check character does not fit the rest; compare the number once more.",
    },
    "office.number_of_a_letter": {
        "ja": "{letter} は手紙の番号です。請求の番号は {case} です。",
        "en": "{letter} is the number of a letter; the number of its case is {case}.",
    },
    "office.no_such_case": {
        "ja": "{number} という請求はありません。./admin.py list で番号を確かめてください。",
        "en": "there is no case {number}; ./admin.py list shows those there are.",
    },
}
