"""What `commands/tray.py` says, and the help of its commands."""

SENTENCES: dict[str, dict[str, str]] = {
    "tray.help.tray": {
        "ja": "読み取ったが、どの請求のものか分からなかったページ。請求に割り当てるか、廃棄します。",
        "en": "Scanned pages nobody could match: assign each to a case, or destroy it.",
    },
    "tray.help.list": {
        "ja": "仕分けを待つページの一覧です。",
        "en": "What waits in the tray, and which matched page lay near it.",
    },
    "tray.help.show": {
        "ja": "ページの画像をファイルに書き出します。見たことは記録されます。終わったらファイルを消してください。",
        "en": "Write the picture of a page into a file; each look is recorded. Delete the file when you are done.",
    },
    "tray.help.show.out": {"ja": "書き出すファイル。", "en": "the file to write"},
    "tray.help.show.thumbnail": {"ja": "縮小した画像。", "en": "the small picture"},
    "tray.help.show.grid": {
        "ja": "升目と番地（A1、B3 など）を重ねた画像。--mask B3-D5 のように使います。",
        "en": "under a grid whose cells --mask takes, like B3-D5",
    },
    "tray.help.assign": {
        "ja": "ページを請求に割り当てます。書式のページ（--form、--page）か、書類（--document、--holder）"
        "のどちらかです。\n"
        "続けて何枚でも指定できます（T26-0003..T26-0007 の範囲も）。書式のページは --page から順に数えます。\n"
        "黒塗りが必要な書類には、--draw、--mask、--masked、--nothing-to-mask のいずれかが必要です。\n"
        "塗った場所は画像に焼き付けられ、元の画像は鍵ごと消えます。個人番号カードの裏面（--back）"
        "は保存せずに廃棄します。",
        "en": "Put a page to a case: as a page of a form (--form, --page) or as a paper (--document, --holder).\n"
        "Several pages may be named at once, ranges too (T26-0003..T26-0007); pages of a form count on from --page.\n"
        "A paper on which something must be blocked out needs --draw, --mask, --masked or --nothing-to-mask.\n"
        "What is masked is burnt into the picture, and the original is gone with its key. The back of a My "
        "Number\n"
        "card (--back) is destroyed instead.",
    },
    "tray.help.assign.form": {"ja": "書式。", "en": "the form it belongs to"},
    "tray.help.assign.page": {"ja": "書式の何ページ目か。", "en": "which page of the form"},
    "tray.help.assign.of": {"ja": "書式は全部で何ページか。", "en": "of how many pages"},
    "tray.help.assign.document": {
        "ja": "書類の種類（drivers_licence など）。",
        "en": "which paper, like drivers_licence",
    },
    "tray.help.assign.holder": {"ja": "だれの書類か。", "en": "whose paper it is"},
    "tray.help.assign.masked": {"ja": "黒塗り済みで届いた。", "en": "it came blocked out"},
    "tray.help.assign.nothing_to_mask": {"ja": "黒塗りする記載がない。", "en": "nothing of it is shown"},
    "tray.help.assign.back": {"ja": "カードの裏面。", "en": "the back of a card"},
    "tray.help.destroy": {
        "ja": "ページを鍵ごと廃棄します。戻せません。あったことと理由だけが記録に残ります。",
        "en": "Destroy a page with its key, for good; that it was there, and why it went, stays in the log.",
    },
    "tray.help.destroy.reason": {"ja": "廃棄する理由。", "en": "why it goes"},
    "tray.help.papers": {
        "ja": "保存しているページを、フォルダーに書き出します。見たことは記録されます。終わったら消してください。",
        "en": "Write the pages held of a case into a folder; each look is recorded. Delete the files when you are "
        "done.",
    },
    "tray.help.papers.out": {"ja": "書き出すフォルダー。", "en": "the folder to write into"},
    "tray.help.assign.mask": {
        "ja": "黒く塗る場所：左,上,幅,高さ（ページに対する百分率）、または升目（B3-D5）。いくつでも。",
        "en": "where to black out: left,top,width,height in percent of the page, or cells (B3-D5); any number of times",
    },
    "tray.help.assign.draw": {
        "ja": "ブラウザーで黒塗りする場所を描きます（表示される一度だけのアドレスを開きます）。",
        "en": "draw the masks in a browser, on a page whose address is shown and works once",
    },
    "tray.empty": {"ja": "仕分けを待つページはありません。", "en": "the tray is empty."},
    "tray.heads": {"ja": "番号 読取 日数 ページ 近くのページ 理由", "en": "number scanned days page near why"},
    "tray.no_pages": {"ja": "{number} のページはありません。", "en": "no page is held of {number}."},
    "tray.bad_area": {
        "ja": "「{text}」は、百分率の 左,上,幅,高さ（例: 10,40,80,6）でも升目（例: B3-D5）でもありません。",
        "en": "{text!r} is neither left,top,width,height in percent (such as 10,40,80,6) nor cells (B3-D5).",
    },
    "tray.mask_of_one": {
        "ja": "何枚も指定したときは使えません。一枚ずつにするか、--draw を使ってください。",
        "en": "is of one page; name that page alone, or use --draw, which asks page by page.",
    },
    "tray.too_many_pages": {"ja": "書式は 99 ページまでです。", "en": "goes beyond the 99 pages a form may have."},
    "tray.grid_too_small": {
        "ja": "--thumbnail と一緒には使えません。",
        "en": "cannot stand beside --thumbnail.",
    },
    "tray.kept": {
        "ja": "{tray}: {case} のページ {number} として保存しました。元の画像は消えました。",
        "en": "{tray}: kept as page {number} of {case}; the original is gone.",
    },
    "tray.page_destroyed": {"ja": "{tray}: 廃棄しました（{why}）。", "en": "{tray}: destroyed ({why})."},
    "tray.unwritable": {
        "ja": "{place} に書き込めません（{why}）。書き込める場所を --out に指定してください。",
        "en": "{place} cannot be written ({why}); name a place with room to write into with --out.",
    },
    "tray.no_form": {
        "ja": "{form}は様式の名前として使えません。様式のコードで書いてください。",
        "en": "{form} is no name of a form; write its code.",
    },
    "tray.form_or_document": {
        "ja": "--form か --document のどちらか一方が必要です。",
        "en": "give --form or --document, one of the two.",
    },
    "tray.page_needed": {
        "ja": "書式の何ページ目か、--page が必要です。",
        "en": "is needed: which page of the form it is.",
    },
    "tray.holder_needed": {"ja": "だれの書類か、--holder が必要です。", "en": "is needed: whose paper it is."},
    "tray.of_too_small": {"ja": "--page より小さくできません。", "en": "cannot be less than --page."},
    "tray.one_answer_to_masking": {
        "ja": "--draw、--mask、--masked、--nothing-to-mask は一つだけにしてください。",
        "en": "give only one of --draw, --mask, --masked and --nothing-to-mask.",
    },
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "tray.help.list": ("./admin.py tray list",),
    "tray.help.show": (
        "./admin.py tray show T26-0001 --out page.jpg",
        "./admin.py tray show T26-0001 --grid --out page.jpg",
    ),
    "tray.help.assign": (
        "./admin.py tray assign T26-0001 26-000017-Y --form disclosure --page 2",
        "./admin.py tray assign T26-0002 26-000017-Y --document resident_record --holder subject --mask 10,40,80,6",
        "./admin.py tray assign T26-0002 26-000017-Y --document resident_record --holder subject --draw",
        "./admin.py tray assign T26-0003..T26-0006 26-000017-Y --form disclosure --page 1 --of 4",
    ),
    "tray.help.destroy": ("./admin.py tray destroy T26-0001 T26-0004..T26-0009 --reason blank",),
    "tray.help.papers": ("./admin.py papers 26-000017-Y --out ~/look",),
}
