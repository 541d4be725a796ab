"""What is said of a file or a command line that cannot be accepted, after the name of the field and a colon.

Unlike the reasons of the rules it is never stored: who typed the file reads it at once, with codes as they are typed.
"""

SENTENCES: dict[str, dict[str, str]] = {
    "intake.missing": {"ja": "必ず記入してください。", "en": "is needed."},
    "intake.missing_word": {"ja": "{choices} のいずれかが必要です。", "en": "is needed: one of {choices}."},
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
        "ja": "{value} は不足の書き方ではありません。unsigned、unsealed、pages、authority、address、correction、fee、"
        "envelope、form:様式、document:subject、document:representative、masking:書類 のいずれかにしてください。",
        "en": "{value} names no gap; one of unsigned, unsealed, pages, authority, address, correction, fee, envelope, "
        "form:NAME, document:subject, document:representative, masking:TYPE.",
    },
    "intake.not_text": {"ja": "文字で記入してください。", "en": "must be text; put it in quotes."},
    "intake.not_yes_or_no": {
        "ja": "true か false（はい・いいえ、○・×）にしてください。",
        "en": "must be true or false (yes or no).",
    },
    "intake.not_a_number": {
        "ja": "{least} から {most} までの整数にしてください。",
        "en": "must be a whole number from {least} to {most}.",
    },
    "intake.not_a_decimal": {"ja": "数にしてください（1.5 など）。", "en": "must be a number, such as 1.5."},
    "intake.not_an_amount": {
        "ja": "金額として読めません。500 や 1,100円 のように記入してください。",
        "en": "is no amount; write it like 500 or 12.50.",
    },
    "intake.not_a_day": {
        "ja": "日付として読めません。2026-12-01 や 令和8年12月1日 のように記入してください。",
        "en": "is no day; write it like 2026-12-01 or R8.12.1.",
    },
    "intake.no_such_day": {
        "ja": "そのような日はありません。実在する日を 2026-12-01 のように記入してください。",
        "en": "there is no such day; write an existing one like 2026-12-01.",
    },
    "intake.serial_day": {
        "ja": "表計算ソフトが日を数えた数で、{day} か（古い Mac では）{other} です。日付の形で記入してください。",
        "en": "is a spreadsheet's count of days: {day}, or {other} in a file of an old Mac. Write the day itself.",
    },
    "intake.rounded_day": {
        "ja": "表計算ソフトが丸めた数で、どの日か分かりません。2026-12-01 のように記入してください。",
        "en": "is a number a spreadsheet has rounded, and the day is lost; write it like 2026-12-01.",
    },
    "intake.year_of_two_figures": {
        "ja": "年が二桁では西暦か元号か分かりません。2026-12-01 や R8.12.1 のように記入してください。",
        "en": "a year of two figures may be a western or a Japanese one; write it like 2026-12-01 or R8.12.1.",
    },
    "intake.no_year": {
        "ja": "年がありません。2026-12-01 のように年から記入してください。",
        "en": "names no year; write it with one, like 2026-12-01.",
    },
    "intake.no_era": {
        "ja": "どの元号の元年か分かりません。令和元年12月1日 のように元号から記入してください。",
        "en": "does not say of which era it is the first year; write it like R1.12.1.",
    },
    "intake.day_or_month": {
        "ja": "どちらが月か分かりません。2026-12-01 のように年から記入してください。",
        "en": "may be read as day and month or as month and day; write it from the year on, like 2026-12-01.",
    },
    "intake.not_in_the_era": {
        "ja": "{era}は {first} から {last} までで、この日はありません。元号と年を確かめてください。",
        "en": "{era} lasted from {first} to {last} and has no such day; check the era and the year.",
    },
    "intake.old_calendar": {
        "ja": "1872 年までは旧暦で、西暦の日が決まりません。1980-01-02 のように西暦で記入してください。",
        "en": "is a day of the calendar before 1873; write the western day, like 1980-01-02.",
    },
    "intake.not_that_weekday": {
        "ja": "{day} はその曜日ではありません。日か曜日のどちらかが誤りです。",
        "en": "{day} is not that day of the week; one of the two is wrong.",
    },
    "intake.time_in_a_day": {
        "ja": "時刻が付いています。日付だけを 2026-12-01 のように記入してください。",
        "en": "has a time of day; write the day alone, like 2026-12-01.",
    },
    "intake.no_such_time": {
        "ja": "そのような時刻はありません。0:00 から 23:59 までの時刻を記入してください。",
        "en": "there is no such time of day; write one from 0:00 to 23:59.",
    },
    "intake.twelve_oclock": {
        "ja": "午前12時と午後12時は、昼とも夜とも読まれます。12:{minute} か 0:{minute} と記入してください。",
        "en": "twelve o'clock in Japanese words is read as noon and as midnight; write 12:{minute} or 0:{minute}.",
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
    "intake.line_break": {
        "ja": "{character} は制御文字（改行）です。一行で記入してください。",
        "en": "{character} is a control character (a line break); write the value on one line.",
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
    "intake.spreadsheet_error": {
        "ja": "{value} は表計算ソフトの誤りで、元の値は失われています。元の表で直してください。",
        "en": "{value} is an error of a spreadsheet, and the value is lost; mend it where the table was made.",
    },
    "intake.too_narrow": {
        "ja": "#### は列の幅が足りなかった跡で、元の値は失われています。元の表の列を広げて保存し直してください。",
        "en": "#### is what a column too narrow shows, and the value is lost; widen the column and save it again.",
    },
    "intake.lost": {
        "ja": "{character} は、保存できなかった文字の跡です。元の文字か、かなで記入し直してください。",
        "en": "{character} stands where a character was lost; type the original again, or write it in kana.",
    },
    "intake.entity": {
        "ja": "{entity} は HTML の書き方で {character} を表します。その文字そのものを記入してください。",
        "en": "{entity} is HTML for {character}; type the character itself.",
    },
    "intake.escaped": {
        "ja": "{value} は文字をコードで書いたものです。元の文字を記入し直してください。",
        "en": "{value} is a character spelt as a code; type the original again.",
    },
    "intake.mojibake": {
        "ja": "文字化けしています（{was} を {read_as} として読んだ跡）。元のデータを UTF-8 で保存し直してください。",
        "en": "was damaged: {was} read as {read_as}. Save the original as UTF-8 again.",
    },
    "intake.says_nothing": {
        "ja": "{value} は値がないことを表します。値を記入してください。",
        "en": "{value} says that there is nothing; a value is needed.",
    },
    "intake.not_a_name": {
        "ja": "氏名として読めません。氏名の文字だけを記入してください（かなでも構いません）。",
        "en": "is no name; write the letters of the name alone, in any script.",
    },
    "intake.no_sign_of_a_name": {
        "ja": "「{sign}」は氏名の文字ではありません。氏名だけを記入してください。",
        "en": "{sign} is no part of a name; write the name alone.",
    },
    "intake.only_an_honorific": {
        "ja": "「{value}」だけで、氏名がありません。氏名を記入してください。",
        "en": "{value} alone names nobody; write the name.",
    },
    "intake.several_people": {
        "ja": "二人以上の氏名があるようです。一人ずつ別の件にしてください。",
        "en": "seems to name more than one person; open a case for each.",
    },
    "intake.care_of": {
        "ja": "「様方」は住所の一部です。住所の終わりに移し、氏名だけにしてください。",
        "en": "says with whom somebody lives (c/o), which belongs at the end of the address; write the name alone.",
    },
    "intake.byte_lost": {
        "ja": "文字化けしています（Shift_JIS の途中の一部が失われた跡）。元の氏名を記入し直してください。",
        "en": "was damaged: a part of a character was lost in Shift_JIS. Type the original again.",
    },
    "intake.ditto": {
        "ja": "上や別の欄と同じという印です。値そのものを記入してください。",
        "en": "says that it is the same as another cell; write the value itself.",
    },
    "intake.formula": {
        "ja": "表計算の式で、値ではありません。値にして保存し直してください。",
        "en": "is a formula of a spreadsheet and not its value; save the values.",
    },
    "intake.markup": {
        "ja": "{value} は HTML の印です。取り除いてください。",
        "en": "{value} is a mark of HTML; take it out.",
    },
    "intake.not_an_address": {
        "ja": "住所ではありません。列がずれていないか確かめてください。",
        "en": "is no postal address; check that no column has slipped.",
    },
    "intake.two_years": {
        "ja": "二通りに書かれた年が合いません（{one} と {two}）。どちらかを直してください。",
        "en": "has its year written twice, and they differ ({one} and {two}); mend one of them.",
    },
    "intake.span_or_zone": {
        "ja": "時刻が二つあるか時差付きか分かりません。始まりの時刻だけを 2026-12-01T11:00 のように記入してください。",
        "en": "may be two times or one with its zone; write one like 2026-12-01T11:00, with +09:00 for a zone.",
    },
    "intake.postcode_rounded_abroad": {
        "ja": "表計算ソフトが丸めた数で、元の番号は失われています。元の郵便番号を記入してください。",
        "en": "is a number a spreadsheet has rounded, and the postcode is lost; type the original.",
    },
    "intake.row_is_no_contact": {
        "ja": "連絡の行ではないようです（{missing} がありません）。合計や注記の行なら取り除いてください。",
        "en": "is no contact: {missing} are empty. Take out lines of totals and remarks.",
    },
    "intake.not_kana": {
        "ja": "かなで記入してください（かながない方はローマ字）。列がずれていないかも確かめてください。",
        "en": "must be kana, or Latin letters where there are none; check that no column has slipped.",
    },
    "intake.only_figures": {
        "ja": "日付か数字しかありません（表計算ソフトは 1-2 を 1月2日 に変えます）。住所を全部記入してください。",
        "en": "is a date or figures alone (a spreadsheet makes a date of 1-2); write the whole address.",
    },
    "intake.postcode_rounded": {
        "ja": "表計算ソフトが丸めた数で、元の番号は失われています。100-0001 の形で記入してください。",
        "en": "is a number a spreadsheet has rounded, and the postcode is lost; write it like 100-0001.",
    },
    "intake.postcode_short": {
        "ja": "数字が七つありません（表計算ソフトは先頭の 0 を落とします）。060-0001 の形で記入してください。"
        "外国の住所なら country も記入してください。",
        "en": "has not seven figures (a spreadsheet drops noughts in front); write it like 060-0001, or give the "
        "country of an address abroad.",
    },
    "intake.not_a_postcode": {
        "ja": "日本の郵便番号は七桁です。100-0001 の形で記入してください。外国の住所なら country も記入してください。",
        "en": "a postcode of Japan has seven figures, like 100-0001; for an address abroad give country too.",
    },
    "intake.not_a_phone": {
        "ja": "電話番号として読めません。03-0000-0001 や +44 20 7946 0017 のように一つだけ記入してください。",
        "en": "is no telephone number; write one alone, like 03-0000-0001 or +44 20 7946 0017.",
    },
    "intake.phone_rounded": {
        "ja": "表計算ソフトが丸めた数で、元の番号は失われています。03-0000-0001 の形で記入してください。",
        "en": "is a number a spreadsheet has rounded, and the telephone number is lost; write it like 03-0000-0001.",
    },
    "intake.not_an_email": {
        "ja": "name@example.com の形で記入してください。",
        "en": "must look like name@example.com.",
    },
    "intake.several_emails": {
        "ja": "メールアドレスは一つだけ記入してください。",
        "en": "holds more than one address of e-mail; write one.",
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
    "intake.not_a_country": {
        "ja": "国の一覧にありません。JP や GB のような二文字の国コードか、国名にしてください。",
        "en": "is not in the table of countries; write two letters like JP or GB, or the name.",
    },
    "intake.cut_by_a_comment": {
        "ja": '「#」から後は YAML では注釈になり、読まれません。値に # があるなら全体を "…" で囲み、'
        "注釈なら # の前を二文字以上空けてください。",
        "en": 'YAML takes what follows # for a comment and drops it. Put the whole value in "…" if # belongs to it; '
        "before a comment leave two blanks or more.",
    },
    "intake.comma_splits": {
        "ja": '{{ }} の中のコンマで値が切れています。コンマを含む値は "…" で囲んでください。',
        "en": 'a comma inside {{ }} ends the value before it; put values that hold a comma in "…".',
    },
    "intake.honorific": {"ja": "「{beside}」を除いて読みました。", "en": "read without “{beside}”."},
    "intake.read_as": {"ja": "{value} と読みました。", "en": "read as {value}."},
    "intake.read_as_empty": {"ja": "{value} を空欄として読みました。", "en": "{value} read as empty."},
    "intake.not_a_code": {
        "ja": "英小文字と下線だけの区分名にしてください。",
        "en": "must be a code of small letters and underscores.",
    },
    "intake.no_representative": {
        "ja": "representative(代理人)の記入がないため、代理人には送れません。",
        "en": "mail cannot go to a representative: representative is not given.",
    },
    "intake.nothing_in_place": {
        "ja": "空欄です。amend は書かれたものに置き換えます。今の内容を残すなら、この項目を書かないでください"
        "（消すことはできません）。",
        "en": "is empty; amend puts what is given in its place. Leave the key out to keep what stands (it cannot be "
        "emptied).",
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
    "intake.no_text_file": {
        "ja": "{kind}です。元のソフトで CSV UTF-8（表）か UTF-8 の文字だけのファイルに保存し直してください。",
        "en": "is {kind}; save it from there as CSV UTF-8 (a table) or as plain text in UTF-8.",
    },
    "intake.file.archive": {
        "ja": "表計算や文書のファイル（xlsx、ods、docx、numbers）か圧縮ファイル",
        "en": "a file of a spreadsheet or word processor (xlsx, ods, docx, numbers) or an archive",
    },
    "intake.file.office": {"ja": "古い Excel か Word のファイル", "en": "a file of an old Excel or Word"},
    "intake.file.pdf": {"ja": "PDF のファイル", "en": "a PDF"},
    "intake.file.picture": {"ja": "画像", "en": "a picture"},
    "intake.file.rtf": {"ja": "文書のファイル（RTF）", "en": "a file of a word processor (RTF)"},
    "intake.file.web": {"ja": "ウェブページか XML", "en": "a web page or XML"},
    "intake.cut_off": {
        "ja": "文字の途中で終わっています。途中で切れているので、元から写し直してください。",
        "en": "ends in the middle of a character: it was cut off; copy it again from where it came.",
    },
    "intake.two_encodings": {
        "ja": "ここから文字コードが変わっています。別の文字コードのファイルが混ざっています。UTF-8 に揃えて保存し直して"
        "ください。",
        "en": "is in another encoding than what stands before it; save all of it as UTF-8.",
    },
    "intake.not_utf8_nor_cp932": {
        "ja": "文字コードが UTF-8 でも Shift_JIS でもありません。CSV UTF-8 で保存し直してください。",
        "en": "is neither UTF-8 nor Shift_JIS; save it as CSV UTF-8.",
    },
    "intake.empty_file": {
        "ja": "「項目: 値」の組がありません。記入してください。",
        "en": "holds no keys and values; write some.",
    },
    "intake.several_documents": {
        "ja": "二件目(---)があります。一件分だけにしてください。",
        "en": "a second document begins here (---); hand in one at a time.",
    },
    "intake.no_anchors": {
        "ja": "アンカーと別名(&、*)は使えません。値をそのまま記入してください。& や * で始まる値は引用符で囲みます。",
        "en": 'anchors and aliases (&, *) are not taken; write the value out, and put one that begins so in "…".',
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
    "intake.no_known_column": {
        "ja": "一行目に項目名が見当たりません。氏名、郵便番号、住所、請求の種類 などの列名か、{known} のいずれかを"
        "一行目に記入してください。",
        "en": "the first line names no column that is known; name them there: {known}.",
    },
    "intake.columns_missing": {
        "ja": "必要な列がありません：{missing}。一行目と各行に加えてください。",
        "en": "columns are missing: {missing}. Add them to the first line and to every row.",
    },
    "intake.too_many_cells": {
        "ja": '項目名が {columns} 個なのに、値が {cells} 個あります。コンマを含む値は "…" で囲んでください。',
        "en": "has {cells} cells for {columns} columns; put values that hold a comma in quotes.",
    },
    "intake.too_few_cells": {
        "ja": "列が {columns} 個なのに、値が {cells} 個しかありません。途中で切れているか、値の中の改行が "
        '"…" で囲まれていません。',
        "en": "has {cells} cells for {columns} columns: the row was cut off, or a value that holds a line break is not "
        "in quotes.",
    },
    "intake.comma_shift": {
        "ja": '値の中のコンマで列がずれています。コンマを含む値は "…" で囲んでください。',
        "en": "a comma inside a value has shifted the columns; put values that hold a comma in quotes.",
    },
    "intake.open_quote": {
        "ja": "ここで始まる引用符が閉じていません。閉じるか、取り除いてください。",
        "en": "a quote that begins here is never closed; close it or take it out.",
    },
    "intake.unknown_columns": {
        "ja": "使えない列があります：{names}。取り除いてください。使えるのは 氏名、住所 などの列か、{known} です。",
        "en": "these columns are not known: {names}. Take them out, or name them as one of {known}.",
    },
    "intake.no_known_key": {
        "ja": "知っている項目名がありません。項目名は英語です：{known}。",
        "en": "holds no key that is known; known are {known}.",
    },
    "intake.belongs_to_somebody": {
        "ja": "{key} は人の項目です。{below} のうち該当する項目の次の行に、空白二つ下げて記入してください。",
        "en": "{key} tell of a person; write them below the key it is ({below}), two blanks further in.",
    },
    "intake.no_address_to_mail": {
        "ja": "手紙は代理人に送りますが、代理人の住所がまだありません。",
        "en": "letters go to the representative, whose address is not known yet.",
    },
    "intake.doubled_column": {"ja": "同じ列が二つあります。", "en": "this column stands there twice."},
    "intake.bad_cell": {
        "ja": "CSV として読めません。元の表を CSV UTF-8 で保存し直してください。",
        "en": "cannot be read as CSV; save the table as CSV UTF-8 again.",
    },
    "intake.quote_inside": {
        "ja": '引用符が値の途中で閉じています。値の中の " は "" と二つ書いてください。',
        "en": 'a quote ends before the value does; write "" for a quote inside of a value.',
    },
    "intake.cell_too_long": {
        "ja": '値が長すぎます。前の " が閉じていないかもしれません。',
        "en": "holds a value longer than any can be; perhaps a quote before it is never closed.",
    },
}
