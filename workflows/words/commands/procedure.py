"""What `commands/procedure.py` says, and the help of its commands."""

SENTENCES: dict[str, dict[str, str]] = {
    "procedure.help.procedure": {
        "ja": "窓口が公表している手続（procedure.toml）です。",
        "en": "The procedure this office publishes (procedure.toml).",
    },
    "procedure.help.show": {
        "ja": "いま（または--atの日に）適用される手続と、その出どころ、これまでの版を示します。\n"
        "文は、手紙と公表物に印字されるものと同じです。",
        "en": "What holds now (or on a day, --at), whence it comes, and which versions there are.\n"
        "The sentences are those that letters and the published sheet carry.",
    },
    "procedure.help.show.at": {"ja": "この日に適用される手続（2026-12-01）。", "en": "as it holds on this day"},
    "procedure.help.check": {
        "ja": "手続のファイルを確かめます（何も書きません）。誤りは場所とともにすべて示します（終了コード 2）。\n"
        "なければ、新しい請求で変わることと、未了の請求がどの手続のまま進むかを示します。"
        "FILEを省くと、MADOGUCHI_HOMEのprocedure.tomlです。",
        "en": "Say everything that is wrong with a file, each fault with its place (exit 2); nothing is written.\n"
        "Else say what it would change for new cases, and which open ones keep what they began under. Without "
        "FILE it is procedure.toml in MADOGUCHI_HOME.",
    },
    "procedure.help.adopt": {
        "ja": "手続を採用します（責任者のみ）。窓口の記録に残ります。\n"
        "ファイルのfromの日（または--from）から受け付ける請求に適用されます。未了の請求は、始まった時の手続のままです。"
        "戻すには、--againで以前の版を、--sourceで標準の手続を採用してください。",
        "en": "Adopt a procedure (leads only); it is written to the office's log.\n"
        "It holds for cases that begin on the file's day (or --from) and later; open cases keep theirs. The way "
        "back: --again adopts an earlier version, --source the built-in procedure.",
    },
    "procedure.help.adopt.from": {
        "ja": "適用を始める日。ファイルのfromの代わりです。",
        "en": "the first day it holds, in place of the file's own",
    },
    "procedure.help.adopt.source": {
        "ja": "標準の手続（ファイルがないときの手続）に戻します。",
        "en": "go back to the built-in procedure, as without any file",
    },
    "procedure.help.adopt.again": {
        "ja": "以前採用した版を、そのSHA-256（はじめの4文字以上）で指定して、もう一度採用します。",
        "en": "adopt an earlier version again, named by its SHA-256 (4 characters or more)",
    },
    "procedure.help.adopt.dry_run": {
        "ja": "採用せずに、変わることだけを示します。",
        "en": "only say what would change",
    },
    "procedure.one_of": {
        "ja": "FILE、--source、--againのうち、どれか一つを指定してください",
        "en": "name one of FILE, --source, --again",
    },
    "procedure.unreadable": {"ja": "読めません（{why}）", "en": "cannot be read ({why})"},
    "procedure.no_such": {
        "ja": "{digest}で始まる版は一つに決まりません。procedure showで版を確かめてください。",
        "en": "no single version begins with {digest}; procedure show lists them.",
    },
    "procedure.stands": {
        "ja": "{first}からは、すでにこの手続です。",
        "en": "it holds from {first} already.",
    },
    "procedure.help.publish": {
        "ja": "掲示とウェブサイトに使うものを、日本語と英語で作ります。\n"
        "窓口のカードと手続の案内（PDF/A）、ウェブページ1枚です。"
        "請求書をウェブサイトで配る手続では、番号のない請求書のPDFも作ります。文は手紙と同じところから取ります。",
        "en": "Make what goes on the wall and the website, in Japanese and English.\n"
        "A contact card, the procedure sheet (PDF/A) and one web page; where people take the "
        "forms themselves, those too, without a code. The sentences come from where those of letters do.",
    },
    "procedure.help.publish.out": {
        "ja": "作るフォルダー。同じ名前のものは置き換えます。",
        "en": "the folder; files of the same name give way",
    },
    "procedure.help.publish.at": {"ja": "この日に適用される手続（2026-12-01）。", "en": "as it holds on this day"},
    "procedure.published": {
        "ja": "{at}に適用される手続（{procedure}）を{out}に作りました。",
        "en": "{procedure}: published to {out} as it holds on {at}.",
    },
    "procedure.unwritable": {"ja": "{folder}に書けません（{why}）", "en": "{folder} cannot be written ({why})"},
    "procedure.adopted": {
        "ja": "{procedure}を採用しました（{first}から）。",
        "en": "{procedure}: adopted, from {first}.",
    },
    "procedure.would_be_adopted": {
        "ja": "{procedure}は{first}から採用できます（何も書いていません）。",
        "en": "{procedure}: could be adopted from {first}; nothing was written.",
    },
    # -- the pages
    "procedure.source": {"ja": "標準の手続", "en": "built-in"},
    "procedure.any_law": {
        "ja": "請求ごとに指定された法令、なければ通常の法令",
        "en": "the one a case names, or the usual one",
    },
    "procedure.holds": {"ja": "{at}に始まる請求の手続", "en": "The procedure of cases that begin on {at}"},
    "procedure.field.whence": {"ja": "出どころ", "en": "whence"},
    "procedure.field.law": {"ja": "法令", "en": "law"},
    "procedure.whence.source": {
        "ja": "標準の手続です。この窓口が採用した手続は、この日にはありません",
        "en": "built-in: no procedure of the office's own was adopted by then",
    },
    "procedure.whence.source_again": {
        "ja": "標準の手続です（{first}から。{by}が戻しました）",
        "en": "built-in again since {first} (by {by})",
    },
    "procedure.whence.file": {
        "ja": "{first}から。{at}に{by}が採用（{digest}）",
        "en": "since {first}, adopted on {at} by {by} ({digest})",
    },
    "procedure.versions": {"ja": "採用した版", "en": "Versions"},
    "procedure.heads": {"ja": "適用の日 状態 SHA-256 採用の日 採用した人", "en": "from state SHA-256 adopted by"},
    "procedure.version.in_force": {"ja": "適用中", "en": "in force"},
    "procedure.version.coming": {"ja": "これから", "en": "to come"},
    "procedure.version.over": {"ja": "過去", "en": "over"},
    "procedure.version.replaced": {"ja": "差替え済み", "en": "replaced"},
    "procedure.open": {"ja": "未了の請求の手続", "en": "Open cases"},
    "procedure.open_under": {
        "ja": "{procedure}: {cases}件（{states}）",
        "en": "{procedure}: {cases} ({states})",
    },
    "procedure.home_differs": {
        "ja": "MADOGUCHI_HOMEのprocedure.tomlは、採用した手続と異なります。"
        "./admin.py procedure checkで違いを確かめてください。",
        "en": "procedure.toml in MADOGUCHI_HOME is not what was adopted: ./admin.py procedure check says what differs.",
    },
    "procedure.for_new": {
        "ja": "{first}以後に始まる請求で変わること（いまは{before}）",
        "en": "What changes for cases that begin on {first} or later (so far: {before})",
    },
    "procedure.nothing_changes": {"ja": "変わることはありません。", "en": "nothing."},
    "procedure.values": {"ja": "変わる値", "en": "Values that change"},
    "procedure.for_open": {"ja": "未了の請求", "en": "Open cases"},
    "procedure.open_keep": {
        "ja": "未了の{cases}件は、始まった時の手続のまま進みます。期限は一つも動きません。",
        "en": "{cases} open cases keep the procedure they began under: none of their deadlines moves.",
    },
    "procedure.none_open": {"ja": "未了の請求はありません（{cases}件）。", "en": "there are none ({cases})."},
    "procedure.topic.begin": {"ja": "請求の方法", "en": "How to ask"},
    "procedure.topic.forms": {"ja": "請求書", "en": "Forms"},
    "procedure.topic.identity": {"ja": "本人確認", "en": "Identity"},
    "procedure.topic.representative": {"ja": "代理人", "en": "Representatives"},
    "procedure.topic.further": {"ja": "その他の書類", "en": "Further papers"},
    "procedure.topic.fee": {"ja": "手数料", "en": "Fee"},
    "procedure.topic.masking": {"ja": "塗りつぶし", "en": "Masking"},
    "procedure.topic.sending": {"ja": "提出", "en": "Sending"},
    "procedure.topic.answer": {"ja": "回答", "en": "Answer"},
    "procedure.topic.costs": {"ja": "費用", "en": "Costs"},
    "procedure.topic.times": {"ja": "期限", "en": "Times"},
    "procedure.topic.afterwards": {"ja": "書類の取扱い", "en": "Papers afterwards"},
    "procedure.topic.complaint": {"ja": "不服の申立て", "en": "Complaints"},
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "procedure.help.show": (
        "./admin.py procedure show",
        "./admin.py procedure show --at 2026-12-01",
    ),
    "procedure.help.publish": ("./admin.py procedure publish --out public",),
    "procedure.help.check": (
        "./admin.py procedure check",
        "./admin.py procedure check samples/procedures/01-stamps/procedure.toml",
    ),
    "procedure.help.adopt": (
        "./admin.py procedure adopt --dry-run",
        "./admin.py procedure adopt procedure.toml --from 2026-12-01",
        "./admin.py procedure adopt --again 3f9a --from 2027-01-04",
        "./admin.py procedure adopt --source",
    ),
}
