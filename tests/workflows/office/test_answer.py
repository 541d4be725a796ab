"""What an office writes of its answers, times, steps and papers is read; what the law forbids of it is refused."""

from tests.workflows.office.test_reading import REGIMES, told
from workflows.engine.deadlines import Unit
from workflows.engine.values import Role
from workflows.law.values import Right
from workflows.letters import DeliveryWay, MailClass, MailExtra
from workflows.office.afterwards import PapersEnd
from workflows.office.answer import AnswerAddress, AnswerTo, NotCollected, SentAgain
from workflows.office.execution import Manner
from workflows.office.procedure import OfficeProcedure
from workflows.office.reading import BadFile, read_procedure
from workflows.office.spans import Span, SpanUnit, days, months
from workflows.office.times import Firmly, NotSupplied, Since, Until, beyond_suit

WHOLE = """
from = 2026-12-01
[answer]
to = "subject"
address = "as_stated"
class = "simple_registered"
class_when = { "disclosure:granted" = "delivery_certificate", refused = "general_registered" }
extras = ["no_forwarding"]
ways = ["post", "collected", "email"]
chosen = ["addressee_only"]
chosen_extras = ["express"]
chosen_if_paid = true
own_risk_ja = "ご希望のときに限り、当社の責任で送ります"
own_risk_en = "at your wish only, at our own risk"
[answer.collect]
within = { weeks = 2 }
then = "post"
[answer.comes_back]
again = "when_asked"
kept = { months = 3 }
[times]
promise = [
  { within = { weeks = 4 }, least = 3, from = "acceptance", words = "about" },
  { within = { working_days = 2 }, from = "contact", until = "acknowledgement" },
]
[times.deficiency]
within = { weeks = 2 }
then = "returned"
[[step]]
code = "committee"
ja = "審査委員会"
en = "the committee"
within = { working_days = 10 }
chased_every = { working_days = 3 }
rights = ["disclosure"]
[[window]]
code = "osaka"
ja = "大阪支店"
en = "the Osaka branch"
told = ["verifier"]
[execution]
within = { days = 14 }
apply_within = { days = 30 }
manners = ["viewing", "copies"]
[documents.evidence]
end = "returned"
[documents.forms]
end = "destroyed"
within = { months = 6 }
"""


def read(text: str) -> OfficeProcedure:
    """Return the procedure a text says; it has no fault."""
    found = read_procedure(text, "procedure.toml", REGIMES)
    assert not isinstance(found, BadFile), found.faults
    return found


def test_everything_an_office_may_say_of_its_answer_is_read() -> None:
    found = read(WHOLE)

    said = found.answer
    assert (said.to, said.address) == (AnswerTo.SUBJECT, AnswerAddress.AS_STATED)
    assert said.class_when == {
        "disclosure:granted": MailClass.DELIVERY_CERTIFICATE, "refused": MailClass.GENERAL_REGISTERED,
    }  # fmt: skip
    assert said.ways == (DeliveryWay.POST, DeliveryWay.COLLECTED, DeliveryWay.EMAIL)
    assert (said.extras, said.chosen_extras) == ((MailExtra.NO_FORWARDING,), (MailExtra.EXPRESS,))
    assert said.collect is not None
    assert (said.collect.within, said.collect.then) == (Span(2, SpanUnit.WEEKS), NotCollected.POST)
    assert (said.comes_back.again, said.comes_back.kept) == (SentAgain.WHEN_ASKED, months(3))


