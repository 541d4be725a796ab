"""What three people type at one desk and what they see, kept as a page; how many commands and files a case took."""

import re
import shlex
import subprocess
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from settings import PROJECT
from tests.talking import Talk

CASE = re.compile(r"\b\d\d-\d{6}-[0-9A-Z]\b")
MOST_LINES = 24
"""Of how many lines an answer is shown whole; of a longer one its beginning and its end."""
_COLOURS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\r")


class WentOtherwise(AssertionError):
    """A command did not end as the day tells it."""


@dataclass
class Recorder:
    """One day: its page, and how much was typed about each case (``of_case``) and about many at once (``batch``)."""

    environment: Mapping[str, str]
    folder: Path
    language: str
    page: list[str] = field(default_factory=list)
    of_case: Counter[str] = field(default_factory=Counter)
    batch: int = 0
    slips: list[str] = field(default_factory=list)
    project: Path = PROJECT
    """The release whose ./admin.py is typed."""

    def say(self, *paragraphs: str) -> None:
        """Write what happens meanwhile."""
        for paragraph in paragraphs:
            self.page += [paragraph, ""]

    def run(self, who: str, line: str, *, status: int | None = 0, shown: bool = True, counts: bool = True) -> str:
        """Let somebody type a command that ends with *status* (None: any); return its words. Raises WentOtherwise."""
        done = subprocess.run(
            [str(self.project / "admin.py"), "--as", who, "--lang", self.language, *shlex.split(line)],
            env=dict(self.environment), cwd=self.folder, capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        said = done.stdout + done.stderr
        if status is not None and done.returncode != status:
            raise WentOtherwise(f"{line}: {done.returncode} and not {status}: {said}")
        if counts:
            self._count(line)
        if shown:
            self._keep([f"{who}$ ./admin.py {line}", *said.rstrip("\n").splitlines()])
        return said

    def shell(self, who: str, line: str, *, status: int = 0, shown: bool = True, folder: Path | None = None) -> None:
        """Let somebody type a line that is none of ours, by this interpreter's Python. Raises WentOtherwise."""
        done = subprocess.run(
            shlex.split(line), env=dict(self.environment), cwd=folder or self.folder, capture_output=True, text=True,
            timeout=300, check=False,
        )  # fmt: skip
        said = done.stdout + done.stderr
        if done.returncode != status:
            raise WentOtherwise(f"{line}: {done.returncode} and not {status}: {said}")
        if shown:
            self._keep([f"{who}$ {line.replace('python3 -I', 'python3')}", *said.rstrip("\n").splitlines()])

    def talk(self, who: str, line: str, answers: Mapping[str, str | Sequence[str]], *, status: int = 0) -> str:
        """Let somebody type a command that asks; all that *answers* does not name is answered by Enter."""
        command = [str(self.project / "admin.py"), "--as", who, "--lang", self.language, *shlex.split(line)]
        with Talk(command, self.environment, self.folder) as talk:
            talk.through(answers)
        if talk.status != status:
            raise WentOtherwise(f"{line}: {talk.status} and not {status}: {talk.seen}")
        self._count(line)
        self._keep([f"{who}$ ./admin.py {line}", *_COLOURS.sub("", talk.seen).rstrip("\n").splitlines()])
        return talk.seen

    def slip(self, what: str) -> None:
        """Take note of a slip that is put right now."""
        self.slips.append(what)
        self.page += [f"**Slip {len(self.slips)}**: {what}", ""]

    def _count(self, line: str) -> None:
        cases = set(CASE.findall(line))
        if len(cases) == 1:
            self.of_case[cases.pop()] += 1
        else:
            self.batch += 1

    def _keep(self, lines: list[str]) -> None:
        home = str(self.folder.parent)
        folded = [line.rstrip().replace(home, "~/practice") for line in lines]
        if len(folded) > MOST_LINES:
            left = len(folded) - MOST_LINES
            folded = [*folded[: MOST_LINES - 6], f"… {left} lines like these …", *folded[-6:]]
        self.page += ["```text", *folded, "```", ""]
