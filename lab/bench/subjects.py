"""What ``make mutation`` tries: the modules that hold the rules and the engine's promises, each with its tests."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Subject:
    """What is tried: the tests that are to notice, in this order; ``places`` where it is not all of a module."""

    tests: tuple[str, ...]
    places: tuple[str, ...] = ()


TESTS = "tests/{}.py"

SUBJECTS = {
    "workflows.request.identity": Subject(
        ("workflows/test_identity", "workflows/test_identity_reasons", "workflows/test_identity_always")
    ),
    "workflows.request.representation": Subject(
        ("workflows/test_representation", "workflows/test_masking_of_proofs")
    ),
    "workflows.request.rights": Subject(("workflows/test_rights", "workflows/test_outcomes")),
    "workflows.law.law": Subject(("workflows/test_law", "workflows/test_regimes")),
    # What decides over grounds beside workflows/request/rights.py; the other guards are the procedure's.
    "workflows.request.guards": Subject(
        ("workflows/test_guards",),
        ("outcomes_fit", "every_right_decided", "something_granted", "everything_refused", "_all_refused"),
    ),
    "workflows.engine.deadlines": Subject(
        (
            "workflows/test_deadline_reasons", "workflows/test_deadline_explanations", "workflows/test_deadlines",
            "workflows/test_promises", "workflows/test_changed_calendar",
        )
    ),
    "workflows.engine.machine": Subject(
        (
            "workflows/test_machine", "workflows/test_asking", "workflows/test_steps_of_the_engine",
            "workflows/test_who_may", "workflows/test_request",
        )
    ),
    "workflows.engine.declaring": Subject(
        (
            "workflows/test_machine", "workflows/test_asking", "workflows/test_steps_of_the_engine",
            "workflows/test_who_may", "workflows/test_request",
        )
    ),
    "workflows.engine.checking": Subject(
        (
            "workflows/test_machine", "workflows/test_asking", "workflows/test_steps_of_the_engine",
            "workflows/test_who_may", "workflows/test_request",
        )
    ),
    "workflows.engine.own_steps": Subject(("workflows/test_steps_of_the_engine",)),
    "services.engine.transaction": Subject(
        (
            "services/test_what_is_written", "services/test_one_cause_one_effect", "services/test_transitions",
            "services/test_second_procedure", "services/definitions/test_upgrades",
        )
    ),
    "services.engine.group_commit": Subject(("services/test_group_commit", "services/test_seen_together")),
    "services.engine.writing": Subject(
        (
            "services/test_what_is_written", "services/test_deadlines_in_detail", "services/test_history_times",
            "services/test_notices", "services/test_second_procedure", "services/definitions/test_upgrades",
        )
    ),
    "services.engine.orders": Subject(
        (
            "services/test_what_is_written", "services/test_orders_in_detail", "services/test_orders",
            "services/test_orders_in_trouble", "services/definitions/test_old_and_new_code",
        )
    ),
    "services.engine.outbox": Subject(
        ("services/test_outbox_in_detail", "services/test_outbox", "services/test_effects")
    ),
    "services.engine.timers": Subject(
        (
            "services/test_deadlines_in_detail", "services/test_timers", "services/test_timers_on_hold",
            "services/test_days_told", "services/definitions/test_upgrades", "services/test_office_days",
            "services/test_what_lies_in_the_house",
        )
    ),
    "services.engine.firing": Subject(
        (
            "services/test_deadlines_in_detail", "services/test_timers", "services/test_timers_on_hold",
            "services/test_what_lies_in_the_house",
        )
    ),
    "services.engine.sweep": Subject(("services/test_sweep",)),
    "services.engine.upgrades": Subject(
        (
            "services/test_upgrades", "services/definitions/test_upgrades", "services/definitions/test_starts",
            "services/definitions/test_old_and_new_code",
        )
    ),
}  # fmt: skip


def needs_a_database(module: str) -> bool:
    """Whether the tests of a module run on databases: on SQLite first, then on PostgreSQL what SQLite lets pass."""
    return module.startswith("services.")


def path_of(module: str) -> str:
    """Return where a module's source lies, below the project."""
    return f"{module.replace('.', '/')}.py"
