"""What `commands/inquiry.py` says, and the help of its commands."""

SENTENCES: dict[str, dict[str, str]] = {
    "inquiry.help.inquiry": {
        "ja": "開示等の請求ではない問合せ。請求だと分かれば、最初の連絡の日時のまま請求にできます。",
        "en": "Inquiries other than requests; one that turns out to be a request becomes a case and keeps its "
        "first contact.",
    },
    "inquiry.help.add": {"ja": "問合せを記録します。", "en": "Record an inquiry."},
    "inquiry.help.list": {"ja": "未了の問合せの一覧です。", "en": "Inquiries that are open."},
    "inquiry.help.list.all": {"ja": "終わったものも示します。", "en": "those that are closed too"},
    "inquiry.help.show": {
        "ja": "問合せの内容を示します。見たことは記録されます。",
        "en": "What an inquiry says; each look is recorded.",
    },
    "inquiry.help.answered": {
        "ja": "問合せに答え、請求にはならないことを記録します。",
        "en": "Record that an inquiry was answered and needs no case.",
    },
    "inquiry.help.promote": {
        "ja": "問合せを請求にします。\n最初の連絡の日時は問合せのものです。何度実行しても、請求は一つだけです。",
        "en": "Make an inquiry a case.\n"
        "The time of first contact is the inquiry's. Asked for twice, it opens one case.",
    },
    "inquiry.recorded": {"ja": "{number}: 記録しました。", "en": "{number}: recorded."},
    "inquiry.of_a_request": {
        "ja": "受け付けていない方法による請求（{rights}）。",
        "en": "A request by a way that is not taken ({rights}).",
    },
    "inquiry.none": {"ja": "問合せはありません。", "en": "no inquiries."},
    "inquiry.own_moment": {
        "ja": "問合せの日時が使われます。書かないでください。",
        "en": "the inquiry's own counts; leave it out.",
    },
    "inquiry.file_needed": {
        "ja": "--file FILE が必要です（- なら標準入力）。",
        "en": "--file FILE is needed (- reads standard input).",
    },
    "inquiry.no_such": {
        "ja": "{number} という問合せはありません（番号は I26-000001-D の形です）。./admin.py inquiry list --all "
        "で確かめてください。",
        "en": "there is no inquiry {number} (they look like I26-000001-D); ./admin.py inquiry list --all shows all "
        "of them.",
    },
    "inquiry.interrupted": {
        "ja": "中断しました。もう一度実行すれば結果が分かります。{number} から開かれる請求は一つだけです。",
        "en": "interrupted; the same call finds out what became of it, and {number} opens one case only.",
    },
    "inquiry.head.inquiry": {"ja": "問合せ", "en": "inquiry"},
    "inquiry.head.state": {"ja": "状態", "en": "state"},
    "inquiry.head.received_at": {"ja": "最初の連絡", "en": "first contact"},
    "inquiry.head.channel": {"ja": "方法", "en": "channel"},
    "inquiry.head.case": {"ja": "請求", "en": "case"},
    "inquiry.state.open": {"ja": "未了", "en": "open"},
    "inquiry.state.promoted": {"ja": "請求になった", "en": "promoted"},
    "inquiry.state.answered": {"ja": "回答済み", "en": "answered"},
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "inquiry.help.add": ("./admin.py inquiry add --file inquiry.yaml",),
    "inquiry.help.list": (
        "./admin.py inquiry list",
        "./admin.py inquiry list --all --json",
    ),
    "inquiry.help.show": ("./admin.py inquiry show I26-000001-D",),
    "inquiry.help.answered": ("./admin.py inquiry answered I26-000001-D",),
    "inquiry.help.promote": ("./admin.py inquiry promote I26-000001-D --file contact.yaml",),
}

FILES: dict[str, str] = {
    "inquiry.help.add": """\
channel: phone                          # * post | phone | email | visit
language: ja                            # * ja | en
about: 自分の情報をどう使っているか知りたい。    # *
received_at: 2026-11-20T10:15
person: {name: 見本 花子, phone: 03-0000-0000}""",
    "inquiry.help.promote": """\
rights: [purpose_notice]                # *
category: customer                      # *
subject: {name: 見本 花子, postcode: 100-0001, address: 東京都千代田区千代田1-1}
# all else as for open; channel, language and person are the inquiry's unless given,
# the time of first contact is always the inquiry's""",
}
