"""The words of the admin script: what it says of itself, on its pages, and when it cannot do what was asked."""


def sentence(name: str, language: str, /, **params: object) -> str:
    """Return the sentence of that name in ``ja`` or ``en``. Raises KeyError."""
    return _words(name)[language].format_map(params)


def has_sentence(name: str) -> bool:
    """Whether there is a sentence of that name."""
    try:
        return bool(_words(name))
    except KeyError:
        return False


def _words(name: str) -> dict[str, str]:
    from workflows.words.admin.pages import SENTENCES as PAGES  # late: a page of help needs none of them

    if name in PAGES:
        return PAGES[name]
    from workflows.words.admin.sentences import SENTENCES  # late: most calls end well

    return SENTENCES[name]
