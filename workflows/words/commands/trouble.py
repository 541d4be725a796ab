"""What `commands/trouble.py` says."""

SENTENCES: dict[str, dict[str, str]] = {
    "trouble.faults_joint": {"ja": "、", "en": "; "},
    "trouble.shared": {
        "ja": "{why}。鍵と組み込みのデータベースは、"
        "処理と操作を行う1台の機械のディスクに置いてください（docs/operations.md）。何も受け付けていません。",
        "en": "{why} (docs/operations.md). Nothing was accepted.",
    },
    "trouble.bad_definition": {
        "ja": "手続の定義に誤りがあるため、何もできません: {why}。開発者に伝えてください。",
        "en": "{why}. Nothing works until whoever wrote it mends it.",
    },
    "trouble.keystore": {
        "ja": "暗号鍵（keys/）を使えません: {why}。MADOGUCHI_KEYS の指す場所と権限を確かめてください。",
        "en": "the keystore (keys/) cannot be used: {why}. Check the folder MADOGUCHI_KEYS names and its permissions.",
    },
    "trouble.no_schema": {
        "ja": "データベースの表が古い版のままです。.venv/bin/python -m models.migrate を一度実行してください。"
        "何も受け付けていません。",
        "en": "the database lacks tables or columns of this version; run .venv/bin/python -m models.migrate once. "
        "Nothing was accepted.",
    },
    "trouble.not_permitted": {
        "ja": "データベースがこのログインに許していない操作です。本人のログインでは、本人の名でしか指示できず、"
        "担当者を変えられるのは責任者（lead）だけです。何も受け付けていません。",
        "en": "the database does not let this login do that: a personal login orders in its own name alone, and "
        "only a lead changes who works here. Nothing was accepted.",
    },
    "trouble.older_version": {
        "ja": "手続のより新しい版が使われており、この版のプログラムは古いため、ここでは扱えません。"
        "新しい版（git pull、make setup）で実行してください。何も受け付けていません。",
        "en": "a newer version of the procedure is in force than this code knows: run the newer release (git pull, "
        "make setup). Nothing was accepted.",
    },
    "trouble.older_code": {
        "ja": "より新しい版のプログラムが書いたものがあり、この版では読めません。新しい版（git pull、make setup）"
        "で実行してください。何も受け付けていません。",
        "en": "newer code has written what is kept here, and this code cannot read it: run the newer release (git "
        "pull, make setup). Nothing was accepted.",
    },
    "trouble.moved": {
        "ja": "{why}何も受け付けていません。",
        "en": "{why} Nothing was accepted.",
    },
    "trouble.no_office": {
        "ja": "ここに窓口はありません: {place}。何も作っていません。場所が違うときは MADOGUCHI_HOME と "
        "MADOGUCHI_DATABASE_URL を確かめてください。新しい窓口は ./admin.py init（一問ずつ）か "
        "./admin.py office found --lead NAME で開設し、控えは ./admin.py restore DIR で戻します。",
        "en": "no office here: {place}; nothing was made. If you meant another place, check MADOGUCHI_HOME and "
        "MADOGUCHI_DATABASE_URL; ./admin.py init founds a new office, question by question (or ./admin.py "
        "office found --lead NAME), and ./admin.py restore DIR brings a backup back.",
    },
    "trouble.otherwise": {
        "ja": "開設のときに決めたことは変わりません。その環境変数を外してください（./admin.py office "
        "で確かめられます）。何も受け付けていません。",
        "en": "What an office was founded as does not change: unset the variable (./admin.py office shows what it "
        "is). Nothing was accepted.",
    },
    "trouble.busy": {
        "ja": "データベースが混み合っています。だれかが表や行をつかんだままです（開いたままの psql など）。"
        "待たずに打ち切り、この操作は書いていません。しばらくしてもう一度実行してください。"
        "二重には行いません。続くときは docs/operations.md の「A lock somebody holds」をご覧ください。",
        "en": "the database is busy: somebody holds a table or a row (a forgotten psql, say). The command gave up "
        "waiting and did not write what it was about to. Run it again in a while; nothing is done twice. If "
        "it stays so, see 'A lock somebody holds' in docs/operations.md.",
    },
    "trouble.unreachable": {
        "ja": "データベース（{where}）につながりません。何も受け付けていません。サーバーが動いているか、"
        "MADOGUCHI_DATABASE_URL が正しいかを確かめてから、もう一度実行してください。",
        "en": "the database ({where}) cannot be reached; nothing was accepted. Check that its server runs and that "
        "MADOGUCHI_DATABASE_URL is right, then run the command again.",
    },
    "trouble.full": {
        "ja": "データベース（{where}）のディスクがいっぱいか、壊れています。この操作は何も書いていません。"
        "空きを作ってから、もう一度実行してください（./admin.py status が、どのディスクかと、"
        "場所を取っているものを見る行を示します）。",
        "en": "the disk of the database ({where}) is full or fails, and this wrote nothing. Make room "
        "(./admin.py status names the disk and the line that shows what takes it), then run the command again.",
    },
    "trouble.reads_only": {
        "ja": "データベース（{where}）は読むだけで、書けません（読み取り専用のディスクかファイル、または複製の"
        "サーバー）。何も受け付けていません。書けるようにしてから、もう一度実行してください。",
        "en": "the database ({where}) can be read and not written (a disk or file that is read-only, or a server that "
        "is a replica); nothing was accepted. Mend that, then run the command again.",
    },
    "trouble.not_written": {
        "ja": "{place} を使えません（{why}）。直してからもう一度実行してください。二重には行いません。"
        "./admin.py status が、いっぱいのディスクと鍵の状態を示します。",
        "en": "{place} cannot be used ({why}). Mend that, then run the command again: nothing is done twice. "
        "./admin.py status names a disk that is full, and what is wrong with the keys.",
    },
    "trouble.unexpected": {
        "ja": "思いがけない誤りが起きました（番号 {reference}）。詳しくは {place} にあります。"
        "同じ操作をもう一度行っても、二重に実行されることはありません。",
        "en": "something unexpected went wrong (reference {reference}); {place} has the details. Running the "
        "command again does nothing twice.",
    },
    "trouble.lines_above": {"ja": "上の表示", "en": "the lines above"},
    "trouble.bad_law": {
        "ja": "この窓口の法令のファイルが使えません。{faults}。何も受け付けていません。",
        "en": "a law of this office's own cannot be used: {faults}. Nothing was accepted.",
    },
    "trouble.procedure_gone": {"ja": "手続がありません：{why}", "en": "{why}"},
    "trouble.law_gone": {"ja": "法令がありません：{why}", "en": "{why}"},
    "trouble.bad_profile": {
        "ja": "{path}: {faults}。何も受け付けていません。",
        "en": "{path}: {faults}. Nothing was accepted.",
    },
}
