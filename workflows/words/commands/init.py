"""What `commands/init.py` and the files of its parts (`commands/first_*.py`) say, and its help."""

SENTENCES: dict[str, dict[str, str]] = {
    "init.help": {
        "ja": "窓口を初めて使うための設定を、一問ずつ尋ねます：組織の情報（organisation.toml）、"
        "窓口の開設と鍵と責任者、手続、"
        "担当者、営業日。最後に、試しの手紙を自分の住所あてに一通、PDFで作ります。\n"
        "各部分は、一覧を確かめてEnterを押したときにだけ書き込みます。途中でやめても、もう一度 init "
        "とすれば続きからです。"
        "既にあるものはそのまま残します。",
        "en": "The first start, one question after the other: the office's card (organisation.toml), founding with "
        "keys and "
        "lead, the procedure, the people, the days. At its end lies a test letter to the office's own address, as a "
        "PDF.\n"
        "Each part is written when its summary is sent, and not before. Broken off anywhere, another init goes on from "
        "there; what an office has already stays as it is.",
    },
    "init.help.file": {
        "ja": "答えを書いたYAMLファイル。何も尋ねません。書いていない部分は行いません。- は標準入力。",
        "en": "a YAML file with the answers, nothing is asked; a part that is not in it is left out; - is standard "
        "input",
    },
    "init.help.replace": {
        "ja": "--file とともに：ホームにある見本の organisation.toml を書き換えてもよい。",
        "en": "with --file: the sample organisation.toml that lies in the home may be written over",
    },
    "init.help.letter": {
        "ja": "試しの手紙だけをもう一度作ります（organisation.toml を直したあとなど）。",
        "en": "make the test letter alone once more: after a change of organisation.toml, say",
    },
    "init.not_the_office": {
        "ja": "この窓口のファイルは別のログインのものです。窓口を動かす人が init を行ってください。",
        "en": "the files of this office are another login's; whoever runs the desk does init.",
    },
    "init.nobody_to_ask": {
        "ja": "端末ではないので尋ねられません。端末で行うか、--file に答えのファイルを指定してください"
        "（書き方は ./admin.py init --help）。",
        "en": "there is no terminal to ask at; run it at one, or name a file with the answers by --file (see --help).",
    },
    "init.welcome": {
        "ja": "窓口の初めての設定です。六つの部分に分かれ、各部分の終わりで一覧を確かめて書き込みます。",
        "en": "The first start of an office, in six parts. Each is written when you have seen its summary and sent it.",
    },
    "init.part": {"ja": "【{number}/{count}】{part}", "en": "[{number}/{count}] {part}"},
    "init.part.organisation": {"ja": "組織の情報", "en": "the organisation's card"},
    "init.part.office": {"ja": "窓口の開設・鍵・責任者", "en": "the office, its keys and its lead"},
    "init.part.procedure": {"ja": "手続", "en": "the procedure"},
    "init.part.staff": {"ja": "担当者", "en": "the people"},
    "init.part.calendar": {"ja": "営業日", "en": "the days"},
    "init.part.letter": {"ja": "試しの手紙", "en": "the test letter"},
    "init.done_already": {"ja": "済んでいます。", "en": "done already."},
    "init.left": {
        "ja": "中断しました。{done}もう一度 ./admin.py init とすると続きから始めます。",
        "en": "broken off. {done} Another ./admin.py init goes on from there.",
    },
    "init.kept": {"ja": "書き込み済み：{parts}。", "en": "Written: {parts}."},
    "init.nothing_kept": {"ja": "何も書き込んでいません。", "en": "Nothing was written."},
    "init.for_the_lead": {
        "ja": "窓口を開設しました。残りは責任者の {lead} さんが ./admin.py init で行います。",
        "en": "The office is founded. The rest is for its lead to do: {lead}, with ./admin.py init.",
    },
    # -- the organisation ---------------------------------------------------------------------------------------------
    "init.before.organisation": {
        "ja": "すべての手紙に印字される、組織の名称・住所・連絡先です。日本語と英語の両方が要ります。",
        "en": "Name, address and contact as every letter carries them, in both languages.",
    },
    "init.sample_gives_way": {
        "ja": "{path} にあるのは見本です。送信すると、あなたの組織の情報に書き換えます。",
        "en": "What lies in {path} is the sample; what you send takes its place.",
    },
    "init.card_is": {
        "ja": "{name}（直すときは {path} を編集してください）",
        "en": "{name} (to change it, edit {path})",
    },
    "init.card_in_the_way": {
        "ja": "{path} が既にあり、内容が違います。そのファイルを編集して、この部分を答えから外してください。"
        "見本であれば --replace で書き換えられます",
        "en": "{path} is there already and says otherwise; edit it and leave this part out. If it is the sample, "
        "--replace "
        "lets it be written over",
    },
    "init.card_does_not_fit": {
        "ja": "{language}の手紙を作れません。名称・住所・受付時間・責任者が手紙の右上に収まりません。短くしてください",
        "en": "no letter can be made in {language}: name, address, hours and officer take more room than there is "
        "beside the window; make them shorter",
    },
    "init.card_written": {"ja": "{path} に書きました。", "en": "written to {path}."},
    "init.option.name_ja": {"ja": "名称（日本語）", "en": "name in Japanese"},
    "init.option.name_en": {"ja": "名称（英語）", "en": "name in English"},
    "init.option.unit_ja": {"ja": "部署（日本語）", "en": "unit in Japanese"},
    "init.option.unit_en": {"ja": "部署（英語）", "en": "unit in English"},
    "init.option.postcode": {"ja": "郵便番号", "en": "postcode"},
    "init.option.address_ja": {"ja": "住所（日本語）", "en": "address in Japanese"},
    "init.option.address_en": {"ja": "住所（英語）", "en": "address in English"},
    "init.option.email": {"ja": "電子メール", "en": "e-mail"},
    "init.option.phone": {"ja": "電話（なければEnter）", "en": "telephone (Enter: none)"},
    "init.option.hours_ja": {"ja": "受付時間（日本語）", "en": "hours in Japanese"},
    "init.option.hours_en": {"ja": "受付時間（英語）", "en": "hours in English"},
    "init.option.officer_ja": {
        "ja": "個人情報保護の責任者、日本語（手紙に載せないならEnter）",
        "en": "privacy officer in Japanese (Enter: letters name none)",
    },
    "init.option.officer_en": {"ja": "個人情報保護の責任者、英語", "en": "privacy officer in English"},
    "init.option.years": {"ja": "日本語の手紙の年", "en": "years in Japanese letters"},
    "init.asked.Years.western": {"ja": "西暦 2027年", "en": "western (2027)"},
    "init.asked.Years.japanese": {"ja": "元号 令和9年", "en": "of the era (Reiwa 9)"},
    "init.option.seal": {"ja": "手紙の印", "en": "the seal on letters"},
    "init.asked.Seal.none": {"ja": "何も載せない", "en": "nothing is said of one"},
    "init.asked.Seal.place": {"ja": "押印する枠を載せる", "en": "a place where it is put by hand"},
    "init.asked.Seal.omitted": {"ja": "公印省略と載せる", "en": "it is told to be left out"},
    "init.option.country": {"ja": "国（2文字）", "en": "country, two letters"},
    "init.option.policies": {
        "ja": "プライバシーポリシーの公表日（複数は;で区切る）",
        "en": "days on which the privacy policies were published (; between them)",
    },
    "init.option.regime": {"ja": "適用する法令", "en": "the law of its cases"},
    "init.asked.Card.regime.jp-appi": {"ja": "個人情報保護法（民間）", "en": "Japan, private bodies"},
    "init.asked.Card.regime.jp-public": {"ja": "個人情報保護法（行政機関等）", "en": "Japan, public bodies"},
    "init.asked.Card.regime.eu-gdpr": {"ja": "EU一般データ保護規則", "en": "GDPR of the EU"},
    "init.asked.Card.regime.uk-gdpr": {"ja": "英国GDPR", "en": "UK GDPR"},
    # -- the office ---------------------------------------------------------------------------------------------------
    "init.before.office": {
        "ja": "ここで決めることは、その後変わりません。練習用は本番用にはなりません（別に開設してください）。",
        "en": "What is said here never changes. An office for practice never becomes a real one: found another.",
    },
    "init.before.keys": {
        "ja": "データベースは {database}、鍵は {keys} に作ります（別の場所なら、中断して MADOGUCHI_KEYS を設定）。",
        "en": "The database will be {database}, the keys will lie in {keys} (elsewhere: break off, set "
        "MADOGUCHI_KEYS).",
    },
    "init.option.lead": {"ja": "責任者のログイン名", "en": "login of the lead"},
    "init.option.practice": {
        "ja": "練習用ですか（手紙に見本の印、動かせる時計、--as が使える）",
        "en": "for practice (letters stamped SAMPLE, a clock that moves, --as works)",
    },
    "init.option.alone": {
        "ja": "一人だけの窓口ですか（二人目の確認なし）",
        "en": "one person alone (no second pair of eyes)",
    },
    "init.option.residency": {"ja": "データを置く国（2文字）", "en": "where the data lies, two letters"},
    "init.office_is": {"ja": "責任者 {lead}、開設 {at}", "en": "lead {lead}, founded {at}"},
    "init.environment": {
        "ja": "環境変数 {variables} と違います。どちらかを直してください",
        "en": "the environment says otherwise ({variables}); change one of them",
    },
    "init.founded_otherwise": {
        "ja": "この窓口は別のものとして開設されています（./admin.py office が示します）。"
        "この部分を答えから外してください",
        "en": "the office here was founded as something else (./admin.py office shows what); leave this part out",
    },
    "init.no_such_login": {
        "ja": "この機械に {name} というログインがないので、責任者が入れません。あるログインの名前にするか、"
        "先に作ってください",
        "en": "this machine has no login {name}, so the lead could not come in: name one there is, or make it first",
    },
    "init.founded": {"ja": "開設しました。鍵は {keys} にあります。", "en": "Founded. The keys lie in {keys}."},
    "init.keys_apart": {
        "ja": "鍵を失うと、どの請求も二度と読めません。var/ と keys/ は必ず別々に保存してください："
        "./admin.py backup --out DIR が、鍵を DIR.keys に分けて取ります。DIR.keys は別の媒体に移してください。"
        "両方を持つ人は、すべてを読めます。",
        "en": "Without the keys no case can ever be read again. Save var/ and keys/ apart: ./admin.py backup --out "
        "DIR puts "
        "the keys into DIR.keys; move that to another medium. Whoever has both reads everything.",
    },
    "init.four_eyes": {
        "ja": "本人確認や決定をした人は、その回答を承認できません（二人の目）。少なくとも二人が必要です。",
        "en": "Whoever verified or decided never releases the answer: four eyes. It takes two people at least.",
    },
    "init.alone": {
        "ja": "一人だけの窓口です。二人目の確認はなく、そのことが各請求の記録に残ります。",
        "en": "One person alone: there is no second pair of eyes, and the record of each case says so.",
    },
    # -- the procedure ------------------------------------------------------------------------------------------------
    "init.before.procedure": {
        "ja": "窓口が公表している手続です。標準の手続のほか、見本（samples/procedures/）や、自分の procedure.toml "
        "が使えます。"
        "後から ./admin.py procedure adopt で変えられます。",
        "en": "The procedure the office publishes: the built-in one, a sample of samples/procedures/, or a "
        "procedure.toml of "
        "your own. Later ./admin.py procedure adopt changes it.",
    },
    "init.option.use": {"ja": "手続", "en": "procedure"},
    "init.asked.Choosing.use.built_in": {"ja": "標準の手続", "en": "the built-in one"},
    "init.asked.Choosing.use.file": {"ja": "自分のファイル", "en": "a file of your own"},
    "init.asked.Choosing.use.01-stamps": {"ja": "見本：手数料を切手で", "en": "sample: a fee in stamps"},
    "init.asked.Choosing.use.02-two-papers": {"ja": "見本：本人確認書類二点", "en": "sample: two papers of identity"},
    "init.asked.Choosing.use.03-estimate": {
        "ja": "見本：見積と請求の後で回答",
        "en": "sample: estimate and bill first",
    },
    "init.asked.Choosing.use.04-counter": {"ja": "見本：窓口で受付と交付", "en": "sample: at the counter"},
    "init.asked.Choosing.use.05-bereaved": {"ja": "見本：遺族からの請求", "en": "sample: asked by the bereaved"},
    "init.asked.Choosing.use.06-city": {"ja": "見本：市の開示請求", "en": "sample: a city"},
    "init.asked.Choosing.use.07-council": {"ja": "見本：英国の自治体", "en": "sample: a UK council"},
    "init.asked.Choosing.use.08-electronic": {"ja": "見本：電子ファイルで回答", "en": "sample: answers as files"},
    "init.option.file": {"ja": "procedure.toml の場所", "en": "path of the procedure.toml"},
    "init.option.first": {"ja": "初日", "en": "first day"},
    "init.file_alone": {
        "ja": "file は use: file のときにだけ、必ず書いてください",
        "en": "file goes with use: file, and with nothing else",
    },
    "init.procedure_is": {
        "ja": "{first} から採用した手続 {digest} です。",
        "en": "procedure {digest}, adopted from {first} on.",
    },
    "init.procedure_built_in": {"ja": "標準の手続です。", "en": "the built-in procedure holds."},
    "init.procedure_show": {
        "ja": "内容は ./admin.py procedure show で読めます。",
        "en": "./admin.py procedure show reads it out.",
    },
    # -- the people ---------------------------------------------------------------------------------------------------
    "init.before.staff": {
        "ja": "受付担当・本人確認担当・承認者を登録します。一人が複数の役割を持てますが、本人確認や決定をした人は、"
        "その回答を承認できません。二人以上にしてください。",
        "en": "A clerk, a verifier, an approver. One person may have several roles, but whoever verified or decided "
        "never "
        "releases that answer: it takes two people.",
    },
    "init.alone_staff": {
        "ja": "一人だけの窓口なので、あなたがすべての役割を持ちます。二人目の確認はありません。",
        "en": "One person alone has all roles; there is no second pair of eyes.",
    },
    "init.names_are_logins": {
        "ja": "名前は、その人がこのコンピューターに入るときのログイン名です。",
        "en": "A name is the login by which somebody uses this machine.",
    },
    "init.names_free": {
        "ja": "練習用なので名前は自由です（--as 名前 で演じます）。",
        "en": "For practice names are free: --as NAME plays them.",
    },
    "init.gate.People.staff": {"ja": "登録する人がいますか", "en": "is there somebody to add?"},
    "init.further.People.staff": {"ja": "ほかに登録する人がいますか", "en": "is there somebody else to add?"},
    "init.option.staff": {"ja": "担当者", "en": "person"},
    "init.option.name": {"ja": "名前", "en": "name"},
    "init.option.roles": {"ja": "役割（複数可）", "en": "roles, one or more"},
    "init.asked.Role.clerk": {"ja": "受付担当", "en": "clerk: opens, prints, posts"},
    "init.asked.Role.verifier": {"ja": "本人確認担当", "en": "verifier: checks identity, decides"},
    "init.asked.Role.approver": {"ja": "承認者", "en": "approver: releases answers"},
    "init.asked.Role.lead": {"ja": "責任者", "en": "lead: adds people, settles what is stuck"},
    "init.people_are": {"ja": "{names}", "en": "{names}"},
    "init.twice": {"ja": "{name} が二度あります", "en": "{name} is there twice"},
    "init.four_eyes_there": {
        "ja": "二人の目が揃っています。",
        "en": "These are enough for four eyes.",
    },
    "init.four_eyes_lacking": {
        "ja": "まだ足りません：{roles}。いなければ、どの請求も回答まで進みません。次のように加えてください：",
        "en": "Still lacking: {roles}. Until there is one, no case comes to its answer. Add them so:",
    },
    # -- the days -----------------------------------------------------------------------------------------------------
    "init.before.calendar": {
        "ja": "土曜・日曜・国民の祝日は休みです。ほかに休む日を登録します。期限はこの暦で数えます。",
        "en": "Saturdays, Sundays and public holidays are closed. Say what else is: deadlines are counted on it.",
    },
    "init.option.year_end": {
        "ja": "12月29日〜1月3日は休みですか",
        "en": "closed from 29 December to 3 January",
    },
    "init.gate.Days.closed": {"ja": "ほかに休む日がありますか", "en": "are there other days it is closed?"},
    "init.further.Days.closed": {"ja": "さらに休む日がありますか", "en": "are there further days?"},
    "init.option.closed": {"ja": "休業", "en": "closed"},
    "init.option.last": {"ja": "最終日", "en": "last day"},
    "init.day_over": {"ja": "{day} は過ぎています。", "en": "{day} is over."},
    "init.wrong_span": {
        "ja": "{first} から {last}：初日以降、{most}日以内の最終日にしてください。",
        "en": "{first} to {last}: the last day comes after the first, {most} days at most.",
    },
    "init.year_end": {"ja": "12月29日〜1月3日は毎年休みです。", "en": "29 December to 3 January is closed every year."},
    "init.year_end_open": {
        "ja": "{days} は開いています。翌年以降は ./admin.py calendar remove で開けてください。",
        "en": "open on {days}; for later years ./admin.py calendar remove opens them.",
    },
    "init.closed": {"ja": "休業：{name}（{first}〜{last}）", "en": "closed: {name} ({first} to {last})"},
    "init.days_are": {"ja": "./admin.py calendar list で見られます", "en": "./admin.py calendar list shows them"},
    "init.days_later": {
        "ja": "後から ./admin.py calendar add と remove で変えられます。",
        "en": "./admin.py calendar add and remove change it later.",
    },
    # -- the test letter ----------------------------------------------------------------------------------------------
    "init.before.letter": {
        "ja": "本物の手紙と同じものを、窓口自身あてに作ります。どの請求のものでもなく、どこにも記録されません。",
        "en": "A letter as it is really sent, to the office itself. It belongs to no case and is recorded nowhere.",
    },
    "init.option.language": {"ja": "手紙の言語", "en": "language of the letter"},
    "init.asked.Language.ja": {"ja": "日本語", "en": "Japanese"},
    "init.asked.Language.en": {"ja": "英語", "en": "English"},
    "init.not_written": {"ja": "{path} に書けません（{why}）。", "en": "{path} cannot be written ({why})."},
    "init.all_done": {"ja": "設定が済みました。", "en": "All is set."},
    "init.letter": {
        "ja": "試しの手紙：{path}（{pages}ページ）",
        "en": "the test letter: {path} ({pages} pages)",
    },
    "init.look": {
        "ja": "実際の大きさ（100 %）で印刷して、確かめてください：\n"
        "  1. 左端の二つの印で折ると、宛名が封筒の窓に収まる\n"
        "  2. 右上の名称・住所・受付時間・連絡先が正しい\n"
        "  3. 右上のコードがにじんでいない（返送された書式は、これで読み取ります）\n"
        "  4. 赤い「SAMPLE 見本」がある（本物の手紙にはありません）\n"
        "  5. 最後のページの返送用あて名が自分の住所である",
        "en": "Print it at its real size (100 %) and look:\n"
        "  1. folded at the two marks on the left edge, the address stands in the window\n"
        "  2. name, address, hours and contact at the right are yours\n"
        "  3. the code at the top right is sharp: by such codes returned forms are known\n"
        "  4. SAMPLE stands in red at the top (a real letter has none, but in practice)\n"
        "  5. on the last page the label for what comes back bears your address",
    },
    "init.next": {
        "ja": "次に：\n"
        "  make desk                       別の端末で。動かしたままにします\n"
        "  ./admin.py today                今日の仕事\n"
        "  ./admin.py open                 最初の請求を、一問ずつ\n"
        "  ./admin.py backup --out DIR     控え。鍵は別に",
        "en": "What to run next:\n"
        "  make desk                       in another terminal, and keep it running\n"
        "  ./admin.py today                the day on one screen\n"
        "  ./admin.py open                 the first request, one question after the other\n"
        "  ./admin.py backup --out DIR     a backup, its keys apart",
    },
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "init.help": ("./admin.py init", "./admin.py init --file office.yaml", "./admin.py init --letter"),
}

FILES: dict[str, str] = {
    "init.help": """\
organisation:
  name_ja: 株式会社みほん
  name_en: Mihon Inc.
  unit_ja: 個人情報お問い合わせ窓口
  unit_en: Personal Information Desk
  postcode: 100-0001
  address_ja: 東京都千代田区千代田1-1
  address_en: 1-1 Chiyoda, Chiyoda-ku, Tokyo
  email: privacy@example.com
  hours_ja: 平日 9:30〜18:30
  hours_en: Weekdays 9:30-18:30
  policies: [2026-04-01]
  regime: jp-appi
office: {lead: kudo, practice: false, alone: false, residency: JP}
procedure: {use: built_in}      # or 01-stamps, or file with file: PATH; first: DAY
staff:
  - {name: sato, roles: [clerk]}
  - {name: tanaka, roles: [verifier]}
  - {name: mori, roles: [approver]}
calendar:
  year_end: true
  closed:
    - {name: 夏季休業, first: 2027-08-12, last: 2027-08-13}
letter: {language: ja}
""",
}
