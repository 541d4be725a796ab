"""What a person at a terminal is asked in place of ``--file``: the questions of the payload, then a summary to send.

There is no list of fields here: `services.intake.questions` reads them from the payload, the procedure's hints say what
is proposed. Nothing is written before the person sends it; what was sent is kept as the order it became, sealed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from commands import prompting
from commands.context import call, said, tongue
from commands.prompting import Back
from services.intake.questions import Question, Sort, Wrong, assembled, plan
from workflows.engine.hints import Hints, Seen
from workflows.words import is_noun, is_worded, noun, tell

if TYPE_CHECKING:
    from services.intake import Fault

Try = Callable[[dict[str, Any]], "Sequence[Fault] | Sequence[str]"]
"""Takes what a file would hold and returns what is wrong with it: faults at a place, or what the rules say."""


class Left(Exception):
    """The person ended it at the summary."""


class Subject(NamedTuple):
    """What is asked about: the payload, of which procedure, and the name a file of the answers gets.

    What no procedure asks brings its own ``hints``, and says how a file holds it (``filed``).
    """

    kind: type
    procedure: str
    name: str
    hints: Hints | None = None
    filed: Callable[[dict[str, Any]], dict[str, Any]] = lambda data: data


def _no_objection(_place: str, _value: Any, _answers: Mapping[str, Any]) -> None:
    """Take every answer."""


@dataclass
class Conversation:
    """The questions of one payload and their answers so far. ``known`` is taken as answered, and can be changed.

    ``before`` is proposed, by its places. ``instructed``: how to answer is said first. ``objects`` is asked of each
    answer, with its place and those before it, and returns what is wrong with it.
    """

    subject: Subject
    seen: Seen
    known: Mapping[str, Any] = field(default_factory=dict)
    before: Mapping[str, Any] = field(default_factory=dict)
    instructed: bool = True
    objects: Callable[[str, Any, Mapping[str, Any]], str | None] = _no_objection
    answers: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Take what is known as answered."""
        from workflows import registry

        own = self.subject.hints
        hints = registry.hints(self.subject.procedure) if own is None else None
        self._hints: Hints = own or ({} if hints is None else hints.HINTS)
        self._nouns: Mapping[str, str] = {} if hints is None else hints.NOUNS
        self.answers = {**self.known, **self.answers}

    def held(self, attempt: Try) -> dict[str, Any]:
        """Ask, show, and return what a file would hold once *attempt* finds nothing wrong and the person sends it.

        Raises Left where they end it at the summary, click.Abort where the terminal does.
        """
        if self.instructed:
            prompting.tell(said("asking.how"))
        while True:
            self._fill()
            data = self.data()
            if self._reviewed(data):
                wrong = attempt(data)
                if not wrong:
                    return data
                self._told(wrong)

    def data(self) -> dict[str, Any]:
        """Return what a file would hold."""
        implied: dict[str, Any] = {}
        questions = list(plan(self.subject.kind, self._hints, self._present(), implied))
        return assembled(questions, self.answers, implied)

    # -- asking -----------------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        """Ask whatever has no answer yet."""
        while True:
            questions = list(plan(self.subject.kind, self._hints, self._present()))
            if not questions or questions[-1].place in self.answers:
                return
            question = questions[-1]
            try:
                self._ask(question)
            except Back:
                self._step_back()

    def _ask(self, question: Question) -> None:
        proposed = self.before.get(question.place, question.proposed)
        words = question.field.words or question.field.where

        def worded(code: str) -> str:
            return self._word(words, code)

        def judged(answer: Any) -> None:
            if (wrong := self.objects(question.place, answer, self.answers)) is not None:
                raise Wrong(wrong)

        answer = prompting.answered(question, self.label(question), proposed, self.seen.now, worded, judged)
        self.answers[question.place] = answer
        if question.place in self.asked:
            self.asked.remove(question.place)
        self.asked.append(question.place)

    def _step_back(self) -> None:
        """Take back the answer before, which is proposed when it is asked again."""
        if not self.asked:
            prompting.tell(said("asking.first"))
            return
        place = self.asked.pop()
        self.before = {**self.before, place: self.answers.pop(place)}

    def _present(self) -> Seen:
        return replace(self.seen, answers=self.answers)

    # -- the summary ------------------------------------------------------------------------------------------------

    def _reviewed(self, data: dict[str, Any]) -> bool:
        """Show everything; return whether it is to be sent, after whatever was changed."""
        questions = list(plan(self.subject.kind, self._hints, self._present()))
        click.echo("", err=True)
        prompting.tell(said("asking.summary"))
        for number, question in enumerate(questions, 1):
            prompting.item(f"{number:>3}  ", f"{self.label(question)}: {self.shown(question)}")
        while True:
            typed = prompting.line(said("asking.send"))
            if not typed:
                return True
            if prompting.is_back(typed):
                self._step_back()
                return False
            if typed.casefold() == "f":
                self._left(data)
            elif typed.casefold() == "q":
                raise Left
            elif typed.isdecimal() and 0 < int(typed) <= len(questions):
                self._again(questions[int(typed) - 1])
                return False
            else:
                prompting.tell(f"  {said('asking.send_how', most=len(questions))}")

    def _again(self, question: Question) -> None:
        """Ask one question once more; what stood is proposed, and stays where the person goes back."""
        self.before = {**self.before, question.place: self.answers[question.place]}
        try:
            self._ask(question)
        except Back:
            return

    def _told(self, wrong: "Sequence[Fault] | Sequence[str]") -> None:
        """Say what is wrong with the whole, and ask again what a fault names."""
        for one in wrong:
            prompting.tell(f"! {one}")
        places = [getattr(one, "field", "") for one in wrong]
        for place in [place for place in self.answers if place in places]:
            self.before = {**self.before, place: self.answers.pop(place)}

    def _left(self, data: dict[str, Any]) -> None:
        """Leave the answers as a file where the caller stands, for them alone."""
        import yaml

        from services.office import caller

        content = yaml.safe_dump(self.subject.filed(data), allow_unicode=True, sort_keys=False, width=1000).encode()
        for number in range(1, 100):
            name = f"{self.subject.name}.yaml" if number == 1 else f"{self.subject.name}.{number}.yaml"
            try:
                caller.present().leave(name, content)
            except FileExistsError:
                continue
            except OSError as error:
                prompting.tell(f"  {said('asking.not_left', name=name, why=tongue().why(error))}")
                return
            prompting.tell(f"  {said('asking.file', name=name)}")
            return

    # -- words ------------------------------------------------------------------------------------------------------

    def label(self, question: Question) -> str:
        """Return what is asked, with what it is a part of."""
        around = [self._around(*one) for one in question.around]
        if question.gate:
            further = question.field.sort is Sort.RECORDS and question.around[-1][1] != "1"
            where = question.field.where
            code = f"{self.subject.procedure}.further.{where}" if further else f"{self.subject.procedure}.gate.{where}"
            own = tell(code, call().language) if is_worded(code) else f"{self._named(where)}?"
            if question.field.sort is Sort.RECORDS:
                around.pop()
        elif question.place in {f"{one.name}.{detail}" for one, detail in question.around}:
            return said("asking.joint").join(around)
        else:
            own = self._named(question.field.where)
        return said("asking.joint").join([*around, own])

    def _around(self, field_: Any, detail: str) -> str:
        name = self._named(field_.where)
        if not detail:
            return name
        return f"{name} {detail}" if detail.isdecimal() else f"{name}: {self._word(field_.words, detail)}"

    def _named(self, where: str) -> str:
        """Return the words for a field; those of its option, or its own name, where a procedure brings none."""
        for code in (f"{self.subject.procedure}.asked.{where}", f"{self.subject.procedure}.option.{_last(where)}"):
            if is_worded(code):
                return tell(code, call().language)
        return _last(where)

    def _word(self, words: str, code: str) -> str:
        group = self._nouns.get(words)
        for known in [f"{group}.{code}"] if group else [code, f"document.{code}"]:
            if is_noun(known):
                return noun(known, call().language)
        return self._named(f"{words}.{code}")

    def shown(self, question: Question) -> str:
        """Return an answer as the summary shows it."""
        value = self.answers[question.place]
        if question.sort is Sort.FLAG:
            return said("asking.yes" if value else "asking.no")
        if value in (None, "", []):
            return said("asking.nothing")
        if question.choices:
            words = question.field.words or question.field.where
            given = value if isinstance(value, list) else [value]
            return said("asking.comma").join(self._word(words, str(one)) for one in given)
        if question.sort is Sort.MOMENT:
            return prompting.moment_shown(str(value))
        return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def _last(where: str) -> str:
    return where.rpartition(".")[2].rstrip("?")
