"""The words for the codes of the engine, the office and the post room; those of a procedure stand with the procedure.

A code stands under its group ("role.clerk", "letter_state.made"), because the same word is one thing in one place and
another in the next. States and transitions keep, in English, the names staff type.
"""

Noun = dict[str, str]


def noun(ja: str, en: str) -> Noun:
    """Return one entry."""
    return {"ja": ja, "en": en}


def grouped(groups: dict[str, dict[str, Noun]]) -> dict[str, Noun]:
    """Return the entries by their full codes, ``GROUP.CODE``."""
    return {f"{group}.{code}": words for group, members in groups.items() for code, words in members.items()}


_GROUPS: dict[str, dict[str, Noun]] = {
    "language": {"ja": noun("日本語", "Japanese"), "en": noun("英語", "English")},
    "role": {
        "clerk": noun("受付担当", "clerk"),
        "verifier": noun("本人確認担当", "verifier"),
        "approver": noun("承認者", "approver"),
        "lead": noun("責任者", "lead"),
        "holder": noun("部署の担当者", "holder"),
        "system": noun("システム", "system"),
    },
    # What the office's log records.
    "event": {
        "audit_key_made": noun("監査用の鍵を作成", "made the key of checkpoints"),
        "backup_made": noun("控えを取得", "made a backup"),
        "batch_released": noun("印刷束を解放", "released a batch"),
        "bulk_begun": noun("一括処理を開始", "began a bulk run"),
        "bulk_done": noun("一括処理を終了", "ended a bulk run"),
        "calendar_changed": noun("営業日を変更", "changed the calendar"),
        "case_assigned": noun("担当者を変更", "gave a request to somebody"),
        "case_erased": noun("個人情報を消去", "erased a request"),
        "case_seen": noun("請求を閲覧", "looked at a request"),
        "cases_assigned": noun("担当者をまとめて変更", "gave requests to somebody"),
        "clock_moved": noun("時計を進めた", "moved the clock"),
        "copies_destroyed": noun("写しを破棄", "destroyed copies"),
        "disc_written": noun("ディスク用のファイルを取り出し", "handed out the file of a disc"),
        "doctor_repaired": noun("検査で修復", "mended what doctor found"),
        "draft_made": noun("回答案を作成・閲覧", "made a draft of an answer"),
        "evidence_made": noun("証拠一式を作成", "made an evidence package"),
        "first_start": noun("初期設定を実施", "went through a part of the first start"),
        "find_enclosed": noun("同封する写しを選択", "chose a copy to enclose"),
        "find_masked": noun("写しを黒塗り", "blocked out a copy"),
        "find_page_seen": noun("写しの頁を閲覧", "looked at a page found"),
        "find_seen": noun("部署の資料を閲覧", "looked at a file found"),
        "find_undecided": noun("写しの扱いを取消し", "took back what goes out"),
        "find_unmasked": noun("黒塗りを取消し", "took back a blocking out"),
        "find_withheld": noun("写しを不開示に", "withheld a copy"),
        "finds_listed": noun("部署の資料の一覧を閲覧", "listed the files found"),
        "history_exported": noun("履歴を書き出し", "exported the histories"),
        "history_given_up": noun("確認点より前に戻すと決定", "gave up a later history"),
        "inquiry_added": noun("問合せを登録", "recorded an inquiry"),
        "inquiry_answered": noun("問合せに回答", "answered an inquiry"),
        "inquiry_promoted": noun("問合せを請求に", "made an inquiry a request"),
        "inquiry_seen": noun("問合せを閲覧", "looked at an inquiry"),
        "keys_rotated": noun("鍵を包む鍵を交換", "changed the key of the keys"),
        "keys_rotation_begun": noun("鍵を包む鍵の交換を開始", "began to change the key of the keys"),
        "legal_hold_lifted": noun("法的な保全を解除", "lifted a legal hold"),
        "legal_hold_set": noun("法的に保全", "put a request under a legal hold"),
        "letter_kind_started": noun("文書の種類を再開", "let a kind of letter go on"),
        "letter_kind_stopped": noun("文書の種類を停止", "stopped a kind of letter"),
        "letter_printed_again": noun("文書を再印刷", "printed a letter again"),
        "letters_printed": noun("文書を印刷", "printed letters"),
        "names_listed": noun("氏名付きの一覧を閲覧", "listed requests with names"),
        "office_founded": noun("窓口を開設", "founded the office"),
        "office_restored": noun("控えから復元", "restored the office from a backup"),
        "pages_scanned": noun("頁を読み取り", "scanned pages"),
        "papers_seen": noun("書類の写しを閲覧", "looked at copies of papers"),
        "people_looked_for": noun("人を検索", "looked for people"),
        "prints_destroyed": noun("印刷物の控えを破棄", "destroyed what lay printed"),
        "procedure_adopted": noun("窓口の手続を採用", "adopted a procedure"),
        "retention_adopted": noun("保存期間を採用", "adopted periods of retention"),
        "requeued": noun("保留された処理を戻した", "brought back what was set aside"),
        "staff_added": noun("職員を登録", "added to the staff"),
        "staff_away": noun("不在を登録", "recorded an absence"),
        "staff_back": noun("不在を解除", "ended an absence"),
        "staff_mail": noun("職員のメールの宛先を変更", "changed where mail to somebody goes"),
        "staff_removed": noun("職員を削除", "removed from the staff"),
        "tray_assigned": noun("未整理の頁を請求に", "gave a page to a request"),
        "tray_destroyed": noun("未整理の頁を破棄", "destroyed a page"),
        "tray_seen": noun("未整理の頁を閲覧", "looked at a page in the tray"),
    },
    # Money, after the figure.
    "currency": {
        "JPY": noun("円", "yen"),
        "KRW": noun("ウォン", "won"),
        "AUD": noun("豪ドル", "Australian dollars"),
        "CAD": noun("カナダドル", "Canadian dollars"),
        "CHF": noun("スイスフラン", "Swiss francs"),
        "EUR": noun("ユーロ", "euros"),
        "GBP": noun("ポンド", "pounds"),
        "HKD": noun("香港ドル", "Hong Kong dollars"),
        "NZD": noun("ニュージーランドドル", "New Zealand dollars"),
        "SGD": noun("シンガポールドル", "Singapore dollars"),
        "USD": noun("米ドル", "US dollars"),
    },
    # What a person must do next in a case.
    "todo": {
        "register": noun("到着登録", "register"),
        "print": noun("印刷", "print"),
        "post": noun("投函", "post"),
        "verify": noun("本人確認", "verify"),
        "decide": noun("決定", "decide"),
        "release": noun("承認", "release"),
        "step": noun("決定前の手順", "step"),
        "hand_over": noun("交付の連絡", "hand over"),
        "carry_out": noun("開示の実施", "carry out"),
        "papers": noun("書類の処分", "papers"),
        "hold": noun("保留の確認", "hold"),
        "notice": noun("知らせ対応", "notice"),
        "search": noun("照会", "search"),
    },
    "letter_state": {
        "ordered": noun("作成待ち", "ordered"),
        "made": noun("作成済み", "made"),
        "printed": noun("印刷済み", "printed"),
        "posted": noun("投函済み", "posted"),
        "returned": noun("返戻", "returned"),
        "void": noun("無効", "void"),
    },
    "mail_class": {
        "ordinary": noun("普通郵便", "ordinary mail"),
        "simple_registered": noun("簡易書留", "simple registered mail"),
        "record_tracked": noun("特定記録", "record-tracked mail"),
        "addressee_only": noun("本人限定受取", "addressee-only mail"),
        "general_registered": noun("一般書留", "general registered mail"),
        "delivery_certificate": noun("一般書留（配達証明付き）", "registered mail with a certificate of delivery"),
        "addressee_only_special": noun("本人限定受取（特例型）", "addressee-only mail (special type)"),
        "addressee_only_particulars": noun(
            "本人限定受取（特定事項伝達型）", "addressee-only mail (with the particulars of the paper shown)"
        ),
        "recorded_delivery": noun("配達記録付き郵便（外国）", "recorded delivery"),
    },
    "mail_extra": {
        "express": noun("速達", "express"),
        "no_forwarding": noun("転送不要", "not to be forwarded"),
    },
    "way": {
        "post": noun("郵送", "by post"),
        "collected": noun("窓口での受取り", "collected at the office"),
        "viewed": noun("閲覧", "viewed at the office"),
        "oral": noun("口頭", "told orally"),
        "email": noun("電子メール", "by e-mail"),
        "portal": noun("専用サイト", "on the portal"),
    },
    "return": {
        "unknown_address": noun("宛所不明", "unknown at the address"),
        "moved": noun("転居先不明", "moved away"),
        "refused": noun("受取拒否", "delivery refused"),
        "unclaimed": noun("保管期間経過", "not collected"),
    },
    "stop": {
        "wrong_wording": noun("文言の誤り", "wrong wording"),
        "wrong_layout": noun("体裁の誤り", "wrong layout"),
        "law_changed": noun("法令の改正", "the law has changed"),
    },
    "discard": {
        "not_ours": noun("当社あてではない", "not meant for this office"),
        "blank": noun("白紙", "blank"),
        "duplicate": noun("重複", "a duplicate"),
        "illegible": noun("判読不能", "illegible"),
        "my_number_back": noun("個人番号カードの裏面", "the back of a My Number card"),
        "other": noun("その他", "another reason"),
    },
    "dropped": {
        "too_large": noun("大きすぎるもの", "too large"),
        "not_json": noun("JSON ではないもの", "no JSON"),
        "pickled": noun("pickle されたもの", "pickled"),
        "no_envelope": noun("メッセージの形でないもの", "no message"),
        "content_type": noun("扱わない形式", "of another content type"),
        "unknown_task": noun("知らないタスク", "an unknown task"),
        "headers": noun("ヘッダーの誤り", "with headers that are not ours"),
        "body": noun("本文の誤り", "with a body that is not ours"),
        "arguments": noun("引数の誤り", "with arguments that are no ids"),
        "wrong_key": noun("キューの名を持つ別のもの", "something else under a queue's name"),
        "unreadable_again": noun("差し戻せないもの", "unreadable among the unacknowledged"),
    },
    # Mail to people who work here.
    "mail_kind": {
        "at_once": noun("すぐ", "at once"),
        "morning": noun("毎朝", "morning"),
        "test": noun("試し", "test"),
    },
    "mail_state": {
        "waiting": noun("送信待ち", "waiting"),
        "sent": noun("送信済み", "sent"),
        "refused": noun("拒まれた", "refused"),
        "dropped": noun("不要になった", "not needed"),
    },
    # What `status` looks at.
    "check": {
        "database": noun("データベース", "database"),
        "broker": noun("ブローカー", "broker"),
        "queue_commands": noun("キュー commands", "queue commands"),
        "queue_clock": noun("キュー clock", "queue clock"),
        "queue_effects": noun("キュー effects", "queue effects"),
        "queue_bulk": noun("キュー bulk", "queue bulk"),
        "beat": noun("beat", "beat"),
        "clocks": noun("時計", "clocks"),
        "timers": noun("期限の処理", "due timers"),
        "orders": noun("指示", "orders"),
        "letters": noun("手紙の作成", "letters to make"),
        "letter_kinds": noun("止めた手紙", "stopped letters"),
        "incidents": noun("脇に置いたもの", "set aside"),
        "messages": noun("捨てたメッセージ", "dropped messages"),
        "definition": noun("手続の定義", "definition"),
        "count": noun("朝の点検", "morning count"),
        "unposted": noun("未投函", "unposted letters"),
        "returns": noun("返送の登録", "returns"),
        "tray": noun("仕分け待ち", "tray"),
        "notices": noun("知らせ", "notices"),
        "retention": noun("保存期間", "retention"),
        "backup": noun("控え", "backup"),
        "stood_still": noun("停止していた間", "standstill"),
        "disk_var": noun("ディスク var", "disk of var"),
        "disk_spool": noun("ディスク spool", "disk of spool"),
        "mail": noun("メール", "mail"),
        "checkpoints": noun("検証点", "checkpoints"),
        "disk_keys": noun("ディスク keys", "disk of keys"),
        "residency": noun("所在地", "residency"),
        "clock": noun("時刻", "clock"),
        "allow_as": noun("デモ", "demo"),
        "sole": noun("一人の窓口", "office of one"),
    },
    # What was set aside.
    "incident": {
        "order": noun("指示", "order"),
        "effect": noun("手紙の作成", "letter"),
        "timer": noun("期限", "deadline"),
        "upgrade": noun("版の更新", "upgrade"),
        "recount": noun("暦の変更", "calendar"),
        "message": noun("不明なタスク", "unknown task"),
        "letter": noun("手紙のファイル", "letter's file"),
    },
    # What the system does to cases of any procedure.
    "transition": {
        "recount": noun("期限の数え直し（休業日の変更）", "recount"),
        "adopt": noun("新しい版への移行", "adopt"),
    },
}

NOUNS: dict[str, Noun] = grouped(_GROUPS)
