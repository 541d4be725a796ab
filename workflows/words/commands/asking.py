"""What `commands/asking.py` and `commands/prompting.py` say."""

SENTENCES: dict[str, dict[str, str]] = {
    "asking.how": {
        "ja": "Enterで[ ]の中の答えになります。「-」で空欄、「<」で前の質問に戻ります。"
        "Ctrl-Cでやめると何も書き込みません。",
        "en": "Enter takes what stands in [ ]; - leaves empty; < goes back one question; Ctrl-C ends, nothing written.",
    },
    "asking.needed": {"ja": "答えが必要です。", "en": "an answer is needed."},
    "asking.only_one": {"ja": "ひとつだけ選んでください。", "en": "choose one alone."},
    "asking.not_offered": {
        "ja": "「{typed}」は選べません。1～{most}の番号か、（ ）の中の言葉で答えてください。",
        "en": "there is no {typed}; answer with a number from 1 to {most}, or the word in ( ).",
    },
    "asking.yes_or_no": {"ja": "y（はい）か n（いいえ）で答えてください。", "en": "answer y or n."},
    "asking.needs_yes": {
        "ja": "元に戻せないので、端末で確かめるか、--yes を付けてください。何も書いていません。",
        "en": "there is no way back: run it at a terminal, which asks, or add --yes; nothing was written.",
    },
    "asking.first": {"ja": "これが最初の質問です。", "en": "this is the first question."},
    "asking.summary": {"ja": "答えの一覧：", "en": "What you answered:"},
    "asking.send": {
        "ja": "Enterで送信、番号で訂正、fでファイルに保存、qで中止",
        "en": "Enter sends it; a number changes that line; f leaves a file; q ends",
    },
    "asking.send_how": {
        "ja": "Enter、1～{most}の番号、「<」、f、qのどれかで答えてください。",
        "en": "Enter, a number from 1 to {most}, <, f or q.",
    },
    "asking.left": {"ja": "中止しました。何も書き込んでいません。", "en": "ended; nothing was written."},
    "asking.file": {
        "ja": "{name}に保存しました（読めるのはあなただけです）。次からは --file {name} で使えます。",
        "en": "left as {name}, readable by you alone; the next time --file {name} takes it.",
    },
    "asking.not_left": {"ja": "{name}に保存できません：{why}。", "en": "{name} cannot be written: {why}."},
    "asking.yes": {"ja": "はい", "en": "yes"},
    "asking.no": {"ja": "いいえ", "en": "no"},
    "asking.nothing": {"ja": "（空欄）", "en": "(empty)"},
    "asking.joint": {"ja": "・", "en": ", "},
    "asking.comma": {"ja": "、", "en": ", "},
    "asking.words.yes": {"ja": "はい ｙ", "en": "y yes true"},
    "asking.words.no": {"ja": "いいえ ｎ", "en": "n no false"},
    "asking.words.now": {"ja": "今 いま ただいま", "en": "now"},
    "asking.words.today": {"ja": "本日 今日 きょう", "en": "today"},
    "asking.words.yesterday": {"ja": "昨日 きのう", "en": "yesterday"},
    "asking.words.back": {"ja": "＜", "en": "<"},
    "asking.words.empty": {"ja": "ー － −", "en": "-"},
}
