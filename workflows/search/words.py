"""What is said of searches: refusals, notices, help, and the words for their states and steps."""

SENTENCES: dict[str, dict[str, str]] = {
    "search.help": {
        "ja": "部署に照会し、保有する情報や対応の結果を回答してもらいます。",
        "en": "Ask departments for what they hold, or to act, and take in their answers.",
    },
    "search.help.ask": {
        "ja": "請求について部署に照会します（検索、または訂正・停止・消去の依頼）。",
        "en": "Ask a department for what it holds about the person of a case, or to act on it.",
    },
    "search.help.answer": {
        "ja": "部署として回答します（見つかったもの、対応した内容）。ファイルは封印して保管します。",
        "en": "Answer for a department: what was found or done. Files are taken in sealed.",
    },
    "search.help.take_back": {
        "ja": "誤って記録した回答を取り消します。照会は元の期限で続きます。",
        "en": "Take back an answer that was recorded by mistake; the question is open again.",
    },
    "search.help.ask_again": {
        "ja": "回答済みの部署に追加で照会します。前の回答のファイルは残ります。",
        "en": "Ask a department that has answered for more; what it sent before stays.",
    },
    "search.help.hand_on": {
        "ja": "実際に保有する部署へ照会を回します。",
        "en": "Hand a question on to the department that holds it in truth.",
    },
    "search.help.extend": {
        "ja": "部署の回答期限を変更します。",
        "en": "Give a department another last day.",
    },
    "search.help.recall": {
        "ja": "照会を取り下げます（誤り、または不要になったとき）。",
        "en": "Recall a question asked by mistake, or no longer needed.",
    },
    "search.help.restore": {
        "ja": "取り下げた照会を再び行います。",
        "en": "Ask a recalled question after all.",
    },
    "search.option.department": {"ja": "照会先の部署（コード）", "en": "the department, by its code"},
    "search.option.by": {"ja": "回答期限（その日を含む）", "en": "the last day it has"},
    "search.option.what": {"ja": "照会の内容", "en": "what is asked"},
    "search.option.act": {
        "ja": "依頼の種類（検索、訂正等、利用停止、提供停止、消去）",
        "en": "what it is to do: look (usual), or act",
    },
    "search.field.parent": {"ja": "請求", "en": "case"},
    "search.field.department": {"ja": "照会先", "en": "department"},
    "search.field.act": {"ja": "依頼", "en": "asked for"},
    "search.field.due_on": {"ja": "回答期限", "en": "answer by"},
    "search.field.asked_by": {"ja": "照会した人", "en": "asked by"},
    "search.field.found": {"ja": "回答", "en": "answer"},
    "search.field.answered_by": {"ja": "回答した人", "en": "answered by"},
    "search.field.done_on": {"ja": "対応した日", "en": "done on"},
    "search.field.files": {"ja": "ファイル", "en": "files"},
    "search.field.asked": {"ja": "照会の内容", "en": "asked"},
    "search.field.note": {"ja": "説明", "en": "note"},
    "search.field.done": {"ja": "対応", "en": "done"},
    "search.field.whys": {"ja": "理由", "en": "reasons given"},
    "search.field.names": {"ja": "ファイル名", "en": "names of files"},
    "search.file_of": {"ja": "{file}（{pages}ページ）", "en": "{file}, pages: {pages}"},
    "search.file_destroyed": {"ja": "{file}（{pages}ページ、消去済み）", "en": "{file}, pages: {pages}, destroyed"},
    "search.asked.Ask.department": {"ja": "照会先の部署", "en": "department"},
    "search.asked.Ask.what": {"ja": "照会の内容", "en": "what it is to look for, or to do"},
    "search.asked.Ask.by": {
        "ja": "回答期限（空欄なら部署の通常の日数）",
        "en": "last day it has (empty: the days it is usually given)",
    },
    "search.asked.Ask.act": {"ja": "依頼の種類", "en": "what is asked for"},
    "search.asked.Answer.found": {"ja": "結果", "en": "what was found"},
    "search.asked.Answer.note": {
        "ja": "説明（ファイルのない「あり」には必要です）",
        "en": "note (needed where something was found and no file goes with it)",
    },
    "search.asked.Answer.done": {"ja": "対応した内容", "en": "what was done"},
    "search.asked.Answer.done_on": {"ja": "対応した日", "en": "done on"},
    "search.asked.AskAgain.what": {"ja": "追加で照会する内容", "en": "what is still wanted"},
    "search.asked.AskAgain.by": {
        "ja": "回答期限（空欄なら部署の通常の日数）",
        "en": "last day it has (empty: the days it is usually given)",
    },
    "search.option.attach": {
        "ja": "回答に付けるファイル（繰り返し可。PDF・画像・CSV・テキスト）",
        "en": "a file that goes with the answer: PDF, picture, CSV, text (repeatable)",
    },
    "search.option.case": {"ja": "この請求の照会だけ", "en": "only those of this case"},
    "search.option.all": {"ja": "回答済みと取下げも含める", "en": "closed ones too"},
    "search.option.out": {"ja": "書き出すファイル", "en": "the file to write"},
    "search.option.file": {
        "ja": "内容を書いたファイル（- は標準入力）",
        "en": "a file with what it says; - reads it from standard input",
    },
    "search.help.list": {
        "ja": "回答待ちの照会の一覧です。部署の担当者には自部署のものだけが見えます。",
        "en": "Searches that wait for an answer. People of a department see their own.",
    },
    "search.help.show": {
        "ja": "照会の内容と回答を表示します。見たことは記録されます。",
        "en": "Show what a department is asked and answered; the look is recorded.",
    },
    "search.help.file": {
        "ja": "回答に付いたファイルを書き出します。見たことは記録されます。",
        "en": "Write a file that came with an answer; the look is recorded.",
    },
    "search.help.plan": {
        "ja": "計画（organisation.toml の search_plan）にある部署すべてに照会します。",
        "en": "Ask every department that the office's plan names for such a case (search_plan in organisation.toml).",
    },
    "search.no_plan": {
        "ja": "{case}（{category}）に当てはまる計画はありません。search ask で部署を指定してください。",
        "en": "there is no plan for {case} ({category}); name a department with search ask.",
    },
    "search.help.try": {
        "ja": "プログラムの部署に何が渡されるかを表示します。何も起動しません。",
        "en": "Show what a department's program would be asked; nothing is started.",
    },
    "search.option.search": {"ja": "この照会の内容で表示する（記録されます）", "en": "as for this search (recorded)"},
    "search.no_program": {
        "ja": "部署 {department} はプログラムではありません。プログラムの部署は {known} です。",
        "en": "{department} is no department a program answers for; those are {known}.",
    },
    "search.none": {"ja": "回答待ちの照会はありません。", "en": "no search waits for an answer."},
    "search.counted": {"ja": "{count}件（期限切れ {late}件）", "en": "{count} in all, {late} overdue"},
    "search.head.search": {"ja": "照会", "en": "search"},
    "search.head.case": {"ja": "請求", "en": "case"},
    "search.head.department": {"ja": "部署", "en": "department"},
    "search.head.by": {"ja": "期限", "en": "by"},
    "search.head.state": {"ja": "状態", "en": "state"},
    "search.head.file": {"ja": "ファイル", "en": "file"},
    "search.head.name": {"ja": "名前", "en": "name"},
    "search.head.pages": {"ja": "ページ数", "en": "pages"},
    "search.head.sha256": {"ja": "SHA-256（先頭）", "en": "SHA-256 begins"},
    "search.found_with": {"ja": "{found}（{files}件）", "en": "{found}, files: {files}"},
    "search.one.asked": {
        "ja": "{case} について {department} に照会（{act}）",
        "en": "{department} asked for {case}: {act}",
    },
    "search.one.by": {"ja": "回答期限：{day}", "en": "to answer by {day}"},
    "search.one.what": {"ja": "照会の内容：{text}", "en": "asked: {text}"},
    "search.one.found": {"ja": "回答：{found}（{by}）", "en": "answered: {found} (by {by})"},
    "search.one.note": {"ja": "説明：{text}", "en": "note: {text}"},
    "search.one.done": {"ja": "対応：{text}", "en": "done: {text}"},
    "search.one.erased": {"ja": "内容は消去されています。", "en": "what it said was erased."},
    "search.only_yours": {
        "ja": "見られるのは {department} への照会だけです。",
        "en": "what is asked of {department} is all you may see.",
    },
    "search.no_such_file": {"ja": "{case} にファイル {file} はありません。", "en": "{case} has no file {file}."},
    "search.files_listed": {
        "ja": "files にはファイルの場所を {most}件まで並べてください（[a.pdf, b.csv]）。",
        "en": "files lists up to {most} paths: [a.pdf, b.csv].",
    },
    "search.files_not_finds": {
        "ja": "ファイルは files に場所で書いてください。番号は受入れのときに付きます。",
        "en": "name files by their paths in files; their numbers are given when they are taken in.",
    },
    "search.has_until": {
        "ja": "{department} の回答期限は {day} です。",
        "en": "{department} has until {day} to answer.",
    },
    "search.words_empty": {
        "ja": "{field} に内容を書いてください。",
        "en": "{field} is empty; say it in a sentence.",
    },
    "search.words_too_long": {
        "ja": "{field} は{most}文字までです。長いものはファイルにしてください。",
        "en": "{field} takes {most} characters at most; longer things come as a file.",
    },
    "search.day_past": {
        "ja": "{day} は過ぎています。今日以後の日を指定してください。",
        "en": "{day} has passed; name today or a later day.",
    },
    "search.no_department": {
        "ja": "部署 {department} はありません。窓口が起動したときの organisation.toml にあるのは {known} です"
        "（後から書き足したときは make desk をやり直してください）。",
        "en": "there is no department {department}; organisation.toml had {known} when the desk started (what was "
        "written since counts once make desk starts anew).",
    },
    "search.not_yours": {
        "ja": "{case} はほかの部署への照会です。自部署の照会は search list で見られます。",
        "en": "{case} was asked of another department; search list shows those of yours.",
    },
    "search.case_closed": {
        "ja": "{case} は終了しています（{state}）。終了した請求について照会はできません。",
        "en": "{case} is closed ({state}); no department is asked about a closed case.",
    },
    "search.no_case": {
        "ja": "請求 {case} はありません。照会は請求について行います。",
        "en": "there is no case {case}; a search is asked for a request.",
    },
    "search.same_department": {
        "ja": "すでに {department} への照会です。",
        "en": "it is asked of {department} already.",
    },
    "search.finds_of_nothing": {
        "ja": "「{found}」にファイル（{number}件）は付けられません。",
        "en": "{found} goes with no files, and {number} came.",
    },
    "search.found_what": {
        "ja": "「{found}」には、ファイルか、何があったかの説明（note）が必要です。",
        "en": "{found} needs files, or a note that says what there is.",
    },
    "search.find_unknown": {
        "ja": "{finds} は {case} で受け入れたファイルではありません。",
        "en": "{finds} was not taken in for {case}.",
    },
    "search.done_missing": {
        "ja": "依頼（{act}）への回答には、対応した内容（done）とその日（done_on）が必要です。",
        "en": "it was asked to {act}; the answer says what was done (done) and when (done_on).",
    },
    "search.done_later": {
        "ja": "対応した日 {day} が先の日付です。対応してから回答してください。",
        "en": "done_on {day} lies ahead; answer when it is done.",
    },
    "notice.search_asked": {
        "ja": "{department} に照会 {case} があります。回答期限は {day} です。search list で確認してください。",
        "en": "{department} is asked in {case}, to answer by {day}; search list shows it.",
    },
    "notice.search_answered": {
        "ja": "{case} について {department} が回答しました（{search}：{found}）。",
        "en": "{department} answered for {case} ({search}: {found}).",
    },
    "notice.search_reminder": {
        "ja": "照会 {case}（{department}）の回答期限 {day} を過ぎています（{times}回目の督促）。",
        "en": "search {case} ({department}) was to be answered by {day} (reminder {times}).",
    },
    "notice.search_late": {
        "ja": "照会 {case}（{parent}、{department}）が期限 {day} を過ぎても回答されていません（{times}回目の報告）。",
        "en": "search {case} for {parent} was not answered by {department} by {day} (told {times} times).",
    },
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "ask": (
        "./admin.py search ask 26-000017-Y --department sales",
        "./admin.py search ask 26-000017-Y --department sales --file ask.yaml",
    ),
    "ask_again": ("./admin.py search ask-again S26-000001-X --file more.yaml",),
}

