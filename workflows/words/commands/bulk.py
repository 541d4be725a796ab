"""What `commands/bulk.py` says, and the help of its commands."""

SENTENCES: dict[str, dict[str, str]] = {
    "bulk.help": {
        "ja": "同じ操作を、条件に合う請求すべてに行います。\n"
        "まず結果と理由ごとの件数を示し、確認してから、少しずつ実行します。途中で止まっても、"
        "同じ操作をもう一度行えば続きから始まり、どの請求も一度だけ実行されます。",
        "en": "The same decision over many cases.\n"
        "First it tells how many would be done and how many refused, and why; then, confirmed, it goes on "
        "chunk by chunk. Broken off, the same call goes on where it stopped, and every case is done once.",
    },
    "bulk.option.where": {
        "ja": "どの請求か: state=…（複数可）、right=…、owner=…、due-within=5d、overdue、stalled、open、"
        "case=…（複数可）、list=…（印刷した一覧の番号）。but=…（複数可）は除くもの",
        "en": "which cases: state=… (any of several), right=…, owner=…, due-within=5d, overdue, stalled, open, case=… "
        "(any of several), list=… (the number of a printed list); without those of but=… (any of several)",
    },
    "bulk.option.preview": {
        "ja": "何も書かずに、件数だけを示します。",
        "en": "only tell the counts; nothing is written",
    },
    "bulk.option.yes": {"ja": "確認せずに実行します。", "en": "do not ask for confirmation"},
    "bulk.option.resume": {
        "ja": "この途中の実行だけを続けます（指定がなくても、同じ操作なら続きから始まります）。",
        "en": "go on with this run and no other; the same call goes on with its own unfinished run anyway",
    },
    "bulk.option.anew": {
        "ja": "途中の実行を続けず、最初から始めます。",
        "en": "leave an unfinished run and begin a new one",
    },
    "bulk.counted": {
        "ja": "該当 {count}件: 実行できる {done}件、できない {refused}件",
        "en": "{count} cases: {done} would be done, {refused} refused",
    },
    "bulk.example": {"ja": "  {count:>6}  {reason}（例: {case}）", "en": "  {count:>6}  {reason} (such as {case})"},
    "bulk.going_on": {"ja": "途中の実行 {run} を続けます。", "en": "going on with the unfinished run {run}."},
    "bulk.carrying_out": {"ja": "実行しています", "en": "carrying out"},
    "bulk.needs_yes": {
        "ja": "実行するには --yes が必要です（--preview で件数だけを見られます）。何も書いていません。",
        "en": "--yes is needed to carry this out (--preview only counts); nothing was written.",
    },
    "bulk.sure": {"ja": "{count}件に実行しますか", "en": "carry this out for {count} cases"},
    "bulk.interrupted": {
        "ja": "中断しました。{summary}。同じ操作をもう一度実行すると（--resume {run} を付けても）、続きから始まり、"
        "済んだものは二度行いません。",
        "en": "interrupted; {summary}. The same call (--resume {run} or not) goes on where it stopped, and does "
        "nothing twice.",
    },
    "bulk.aside": {"ja": "、別置き {aside}件", "en": ", {aside} set aside"},
    "bulk.pending": {"ja": "、実行待ち {pending}件", "en": ", {pending} waiting"},
    "bulk.summary": {"ja": "実行 {done}件、拒否 {refused}件{more}", "en": "{done} done, {refused} refused{more}"},
    "bulk.no_such_list": {
        "ja": "番号 {list} の一覧はありません。印刷した一覧の上にある数字を入れてください。",
        "en": "no list has the number {list}; it stands at the top of the printed one",
    },
    "bulk.no_such_run": {
        "ja": "この操作に {name} という途中の実行はありません。操作・条件・内容が同じか確かめてください。--resume "
        "を省けば、途中の実行があればその続きから、なければ新しく始まります。",
        "en": "this order has no unfinished run {name}: check that transition, --where and options are the same. "
        "Without --resume it goes on with its own unfinished run, or begins a new one.",
    },
}
