"""What `commands/post.py` says, and the help of its commands."""

SENTENCES: dict[str, dict[str, str]] = {
    "post.help.letters": {
        "ja": "手紙の一覧です。--unposted を付けると、まだ投函されていないものだけを示します。",
        "en": "The letters and where they stand; --unposted shows those still in the house.",
    },
    "post.help.letters.unposted": {"ja": "未投函のものだけ。", "en": "only those not yet posted"},
    "post.help.letters.case": {"ja": "この請求のもの。", "en": "only those of this case"},
    "post.help.letters.limit": {"ja": "この通数まで。", "en": "no more than this many"},
    "post.help.print": {
        "ja": "作成済みの手紙を、一つの PDF（束）にまとめます。番号を省くと、未印刷のものすべてです。\n"
        "束の横に、一通ずつの PDF と一覧（人が読むものと JSON）を置きます。"
        "印刷した手紙は二度と束に入りません。\n"
        "もう一枚必要なときは --again を使います。各ページに「再印刷」の印が付き、記録されます。",
        "en": "Put the letters that were made into one PDF, a batch; all that were not printed yet if none is "
        "named.\n"
        "Beside it lie the single letters and a manifest, for people and as JSON. No letter is in two "
        "batches.\n"
        "For a second print use --again: each page is marked as a reprint, and it is recorded.",
    },
    "post.help.print.again": {
        "ja": "もう一度、印を付けて印刷する手紙。",
        "en": "a letter to print once more, marked",
    },
    "post.help.posted": {
        "ja": "手紙を投函したことを記録します。今回の書式を投函すると、請求は「書式発送済み」に進みます。\n"
        "誤って記録したときは --undo --why で取り消し、日付だけの誤りは --on D --why で直します。",
        "en": "Record that letters went into the post; the posting of a round's forms moves the case to forms_mailed.\n"
        "What was recorded by mistake is taken back with --undo --why; a wrong day is put right with --on D --why.",
    },
    "post.help.posted.batch": {"ja": "この束のすべて。", "en": "everything in this batch"},
    "post.help.posted.tracking": {"ja": "追跡番号。", "en": "the post's tracking number"},
    "post.help.posted.tracking_file": {
        "ja": "郵便局の追跡番号の CSV。手紙の番号、なければ順番で対応させます。誤りが一つでもあれば何も記録しません。",
        "en": "the post's list of tracking numbers (CSV), matched by letter number, else by order; one fault in it and "
        "nothing is recorded",
    },
    "post.help.posted.class": {
        "ja": "郵便の種類。省けば束の一覧にある種類。",
        "en": "class of mail; if left out, the one the list of the batch names",
    },
    "post.help.posted.why": {
        "ja": "記録が誤っていた理由（- なら標準入力）。--undo で投函の記録を取り消し、"
        "--on・--tracking・--class で直します。",
        "en": "why what was recorded was wrong (- reads standard input): --undo takes the posting back, --on, "
        "--tracking or --class put it right",
    },
    "post.help.returned": {
        "ja": "郵便で戻ってきた手紙を記録します。今回の書式なら、請求は「受付済み」に戻り、"
        "書式コードは無効になります。\n誤って記録したときは、--undo --why で取り消します。",
        "en": "Record a letter that came back; a round's forms bring the case back to contacted and void their code.\n"
        "What was recorded by mistake is taken back with --undo --why.",
    },
    "post.why_of_what": {
        "ja": "何を直すのかも指定してください（--undo、--on、--tracking、--class）。",
        "en": "say what is to be put right: --undo, --on, --tracking or --class.",
    },
    "post.why_of_undo": {
        "ja": "--undo と一緒に使います。",
        "en": "goes only with --undo.",
    },
    "post.help.returned.reason": {"ja": "戻ってきた理由。", "en": "why it came back"},
    "post.help.draft": {
        "ja": "いまの決定で回答がどうなるかを PDF にします。番号はなく、各ページに「下書き」の透かしが入ります。",
        "en": "Write the answer as it would be now into a PDF: without a number, DRAFT across each page.",
    },
    "post.help.draft.out": {"ja": "書き出す PDF。", "en": "the PDF to write"},
    "post.help.print.out": {
        "ja": "出力先のフォルダー（既定は var/print）。",
        "en": "the folder to write into (var/print if left out)",
    },
    "post.option.wait": {
        "ja": "進みがなくなってから待つ秒数（既定は10）。",
        "en": "how many seconds without progress to wait (10 if left out)",
    },
    "post.none": {"ja": "手紙はありません。", "en": "no letters."},
    "post.heads": {"ja": "手紙 状態 投函日 言語 ページ 束 種類", "en": "letter state posted lang. pages batch kind"},
    "post.bar": {"ja": "手紙", "en": "letters"},
    "post.nothing_to_print": {"ja": "印刷する手紙はありません。", "en": "there is nothing to print."},
    "post.printed": {
        "ja": "{batch}: {letters} 通、{pages} ページ",
        "en": "{batch}: {letters} letters, {pages} pages",
    },
    "post.list": {"ja": "  {page}（封入の一覧）", "en": "  {page} (what goes into each envelope)"},
    "post.once_posted": {
        "ja": "投函したら: ./admin.py posted --batch {batch}",
        "en": "Once posted: ./admin.py posted --batch {batch}",
    },
    "post.kept": {
        "ja": "印刷用のファイルは {place} に揃っています。窓口を動かすログインの人が取り出せます。",
        "en": "the batch itself is whole and lies in {place}, where the office's own login finds it.",
    },
    "post.unwritable": {
        "ja": "{place} に書き込めません（{why}）。書き込めるフォルダーを --out に指定して、もう一度実行してください。",
        "en": "{place} cannot be written ({why}); name a folder with room to write into with --out and run it again.",
    },
    "post.one_of_two": {
        "ja": "手紙の番号か --batch のどちらか一方が必要です。",
        "en": "give letters or --batch, one of the two.",
    },
    "post.tracking_of_one": {
        "ja": "追跡番号は一通ごとに記録してください。",
        "en": "belongs to one letter; record that one alone.",
    },
    "post.tracking_or_file": {
        "ja": "--tracking-file と一緒には使えません。",
        "en": "cannot stand beside --tracking-file.",
    },
    "post.draft": {"ja": "下書き（{pages} ページ）: {target}", "en": "draft ({pages} pages): {target}"},
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "post.help.letters": (
        "./admin.py letters --unposted",
        "./admin.py letters --case 26-000017-Y",
    ),
    "post.help.print": (
        "./admin.py print --out ~/print",
        "./admin.py print 26-000017-Y-01 --out ~/print",
        "./admin.py print --again 26-000017-Y-01",
    ),
    "post.help.posted": (
        "./admin.py posted --batch B26-0001",
        "./admin.py posted --batch B26-0001 --tracking-file receipts.csv --dry-run",
        "./admin.py posted 26-000017-Y-01 --on 2026-11-24 --tracking 1234-5678 --class simple_registered",
        './admin.py posted 26-000017-Y-01 --undo --why "..."',
        './admin.py posted --batch B26-0001 --on 2026-11-24 --why "..."',
    ),
    "post.help.returned": (
        "./admin.py returned 26-000017-Y-01 --reason moved",
        './admin.py returned 26-000017-Y-01 --undo --why "..."',
    ),
    "post.help.draft": ("./admin.py draft 26-000017-Y --out draft.pdf",),
}
