"""What is returned for a text that cannot be read."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Unread:
    """Why a text is not taken: the code of a sentence (``intake.…``) and what stands in it."""

    code: str
    params: dict[str, object] = field(default_factory=dict)
