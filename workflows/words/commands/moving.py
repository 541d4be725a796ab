"""What `commands/moving.py` says, what is said where an office is no longer or not yet, and the help of ``move``."""

SENTENCES: dict[str, dict[str, str]] = {
    "moving.help.move": {
        "ja": "窓口を別のデータベースに移します（SQLite から PostgreSQL へ、またはその逆）。机を止めてから行います。\n"
        "行はすべて写して一行ずつ照合し、番号は続きになります。元の場所は閉じられ、二つの窓口が同時に開くことは"
        "ありません。鍵と手紙はいまの場所のままです。途中で止まったら、同じ行をもう一度。",
        "en": "Move the office to another database, from SQLite to PostgreSQL or back, while the desk stands still.\n"
        "Every row goes over and is compared, and the numbers go on. The old place is closed, so that two offices "
        "never live at once. Keys and letters stay where they are. Broken off, the same line goes on.",
    },
    "moving.help.move.to": {
        "ja": "移る先の URL。パスワードは書かず、~/.pgpass か PGPASSWORD、または --to-file で渡します",
        "en": "where to, without a password: that comes from ~/.pgpass, PGPASSWORD or --to-file",
    },
    "moving.help.move.to_file": {
        "ja": "移る先の URL を書いたファイル（パスワードを含んでもかまいません）",
        "en": "a file that holds the URL, which may have the password in it",
    },
    "moving.help.move.dry_run": {
        "ja": "移れるかどうかを確かめるだけで、何も書きません",
        "en": "only see whether it could be moved; nothing is written",
    },
    "moving.help.move.abandon": {
        "ja": "途中の移転をやめます。移った後でも、新しい場所でまだ何も行われていなければ、元に戻します",
        "en": "break the move off; also afterwards, as long as nothing was done in the new place",
    },
    "moving.bar": {"ja": "行", "en": "rows"},
    "moving.moved": {
        "ja": "窓口を {place} に移し、{rows} 行をすべて照合しました。",
        "en": "the office is in {place} now; all rows were compared ({rows}).",
    },
    "moving.already": {
        "ja": "窓口はすでに {place} に移っています。",
        "en": "the office is in {place} already.",
    },
    "moving.could": {
        "ja": "{place} に移れます（{rows} 行）。何も書いていません。",
        "en": "the office could move to {place} (rows: {rows}); nothing was written.",
    },
    "moving.faults": {
        "ja": "記録には、移る前からの誤りがあります:",
        "en": "something was wrong with what is recorded before it moved, and is so still:",
    },
    "moving.then": {
        "ja": "このあと、机と全員の MADOGUCHI_DATABASE_URL（または MADOGUCHI_DATABASE_URL_FILE）を新しい場所にし、"
        "./admin.py doctor と ./admin.py audit verify を行ってから make desk としてください。",
        "en": "Now let MADOGUCHI_DATABASE_URL (or MADOGUCHI_DATABASE_URL_FILE) name the new place for the desk and "
        "for everybody, run ./admin.py doctor and ./admin.py audit verify, then make desk.",
    },
    "moving.abandoned": {
        "ja": "{place} への移転をやめました。窓口はここにあります。",
        "en": "the move to {place} is broken off; the office is here.",
    },
    "moving.leaving": {
        "ja": "この窓口は {place} に移るところです。移す行をもう一度実行すると続きから進み、"
        "./admin.py move --abandon でやめられます。",
        "en": "this office is moving to {place}: the line that moves it goes on with it, and ./admin.py move --abandon "
        "breaks it off.",
    },
    "moving.left": {
        "ja": "この窓口は {place} に移りました。MADOGUCHI_DATABASE_URL をその場所にしてください。",
        "en": "this office has moved to {place}: let MADOGUCHI_DATABASE_URL name that place.",
    },
    "moving.arriving": {
        "ja": "{place} の窓口がここに移ってくるところです。元の場所で ./admin.py move をもう一度実行してください。",
        "en": "the office of {place} is moving in here: run ./admin.py move again in the old place.",
    },
    "moving.undoing": {
        "ja": "ここに移ってきた窓口は {place} に戻るところです。そこで ./admin.py move --abandon を実行してください。",
        "en": "the office that came here is going back to {place}: run ./admin.py move --abandon there.",
    },
    "moving.undoing_first": {
        "ja": "この移転は取り消しの途中です。./admin.py move --abandon で終えてください。",
        "en": "this move is being taken back; finish that by ./admin.py move --abandon.",
    },
    "moving.one_of": {
        "ja": "移る先を --to か --to-file のどちらかで指定してください",
        "en": "say where to by one of --to and --to-file",
    },
    "moving.not_a_url": {
        "ja": "移る先は sqlite:////フォルダー/ファイル か postgresql://LOGIN@HOST/DATABASE の形で指定してください。",
        "en": "name the new place as sqlite:////folder/file or postgresql://LOGIN@HOST/DATABASE.",
    },
    "moving.password_shown": {
        "ja": "コマンド行のパスワードは、この機械の誰にでも見えます。~/.pgpass か PGPASSWORD に置くか、"
        "URL をファイルに書いて --to-file で渡してください。",
        "en": "everybody on this machine sees a password on a command line: keep it in ~/.pgpass or PGPASSWORD, or "
        "write the URL into a file for --to-file.",
    },
    "moving.same": {
        "ja": "{place} はいまのデータベースそのものか、誰かがちょうど移ってくるところです。",
        "en": "{place} is the office's own database, or somebody is just moving in there.",
    },
    "moving.under_way": {
        "ja": "この窓口は、別の端末でちょうど移しているところです。",
        "en": "somebody else is moving this office at this moment.",
    },
    "moving.no_folder": {
        "ja": "{folder} に書けるフォルダーがありません。先に作ってください。",
        "en": "{folder} is no folder one could write into; make it first.",
    },
    "moving.no_database": {
        "ja": "{place} は SQLite のデータベースではありません。別の名前にしてください。",
        "en": "{place} is no database of SQLite's; take another name.",
    },
    "moving.unreachable": {
        "ja": "{place} に届かないか、入れません。サーバー、ログイン、パスワード（~/.pgpass、PGPASSWORD、--to-file）"
        "を確かめてください。",
        "en": "{place} cannot be reached, or does not let us in: look at server, login and password (~/.pgpass, "
        "PGPASSWORD, --to-file).",
    },
    "moving.not_utf8": {
        "ja": "{place} の文字コードは {encoding} です。UTF8 のデータベースを作ってください: "
        "CREATE DATABASE ... ENCODING 'UTF8' TEMPLATE template0",
        "en": "{place} keeps text as {encoding}; make a database that keeps UTF8: CREATE DATABASE ... ENCODING 'UTF8' "
        "TEMPLATE template0",
    },
    "moving.reads_only": {
        "ja": "{place} は読むだけのサーバーです（複製か、default_transaction_read_only）。"
        "書けるサーバーにしてください。",
        "en": "{place} only reads (a replica, or default_transaction_read_only); name a server that can be written.",
    },
    "moving.no_rights": {
        "ja": "このログインは {place} の public スキーマの持ち主ではないか、表を作れません。"
        "表の持ち主となるログインで行ってください。",
        "en": "this login does not own the tables of {place}, or may make none in its schema public; come in under "
        "the login that is to own them.",
    },
    "moving.login_is_staff": {
        "ja": "{login} は担当者のログインです。表の持ち主となる、誰のものでもないログインで行ってください。",
        "en": "{login} is the login of somebody who works here; come in under one that is nobody's and owns the "
        "tables.",
    },
    "moving.not_empty": {
        "ja": "{place} は空ではありません（表 {table}）。空のデータベースを指定するか、あるものを脇に置いてください。",
        "en": "{place} is not empty (table {table}); name an empty database, or put what is there aside.",
    },
    "moving.left_place": {
        "ja": "{place} は、窓口が前にあった場所で（{moved} に移りました）、そのときのまま保たれています。"
        "新しい場所を指定するか、前のものを脇に置いてください。",
        "en": "{place} is a place an office has left (for {moved}) and is kept as it was; name a new one, or put it "
        "aside.",
    },
    "moving.taken": {
        "ja": "{place} には別の移転の途中のものがあります。そちらを終えるか、やめてください。",
        "en": "another move came to {place} and is not done; finish it or break it off.",
    },
    "moving.strange_tables": {
        "ja": "{place} には知らない表があり、移せません: {tables}",
        "en": "{place} holds tables this release does not know and cannot move: {tables}",
    },
    "moving.not_migrated": {
        "ja": "{place} には表がありますが、移行の記録がありません。空のデータベースを指定してください。",
        "en": "{place} has tables and no record of migrations; name an empty database.",
    },
    "moving.older": {
        "ja": "{place} の表は古い版のものです（{revision}、いまは {newest}）。"
        "先に .venv/bin/python -m models.migrate を行ってください。",
        "en": "the tables of {place} are of an older release ({revision}; here {newest}): run "
        ".venv/bin/python -m models.migrate there first.",
    },
    "moving.begun_by_older": {
        "ja": "{place} の移転は、古い版で始まりました。"
        "その版で move をもう一度実行して終えるか、move --abandon でやめてから、新しい版にしてください。",
        "en": "the move of {place} was begun by an older release: finish it with that one, "
        "by its move line or by move --abandon, and upgrade then.",
    },
    "moving.newer": {
        "ja": "{place} の表は新しい版のものです。その版で行ってください。",
        "en": "the tables of {place} are of a newer release; move with that one.",
    },
    "moving.desk_runs": {
        "ja": "{home} の机が動いています。止めてから（Ctrl-C）行ってください。移る間、窓口は止まります。",
        "en": "the desk of {home} runs: stop it first (Ctrl-C); the office stands still while it moves.",
    },
    "moving.workers_alive": {
        "ja": "働いているものがあります（{workers}）。止めて一分待ってから行ってください。移る間、窓口は止まります。",
        "en": "somebody is at work ({workers}): stop the workers and wait a minute; the office stands still while it "
        "moves.",
    },
    "moving.cannot_hold": {
        "ja": "表 {table} の行 {row} の {column} は、移る先に入りません（大きすぎる数か、文字ではない文字）。"
        "窓口は閉じたままです。./admin.py move --abandon で元に戻り、直してから移してください。",
        "en": "{column} of row {row} in table {table} has no room there (a number too large, or a character that is "
        "none). The office stands still: ./admin.py move --abandon opens it again, mend that, then move.",
    },
    "moving.differs": {
        "ja": "移る先の表 {table} の行 {row} は、{column} が元と違います。窓口は閉じたままです。"
        "同じ行をもう一度実行すると、その表から写し直します。",
        "en": "{column} of row {row} in table {table} is not there what it is here. The office stands still: the same "
        "line brings the table anew, and what follows it.",
    },
    "moving.missing": {
        "ja": "表 {table} の行 {row} が、片方にしかありません。窓口は閉じたままです。"
        "同じ行をもう一度実行すると、その表から写し直します。",
        "en": "row {row} of table {table} is in one of the two places only. The office stands still: the same line "
        "brings the table anew, and what follows it.",
    },
    "moving.not_brought": {
        "ja": "表 {table} を運べませんでした（{kind}）。列に合わない値があるか、ディスクが一杯か、接続が切れました。"
        "窓口は閉じたままです。同じ行をもう一度実行すると続きから進み、./admin.py move --abandon で元に戻れます。",
        "en": "table {table} could not be brought over ({kind}): a value in it is not what its column is for, a disk "
        "is full, or the line broke. The office stands still: the same line goes on, and ./admin.py move --abandon "
        "opens it again.",
    },
    "moving.no_room": {
        "ja": "{place} のディスクがいっぱいか、壊れています。窓口は閉じたままです。"
        "空きを作って同じ行をもう一度実行すると続きから進み、./admin.py move --abandon で元に戻れます。",
        "en": "the disk of {place} is full or fails. The office stands still: make room, and the same line goes on; "
        "./admin.py move --abandon opens it again.",
    },
    "moving.gone": {
        "ja": "{place} がありません。窓口はそこで開いていました。ディスクが外れているなら戻してください。"
        "本当に失われたときは、同じ名前の空のファイルを作ってから、もう一度行ってください。",
        "en": "{place} is not there, and the office lived in it: bring back the disk it is on. Where it is lost for "
        "good, make an empty file of that name and run this line again.",
    },
    "moving.elsewhere": {
        "ja": "この窓口は {place} に移る途中か、移った後です。その場所を指定してください。",
        "en": "this office is on its way to {place}, or there: name that place.",
    },
    "moving.not_from_here": {
        "ja": "ここは移る先です。{place} から行ってください（MADOGUCHI_DATABASE_URL を元の場所に）。",
        "en": "this is the new place: do it from {place} (let MADOGUCHI_DATABASE_URL name the old one).",
    },
    "moving.no_move": {
        "ja": "移っている途中ではありません。やめるものはありません。",
        "en": "this office is not moving; there is nothing to break off.",
    },
    "moving.name_it": {
        "ja": "窓口は {place} で開いているかもしれません。"
        "確かめるため --to か --to-file でその場所を指定してください。",
        "en": "the office may live in {place} by now: name that place by --to or --to-file, so that it is looked at.",
    },
    "moving.written_there": {
        "ja": "新しい場所ではもう仕事が行われています（表 {table}）。戻るには、そこからここへ移してください。",
        "en": "work was done in the new place (table {table}); to come back, move from there to a new database.",
    },
}
EXAMPLES: dict[str, tuple[str, ...]] = {
    "moving.help.move": (
        "./admin.py move --to postgresql://madoguchi@db.example.com/madoguchi --dry-run",
        "./admin.py move --to sqlite:////srv/madoguchi/home/var/madoguchi.sqlite3",
        "./admin.py move --abandon",
    ),
}
