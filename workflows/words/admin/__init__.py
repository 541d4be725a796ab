"""The words of the admin script: what it says of itself, on its pages, and when it cannot do what was asked."""


def sentence(name: str, language: str, /, **params: object) -> str:
    """Return the sentence of that name in ``ja`` or ``en``."""
    from workflows.words.admin.pages import SENTENCES as PAGES  # late: a page of help needs none of it
    from workflows.words.admin.sentences import SENTENCES

    words = SENTENCES.get(name) or PAGES[name]
    return words[language].format_map(params)


def has_sentence(name: str) -> bool:
    """Whether there is a sentence of that name."""
    from workflows.words.admin.pages import SENTENCES as PAGES
    from workflows.words.admin.sentences import SENTENCES

    return name in SENTENCES or name in PAGES
