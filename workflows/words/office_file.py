"""What is wrong with a procedure.toml, in whichever part; what only one part says stands in a file of its name."""

SENTENCES: dict[str, dict[str, str]] = {
    "office_file.no_toml": {"ja": "TOMLとして読めません（{error}）", "en": "it is no TOML ({error})"},
    "office_file.too_big": {"ja": "{most}バイトより大きいファイルです", "en": "it has more than {most} bytes"},
    "office_file.no_utf8": {
        "ja": "UTF-8で保存されていません（{line}行目）。UTF-8で保存し直してください",
        "en": "it is not UTF-8 (line {line}); save it as UTF-8",
    },
    "office_file.missing": {"ja": "{key}がありません", "en": "{key} is missing"},
    "office_file.unknown": {
        "ja": "{key}という項目はここにはありません。使えるものは {known} です",
        "en": "{key} is not known here; known are {known}",
    },
    "office_file.unknown_near": {
        "ja": "{key}という項目はここにはありません。{near}のことでしょうか。使えるものは {known} です",
        "en": "{key} is not known here; is {near} meant? Known are {known}",
    },
    "office_file.no_regime": {
        "ja": "regimeの{regime}という法令はありません。{known} のいずれかにしてください",
        "en": "regime is {regime}, which is no law known here; write one of {known}",
    },
    "office_file.no_text": {
        "ja": "{key}の{value}は使えません。文字列（引用符の中）で書いてください",
        "en": "{key} is {value}; write a text in quotes",
    },
    "office_file.unprintable": {
        "ja": "{key}に改行などの制御文字があります。1行で書いてください",
        "en": "{key} has a line break or another character that cannot be printed; write one line",
    },
    "office_file.no_glyph": {
        "ja": "{key}の{characters}は手元の字体にありません。手紙に印字できません",
        "en": "{key} has {characters}, which no font carries: no letter could say it",
    },
    "office_file.too_long": {
        "ja": "{key}は{length}文字あります。{most}文字までです",
        "en": "{key} has {length} characters; at most {most} fit",
    },
    "office_file.no_word": {
        "ja": "{key}の{value}は使えません。使えるのは {known} です",
        "en": "{key} is {value}; write one of {known}",
    },
    "office_file.no_list": {
        "ja": "{key}の{value}は使えません。角括弧の中に並べてください。使えるのは {known} です",
        "en": "{key} is {value}; write a list in brackets, of {known}",
    },
    "office_file.no_word_in_list": {
        "ja": "{key}の中の{value}は使えません。使えるのは {known} です",
        "en": "{key} names {value}, which is not known; known are {known}",
    },
    "office_file.twice_in_list": {"ja": "{key}に{value}が2回あります", "en": "{key} names {value} twice"},
    "office_file.no_texts": {
        "ja": "{key}の{value}は使えません。文字列を角括弧の中に並べてください",
        "en": "{key} is {value}; write a list of texts in brackets",
    },
    "office_file.no_text_in_list": {
        "ja": "{key}の中の{value}は、印字できる1行の文字列ではありません",
        "en": "{key} has {value} in it, which is no text of one printable line",
    },
    "office_file.no_number": {
        "ja": "{key}の{value}は使えません。{least}から{most}までの整数で書いてください",
        "en": "{key} is {value}; write a whole number from {least} to {most}",
    },
    "office_file.no_flag": {
        "ja": "{key}の{value}は使えません。trueかfalseで書いてください",
        "en": "{key} is {value}; write true or false",
    },
    "office_file.no_day": {
        "ja": "{key}の{value}は日付ではありません。2026-12-01のように、引用符なしで書いてください",
        "en": "{key} is {value}, which is not a date; write it as 2026-12-01, without quotes",
    },
    "office_file.day_without_sense": {
        "ja": "{key}の{value}はありえない日付です。{first}年から{last}年までの日を書いてください",
        "en": "{key} is {value}; write a day of the years {first} to {last}",
    },
    "office_file.no_period": {
        "ja": "{key}の{value}は期間ではありません。{{ weeks = 2 }}のように書いてください。単位は {units} です",
        "en": "{key} is {value}, which is no time; write it as {{ weeks = 2 }}, in one of {units}",
    },
    "office_file.no_table": {
        "ja": "{key}の{value}は表ではありません。[{key}]の下に書いてください",
        "en": "{key} is {value}; write a table, [{key}]",
    },
    "office_file.no_rows": {
        "ja": "{key}の{value}は表の並びではありません。それぞれの前に[[{key}]]と書いてください",
        "en": "{key} is {value}; write [[{key}]] before each row",
    },
}
