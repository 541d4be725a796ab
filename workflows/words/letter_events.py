"""Which letters an order brought about: to be printed and posted, or not to be posted any more."""

SENTENCES: dict[str, dict[str, str]] = {
    "letter_event.ordered": {
        "ja": "手紙 {letter}（{kind}）を作成します。",
        "en": "letter {letter} is ordered ({kind}).",
    },
    "letter_event.copy": {
        "ja": "手紙 {letter}（{kind}）の写し {copy} を作成します。",
        "en": "letter {letter} is ordered once more, as copy {copy} ({kind}).",
    },
    "letter_event.void": {
        "ja": "手紙 {letter}（{kind}）は無効になりました。印刷も投函もされません。",
        "en": "letter {letter} is void ({kind}): it is neither printed nor posted.",
    },
    "letter_event.void_on_paper": {
        "ja": "手紙 {letter}（{kind}）は無効になりました。印刷済みです。束から抜き、投函しないでください。",
        "en": "letter {letter} is void ({kind}) and on paper already: take it out of the pile, do not post it.",
    },
    "letter_event.would_be_ordered": {
        "ja": "手紙 {letter}（{kind}）が作成されます。",
        "en": "letter {letter} would be ordered ({kind}).",
    },
    "letter_event.would_be_first": {
        "ja": "手紙（{kind}）が作成されます。",
        "en": "a letter would be ordered ({kind}).",
    },
    "letter_event.would_be_copy": {
        "ja": "手紙 {letter}（{kind}）の写し {copy} が作成されます。",
        "en": "letter {letter} would be ordered once more, as copy {copy} ({kind}).",
    },
    "letter_event.would_be_void": {
        "ja": "手紙 {letter}（{kind}）は無効になります。",
        "en": "letter {letter} would become void ({kind}).",
    },
    "letter_event.would_be_void_on_paper": {
        "ja": "手紙 {letter}（{kind}）は無効になります。印刷済みなので、束から抜くことになります。",
        "en": "letter {letter} would become void ({kind}); it is on paper and would have to be taken out of the pile.",
    },
    "letter_event.many_ordered": {"ja": "作成する手紙：{kind} {count} 通", "en": "letters ordered: {count} × {kind}"},
    "letter_event.many_void": {"ja": "無効になった手紙：{kind} {count} 通", "en": "letters void: {count} × {kind}"},
    "letter_event.would_be_many_ordered": {
        "ja": "作成されることになる手紙：{kind} {count} 通",
        "en": "letters that would be ordered: {count} × {kind}",
    },
    "letter_event.would_be_many_void": {
        "ja": "無効になる手紙：{kind} {count} 通",
        "en": "letters that would become void: {count} × {kind}",
    },
}
