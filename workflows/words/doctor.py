"""What the doctor says of each thing that is not as it must be, and what would help."""

SENTENCES: dict[str, dict[str, str]] = {
    "doctor.procedure_unexplained": {
        "ja": "採用した手続の第{number}号が、窓口の記録と合いません",
        "en": "adopted procedure {number} is not what the office's log says was adopted",
    },
    "doctor.procedure_altered": {
        "ja": "採用した手続の第{number}号の文面が、採用した時のものではありません",
        "en": "the text of adopted procedure {number} is not what was adopted",
    },
    "doctor.procedure_unreadable": {
        "ja": "採用した手続の第{number}号（{digest}）は、このプログラムでは読めません。新しい版を使ってください",
        "en": "this code cannot read adopted procedure {number} ({digest}): run the newer release",
    },
    "doctor.procedure_missing": {
        "ja": "始まった時の手続（{digest}）が、読める形で保存されていません",
        "en": "the procedure it began under ({digest}) is not stored, or not readable",
    },
    "doctor.procedure_differs": {
        "ja": "請求の手続（{stored}）が、履歴にある始まった時の手続（{told}）と異なります",
        "en": "it names procedure {stored}, and its history says it began under {told}",
    },
    "doctor.history_gap": {
        "ja": "履歴の {after} の次が {seq} です。行が失われています",
        "en": "the history goes from {after} to {seq}: rows are missing",
    },
    "doctor.chain_broken": {
        "ja": "履歴の {seq} 行目でハッシュのつながりが切れています。この行が書き換えられたか、前の行が失われています",
        "en": "the chain of hashes breaks at row {seq}: it was changed, or the row before it is gone",
    },
    "doctor.history_jumps": {
        "ja": "履歴の {seq} 行目は {source} から始まりますが、前の行は {before} で終わっています",
        "en": "row {seq} of the history starts from {source}, but the row before it ends in {before}",
    },
    "doctor.illegal_step": {
        "ja": "履歴の {seq} 行目の {transition}（{source} → {target}）は、手続の定義にありません",
        "en": "row {seq} of the history, {transition} from {source} to {target}, is no step of the definition",
    },
    "doctor.differs": {
        "ja": "{field} の値 {stored} が、履歴から求めた値 {folded} と違います",
        "en": "{field} is {stored}, but the history says {folded}",
    },
    "doctor.open_differs": {
        "ja": "「{state}」なのに、終了しているかどうかの印が合いません",
        "en": "it is {state}, but its mark of being open says otherwise",
    },
    "doctor.unknown_version": {
        "ja": "手続の定義 {definition} 第 {version} 版は知られていません（いまは第 {present} 版）。"
        "plan で移行を確かめてください",
        "en": "definition {definition} version {version} is not known here (present: {present}); see plan",
    },
    "doctor.old_spelling": {
        "ja": "氏名・住所などを照合するためのハッシュが、以前の表記の規則によるものです。--repair で作り直せます",
        "en": "the hashes its people are found again by were made by an earlier rule of spelling; --repair makes them "
        "anew",
    },
    "doctor.words_differ": {
        "ja": "氏名・電話番号などで探しても（find）、正しく見つかりません。--repair で作り直せます",
        "en": "find does not find it by what is known of its people; --repair makes the words it is found by anew",
    },
    "doctor.no_next_moment": {
        "ja": "「{state}」で待っていますが、次の期限がありません。--repair で立て直せます",
        "en": "it waits in {state} and nothing is due in it, ever; --repair derives its deadlines anew",
    },
    "doctor.miscounted": {
        "ja": "件数の集計が履歴と一致しません。./admin.py stats --recount で数え直します",
        "en": "it counts in the figures for something else than its history says; ./admin.py stats --recount mends it",
    },
    "doctor.sums_differ": {
        "ja": "件数の合計{sums}件が、請求ごとの数の合計と一致しません（最初は {first}）。"
        "./admin.py stats --recount で数え直します",
        "en": "{sums} sums of the figures are not those of the requests (the first: {first}); "
        "./admin.py stats --recount counts anew",
    },
    "doctor.listed_differs": {
        "ja": "一覧のための列 {field} が {stored} です。履歴と事実からは {told} です",
        "en": "the column {field}, which lists are made by, says {stored}; the history and the facts say {told}",
    },
    "doctor.due_at_differs": {
        "ja": "次の期限の記録 {stored} が、期限の表 {timers} と違います。--repair で直せます",
        "en": "its next moment is {stored}, but its timers say {timers}; --repair mends it",
    },
    "doctor.law_changed": {
        "ja": "{case} が従う法令 {law} のファイルが、受付の後で書き換えられています。元に戻すか、新しい内容は別の名前の"
        "ファイルにしてください",
        "en": "the file of the law {law} of {case} says something else than when the case began; put it back, and "
        "write what is new into a file of another name",
    },
    "doctor.bad_law": {
        "ja": "{file} は法令のファイルとして使えません（{faults}）。直すまで、新しい請求は受け付けません",
        "en": "{file} cannot be used as a law: {faults}; until it is put right no request is opened",
    },
    "doctor.orphan_timer": {
        "ja": "期限 {timer}（{entry}）は、いまの状態のものでも、待っている手紙のものでもありません。"
        "--repair で消せます",
        "en": "the timer {timer} ({entry}) belongs neither to its state nor to a waiting letter; --repair removes it",
    },
    "doctor.missing_timer": {
        "ja": "期限 {timer}（{entry}、{due_at}）がありません。--repair で立て直せます",
        "en": "the timer {timer} ({entry}, due {due_at}) is missing; --repair makes it anew",
    },
    "doctor.misplaced_timer": {
        "ja": "期限 {timer}（{entry}）は {due_at} のはずです。--repair で直せます",
        "en": "the timer {timer} ({entry}) should be due {due_at}; --repair moves it",
    },
    "doctor.effect_without_letter": {
        "ja": "手紙 {letter} を作る指示がありますが、その手紙がありません",
        "en": "there is an order to make letter {letter}, but no such letter",
    },
    "doctor.letter_without_effect": {
        "ja": "手紙 {letter} は作成待ちですが、作る指示がありません",
        "en": "letter {letter} waits to be made, but nothing will make it",
    },
    "doctor.letter_set_aside": {
        "ja": "手紙 {letter} の作成に失敗し、脇に置かれています。原因は ./admin.py incidents --open に、"
        "除いたら ./admin.py requeue {letter} --why TEXT",
        "en": "making letter {letter} failed and was set aside; ./admin.py incidents --open shows why, and once that "
        "is mended ./admin.py requeue {letter} --why TEXT brings it back",
    },
    "doctor.overdue_letter": {
        "ja": "手紙 {letter} は {made} に作成され、一営業日を過ぎても投函されていません",
        "en": "letter {letter} was made on {made} and is not posted after one working day",
    },
    "doctor.letters_differ": {
        "ja": "手紙は {stored} 通のはずですが、{found} 番までしかありません",
        "en": "the case counts {stored} letters, but the last one there is has number {found}",
    },
    "doctor.file_missing": {
        "ja": "手紙 {letter} のファイルがありません（{fault}）。var/spool を控えから戻してください",
        "en": "the file of letter {letter} is not there ({fault}); restore var/spool from its backup",
    },
    "doctor.file_differs": {
        "ja": "手紙 {letter} のファイルが、作成時のハッシュと違います。var/spool を控えから戻してください",
        "en": "the file of letter {letter} does not have the hash it was made with; restore var/spool from its backup",
    },
    "doctor.stray_file": {
        "ja": "{file} は、作成の途中で無効になった手紙の残りで、どの手紙のものでもありません。--repair で消せます",
        "en": "{file} was left of a letter that became void while it was made; --repair removes it",
    },
    "doctor.stray_draft": {
        "ja": "{file} は、作成の途中で残された下書きです。--repair で消せます",
        "en": "{file} is a draft that a killed worker left; --repair removes it",
    },
    "doctor.unknown_file": {
        "ja": "{file} の番号の手紙は台帳にありません。古い控えから戻したのなら、投函済みの手紙かもしれません。"
        "消さずに調べてください",
        "en": "no letter has the number of {file}; after a restore it may be one that was posted: keep it and find out",
    },
    "doctor.stuck_command": {
        "ja": "指示 {transition}（{since}）がまだ実行されていません。./admin.py status で原因を確かめてください",
        "en": "the order {transition} of {since} is not carried out; ./admin.py status shows what stands still",
    },
    "doctor.case_missing": {
        "ja": "指示 {order}（{transition}）は実行済みとされていますが、請求がありません",
        "en": "the order {order} ({transition}) is recorded as done, but there is no such case",
    },
    "doctor.order_altered": {
        "ja": "指示 {order}（{transition}）は、受け付けたときのものではありません。指示した人・請求・内容のどれかが"
        "書き換えられています。実行はされません",
        "en": "the order {order} ({transition}) is not what was accepted: who gave it, its case or what it says was "
        "changed in the database. It is not carried out",
    },
    "doctor.order_without_history": {
        "ja": "指示 {order}（{transition}）は実行済みとされていますが、履歴に行がありません。"
        "履歴の終わりが切り取られています",
        "en": "the order {order} ({transition}) is recorded as done, but the history has no row of it: its end was cut",
    },
    "doctor.order_differs": {
        "ja": "指示 {order}（{transition}）と履歴の {seq} 行目で、指示した人・結果・内容が一致しません",
        "en": "the order {order} ({transition}) and row {seq} of the history disagree on who gave it, what it says or "
        "what came of it",
    },
    "doctor.order_never_given": {
        "ja": "履歴の {seq} 行目は {cause} によるとされていますが、そのような指示はありません",
        "en": "row {seq} of the history names {cause}, an order that nobody gave",
    },
    "doctor.not_the_clock": {
        "ja": "履歴の {seq} 行目の {transition}（{actor}、{cause}）には指示がなく、時計が行うものでもありません",
        "en": "row {seq} of the history, {transition} by {actor} ({cause}), has no order, and is not the clock's to do",
    },
    "doctor.history_cut": {
        "ja": "履歴は {seq} 行で終わっていますが、{table} に {known} 行目までの記録があります。"
        "終わりが切り取られています",
        "en": "the history ends at row {seq}, but {table} knows of row {known}: its end was cut",
    },
    "doctor.case_wiped": {
        "ja": "{table} に記録がありますが、請求も指示もありません。消されたものです。控えと比べてください",
        "en": "{table} names it, but there is neither a case nor an order: it was wiped; compare with a backup",
    },
    "doctor.case_row_missing": {
        "ja": "{table} に請求 {id} の行がありますが、その請求がありません。消されたものです。控えと比べてください",
        "en": "{table} has rows of the case with id {id}, which is not there: it was wiped; compare with a backup",
    },
    "doctor.number_unused": {
        "ja": "この番号は出されましたが、請求も指示もありません。受付が途中で終わったか、消されたものです。"
        "控えと比べて事情が分かったら、--repair で確認した人が記録に残ります",
        "en": "the number was given out, and there is neither a case nor an order: its opening broke off, or it was "
        "wiped. Compare with a backup; --repair then records who answers for it",
    },
    "doctor.log_broken": {
        "ja": "窓口の記録の {seq} 行目でハッシュのつながりが切れています。書き換え・挿入・削除のどれかです",
        "en": "the office's log breaks at row {seq}: it was changed, put in, or the row before it is gone",
    },
    "doctor.log_cut": {
        "ja": "窓口の記録は {seq} 行で終わっていますが、最後は {head} 行目のはずです",
        "en": "the office's log ends at row {seq}, but its head is row {head}: its end was cut or forged",
    },
    "doctor.log_forgotten": {
        "ja": "請求 {cases} 件が窓口の記録の（{seq} 行目までの）行を知っていますが、記録にその行がありません",
        "en": "{cases} cases know a row (up to {seq}) of the office's log that the log no longer has",
    },
    "doctor.founding_differs": {
        "ja": "窓口が何であるか（{fields}）が、開設のときの記録と違います。データベースで書き換えられています",
        "en": "what the office is ({fields}) differs from what its log says it was founded as: it was changed in the "
        "database",
    },
    "doctor.calendar_unexplained": {
        "ja": "営業日の変更 {days} 日分（{first} から）が窓口の記録と合いません。期限をどの日にも合わせないでください",
        "en": "{days} days of the calendar, from {first} on, are not as the office's log says: move no deadline",
    },
    "doctor.staff_unexplained": {
        "ja": "{name} の役割（{stored}）が、窓口の記録から求めたもの（{told}）と違います。"
        "責任者が ./admin.py staff add で改めて決めてください",
        "en": "{name} has the roles {stored}, but the office's log explains {told}; a lead settles it with ./admin.py "
        "staff add",
    },
    "doctor.staff_by_no_lead": {
        "ja": "窓口の記録の {seq} 行目で {name} の役割を変えた {by} は、そのとき責任者ではありませんでした",
        "en": "row {seq} of the office's log has {name} changed by {by}, who was no lead at that time",
    },
    "doctor.stuck_letter": {
        "ja": "手紙 {letter} が {since} から作成を待っています。./admin.py status で原因を確かめてください",
        "en": "letter {letter} has waited to be made since {since}; ./admin.py status shows what stands still",
    },
    "doctor.trigger_missing": {
        "ja": "履歴の追記だけを許すトリガー {trigger} がありません。models/migrations を確かめてください",
        "en": "the trigger {trigger}, which keeps the history append-only, is not there; look at models/migrations",
    },
    "doctor.template_missing": {
        "ja": "「{kind}」の {language} のひな形がありません",
        "en": "{kind} has no template in {language}",
    },
    "doctor.beat_without_task": {
        "ja": "予定「{entry}」のタスク {task} がありません",
        "en": "beat rings for {entry!r}, but there is no task {task}",
    },
    "doctor.beat_without_queue": {
        "ja": "予定「{entry}」のキュー {queue} は処理されていません",
        "en": "beat rings for {entry!r} on the queue {queue}, which nobody consumes",
    },
    "doctor.scan_broken_off": {
        "ja": "ページ {page} の登録が途中で終わっています。同じファイルをもう一度 ./admin.py scan で読み取ってください",
        "en": "registering page {page} was broken off; scan the same file again with ./admin.py scan",
    },
    "doctor.assignment_broken_off": {
        "ja": "{tray} の割当てが途中で終わっています。./admin.py tray assign {tray} をもう一度実行してください",
        "en": "assigning {tray} was broken off; run ./admin.py tray assign {tray} again",
    },
    "doctor.erased_in_part": {
        "ja": "{case} は消去済みとありますが、鍵が残っています: ./admin.py erase {case} --why …",
        "en": "{case} says it is erased and its key is still there: ./admin.py erase {case} --why …",
    },
    "doctor.scan_missing": {
        "ja": "ページ {page} のファイルがありません（{fault}）。var/{store} を控えから戻してください",
        "en": "the file of page {page} is not there ({fault}); restore var/{store} from its backup",
    },
    "doctor.scan_differs": {
        "ja": "ページ {page} のファイルが、保存時のハッシュと違います。var/{store} を控えから戻してください",
        "en": "the file of page {page} does not have the hash it was written with; restore var/{store} from its backup",
    },
    "doctor.stray_scan": {
        "ja": "var/{store} の {file} は、どのページのものでもありません。読み取った人に確かめてから消してください",
        "en": "{file} in var/{store} belongs to no page; ask who scanned, then delete it",
    },
    "doctor.tray_waits": {
        "ja": "{tray} が {since} から仕分けを待っています: ./admin.py tray list",
        "en": "{tray} has waited in the tray since {since}: ./admin.py tray list",
    },
    "doctor.tray_not_cleared": {
        "ja": "{tray} は仕分け済みですが、画像と鍵がまだ残っています。./admin.py tray list を実行すると消えます",
        "en": "{tray} has left the tray, but its picture and key are still there; ./admin.py tray list clears them",
    },
    "doctor.copy_not_cleared": {
        "ja": "{page}（写し）は廃棄済みですが、画像と鍵がまだ残っています。窓口が動いていれば、1分以内に消えます",
        "en": "the copy {page} is destroyed, but its picture and key are still there; a running desk clears them within"
        " a minute",
    },
    "doctor.page_key_missing": {
        "ja": "{page} の鍵がありません。keys/ を控えから戻してください",
        "en": "the key of {page} is not there; restore keys/ from its backup",
    },
    "doctor.tray_key_missing": {
        "ja": "{tray} の鍵がありません。keys/ を控えから戻してください",
        "en": "the key of {tray} is not there; restore keys/ from its backup",
    },
}
