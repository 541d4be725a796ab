"""The same decision over many cases, told: what it would do, and what became of a run."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from services.bulk import BulkOrder, Run, Tally
from services.engine.order import Outcome
from services.letters import events
from services.letters.events import Steps, of_outcome
from services.reports.letter_events import counts_document, counts_lines, events_document
from workflows.letters import LetterEvent
from workflows.tongue import Tongue


def tally_document(wanted: BulkOrder, found: Tally, tongue: Tongue) -> dict[str, Any]:
    """Return the counts, as programs read them."""
    return {
        "transition": wanted.transition,
        "where": wanted.where,
        "selected": found.selected,
        "done": found.done,
        "refused": found.refused,
        "states": dict(found.states),
        "letters": counts_document(found.letters),
        "reasons": [
            {
                "code": code,
                "count": count,
                "examples": [{"case": case, "reason": tongue.say(reason)} for case, reason in found.examples[code]],
            }
            for code, count in found.reasons.most_common()
        ],
    }


def tally_page(found: Tally, tongue: Tongue) -> list[str]:
    """Say how many would be done and how many refused, and why."""
    lines = [tongue.tell("bulk.counted", count=found.selected, done=found.done, refused=found.refused)]
    lines += [f"  {count:>6}  -> {tongue.noun(f'state.{state}')}" for state, count in found.states.most_common()]
    lines += [f"  {line}" for line in counts_lines(found.letters, tongue, foreseen=True)]
    for code, count in found.reasons.most_common():
        case, reason = found.examples[code][0]
        lines.append(tongue.tell("bulk.example", count=count, reason=tongue.say(reason), case=case))
    return lines


def run_document(
    wanted: BulkOrder, run: Run, outcomes: Sequence[Outcome | None], letters: Steps, tongue: Tongue
) -> dict[str, Any]:
    """Return what became of a run, as programs read it; *letters*: the events of its steps."""
    answered = [outcome for outcome in outcomes if outcome is not None]
    mine = [of_outcome(letters, outcome) for outcome in answered]
    counted = Counter(outcome.outcome for outcome in answered)
    reasons = Counter(code for o in answered if o.outcome != "done" for code in {r.code for r in o.reasons})
    return {
        "run": run.name,
        "resumed": run.resumed,
        "transition": wanted.transition,
        "where": wanted.where,
        "selected": run.cases,
        "done": counted["done"],
        "refused": counted["refused"],
        "set_aside": counted["set_aside"],
        "pending": len(outcomes) - len(answered),
        "interrupted": False,
        "reasons": dict(reasons.most_common()),
        "letters": counts_document(events.counted(event for told in mine for event in told)),
        "items": [
            {**_item(outcome, tongue), "letters": events_document(told)}
            for outcome, told in zip(answered, mine, strict=True)
        ],
    }


def _item(outcome: Outcome, tongue: Tongue) -> dict[str, Any]:
    return {
        "case": outcome.case,
        "outcome": outcome.outcome,
        "state": outcome.state,
        "seq": outcome.seq,
        "reasons": tongue.say_all(outcome.reasons),
        "codes": list(dict.fromkeys(reason.code for reason in outcome.reasons)),
    }


def run_page(document: Mapping[str, Any], tongue: Tongue) -> list[str]:
    """Say of each case that was not done why, and the counts."""
    lines = [f"{item['case']}: {' '.join(item['reasons'])}" for item in document["items"] if item["outcome"] != "done"]
    counts = {(one["kind"], LetterEvent(one["event"])): one["count"] for one in document["letters"]}
    return [*lines, run_summary(document, tongue), *counts_lines(counts, tongue)]


def run_summary(document: Mapping[str, Any], tongue: Tongue) -> str:
    """Say the counts of a run."""
    done, refused = document["done"], document["refused"]
    aside, pending = document["set_aside"], document["pending"]
    more = tongue.tell("bulk.aside", aside=aside) if aside else ""
    more += tongue.tell("bulk.pending", pending=pending) if pending else ""
    return tongue.tell("bulk.summary", done=done, refused=refused, more=more)
