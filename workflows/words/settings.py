"""What each setting is for, and what is wrong with a value."""

SENTENCES: dict[str, dict[str, str]] = {
    "settings.head": {"ja": "設定に誤りがあります:", "en": "The settings are wrong:"},
    "settings.MADOGUCHI_HOME": {
        "ja": "var/(データ、ログ、印刷待ちの手紙)と keys/(暗号鍵)を置くフォルダー。",
        "en": "The folder in which var/ (data, logs, letters waiting to be printed) and keys/ (keys) lie.",
    },
    "settings.MADOGUCHI_DATABASE_URL": {
        "ja": "台帳のデータベース。本番では postgresql+psycopg://… を指定します。",
        "en": "The database of the ledger; in production postgresql+psycopg://…",
    },
    "settings.MADOGUCHI_BROKER_URL": {
        "ja": "タスクキューのサーバー。本番では redis://… または rediss://… を指定します。"
        "専用のサーバーにしてください。",
        "en": "The server of the task queue; in production redis://… or rediss://…, on a server of its own.",
    },
    "settings.MADOGUCHI_CLOCK": {
        "ja": "開設のときに決まります。system は実際の時刻、shifted は責任者が動かせる時刻(デモと訓練のため)。",
        "en": "What an office is founded with: system is the real time; shifted adds an offset that a lead sets, "
        "for drills.",
    },
    "settings.MADOGUCHI_ALLOW_AS": {
        "ja": "開設のときに決まります。demo なら --as で別の人の名前を使え、手紙に「見本」と印字され、記録に残ります。",
        "en": "What an office is founded with: demo permits --as; letters are then stamped SAMPLE and every export "
        "says so.",
    },
    "settings.MADOGUCHI_KEYS": {
        "ja": "暗号鍵のフォルダー。データベースにもそのバックアップにも含めません。",
        "en": "The folder of the keys, never in the database nor in its backups.",
    },
    "settings.MADOGUCHI_CHECKPOINTS": {
        "ja": "署名した検証点のファイルを置くフォルダー。できれば別のディスクか、消せない場所に置きます。",
        "en": "The folder of the signed checkpoints: best on another disk, or where nothing can be taken away.",
    },
    "settings.MADOGUCHI_SOLE": {
        "ja": "開設のときに決まります。yes なら一人だけの窓口で、二人目の確認を求めず、その事実を記します。",
        "en": "What an office is founded with: yes makes it a one-person office without a second pair of eyes, and "
        "says so.",
    },
    "settings.MADOGUCHI_FLOWER_PORT": {
        "ja": "Flower のポート(このコンピューターからだけ開けます)。0 なら空いている番号を選びます。",
        "en": "The port of Flower, open to this computer only; 0 takes a free one.",
    },
    "settings.MADOGUCHI_METRICS_PORT": {
        "ja": "監視システムのための数値のポート(このコンピューターからだけ開けます)。0 なら空いている番号を選び、"
        "off なら動かしません。",
        "en": "The port of the numbers for monitors, open to this computer only; 0 takes a free one, off serves none.",
    },
    "settings.MADOGUCHI_LANG": {"ja": "画面の言葉。ja または en。", "en": "The language of the screen, ja or en."},
    "settings.MADOGUCHI_HATCH": {
        "ja": "動いている窓口を ./admin.py から呼ぶソケットのフォルダー。ホームのグループに属する人が入れます。",
        "en": "The folder of the socket by which ./admin.py calls the running desk; whoever is in the home's group may "
        "enter it.",
    },
    "settings.MADOGUCHI_RESIDENCY": {
        "ja": "開設のときに決まります。データを置く国(ISO 3166 の二文字)。status に表示されます。",
        "en": "What an office is founded with: the country in which the data lies (ISO 3166, two letters); status "
        "shows it.",
    },
    "settings.MADOGUCHI_LOG": {
        "ja": "ログの形。text または json(一行に一つの出来事。番号と符号だけ)。",
        "en": "How logs are written: text, or json, one object a line, of ids and codes alone.",
    },
    "settings.MADOGUCHI_SMTP_URL": {
        "ja": "担当者への知らせを送るメールサーバー。smtps://USER:PASSWORD@HOST/?from=ADDRESS の形です。",
        "en": "The server of mail to staff: smtps://USER:PASSWORD@HOST/?from=ADDRESS.",
    },
    "settings.not_a_mail_server": {
        "ja": "smtps://USER:PASSWORD@HOST/?from=ADDRESS または smtp://USER:PASSWORD@HOST:587/?from=ADDRESS "
        "の形にしてください（暗号化しない場合は &tls=none を付けます）。",
        "en": "must look like smtps://USER:PASSWORD@HOST/?from=ADDRESS or smtp://USER:PASSWORD@HOST:587/?from=ADDRESS "
        "(with &tls=none where nothing is to be encrypted).",
    },
    "settings.not_a_folder": {
        "ja": "フォルダーの名前ではないか、「?」が含まれています。"
        "まだ無いフォルダーか既存のフォルダーを指定してください。",
        "en": "is a file or has a question mark in its name; name a folder, existing or not.",
    },
    "settings.not_a_database": {
        "ja": "postgresql+psycopg://USER@HOST/NAME または sqlite:////PATH/FILE の形にしてください。",
        "en": "must look like postgresql+psycopg://USER@HOST/NAME or sqlite:////PATH/FILE.",
    },
    "settings.not_a_broker": {
        "ja": "redis://HOST:6379/0、rediss://HOST:6379/0、redis+socket:///PATH のいずれかの形にしてください。",
        "en": "must look like redis://HOST:6379/0, rediss://HOST:6379/0 or redis+socket:///PATH.",
    },
    "settings.not_a_port": {"ja": "0 から 65535 までの数にしてください。", "en": "must be a number from 0 to 65535."},
    "settings.not_a_port_or_off": {
        "ja": "0 から 65535 までの数か off にしてください。",
        "en": "must be a number from 0 to 65535, or off.",
    },
    "settings.not_a_country": {
        "ja": "国を表す英大文字二文字(JP など)にしてください。",
        "en": "must be the two capital letters of a country, such as JP.",
    },
    "settings.not_one_of": {"ja": "次のいずれかにしてください: {choices}。", "en": "must be one of: {choices}."},
    "settings.set_twice": {
        "ja": "{name} と {name}_FILE の両方が設定されています。片方だけにしてください。",
        "en": "both {name} and {name}_FILE are set; set one of them.",
    },
    "settings.unreadable": {
        "ja": "このファイルを読めないか、中身がありません。値を一行だけ書いたファイルを指定してください。",
        "en": "this file cannot be read or is empty; name a file that holds the value on one line.",
    },
    "settings.unknown": {"ja": "この名前の設定はありません。", "en": "there is no such setting."},
    "settings.unknown_near": {
        "ja": "この名前の設定はありません。{near} のことでしょうか。",
        "en": "there is no such setting; did you mean {near}?",
    },
}
