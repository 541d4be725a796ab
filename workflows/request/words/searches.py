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
}
