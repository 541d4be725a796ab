"""What is wrong with the periods of an organisation.toml."""

SENTENCES: dict[str, dict[str, str]] = {
    "keeping.no_table": {
        "ja": "retentionは[retention]の表で書いてください",
        "en": "retention is a table: write [retention] before its periods",
    },
    "keeping.unknown": {
        "ja": "[retention]に{name}という項目はありません。使えるものは {known} です",
        "en": "[retention]: there is no {name}; known are {known}",
    },
    "keeping.out_of_bounds": {
        "ja": "[retention]の{name}の{value}は、{least}から{most}までの整数にしてください",
        "en": "[retention]: {name} is {value}; write a whole number from {least} to {most}",
    },
}
