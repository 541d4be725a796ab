"""Words of the office's own, in both languages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One text of the office in Japanese and in English."""

    ja: str
    en: str

    def __getitem__(self, language: str) -> str:
        """Return the text in *language* (``ja`` or ``en``)."""
        return self.ja if language == "ja" else self.en
