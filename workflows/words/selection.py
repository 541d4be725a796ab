"""What is said of a selection of cases that somebody typed (services/intake/selection.py)."""

SENTENCES: dict[str, dict[str, str]] = {
    "selection.which": {"ja": "どの請求かを指定してください: {known}", "en": "say which cases: {known}"},
    "selection.unknown": {"ja": "分かりません。使えるのは: {hint}", "en": "is not understood; known are: {hint}"},
    "selection.states": {"ja": "状態は次のいずれかです: {known}", "en": "states are {known}"},
    "selection.todos": {"ja": "仕事は次のいずれかです: {known}", "en": "jobs are {known}"},
    "selection.rights": {"ja": "請求の種類は次のいずれかです: {known}", "en": "rights are {known}"},
    "selection.once": {
        "ja": "一つだけ指定できます（複数指定できるのは state、case、but だけです）。",
        "en": "once only; several can be named of state, case and but.",
    },
    "selection.number": {
        "ja": "受付番号ではありません（例: 26-000017-Y）。写し間違いがないか確かめてください。",
        "en": "is no request's number like 26-000017-Y; was it copied right?",
    },
    "selection.list": {
        "ja": "一覧の番号は、印刷した一覧の上にある数字です。",
        "en": "the number of a list is the figure at the top of the printed one.",
    },
}
