"""Errors that somebody reads: their message is a sentence of ours, worded in the language of whoever reads it."""

from workflows.engine.values import Reason
from workflows.words import say


class Told(Exception):
    """An error with a ``reason``; its text, for logs and incidents, is the English sentence."""

    def __init__(self, code: str, /, **params: object) -> None:
        """Keep the sentence as data."""
        self.reason = Reason(code, params)
        super().__init__(say(self.reason, "en"))
