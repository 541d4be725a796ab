"""What is said of returned forms: what came, what to do next, why a page is in the tray, why it may not be kept."""

SENTENCES: dict[str, dict[str, str]] = {
    # -- what came ----
    "returns.whole": {
        "ja": "{form}：{of} ページすべて、コードは{state}",
        "en": "{form}: all {of} pages, code {state}",
    },
    "returns.counted": {
        "ja": "{form}：{of} ページ中 {pages} ページ、コードは{state}",
        "en": "{form}: {pages} of {of} pages, code {state}",
    },
    "returns.missing": {"ja": "ないページ：{pages}", "en": "missing: page {pages}"},
    "returns.doubled": {"ja": "重複したページ：{pages}", "en": "came twice: page {pages}"},
    "returns.absent": {"ja": "届いていない書式：{forms}", "en": "did not come at all: {forms}"},
    "returns.letter": {"ja": "{letter}：全 {of} ページのうち {pages}", "en": "{letter}: page {pages} of {of}"},
    "returns.known": {
        "ja": "{count} ページは、以前の読み取りで登録済みです。",
        "en": "{count} pages were registered by an earlier scan.",
    },
    "returns.blank": {
        "ja": "白紙 {count} ページは数えただけで、保存していません。見落としがあれば --keep-blank で読み直せます。",
        "en": "{count} blank pages were counted and not kept; scan again with --keep-blank to look at them.",
    },
    "returns.place_left": {"ja": "{file} の {page} ページ目（左半分）", "en": "{file} page {page}, left half"},
    "returns.place_right": {"ja": "{file} の {page} ページ目（右半分）", "en": "{file} page {page}, right half"},
    "returns.short_right": {"ja": "右", "en": "r"},
    "returns.place": {"ja": "{file} の {page} ページ目", "en": "{file} page {page}"},
    # -- why a page is in the tray ----
    "returns.why_no_code": {"ja": "コードがありません", "en": "no code of ours"},
    "returns.why_foreign": {
        "ja": "この窓口が発行していないコードです",
        "en": "its code was never given out by this office",
    },
    "returns.why_several": {"ja": "二つのコードの内容が一致しません", "en": "two codes that do not say the same"},
    "returns.why_case_differs": {
        "ja": "コードと請求の番号が一致しません",
        "en": "its code belongs to another case than it names",
    },
    "returns.why_erased": {
        "ja": "個人情報を消去した請求のものです",
        "en": "the personal data of its case is erased",
    },
    # -- what to do next ----
    "returns.next_receive": {
        "ja": "ファイルに記入して、登録してください。",
        "en": "fill in the file, then register the arrival:",
    },
    "returns.next_receive_ask": {
        "ja": "登録した後、足りないものを ask-again で求めてください。",
        "en": "register the arrival, then ask for what is missing:",
    },
    "returns.pages_missing": {"ja": "書式のページが足りない", "en": "pages of the form did not come"},
    "returns.next_receive_held": {
        "ja": "コードは{state}です。登録すると、責任者の確認まで保留になります。",
        "en": "the code is {state}: once registered, the case is held for the lead:",
    },
    "returns.next_post_first": {
        "ja": "書式の投函が記録されていません（{case_state}）。投函を記録してから登録してください。",
        "en": "the case is {case_state}: the posting of its forms is not recorded. Record it, then register:",
    },
    "returns.next_reopen": {
        "ja": "期限経過で終了しています。ファイルに記入して、再開してください。",
        "en": "the case lapsed: fill in the file, then reopen it:",
    },
    "returns.next_reopen_ask": {
        "ja": "期限経過で終了しています。再開した後、足りないものを ask-again で求めてください。",
        "en": "the case lapsed: reopen it, then ask for what is missing:",
    },
    "returns.next_reopen_held": {
        "ja": "期限経過で終了し、コードは{state}です。再開すると、責任者の確認まで保留になります。",
        "en": "the case lapsed and the code is {state}: once reopened, it is held for the lead:",
    },
    "returns.next_received_already": {
        "ja": "返送は既に登録されています（{case_state}）。ページは保存しました。",
        "en": "an arrival is registered already ({case_state}); the pages are kept. Look at them:",
    },
    "returns.next_closed": {
        "ja": "請求は終了しています（{case_state}）。ページは保存しました。責任者に伝えてください。",
        "en": "the case is closed ({case_state}); the pages are kept. Tell the lead.",
    },
    "returns.on_hold": {"ja": "この請求は保留中です。", "en": "The case is on hold."},
    # -- the file to fill in ----
    "returns.file_head": {
        "ja": "{case}：封筒に入っていたものを記入し、次を実行します。",
        "en": "{case}: fill in what lay in the envelope, then run",
    },
    "returns.file_code": {
        "ja": "CODE は書式に印刷されています（scan の画面にも出ます）。",
        "en": "CODE is printed on the form (and was shown by scan).",
    },
    "returns.file_signed": {
        "ja": "署名または押印はあるか（true または false）",
        "en": "is each form signed or sealed? true or false",
    },
    "returns.file_rights": {
        "ja": "印の付いた欄：{rights}",
        "en": "the boxes ticked, of {rights}",
    },
    "returns.file_documents": {
        "ja": "同封の本人確認書類：一つに一行。masking は masked | not_shown | open",
        "en": "the identity documents enclosed, a line each; masking: masked | not_shown | open",
    },
    "returns.file_corrections": {
        "ja": "訂正の内容：書式に書かれた項目・誤り・正しい内容",
        "en": "the corrections asked for, as the form says",
    },
    "returns.file_halt": {
        "ja": "停止の内容：cease | erase；unlawful_use | unneeded | leak | harm",
        "en": "the halt asked for: cease | erase; unlawful_use | unneeded | leak | harm",
    },
    "returns.file_method": {"ja": "開示の方法：paper | electronic", "en": "how to disclose: paper | electronic"},
    "returns.file_fees": {"ja": "同封の手数料：{means}", "en": "the fee that came with them: {means}"},
    "returns.file_authority": {
        "ja": "代理権を証する書類：{proofs}",
        "en": "the proof of the right to represent: {proofs}",
    },
    # -- the tray ----
    "tray.case_erased": {
        "ja": "{case} の個人情報は消去済みです。ページを保存することはできません。./admin.py tray destroy で"
        "廃棄してください。",
        "en": "the personal data of {case} is erased, so nothing can be kept of it; use ./admin.py tray destroy.",
    },
    "tray.copies_not_needed": {
        "ja": "{case} は終わっており、本人確認書類の写しはもう保存しません。"
        "./admin.py tray destroy で廃棄してください。",
        "en": "{case} is over, and copies of identity documents are kept no longer; use ./admin.py tray destroy.",
    },
    "tray.no_forms": {
        "ja": "{case} には、まだ書式を送っていません。請求の番号を確かめてください。",
        "en": "no forms were ever made for {case}; check the number.",
    },
    "tray.unknown_paper": {
        "ja": "{document} という書類はありません。次のいずれかです：{known}",
        "en": "there is no paper {document}; one of: {known}",
    },
    "tray.never_kept": {
        "ja": "{document}は本人確認に使えず、保存もしません。./admin.py tray destroy {tray} で廃棄してください。",
        "en": "a {document} proves nothing and is not kept; use ./admin.py tray destroy {tray}.",
    },
    "tray.masking_unanswered": {
        "ja": "{document}では {items} を黒塗りにします。--mask で塗るか、黒塗り済みなら --masked、"
        "記載がなければ --nothing-to-mask を付けてください。",
        "en": "on a {document}, {items} must be blocked out: black it out with --mask, or say --masked where it came "
        "blocked out, or --nothing-to-mask where it is not shown.",
    },
    "tray.no_such_page": {
        "ja": "{tray} というページは仕分け待ちにありません（番号は T26-0001 の形です）。"
        "./admin.py tray list で確かめてください。",
        "en": "there is no page {tray} in the tray (they look like T26-0001); ./admin.py tray list shows them.",
    },
    "tray.assigned": {
        "ja": "{tray} は仕分け済みです。請求のページは ./admin.py papers CASE --out DIR で書き出せます。",
        "en": "{tray} was assigned to a case already; ./admin.py papers CASE --out DIR writes the pages of a case.",
    },
    "tray.destroyed": {"ja": "{tray} は廃棄済みです。", "en": "{tray} was destroyed already."},
    "tray.arriving": {
        "ja": "{tray} の登録は途中で終わっています。同じファイルをもう一度 ./admin.py scan で読み取ってください。",
        "en": "registering {tray} was broken off; scan the same file again with ./admin.py scan.",
    },
    "tray.damaged": {
        "ja": "{page} のファイルが、保存時のものと違います（{fault}）。var/ を控えから戻してください。",
        "en": "the file of {page} is not the one that was written ({fault}); restore var/ from its backup.",
    },
    "papers.erased": {
        "ja": "{case} の個人情報は消去済みです。ページは読めません。",
        "en": "the personal data of {case} is erased; its pages can be read no more.",
    },
    "returns.store_taken": {
        "ja": "{page} の番号で、別のページが var/ にあります。データベースだけを控えから戻していないか、"
        "責任者に確かめてください。",
        "en": "another page lies in var/ under the number {page}: was the database alone restored from a backup? "
        "Ask the lead.",
    },
    "notice.tray_waits": {
        "ja": "読み取ったページ {tray}（{since}）が仕分けを待っています: ./admin.py tray list",
        "en": "the scanned page {tray} of {since} waits to be sorted: ./admin.py tray list",
    },
}
