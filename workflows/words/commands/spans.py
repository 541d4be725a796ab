"""What `commands/spans.py` says."""

SENTENCES: dict[str, dict[str, str]] = {
    "spans.span": {
        "ja": "{option}: 3d（日）、2h（時間）、30m（分）、1w（週）のように書いてください。",
        "en": "{option}: write it like 3d, 2h, 30m or 1w (days, hours, minutes, weeks).",
    },
}
