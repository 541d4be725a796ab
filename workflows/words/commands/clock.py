"""What `commands/clock.py` says, and the help of its commands."""

SENTENCES: dict[str, dict[str, str]] = {
    "clock.help.clock": {
        "ja": "窓口の時刻を示します。\n"
        "動かせるのは MADOGUCHI_CLOCK=shifted で開設した窓口の責任者だけで、動かしたことは記録されます。"
        "まだ何も起きていない窓口では、過去の時刻にもできます。",
        "en": "The office's time.\n"
        "Only a lead of an office founded with MADOGUCHI_CLOCK=shifted moves it, and every move is recorded: "
        "forward, or anywhere as long as nothing has happened in the office.",
    },
    "clock.help.clock.advance": {"ja": "この分だけ進めます（3d、2h、30m）。", "en": "move it forward by this much"},
    "clock.help.clock.set": {"ja": "この時刻にします。", "en": "set it to this time"},
    "clock.shifted": {"ja": "（ずらした時刻）", "en": " (shifted)"},
    "clock.one_of_two": {
        "ja": "--advance と --set はどちらか一つにしてください。",
        "en": "give --advance or --set, not both.",
    },
    "clock.real_time": {
        "ja": "この窓口は実際の時刻で動くものとして開設されているため、時刻を動かせません。デモや訓練には、"
        "MADOGUCHI_CLOCK=shifted として別の場所に開設してください。",
        "en": "this office was founded on the real time, which cannot be moved; for demos and drills found another "
        "with MADOGUCHI_CLOCK=shifted.",
    },
    "clock.only_forward": {
        "ja": "時刻は戻せません。いまより後の時刻を指定してください（./admin.py clock で分かります）。"
        "過去の時刻にできるのは、まだ何も起きていない窓口だけです。",
        "en": "the clock only moves forward; name a time after the present one (./admin.py clock shows it). Only "
        "in an office in which nothing has happened yet can it be set to the past.",
    },
    "clock.needs_time": {"ja": "時刻が必要です。", "en": "needs a time."},
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "clock.help.clock": (
        "./admin.py clock",
        "./admin.py clock --advance 3d",
        "./admin.py clock --set 2026-12-01T09:30",
    ),
}