FILES: dict[str, str] = {
    "ask": "what: every record about the person since 2020\n"
    "act: look      # look (usual) | provision_records | correct | cease | cease_provision | erase\n"
    "by: 2026-12-07 # left out: as many working days as the department is given",
    "ask_again": "what: under the former name, too\nby: 2026-12-14",
}
"""Files a transition takes, as examples."""

NOUNS: dict[str, dict[str, str]] = {
    "state.asked": {"ja": "照会中", "en": "asked"},
    "state.answered": {"ja": "回答済み", "en": "answered"},
    "state.recalled": {"ja": "取下げ", "en": "recalled"},
    "transition.ask": {"ja": "照会", "en": "ask"},
    "transition.answer": {"ja": "回答", "en": "answer"},
    "transition.take_back": {"ja": "回答の取消", "en": "take back"},
    "transition.hand_on": {"ja": "回付", "en": "hand on"},
    "transition.recall": {"ja": "照会の取下げ", "en": "recall"},
    "transition.restore": {"ja": "照会の再開", "en": "restore"},
    "found.found": {"ja": "あり", "en": "found"},
    "found.partly": {"ja": "一部あり", "en": "found in part"},
    "found.nothing_held": {"ja": "保有なし", "en": "nothing held"},
    "found.not_ours": {"ja": "所管外", "en": "not ours"},
    "act.look": {"ja": "検索", "en": "look"},
    "act.provision_records": {"ja": "第三者提供記録の検索", "en": "look for records of provision"},
    "act.correct": {"ja": "訂正等", "en": "correct"},
    "act.cease": {"ja": "利用停止", "en": "cease use"},
    "act.cease_provision": {"ja": "第三者提供の停止", "en": "cease provision"},
    "act.erase": {"ja": "消去", "en": "erase"},
}
