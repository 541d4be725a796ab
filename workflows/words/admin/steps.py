"""What the commands made from the workflow definition say of themselves, in both languages, with examples.

A transition that is not named here still works: its help is the definition's own text and the noun for it.
"""

from workflows.engine.machine import Transition

JA: dict[str, str] = {
    "open": "最初の連絡を受け付けます。郵送先が分かれば、書式の送付も手配します。",
    "amend": "住所・連絡先・代理人・請求の内容を、理由を添えて変更します。",
    "mail_forms": "今回の書式を投函したことを記録します。期限は投函日から数えます。",
    "undeliverable": "今回の書式が戻ってきたことを記録します。書式コードは無効になります。",
    "receive_forms": "返送されたものを、到着した日時で登録します。コードが合わなければ責任者の確認まで保留します。",
    "ask_again": "足りないものすべてを、一通の補正依頼で求めます。",
    "verify_identity": "本人（代理人のときは代理権も）を確認したことを記録します。",
    "unverify": "本人確認を取り消し、返送済みに戻します（誤りのとき、または確認した内容が変わったとき）。",
    "decide": "請求ごとに結果を決めます。後の決定が前の決定に代わり、どちらも履歴に残ります。",
    "fulfil": "回答を承認します。個人情報開示等通知書の作成を手配します。",
    "refuse": "すべての請求の拒否を承認します。個人情報開示等通知書の作成を手配します。",
    "withdraw": "取下げを受けて終了します。",
    "void": "請求ではなかったもの（重複・宛先違い・誤り）を終了します。",
    "reopen": "期限経過で終了した後に届いた書式を登録し、手続を再開します。",
    "hold": "窓口の期限を止めます。法律上の期限は止まりません。",
    "resume": "保留を解きます。保留した営業日数だけ期限が延びます。",
    "extend": "法律が認める場合に一度だけ、通知して回答期間を延長します。",
    "record_posting": "印刷した手紙を投函したことを記録します。",
    "record_return": "手紙が戻ってきたことを記録します。",
    "post_again": "戻ってきた手紙を、写しとして送り直します。",
    "override": "書類の不足の例外を申請します（承認は別の人がします）。",
    "approve": "ほかの人が申請した例外を承認します。その不足だけが補われます。",
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "open": ("./admin.py open --file contact.yaml", "./admin.py open --file - --key phone-2026-11-20-1 < contact.json"),
    "amend": ("./admin.py amend 26-000017-Y --file change.yaml",),
    "mail_forms": ("./admin.py mail-forms 26-000017-Y",
                   "./admin.py mail-forms 26-000017-Y --on 2026-11-24 --tracking 1234"),
    "undeliverable": ("./admin.py undeliverable 26-000017-Y --reason moved",),
    "receive_forms": ("./admin.py receive-forms 26-000017-Y --code XXXX-XXXX-XXXX-XXXX-X --file arrived.yaml",),
    "ask_again": ("./admin.py ask-again 26-000017-Y",
                  "./admin.py ask-again 26-000017-Y --missing unsigned document:subject"),
    "verify_identity": ("./admin.py verify-identity 26-000017-Y --dry-run", "./admin.py verify-identity 26-000017-Y",
                        "./admin.py verify-identity 26-000017-Y --address-on-record"),
    "unverify": ("./admin.py unverify 26-000017-Y --why \"...\"",),
    "decide": ("./admin.py decide 26-000017-Y --file outcome.yaml",),
    "fulfil": ("./admin.py fulfil 26-000017-Y", "./admin.py fulfil 26-000017-Y --confirm halt_use"),
    "refuse": ("./admin.py refuse 26-000017-Y",),
    "withdraw": ("./admin.py withdraw 26-000017-Y --on 2026-11-25 --how phone",),
    "void": ("./admin.py void 26-000017-Y --reason duplicate",),
    "reopen": ("./admin.py reopen 26-000017-Y --code XXXX-XXXX-XXXX-XXXX-X --file arrived.yaml",),
    "hold": ("./admin.py hold 26-000017-Y --reason awaiting_information",
             "./admin.py hold 26-000017-Y --reason other --until 2026-12-10"),
    "extend": ("./admin.py extend 26-000017-Y --reason complexity",),
    "override": ("./admin.py override 26-000017-Y --what document:subject --reason \"...\"",),
    "approve": ("./admin.py approve 26-000017-Y", "./admin.py approve 26-000017-Y --what address"),
}  # fmt: skip

OPTIONS: dict[str, tuple[str, str]] = {
    "file": ("YAML または JSON のファイル。- なら標準入力。", "YAML or JSON file; - reads standard input"),
    "code": ("書式に印刷されたコード（ハイフンと大文字小文字は問いません）。",
             "the code printed on the form; hyphens and case do not matter"),
    "on": ("日付（2026-11-24 の形）。省けば今日。", "the day, like 2026-11-24; today if left out"),
    "until": ("保留の最後の日。省けば20営業日。", "last day on hold; 20 working days if left out"),
    "tracking": ("追跡番号。", "the post's tracking number"),
    "class": ("郵便の種類。省けば普通郵便。", "class of mail; ordinary if left out"),
    "reason": ("理由。- なら標準入力から読みます。", "why; - reads it from standard input, where others cannot see it"),
    "how": ("どのように伝えられたか。", "how it was told"),
    "missing": ("足りないもの。繰り返せます。省けば規則が見つけたものすべて。",
                "what is missing, repeatable; all that the rules find if left out"),
    "confirm": ("停止・消去をもう一度確認する請求。繰り返せます。",
                "the halt or erasure confirmed once more, repeatable"),
    "what": ("どの不足か（ask-again --missing と同じ言葉）。", "which gap, in the words of ask-again --missing"),
    "address_on_record": ("回答先は、事務所の記録にある住所です（書き込んだ人以外の確認する人が言います）。",
                          "the answer goes to the address the office already holds; never said by who wrote it down"),
    "address_shown_by": ("いまの住所を示している、受理済みの書類の種類。",
                         "the type of an accepted paper that shows the address as it now stands"),
    "birth_date_seen": ("後から伝えられた生年月日を、書類と照らしました。",
                        "a birth date told later was compared with the papers"),
    "why": ("理由。- なら標準入力から読みます。", "why; - reads it from standard input, where others cannot see it"),
    "letter": ("手紙の番号。", "the letter's number"),
    "wait": ("結果を待つ秒数（既定は10）。", "how many seconds to wait for the outcome (10 if left out)"),
    "key": ("この操作の鍵。同じ鍵でもう一度実行しても、二重には行いません。",
            "a key of your own: the same key never does it twice"),
    "dry_run": ("何も書かずに、どうなるかだけを答えます。", "only say what would happen; nothing is written"),
}  # fmt: skip


LONG = 60
"""From this length on a one-line help keeps only its first clause."""


def short_help(transition: Transition) -> tuple[str, str]:
    """Return what a transition does in one line, in Japanese and English."""
    en = transition.text
    if len(en) > LONG:
        en = en.partition(":")[0].partition(";")[0]
    return JA.get(transition.name) or _noun(transition.name), _lower(en.rstrip("."))


def _noun(name: str) -> str:
    from workflows.words import noun

    return noun(f"transition.{name}", "ja")


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
