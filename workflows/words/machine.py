"""Sentences of the machine."""

SENTENCES: dict[str, dict[str, str]] = {}
