"""What is wrong with a list of tracking numbers, or with one of them."""

SENTENCES: dict[str, dict[str, str]] = {
    "tracking.shape": {
        "ja": "{text} は郵便の追跡番号ではありません（数字 11 桁か 12 桁、または英字 2・数字 9・英字 2）。"
        "ほかの運送会社の番号は posted 手紙番号 --tracking で一通ずつ記録できます。",
        "en": "{text} is no tracking number of the post (11 or 12 digits, or two letters, nine digits, two letters); "
        "another carrier's can be recorded letter by letter with posted LETTER --tracking.",
    },
    "tracking.check": {
        "ja": "{text} は検査数字が合いません（最後の数字は {check} のはずです）。控えと見比べてください。",
        "en": "the check digit of {text} is wrong (it would have to be {check}): compare it with the receipt.",
    },
    "tracking.spreadsheet": {
        "ja": "{text} は表計算ソフトが縮めた値で、元の番号は分かりません。列を「文字列」にして保存し直してください。",
        "en": "{text} was shortened by a spreadsheet and the number is lost: make the column text and save it again.",
    },
    "tracking.needed": {"ja": "追跡番号がありません。", "en": "there is no tracking number in this row."},
    "tracking.letter_needed": {
        "ja": "手紙の番号がありません。順番で対応させるなら、この列を消してください。",
        "en": "there is no letter number in this row; to match by order, leave the whole column out.",
    },
    "tracking.no_letter_number": {
        "ja": "{text} は手紙の番号ではありません（26-000017-Y-01 の形です）。",
        "en": "{text} is no letter number (they look like 26-000017-Y-01).",
    },
    "tracking.unknown_class": {
        "ja": "{text} という種別はありません。次のいずれかです：{known}。",
        "en": "{text} is no class of post known here; one of {known}.",
    },
    "tracking.twice": {"ja": "{text} は {line} 行目にもあります。", "en": "{text} stands in line {line} too."},
    "tracking.no_column": {
        "ja": "追跡番号の列が見つかりません。一行目に項目名が必要です（{known} など）。",
        "en": "no column of tracking numbers is found; the first line must name it ({known}, for instance).",
    },
    "tracking.doubled_column": {
        "ja": "同じ内容の列が二つあります。一つにしてください。",
        "en": "two columns say the same; keep one of them.",
    },
    "tracking.empty": {"ja": "番号が一つもありません。", "en": "there is not a single number in it."},
    "tracking.not_of_batch": {
        "ja": "{letter} は {batch} の手紙ではありません。",
        "en": "{letter} does not belong to {batch}.",
    },
    "tracking.not_among": {
        "ja": "{letter} は、指定した手紙の中にありません。",
        "en": "{letter} is not among the letters that were named.",
    },
    "tracking.no_such_letter": {"ja": "{letter} という手紙はありません。", "en": "there is no letter {letter}."},
    "tracking.not_waiting": {
        "ja": "{letter} は{state}です。投函を待っている手紙ではありません。",
        "en": "{letter} is {state}: it does not wait to be posted.",
    },
    "tracking.which_letters": {
        "ja": "どの手紙の番号か分かりません。--batch を付けるか、手紙の番号の列（letter、管理番号）を加えてください。",
        "en": "whose numbers are these? Give --batch, or add a column of letter numbers (letter).",
    },
    "tracking.counts_differ": {
        "ja": "番号は {numbers} 個ですが、投函を待つ手紙は {letters} 通（うち書留など追跡付き {tracked} 通）です。"
        "順番では対応させられません。手紙の番号の列（letter、管理番号）を加えてください。",
        "en": "there are {numbers} numbers for {letters} letters ({tracked} of them tracked by their class of post): "
        "by order they cannot be matched. Add a column of letter numbers (letter).",
    },
}
