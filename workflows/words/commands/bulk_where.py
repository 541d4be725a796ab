"""What `commands/bulk_where.py` says."""

SENTENCES: dict[str, dict[str, str]] = {
    "bulk_where.which": {"ja": "どの請求かを指定してください: {known}", "en": "say which cases: {known}"},
    "bulk_where.unknown": {"ja": "分かりません。使えるのは: {hint}", "en": "is not understood; known are: {hint}"},
    "bulk_where.states": {"ja": "状態は次のいずれかです: {known}", "en": "states are {known}"},
    "bulk_where.rights": {"ja": "請求の種類は次のいずれかです: {known}", "en": "rights are {known}"},
    "bulk_where.once": {
        "ja": "一つだけ指定できます（複数指定できるのは state だけです）。",
        "en": "once only; several can be named of state.",
    },
}
