"""What is said of departments that were asked for a request."""

SENTENCES: dict[str, dict[str, str]] = {
    "search_open": {
        "ja": "{department} の回答がまだありません（{search}、{day} に照会、期限 {by}）。",
        "en": "{department} has not answered yet ({search}, asked on {day}, to answer by {by}).",
    },
    "search_found_nothing": {
        "ja": "{right}：照会した部署はすべて保有なしの回答です（{searches}）。"
        "不存在（not_held）とするか、説明を書いてください。",
        "en": "{right}: every department that was asked holds nothing ({searches}). Decide it as not_held, or explain.",
    },
    "search_unconfirmed": {
        "ja": "{right}：{department} が対応を終えたと回答していません（{search}）。"
        "回答を待つか、照会を取り下げてください。",
        "en": "{right}: {department} has not confirmed that it is done ({search}). Wait for its answer, or recall it.",
    },
    "found_it_themselves": {
        "ja": "部署として回答した人は、その回答に基づく通知を承認できません。別の承認者に依頼してください。",
        "en": "who answered for a department does not release what rests on it; ask another approver.",
    },
    "masked_it_themselves": {
        "ja": "開示するファイルを選んだ人や黒塗りした人は、その通知を承認できません。別の承認者に依頼してください。",
        "en": "who enclosed, withheld or masked what was found does not release it; ask another approver.",
    },
    "finds_unchosen": {
        "ja": "{right}：部署が見つけたファイル（{finds}）を添えるかどうか、まだ決まっていません。"
        "search enclose か search withhold で決めてください。",
        "en": "{right}: what departments found ({finds}) is neither enclosed nor withheld; choose with search "
        "enclose or search withhold.",
    },
    "finds_held_back": {
        "ja": "{right}：黒塗りまたは不開示のファイル（{finds}）があります。一部開示（partly）として決定してください。",
        "en": "{right}: part of what was found is held back ({finds}); decide it as partly.",
    },
    "finds_too_many_pages": {
        "ja": "添付資料は合わせて{pages}頁で、1通の通知に印刷できる{most}頁を超えます。"
        "電子データ（ディスク）で開示してください。",
        "en": "what is enclosed has {pages} pages, more than the {most} that are printed behind one letter; "
        "disclose it electronically, on a disc.",
    },
    "copies_by_hand": {
        "ja": "{right}：印刷される添付資料のほかに、{count}点を手で同封することになっています。",
        "en": "{right}: besides the files that are printed, {count} copies are to be laid in by hand.",
    },
}
