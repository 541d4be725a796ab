"""What `commands/usage.py` says."""

SENTENCES: dict[str, dict[str, str]] = {
    "usage.no_command": {"ja": "{name} というコマンドはありません。", "en": "there is no command {name}."},
    "usage.no_option": {"ja": "{name} というオプションはありません。", "en": "there is no option {name}."},
    "usage.near": {"ja": "{near} のことでしょうか。", "en": " Did you mean {near}?"},
    "usage.missing": {"ja": "{name} が指定されていません。", "en": "{name} is missing."},
    "usage.not_one_of": {
        "ja": "{name} は次のいずれかにしてください: {choices}。",
        "en": "{name} must be one of: {choices}.",
    },
    "usage.bad_value": {
        "ja": "{name} の値が正しくありません: {what}",
        "en": "the value of {name} cannot be used: {what}",
    },
    "usage.extra": {
        "ja": "余分な語があります：{words}。値が空白を含むときは引用符で囲みます。",
        "en": "there are words too many: {words}. A value with blanks in it stands in quotes.",
    },
    "usage.needs_value": {"ja": "{name} には値が必要です。", "en": "{name} needs a value."},
    "usage.other": {"ja": "コマンドラインが正しくありません: {what}", "en": "the command line is wrong: {what}"},
    "usage.see": {"ja": "説明: {where} --help", "en": "See: {where} --help"},
}
