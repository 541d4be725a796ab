"""What the procedure says: its refusals and notices, the words for its states and steps."""

SENTENCES: dict[str, dict[str, str]] = {
    "toy.what_is_it": {"ja": "何が届けられたかを書いてください。", "en": "say what was handed in."},
    "toy.too_early": {
        "ja": "{day} までは持ち主を待ちます。その日から引き取れます。",
        "en": "its owner has until {day}; from that day on it can be kept.",
    },
    "toy.no_such_notice": {
        "ja": "{letter} は、いまその記録ができる通知ではありません。letters で状態を確かめてください。",
        "en": "{letter} is no notice of which that can be recorded now; letters shows where each stands.",
    },
    "toy.help": {"ja": "遺失物を預かり、持ち主に返します。", "en": "Take care of lost property, and give it back."},
    "toy.help.hand_in": {
        "ja": "遺失物を預かり、持ち主に知らせます。",
        "en": "Take in a thing that was found, and write to its owner.",
    },
    "toy.field.what": {"ja": "遺失物", "en": "thing"},
    "toy.field.owner": {"ja": "持ち主", "en": "owner"},
    "notice.toy_lies_here": {
        "ja": "{case} の遺失物がまだ残っています（{times}回目の知らせ）。",
        "en": "the thing {case} still lies here (told {times} times).",
    },
}

NOUNS: dict[str, dict[str, str]] = {
    "state.handed_in": {"ja": "保管中", "en": "handed_in"},
    "state.given_back": {"ja": "返還済み", "en": "given_back"},
    "state.kept": {"ja": "引取済み", "en": "kept"},
    "transition.hand_in": {"ja": "届出", "en": "hand in"},
    "transition.give_back": {"ja": "返還", "en": "give back"},
    "transition.keep": {"ja": "引取り", "en": "keep"},
    "transition.look_again": {"ja": "確認の知らせ", "en": "look again"},
    "letter.found_notice": {"ja": "拾得のお知らせ", "en": "found notice"},
}