def test_everything_an_office_may_say_of_its_times_is_read() -> None:
    found = read(WHOLE)

    first, second = found.times.promises
    assert (first.span, first.least, first.since, first.said) == (
        Span(4, SpanUnit.WEEKS), 3, Since.ACCEPTANCE, Firmly.ABOUT,
    )  # fmt: skip
    assert (second.until, second.span.count.unit) == (Until.ACKNOWLEDGEMENT, Unit.WORKING_DAYS)
    assert found.times.deficiency.then is NotSupplied.RETURNED
    (step,) = found.desks.steps
    assert (step.code, step.rights, step.always) == ("committee", frozenset({Right.DISCLOSURE}), True)
    assert found.desks.windows[0].told == (Role.VERIFIER,)
    assert (found.execution.apply_within, found.execution.manners) == (days(30), (Manner.VIEWING, Manner.COPIES))
    assert found.papers.evidence is not None
    assert found.papers.evidence.end is PapersEnd.RETURNED
    assert found.papers.forms is not None
    assert found.papers.forms.within == months(6)


def test_a_week_is_seven_calendar_days_and_keeps_its_name() -> None:
    assert Span(2, SpanUnit.WEEKS).count.number == 14
    assert Span(2, SpanUnit.WEEKS).count.unit is Unit.CALENDAR_DAYS


def test_four_weeks_are_lawful_under_the_appi_and_are_said_to_outlast_the_time_after_which_one_may_sue() -> None:
    found = read(WHOLE)

    assert [beyond_suit(each, REGIMES["jp-appi"]) for each in found.times.promises] == [True, False]


def test_what_may_not_be_said_is_refused_with_its_place_and_article() -> None:
    faults = told(
        """
        from = 2026-12-01
        regime = "eu-gdpr"
        [answer]
        ways = ["collected", "portal"]
        address = "as_stated"
        class = "ordinary"
        chosen_if_paid = true
        [times]
        promise = [{ within = { weeks = 6 }, from = "identity" }, { within = { days = 3 }, from = "fee" }]
        [times.deficiency]
        within = { days = 10 }
        then = "lapse"
        [[step]]
        code = "doctor"
        ja = "医師"
        en = "doctor"
        within = { months = 2 }
        [execution]
        within = { days = 14 }
        apply_within = { days = 10 }
        rights = ["correction"]
        [documents.evidence]
        end = "destroyed"
        within = { months = 60 }
        """
    )

    for expected in (
        "procedure.toml, answer: ways names collected, but [answer.collect] does not say",
        "procedure.toml, answer: ways names portal; keeping it safe is the office's own duty (GDPR 32)",
        'procedure.toml, answer: with address = "as_stated" the answer goes only by a class of post that is signed for',
        "procedure.toml, answer: chosen_if_paid is set, but there is nothing to choose",
        "procedure.toml, times, promise 1 (identity): 6 weeks is later than the law's own time of 1 months (GDPR 12(3)",
        "procedure.toml, times, promise 2 (fee): it counts from the fee, but there is no fee",
        "procedure.toml, times, deficiency: what arrived does not lapse under this law: it is answered (GDPR 12(4))",
        "procedure.toml, step 1 (doctor): this step alone takes the whole of the law's own time",
        "procedure.toml, execution: nothing is given out after the decision on correction",
        "procedure.toml, documents, evidence: papers are kept for at most 36 months (GDPR 5(1)(e))",
    ):
        assert [fault for fault in faults if fault.startswith(expected)], (expected, faults)


def test_a_step_that_waits_without_a_deadline_is_refused() -> None:
    (fault,) = told('from = 2026-12-01\n[[step]]\ncode = "doctor"\nja = "医師"\nen = "doctor"\n')

    assert fault == "procedure.toml, step 1 (doctor): within is missing: nothing waits without a deadline"


def test_two_steps_of_one_code_and_a_range_upside_down_are_refused() -> None:
    step = '[[step]]\ncode = "doctor"\nja = "医師"\nen = "doctor"\nwithin = { days = 3 }\n'

    promise = 'promise = [{ within = { weeks = 3 }, least = 4, from = "arrival" }]'

    faults = told(f"from = 2026-12-01\n{step}{step}[times]\n{promise}\n")

    assert "procedure.toml: [[step]] has doctor twice" in faults
    assert "procedure.toml, times, promise 1 (arrival): least is 4, which is not below the 3 of within" in faults
