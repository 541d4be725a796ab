"""What the diagram of a procedure says of the cases in a state."""

SENTENCES: dict[str, dict[str, str]] = {
    "diagram.counted": {"ja": "{state}（{count}件）", "en": "{state} ({count})"},
    "diagram.aged": {"ja": "{state}（{count}件、中央値{days:g}日）", "en": "{state} ({count}, median {days:g} d)"},
}
