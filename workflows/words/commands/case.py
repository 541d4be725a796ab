"""What `commands/case.py` says, and the help of its commands."""

SENTENCES: dict[str, dict[str, str]] = {
    "case.put_right": {
        "ja": "記録が誤っていたときの直し方:",
        "en": "should something have been recorded wrongly:",
    },
    "case.help.show": {
        "ja": "一件のすべてを示します。\n氏名などは役割のある人だけに見え、見たことは記録されます。",
        "en": "Everything about one case, with its deadlines explained.\n"
        "Names and addresses are shown to staff with a role only, and each look is recorded.",
    },
    "case.help.why": {
        "ja": "いま何ができるか、できないことには何が足りないかを答えます。\n"
        "TRANSITION を付けると、その一つだけに答えます。",
        "en": "What is possible now and, for each thing that is not, what is missing.\n"
        "With TRANSITION it answers for that one alone.",
    },
    "case.help.history": {
        "ja": "だれが、いつ、何をしたかを示します。",
        "en": "Who did what when, by which version of the definition.",
    },
    "case.help.history.verify": {
        "ja": "書き換えられていないかを確かめます。",
        "en": "check that nothing was altered",
    },
    "case.without_role": {
        "ja": "役割がないため、氏名などは表示していません。",
        "en": "you have no role here, so names and addresses are left out.",
    },
    "case.altered": {
        "ja": "{number} の履歴は {broken} 番の行から合いません。書き換えられたおそれがあります。",
        "en": "the history of {number} does not verify from row {broken} on: it may have been altered.",
    },
    "case.on_hold": {"ja": "・保留中", "en": ", on hold"},
    "case.overdue": {"ja": "・期限超過", "en": ", overdue"},
    "case.deadlines": {"ja": "期限", "en": "Deadlines"},
    "case.stands_still": {"ja": "保留中は止まる", "en": "stands still"},
    "case.passed": {"ja": "【経過】", "en": "PASSED: "},
    "case.searches": {"ja": "部署への照会", "en": "Departments asked"},
    "case.search_by": {"ja": "回答待ち（期限 {day}）", "en": "no answer yet (by {day})"},
    "case.search_files": {"ja": "（ファイル {count}件）", "en": ", files: {count}"},
    "case.letters": {"ja": "手紙", "en": "Letters"},
    "case.copy": {"ja": "（写し{copy}）", "en": " (copy {copy})"},
    "case.stopped": {"ja": "（この種類は止められています）", "en": " (this kind is stopped)"},
    "case.papers": {"ja": "書類", "en": "Papers"},
    "case.authority": {"ja": "代理権の証明", "en": "right to represent"},
    "case.unfit": {"ja": "いまの申し出とは合わない", "en": "no longer fits what is stated"},
    "case.uncounted": {"ja": "数えない", "en": "does not count"},
    "case.address_before": {"ja": "有効（住所は変更前のもの）", "en": "counts, but shows the address before"},
    "case.counts": {"ja": "有効", "en": "counts"},
    "case.accepted_for": {"ja": "確認した相手：", "en": "accepted for:"},
    "case.field.todo": {"ja": "次の仕事", "en": "next"},
    "case.todo": {"ja": "{job}（{who}）", "en": "{job} ({who})"},
    "case.nobodys": {"ja": "だれの番でもない（次は自動で{what}）", "en": "nobody's turn (the clock: {what})"},
    "case.field.by_when": {"ja": "窓口の期限", "en": "office's term"},
    "case.by_office": {"ja": "{day} {time} まで", "en": "by {day} {time}"},
    "case.field.by_law": {"ja": "法律の期限", "en": "the law's"},
    "case.by_law": {"ja": "{day}（あと{days}日、{name}）", "en": "{day}, days left: {days} ({name})"},
    "case.by_law_passed": {
        "ja": "{day} を過ぎて{days}日（{name}）",
        "en": "{day} has passed, days since: {days} ({name})",
    },
    "case.field.rights": {"ja": "請求", "en": "rights"},
    "case.field.hold": {"ja": "保留", "en": "hold"},
    "case.held_until": {"ja": "{reason}、{until} まで（{by}）", "en": "{reason}, until {until} (by {by})"},
    "case.field.fee": {"ja": "手数料", "en": "fee"},
    "case.fee.owed": {
        "ja": "{owed}{currency}のうち{paid}{currency}納付済み",
        "en": "{paid} of {owed} {currency} paid",
    },
    "case.fee.lacking": {"ja": "不足 {amount}{currency}", "en": "{amount} {currency} lacking"},
    "case.fee.to_give_back": {"ja": "返すべき額 {amount}{currency}", "en": "{amount} {currency} to be given back"},
    "case.fee.bill": {"ja": "請求書 {letter}（期限 {day}）", "en": "bill {letter} (by {day})"},
    "case.fee.entry_payment": {
        "ja": "[{entry}] {day} {means} {amount}{currency}",
        "en": "[{entry}] {day} {means} {amount} {currency}",
    },
    "case.fee.entry_refund": {
        "ja": "[{entry}] {day} 返金 {means} {amount}{currency}",
        "en": "[{entry}] {day} given back, {means}, {amount} {currency}",
    },
    "case.fee.entry_over": {
        "ja": "[{entry}] {day} {means} {amount}{currency}（数えません）",
        "en": "[{entry}] {day} {means} {amount} {currency} (does not count)",
    },
    "case.field.household": {"ja": "同じ住所の請求", "en": "same address"},
    "case.field.linked": {"ja": "関連する請求", "en": "linked"},
    "case.field.received": {"ja": "受付", "en": "received"},
    "case.field.category": {"ja": "区分", "en": "category"},
    "case.field.law": {"ja": "法令", "en": "law"},
    "case.field.procedure": {"ja": "手続", "en": "procedure"},
    "case.own_procedure": {"ja": "窓口の手続（{first}から、{digest}）", "en": "the office’s own of {first} ({digest})"},
    "case.field.representative": {"ja": "代理", "en": "represented by"},
    "case.field.pages": {"ja": "ページ", "en": "pages held"},
    "case.field.destroyed": {"ja": "廃棄した写し", "en": "copies destroyed"},
    "case.deed.verified": {"ja": "確認", "en": "verified"},
    "case.deed.decided": {"ja": "決定", "en": "decided"},
    "case.deed.released": {"ja": "承認", "en": "released"},
    "case.field.by": {"ja": "だれが", "en": "by"},
    "case.field.owner": {"ja": "担当", "en": "owner"},
    "case.erased": {"ja": "個人情報は消去済みです。", "en": "the personal data is erased."},
    "case.personal": {"ja": "個人情報", "en": "Personal data"},
    "case.note": {"ja": "メモ", "en": "Note"},
    "case.possible": {"ja": "いまできること:", "en": "You can now:"},
    "case.nothing_possible": {
        "ja": "いまあなたにできることはありません。",
        "en": "There is nothing for you to do now.",
    },
    "case.possible_one": {"ja": "{case}: {command} はいま実行できます。", "en": "{case}: {command} is possible now."},
    "case.not_yet": {"ja": "まだできないこと:", "en": "Not yet:"},
    "case.while_held": {"ja": "保留が解けるまでできないこと: {held}。", "en": "Not while on hold: {held}."},
    "case.elsewhere": {"ja": "この状態では行わないこと: {elsewhere}。", "en": "Not from here: {elsewhere}."},
    "case.held_by": {
        "ja": "{until} まで保留中です（{reason}、{by}）。",
        "en": "It is on hold until {until} ({reason}, by {by}).",
    },
    "case.no_transition": {
        "ja": "{text} という手続はありません。次のいずれかです: {known}。",
        "en": "there is no transition {text}; one of {known}.",
    },
    "case.heads": {"ja": "番号 日時 手続 状態 だれが", "en": "no. when what state who"},
    "case.unaltered": {"ja": "改ざんはありません。", "en": "nothing was altered."},
    "case.stands_so": {"ja": "{case} は「{state}」です。{move}", "en": "{case} ({state}): {move}"},
    "case.stands": {"ja": "{case} は「{state}」です。", "en": "{case} ({state})."},
    "case.held_by_system": {
        "ja": "責任者の確認まで、システムが保留しています（{reason}）。",
        "en": "The system holds it for the lead ({reason}).",
    },
    "case.held_by_system_with": {
        "ja": "責任者の確認まで、システムが保留しています（{reason}。関係する請求：{cases}）。",
        "en": "The system holds it for the lead ({reason}, with {cases}).",
    },
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "case.help.show": (
        "./admin.py show 26-000017-Y",
        "./admin.py show 26-000017-Y --json",
    ),
    "case.help.why": (
        "./admin.py why 26-000017-Y",
        "./admin.py why 26-000017-Y fulfil",
    ),
    "case.help.history": (
        "./admin.py history 26-000017-Y",
        "./admin.py history 26-000017-Y --verify",
    ),
}
