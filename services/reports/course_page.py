"""What the page of ``show`` says of an office's own procedure: beginning, steps, window, answer, papers; in words."""

from collections.abc import Iterator, Mapping
from typing import Any

from workflows.tongue import Tongue

Told = Mapping[str, Any]


def course_facts(told: Told, tongue: Tongue) -> Iterator[tuple[str, str]]:
    """Yield (name, words) of each fact; of a case under the built-in procedure the papers alone."""
    if "began" in told:
        yield from _own(told, tongue)
    name = tongue.tell("case.field.papers")
    for papers in told.get("papers_after", ()):
        yield name, _papers(papers, tongue)
        name = ""


def _own(told: Told, tongue: Tongue) -> Iterator[tuple[str, str]]:
    yield tongue.tell("case.field.began"), tongue.noun(f"began.{told['began']}")
    if told["window"]:
        yield tongue.tell("case.field.window"), told["window"]["said"][tongue.language]
    name = tongue.tell("case.field.step")
    for step in told["steps"]:
        yield name, _step(step, tongue)
    yield tongue.tell("case.field.answer"), _goes(told["answer_goes"], tongue)
    yield from (("", words) for words in _went(told["course"], tongue))


def _step(step: Told, tongue: Tongue) -> str:
    words = {"step": step["said"][tongue.language]}
    if step["opened_on"] is None:
        return tongue.tell("case.step.waits", **words)
    if step["done_on"] is None:
        return tongue.tell("case.step.open", day=step["opened_on"], by=step["opened_by"], **words)
    result = tongue.noun(f"step_result.{step['result']}")
    return tongue.tell("case.step.done", day=step["done_on"], by=step["done_by"], result=result, **words)


def _goes(goes: Told, tongue: Tongue) -> str:
    to = tongue.noun(goes["to"])
    if goes["way"] != "post":
        return tongue.tell("case.answer.goes", how=tongue.noun(f"way.{goes['way']}"), to=to)
    posts = [tongue.noun(f"mail_class.{goes['class']}"), *(tongue.noun(f"mail_extra.{one}") for one in goes["extras"])]
    said = tongue.tell("case.answer.goes", how=tongue.listed(posts), to=to)
    if not goes["picked_unpaid"]:
        return said
    owed = tongue.listed(_post(code, tongue) for code in goes["picked_unpaid"])
    return said + tongue.tell("case.answer.unpaid", what=owed)


def _post(code: str, tongue: Tongue) -> str:
    """Return the word for a class of post, or for what is asked for beside it."""
    return tongue.noun(f"mail_extra.{code}" if code in ("express", "no_forwarding") else f"mail_class.{code}")


def _went(course: Told, tongue: Tongue) -> Iterator[str]:
    """Say when the person was told that the answer lies ready, that nobody came, and how it was handed over."""
    if course.get("acknowledged_on"):
        yield tongue.tell("case.answer.acknowledged", day=course["acknowledged_on"])
    if ready := course.get("ready"):
        yield tongue.tell("case.answer.ready", day=ready["on"], how=tongue.noun(f"how.{ready['how']}"))
    if letter := course.get("not_collected"):
        yield tongue.tell("case.answer.not_collected", letter=letter)
    for handed in course.get("handed") or ():
        way = tongue.noun(f"way.{handed['way']}")
        code = "case.answer.handed_signed" if handed.get("receipt") else "case.answer.handed"
        yield tongue.tell(code, letter=handed["letter"], way=way, day=handed["on"], by=handed["by"])
    if applied := course.get("applied"):
        yield tongue.tell("case.answer.applied", day=applied["on"], manner=tongue.noun(f"manner.{applied['manner']}"))
    if done := course.get("carried_out"):
        manner = tongue.noun(f"manner.{done['manner']}")
        yield tongue.tell("case.answer.carried_out", day=done["on"], manner=manner, by=done["by"])


def _papers(papers: Told, tongue: Tongue) -> str:
    words = {
        "papers": tongue.noun(f"paper_kind.{papers['papers']}"),
        "end": tongue.noun(f"papers_end.{papers['end']}"),
    }
    if papers["on"] is None and papers["until"] is not None:
        return tongue.tell("case.papers.to_end_by", day=papers["until"], **words)
    if papers["on"] is None:
        return tongue.tell("case.papers.to_end", **words)
    return tongue.tell("case.papers.ended", day=papers["on"], by=papers["by"], **words)
