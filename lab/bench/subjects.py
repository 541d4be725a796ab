"""What ``make mutation`` tries: the modules that hold the rules, each with the tests that are to notice its faults."""

from dataclasses import dataclass

TESTS = "tests/workflows/test_{}.py"


@dataclass(frozen=True, slots=True)
class Subject:
    """What is tried: the tests that are to notice, in this order; ``places`` where it is not all of a module."""

    tests: tuple[str, ...]
    places: tuple[str, ...] = ()


SUBJECTS = {
    "request.identity": Subject(("identity", "identity_reasons", "identity_always")),
    "request.representation": Subject(("representation", "masking_of_proofs")),
    "request.rights": Subject(("rights", "outcomes")),
    "law.law": Subject(("law", "regimes")),
    # What decides over grounds beside workflows/request/rights.py; the other guards are the procedure's.
    "request.guards": Subject(
        ("guards",), ("outcomes_fit", "every_right_decided", "something_granted", "everything_refused", "_all_refused")
    ),
    "engine.deadlines": Subject(("deadline_reasons", "deadlines")),
    "engine.machine": Subject(("asking", "machine", "request")),
    "engine.declaring": Subject(("machine", "asking", "request")),
    "engine.checking": Subject(("machine", "asking", "request")),
    "engine.own_steps": Subject(("machine", "asking", "request")),
}
