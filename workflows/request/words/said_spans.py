"""Times an office writes down."""

SENTENCES: dict[str, dict[str, str]] = {
    "said_spans.days": {"ja": "{number}日", "en": "{number} days"},
    "said_spans.one_of_days": {"ja": "{number}日", "en": "{number} day"},
    "said_spans.working_days": {"ja": "{number}営業日", "en": "{number} working days"},
    "said_spans.one_of_working_days": {"ja": "{number}営業日", "en": "{number} working day"},
    "said_spans.weeks": {"ja": "{number}週間", "en": "{number} weeks"},
    "said_spans.one_of_weeks": {"ja": "{number}週間", "en": "{number} week"},
    "said_spans.months": {"ja": "{number}か月", "en": "{number} months"},
    "said_spans.one_of_months": {"ja": "{number}か月", "en": "{number} month"},
}
