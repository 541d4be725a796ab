"""What `commands/diagram.py` says, and the help of its commands."""

SENTENCES: dict[str, dict[str, str]] = {
    "diagram.help.diagram": {
        "ja": "手続を Mermaid の状態遷移図として出力します。\n"
        "--live を付けると、各状態の件数と日数の中央値も示します。",
        "en": "The procedure as a Mermaid state diagram, made from its definition.\n"
        "--live adds how many cases stand in each state, and for how long in the median.",
    },
    "diagram.help.diagram.procedure": {"ja": "手続の名前。", "en": "which procedure"},
    "diagram.help.diagram.live": {"ja": "いまの件数と日数も示します。", "en": "with the cases there are now"},
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "diagram.help.diagram": (
        "./admin.py diagram > procedure.mmd",
        "./admin.py diagram --live",
    ),
}
