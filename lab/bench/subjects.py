"""What ``make mutation`` tries: the modules that hold the rules, each with the tests that are to notice its faults."""

from dataclasses import dataclass

TESTS = "tests/workflows/test_{}.py"


@dataclass(frozen=True, slots=True)
class Subject:
    """What is tried: the tests that are to notice, in this order; ``places`` where it is not all of a module."""

    tests: tuple[str, ...]
    places: tuple[str, ...] = ()


SUBJECTS = {
    "identity": Subject(("identity", "identity_reasons", "identity_always")),
    "representation": Subject(("representation", "masking_of_proofs")),
    "rights": Subject(("rights", "outcomes")),
    "regimes.law": Subject(("law", "regimes")),
    # What decides over grounds beside workflows/request/rights.py; the other guards are the procedure's.
    "guards": Subject(
        ("guards",), ("outcomes_fit", "every_right_decided", "something_granted", "everything_refused", "_all_refused")
    ),
    "deadlines": Subject(("deadline_reasons", "deadlines")),
    "machine": Subject(("machine", "asking", "request")),
}
