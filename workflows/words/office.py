"""What is said of the definition an office would start under."""

SENTENCES: dict[str, dict[str, str]] = {
    "older_definition": {
        "ja": "第{newest}版が既に使われているため、第{version}版では起動できません。第{newest}版以降を"
        "配置してください。前の内容に戻すときは、それを第{next}版とします。",
        "en": "version {newest} is in force already, so version {version} cannot start. Deploy version {newest} or "
        "newer; to return to an older shape, declare it as version {next}.",
    },
    "definition_changed": {
        "ja": "第{version}版の内容が、記録されている第{version}版と違います。版の番号を上げるか、記録された内容に"
        "戻してください。",
        "en": "version {version} was recorded in another shape. Raise the version, or return to the recorded shape.",
    },
    "state_vanished": {
        "ja": "新しい版にない状態（または終了となる状態）に、未了の請求があります：{states}。それらが進むまで、"
        "その状態を残してください。",
        "en": "open cases stand in states that the new version does not know as open: {states}. Keep these states "
        "until the cases have left them.",
    },
    "office.not_yours": {
        "ja": "{case} の担当は {owner} です。渡せるのは、いまの担当者（またはその代わり）と責任者だけです。",
        "en": "{case} is with {owner}: whoever has it, or stands in for them, may hand it on, and a lead any.",
    },
    "office.nobodys": {
        "ja": "{case} にはまだ担当者がいません。決められるのは責任者だけです。",
        "en": "{case} is in nobody's hands; a lead says whose it is.",
    },
    "office.none_here": {
        "ja": "ここに窓口はありません: {place}。./admin.py office found --lead NAME で開設します。",
        "en": "no office here: {place}; ./admin.py office found --lead NAME founds one.",
    },
    "office.says_demo": {
        "ja": "{said} とありますが、この窓口はデモとして開設されていません。",
        "en": "{said} is set, but this office was not founded as a demo.",
    },
    "office.says_clock": {
        "ja": "{said} とありますが、この窓口の時計は開設のとき {is} と決められています。",
        "en": "{said} is set, but this office was founded with the clock {is}.",
    },
    "office.says_sole": {
        "ja": "{said} とありますが、この窓口は開設のとき「一人だけの窓口: {is}」と決められています。",
        "en": "{said} is set, but this office was founded as a one-person office: {is}.",
    },
    "office.says_residency": {
        "ja": "{said} とありますが、この窓口のデータの所在地は開設のとき {is} と決められています。",
        "en": "{said} is set, but this office was founded with its data in {is}.",
    },
    "office.lead_is_service": {
        "ja": "{name} は窓口の処理が使うデータベースのログインで、担当者にはなれません。"
        "--lead には責任者本人のログインを指定してください。",
        "en": "{name} is the database login of the service itself, and nobody; name the lead's own login with --lead.",
    },
    "office.founded_already": {
        "ja": "この窓口は責任者 {lead} で既に開設されています。./admin.py office で確かめられます。",
        "en": "this office is founded already, with {lead} as its lead; ./admin.py office shows what it is.",
    },
    "office.staff_is_service": {
        "ja": "ワーカーのデータベースのログイン {name} は担当者です。ワーカーには専用のログインを使ってください。",
        "en": "the workers' database login {name} is a member of staff; give the workers a login of their own.",
    },
    "office.served_elsewhere": {
        "ja": "この窓口は機械 {machine} の処理が受け持っています。鍵（keys/）は1台の機械にしか置けないため、"
        "ほかの機械では動かせません。{machine} で動かすか、そちらを止めて1分後にやり直してください。",
        "en": "workers on the machine {machine} serve this office. The keys (keys/) belong to one machine, so nothing "
        "works on them from another: work on {machine}, or stop its workers and try again after a minute.",
    },
    "office.keys_of_another": {
        "ja": "{folder} には既に請求の鍵がありますが、そのデータベースがここにありません。MADOGUCHI_DATABASE_URL と "
        "MADOGUCHI_HOME を確かめるか、バックアップからデータベースを戻してください。新しい窓口は空の場所に開設します。",
        "en": "{folder} holds the keys of cases whose database is not here. Check MADOGUCHI_DATABASE_URL and "
        "MADOGUCHI_HOME, or restore the database from its backup; a new office is founded in an empty place.",
    },
    "name.length": {
        "ja": "名前は1文字以上{most}文字以内の、前後に空白のない一行にしてください。",
        "en": "a name is one line of 1 to {most} characters without blanks around it.",
    },
    "name.unseen": {
        "ja": "名前に、目に見えない文字（{point}）があります。打ち直してください。",
        "en": "the name holds a character nobody can see ({point}); type it again.",
    },
    "name.spelling": {
        "ja": "名前に全角の英数字や半角のカナなどがあります。「{plain}」と書いてください。",
        "en": "the name is written in full-width or other variant characters; write {plain}.",
    },
    "name.character": {
        "ja": "名前に使えない文字（{point}）があります。文字、数字、空白一つずつと . _ - ' @ + $ \\ ・ が使えます。",
        "en": "the name holds a character that cannot be used ({point}): letters, digits, single blanks and "
        ". _ - ' @ + $ \\ ・ can be.",
    },
    "name.no_letter": {
        "ja": "名前には文字か数字が必要です。",
        "en": "a name needs a letter or a digit.",
    },
    "name.scripts": {
        "ja": "名前に、似た文字を持つ複数の文字体系（{scripts}）が混ざっています。一つにそろえて打ち直してください"
        "（漢字、かな、ラテン文字は一緒に使えます）。",
        "en": "the name mixes scripts whose letters look alike ({scripts}); type it again in one "
        "(kanji, kana and Latin may stand together).",
    },
    "name.reserved": {
        "ja": "「{reserved}」は機械の名前で、それに似た名前も人には使えません。",
        "en": "'{reserved}' is the machine's own name; nobody may be called so, or alike.",
    },
    "name.taken": {
        "ja": "{other} という担当者がいます。大文字と小文字だけが違う名前は、別の人の名前にできません。",
        "en": "{other} works here: a name that differs in capital letters alone cannot be somebody else's.",
    },
    "name.looks_like": {
        "ja": "担当者 {other} の名前と見分けがつきません。見分けられる名前にしてください。",
        "en": "it cannot be told from {other}, who works here; choose a name that can.",
    },
    "name.service": {
        "ja": "{name} は窓口の処理そのもののログインです。だれのものでもないので、担当者にはできません。",
        "en": "{name} is a login of the service itself, which is nobody; it cannot be made staff.",
    },
}
