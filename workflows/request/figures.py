"""What a request counts for: by whom, under which law and for which rights; how each right ended, and why not."""

from collections.abc import Iterable

from workflows.engine.figures import Facts, Figures


def _heads(facts: Facts) -> Iterable[tuple[str, str]]:
    yield "regime", facts["regime"]
    if "category" in facts:
        yield "category", facts["category"]
    yield from (("right", right) for right in facts["rights"])


def _ends(state: str, facts: Facts) -> Iterable[str]:
    if state not in ("fulfilled", "refused"):
        return
    for right, end in facts["rights"].items():
        if end is None:
            continue
        yield f"outcome:{right}:{end['outcome']}"
        if end["ground"] is not None:
            yield f"ground:{facts['regime']}:{right}:{end['ground']}"


FIGURES = Figures(
    heads=_heads,
    ends=_ends,
    steps={"extend": "extended", "remind": "reminded", "undeliverable": "returned", "record_return": "returned"},
)
