"""What is wrong with sentences of the office's own in a procedure.toml."""

SENTENCES: dict[str, dict[str, str]] = {
    "office_publication.piled_up": {
        "ja": "{key}で、1文字に重ねる記号が多すぎます（{most}個まで）",
        "en": "{key} has more than {most} marks over or under one letter",
    },
}
