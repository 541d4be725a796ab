"""What the admin script says beside its answers, above all when it ends without doing what was asked.

The name is the code that scripts read, or one of its own where a code has several sentences.
"""

SENTENCES: dict[str, dict[str, str]] = {
    "no_such_run": {
        "ja": "この操作に {name} という途中の実行はありません。操作・条件・内容が同じか確かめてください。--resume "
        "を省けば、途中の実行があればその続きから、なければ新しく始まります。",
        "en": "this order has no unfinished run {name}: check that transition, --where and options are the same. "
        "Without --resume it goes on with its own unfinished run, or begins a new one.",
    },
    "not_confirmed": {
        "ja": "実行するには --yes が必要です（--preview で件数だけを見られます）。何も書いていません。",
        "en": "--yes is needed to carry this out (--preview only counts); nothing was written.",
    },
    "past_day": {
        "ja": "{day} は過ぎた日で、期限が {moved}件 動くため変えられません。その日にあったことは取り消せません。"
        "今日以降の日を指定してください。必要な請求は hold で期限を止められます。",
        "en": "{day} is over, and {moved} deadlines would move: what happened since cannot be undone. Name a day "
        "from today on; single cases can be given time with hold.",
    },
    "calendar_busy": {
        "ja": "長い処理（バックアップなど）が暦を読んでいるため、いまは変えられません。何も書いていません。"
        "それが終わってから、もう一度実行してください。",
        "en": "a long transaction (a backup, say) is reading the calendar; nothing was written. Run this again when "
        "that has ended.",
    },
    "interrupted_calendar": {
        "ja": "中断しました。日が書かれていれば、残りの請求は窓口の処理（make desk）か ./admin.py calendar recount "
        "で続きから反映されます。書かれたかどうかは ./admin.py calendar list で分かります。",
        "en": "interrupted; if the day is written (./admin.py calendar list shows it), a running desk or ./admin.py "
        "calendar recount carries it through to the remaining cases.",
    },
    "chain_broken": {
        "ja": "{number} の履歴は {broken} 番の行から合いません。書き換えられたおそれがあります。",
        "en": "the history of {number} does not verify from row {broken} on: it may have been altered.",
    },
    "clock_not_shifted": {
        "ja": "この窓口は実際の時刻で動くものとして開設されているため、時刻を動かせません。デモや訓練には、"
        "MADOGUCHI_CLOCK=shifted として別の場所に開設してください。",
        "en": "this office was founded on the real time, which cannot be moved; for demos and drills found another "
        "with MADOGUCHI_CLOCK=shifted.",
    },
    "clock_cannot_go_back": {
        "ja": "時刻は戻せません。いまより後の時刻を指定してください（./admin.py clock で分かります）。"
        "過去の時刻にできるのは、まだ何も起きていない窓口だけです。",
        "en": "the clock only moves forward; name a time after the present one (./admin.py clock shows it). Only in "
        "an office in which nothing has happened yet can it be set to the past.",
    },
    "place_not_writable": {
        "ja": "{home} に窓口を開設できません（{strerror}）。MADOGUCHI_HOME に、"
        "書き込めるフォルダーを指定してください。",
        "en": "no office can be founded in {home} ({strerror}); set MADOGUCHI_HOME to a folder you may write to.",
    },
    "interrupted_import": {
        "ja": "中断しました。{count}件は受付済みです。同じファイルをもう一度 import すれば続きから進みます。",
        "en": "interrupted; {count} contacts are accepted. Import the same file again to go on.",
    },
    "no_such_inquiry": {
        "ja": "{number} という問合せはありません（番号は I26-000001-D の形です）。./admin.py inquiry list --all "
        "で確かめてください。",
        "en": "there is no inquiry {number} (they look like I26-000001-D); ./admin.py inquiry list --all shows all "
        "of them.",
    },
    "interrupted_promotion": {
        "ja": "中断しました。もう一度実行すれば結果が分かります。{number} から開かれる請求は一つだけです。",
        "en": "interrupted; the same call finds out what became of it, and {number} opens one case only.",
    },
    "interrupted": {
        "ja": "中断しました。何も受け付けていません。",
        "en": "interrupted; nothing was accepted.",
    },
    "no_such_person": {
        "ja": "{name} という担当者はいません。登録されている人は ./admin.py staff list で分かります。",
        "en": "nobody here is called {name}; ./admin.py staff list shows who works here.",
    },
    "no_such_case": {
        "ja": "{number} という請求はありません。./admin.py list で番号を確かめてください。",
        "en": "there is no case {number}; ./admin.py list shows those there are.",
    },
    "as_not_allowed": {
        "ja": "--as は使えません。本人のログインで操作してください（デモとして開設した窓口でだけ使えます）。",
        "en": "--as is refused: work under your own login (only an office that was founded as a demo permits it).",
    },
    "not_staff": {
        "ja": "{staff} には役割がありません。責任者が ./admin.py staff add {staff} --role … で登録できます。",
        "en": "{staff} has no role here; a lead can give one: ./admin.py staff add {staff} --role ….",
    },
    "lead_only": {
        "ja": "この操作ができるのは責任者（lead）だけです。だれが責任者かは ./admin.py staff list で分かります。",
        "en": "only a lead may do this; ./admin.py staff list shows who is one.",
    },
    "no_case_number": {
        "ja": "{text} は請求の番号ではありません。番号は 26-000017-Y の形で、最後の文字は検査用です。"
        "写し間違いがないか確かめてください。",
        "en": "{text} is no case number: it looks like 26-000017-Y, and the last character is a check. Compare it "
        "with the paper.",
    },
    "not_opened_yet": {
        "ja": "{number} の受付はまだ実行されていません。窓口の処理（make desk）が動けば実行されます。",
        "en": "{number} is accepted but not opened yet; that happens as soon as the desk runs (make desk).",
    },
    "interrupted_order": {
        "ja": "中断しました。{case} の {command} は受け付け済みで、実行されます。",
        "en": "interrupted; {command} of {case} is accepted and will be carried out.",
    },
    "key_taken": {
        "ja": "鍵 {key} は別の操作（別の人・請求・内容）に使われています。別の --key にしてください。",
        "en": "the key {key} stands for another order (another person, case or content); choose another --key.",
    },
    "maybe_accepted": {
        "ja": "データベースとの接続が切れ、受け付けられたかどうか分かりません。同じ鍵でもう一度実行してください（"
        "二重には行いません）: --key {key}",
        "en": "the connection to the database broke; whether the order was accepted is not known. Run it again "
        "under the same key, which never does it twice: --key {key}",
    },
    "not_written_folder": {
        "ja": "{place} に書き込めません（{strerror}）。書き込めるフォルダーを --out に指定して、"
        "もう一度実行してください。",
        "en": "{place} cannot be written ({strerror}); name a folder with room to write into with --out and run it "
        "again.",
    },
    "no_such_letter": {
        "ja": "次の番号の手紙はありません: {listed}。./admin.py letters で番号を確かめてください（26-000017-Y-01 "
        "の形です）。",
        "en": "there is no letter {listed}; ./admin.py letters lists those there are (they look like 26-000017-Y-01).",
    },
    "interrupted_letters": {
        "ja": "中断しました。{count}件は受け付け済みで、実行されます。",
        "en": "interrupted; {count} orders are accepted and will be carried out.",
    },
    "keys_taken": {
        "ja": "鍵 {key} は別の操作に使われています。別の --key にしてください。",
        "en": "the key {key} stands for another order; choose another --key.",
    },
    "no_such_thing": {
        "ja": "{text} という手紙・指示・請求はありません。取り置いたものは ./admin.py incidents --open で分かります。",
        "en": "there is no letter, order or case {text}; ./admin.py incidents --open lists what is set aside.",
    },
    "not_written_var": {
        "ja": "var/ に書き込めません（{strerror}）。空きを作って、同じファイルをもう一度 scan してください。"
        "登録済みのページは二重になりません。",
        "en": "var/ cannot be written ({strerror}). Make room and scan the same files again: no page is registered "
        "twice.",
    },
    "last_lead": {
        "ja": "{name} は最後の責任者です。先にほかの人を責任者（lead）にしてください。",
        "en": "{name} is the last lead; make somebody else a lead first.",
    },
    "file_needed": {
        "ja": "--file FILE が必要です（- なら標準入力）。書き方は ./admin.py {command} --help にあります。",
        "en": "--file FILE is needed (- reads standard input); ./admin.py {command} --help shows how.",
    },
    "bad_key": {
        "ja": "--key は1文字以上200文字以内で、改行などの制御文字を含まないものにしてください。",
        "en": "--key must be 1 to 200 printable characters.",
    },
    "not_written_file": {
        "ja": "{place} に書き込めません（{strerror}）。書き込める場所を --out に指定してください。",
        "en": "{place} cannot be written ({strerror}); name a place with room to write into with --out.",
    },
    "older_code": {
        "ja": "より新しい版のプログラムが書いたものがあり、この版では読めません。新しい版（git pull、make "
        "setup）で実行してください。何も受け付けていません。",
        "en": "newer code has written what is kept here, and this code cannot read it: run the newer release (git "
        "pull, make setup). Nothing was accepted.",
    },
    "older_version": {
        "ja": "手続のより新しい版が使われており、この版のプログラムは古いため、ここでは扱えません。"
        "新しい版（git pull、make setup）で実行してください。何も受け付けていません。",
        "en": "a newer version of the procedure is in force than this code knows: run the newer release (git pull, "
        "make setup). Nothing was accepted.",
    },
    "no_office": {
        "ja": "ここに窓口はありません: {place}。何も作っていません。場所が違うときは MADOGUCHI_HOME と "
        "MADOGUCHI_DATABASE_URL を確かめてください。新しい窓口は ./admin.py office found --lead NAME か make desk "
        "で開設します。",
        "en": "no office here: {place}; nothing was made. If you meant another place, check MADOGUCHI_HOME and "
        "MADOGUCHI_DATABASE_URL; a new office is founded by ./admin.py office found --lead NAME, or by make desk.",
    },
    "database_busy": {
        "ja": "データベースが混み合っています。だれかが表や行をつかんだままです（開いたままの psql など）。"
        "待たずに打ち切り、この操作は書いていません。しばらくしてもう一度実行してください。二重には行いません。"
        "続くときは docs/operations.md の「A lock somebody holds」をご覧ください。",
        "en": "the database is busy: somebody holds a table or a row (a forgotten psql, say). The command gave up "
        "waiting and did not write what it was about to. Run it again in a while; nothing is done twice. If it "
        "stays so, see 'A lock somebody holds' in docs/operations.md.",
    },
    "database_unreachable": {
        "ja": "データベース（{where}）につながりません。何も受け付けていません。サーバーが動いているか、"
        "MADOGUCHI_DATABASE_URL が正しいかを確かめてから、もう一度実行してください。",
        "en": "the database ({where}) cannot be reached; nothing was accepted. Check that its server runs and that "
        "MADOGUCHI_DATABASE_URL is right, then run the command again.",
    },
    "unexpected": {
        "ja": "思いがけない誤りが起きました（番号 {reference}）。詳しくは {place} にあります。"
        "同じ操作をもう一度行っても、二重に実行されることはありません。",
        "en": "something unexpected went wrong (reference {reference}); {place} has the details. Running the "
        "command again does nothing twice.",
    },
    "shared_by_machines": {
        "ja": "{error}。鍵と組み込みのデータベースは、処理と操作を行う1台の機械のディスクに置いてください（"
        "docs/operations.md）。何も受け付けていません。",
        "en": "{error} (docs/operations.md). Nothing was accepted.",
    },
    "keystore": {
        "ja": "暗号鍵（keys/）を使えません: {error}。MADOGUCHI_KEYS の指す場所と権限を確かめてください。",
        "en": "the keystore (keys/) cannot be used: {error}. Check the folder MADOGUCHI_KEYS names and its "
        "permissions.",
    },
    "no_schema": {
        "ja": "データベースの表が古い版のままです。.venv/bin/python -m models.migrate を一度実行してください。"
        "何も受け付けていません。",
        "en": "the database lacks tables or columns of this version; run .venv/bin/python -m models.migrate once. "
        "Nothing was accepted.",
    },
    "not_permitted": {
        "ja": "データベースがこのログインに許していない操作です。本人のログインでは、本人の名でしか指示できず、"
        "担当者を変えられるのは責任者（lead）だけです。何も受け付けていません。",
        "en": "the database does not let this login do that: a personal login orders in its own name alone, and "
        "only a lead changes who works here. Nothing was accepted.",
    },
    "interrupted_unknown": {
        "ja": "中断しました。受け付けられたかどうかは、同じ操作に --key {key} を付けて確かめられます。",
        "en": "interrupted; the same call with --key {key} finds out whether the order was accepted, and does it once.",
    },
    "interrupted_scan": {
        "ja": "中断しました。同じファイルをもう一度 scan すれば、続きから登録します。二重にはなりません。",
        "en": "interrupted; scan the same files again: it goes on where it stopped, and registers no page twice.",
    },
    "bad_reason": {
        "ja": "理由は、改行のない一行（{most}文字まで）で書いてください。",
        "en": "a reason is one line of 1 to {most} characters.",
    },
    "inquiry_file_needed": {
        "ja": "--file FILE が必要です（- なら標準入力）。",
        "en": "--file FILE is needed (- reads standard input).",
    },
    "bad_span": {
        "ja": "{option}: 3d（日）、2h（時間）、30m（分）、1w（週）のように書いてください。",
        "en": "{option}: write it like 3d, 2h, 30m or 1w (days, hours, minutes, weeks).",
    },
    "founded_otherwise": {
        "ja": "開設のときに決めたことは変わりません。その環境変数を外してください（./admin.py office "
        "で確かめられます）。何も受け付けていません。",
        "en": "What an office was founded as does not change: unset the variable (./admin.py office shows what it "
        "is). Nothing was accepted.",
    },
    "pending": {
        "ja": "{case}: 受け付けました。まだ実行されていません（{why}）。動き次第実行されます。窓口が動いているかは "
        "./admin.py status、結果は同じ操作に --key {key} を付けて確かめられます。",
        "en": "{case}: accepted and safe, but not carried out yet ({why}); it will be, without you. ./admin.py "
        "status shows whether the desk runs; the same call with --key {key} shows the outcome.",
    },
    "pending_letters": {
        "ja": "{count}件は受け付けましたが、まだ実行されていません。窓口（make desk）が動き次第実行されます。",
        "en": "{count} are accepted and safe, but not carried out yet; that happens once the desk runs.",
    },
    "unreadable_letters": {
        "ja": "{count}件を受け付けましたが、いまは結果を読めません。窓口が動き次第実行されます。./admin.py letters "
        "で確かめられます。",
        "en": "{count} are accepted and safe, but what became of them cannot be read now; ./admin.py letters will "
        "show it.",
    },
    "pending_import": {
        "ja": "{count}件は受付済みですが、まだ実行されていません。窓口（make desk）が動き次第実行されます。",
        "en": "{count} are accepted and safe, but not carried out yet; that happens as soon as the desk runs.",
    },
    "key_of_another_contact": {
        "ja": "この鍵（key）は別の内容に使われています。",
        "en": "this key stands for another contact; give each row its own.",
    },
    "imported": {
        "ja": "受け付けた: {opened}件、以前に受付済み: {known}件、誤り: {faults}件",
        "en": "opened {opened}, known already {known}, faults {faults}",
    },
    "interrupted_bulk": {
        "ja": "中断しました。{summary}。同じ操作をもう一度実行すると（--resume {run} を付けても）、続きから始まり、"
        "済んだものは二度行いません。",
        "en": "interrupted; {summary}. The same call (--resume {run} or not) goes on where it stopped, and does "
        "nothing twice.",
    },
    "bulk_would": {
        "ja": "該当 {selected}件: 実行できる {done}件、できない {refused}件",
        "en": "{selected} cases: {done} would be done, {refused} refused",
    },
    "bulk_example": {
        "ja": "  {count:>6}  {reason}（例: {case}）",
        "en": "  {count:>6}  {reason} (such as {case})",
    },
    "bulk_goes_on": {
        "ja": "途中の実行 {run} を続けます。",
        "en": "going on with the unfinished run {run}.",
    },
    "would_be_done": {
        "ja": "実行できます。実行すると「{state}」になります（まだ何も書いていません）。",
        "en": "this would be done, and the case would be {state}; nothing was written.",
    },
    "names_left_out": {
        "ja": "役割がないため、氏名などは表示していません。",
        "en": "you have no role here, so names and addresses are left out.",
    },
    "no_such_transition": {
        "ja": "{text} という手続はありません。次のいずれかです: {known}。",
        "en": "there is no transition {text}; one of {known}.",
    },
}
