"""The file a person fills in to register what came back: all that the scan knows, and the choices for the rest.

It holds a case's number and nothing personal. What only a person can see is left blank, so that a file nobody filled
in is refused. Somebody's work is never written over: where another file lies, the next one gets a number.
"""

import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from services.engine.once import write_once
from services.returns.values import Returned
from workflows.engine.values import Reason
from workflows.law.values import Right
from workflows.request.returns import Next
from workflows.words import say, tell

COMMANDS = {
    Next.RECEIVE: "receive-forms",
    Next.RECEIVE_ASK: "receive-forms",
    Next.RECEIVE_HELD: "receive-forms",
    Next.POST_FIRST: "receive-forms",
    Next.REOPEN: "reopen",
    Next.REOPEN_ASK: "reopen",
    Next.REOPEN_HELD: "reopen",
}
"""The command each proposal ends in; none where there is nothing to register any more."""
MISSING = frozenset({Next.RECEIVE_ASK, Next.REOPEN_ASK})


@dataclass(frozen=True, slots=True)
class Lines:
    """What to run for a case, in this order; ``file`` is the one to fill in first."""

    file: Path | None
    run: tuple[str, ...]


def lines(found: Returned, file: Path | None, language: str) -> Lines:
    """Return the exact lines to run for what came back; *language* is that of the reason in them."""
    if found.next is Next.RECEIVED_ALREADY:
        return Lines(None, (f"./admin.py papers {found.case} --out DIR",))
    command = COMMANDS.get(found.next)
    if command is None:
        return Lines(None, ())
    run = [f"./admin.py {command} {found.case} --code {found.code} --file {shlex.quote(str(file))}"]
    if found.next is Next.POST_FIRST:
        run.insert(0, f"./admin.py mail-forms {found.case}")
    if found.next in MISSING:
        run.append(ask_line(found, language))
    return Lines(file, tuple(run))


def ask_line(found: Returned, language: str) -> str:
    """Return the line that asks for what is missing: with a reason where no rule can know that pages are."""
    line = f"./admin.py ask-again {found.case} --missing {' '.join(found.missing)}"
    return f"{line} --reason {shlex.quote(tell('returns.pages_missing', language))}" if found.lacks_pages else line


def write(folder: Path, found: Returned, zone: ZoneInfo, language: str) -> Path | None:
    """Write the file of one case and return where it lies; the newest from before where nothing is new."""
    command = COMMANDS.get(found.next)
    if command is None:
        return None
    content = text(found, command, found.arrived_at.astimezone(zone), language).encode()
    newest, number = None, 1
    while (file := folder / (f"{found.case}.yaml" if number == 1 else f"{found.case}.{number}.yaml")).exists():
        if file.read_bytes() == content:
            return file
        newest, number = file, number + 1
    if newest is not None and not found.new:
        return newest
    return file if write_once(file, content) else write(folder, found, zone, language)


def text(found: Returned, command: str, arrived_at: datetime, language: str) -> str:
    """Return the file: YAML as ``receive-forms --file`` takes it, with the choices as comments."""

    def comment(code: str, **params: object) -> str:
        return f"# {say(Reason(f'returns.file_{code}', {'case': found.case, **params}), language)}"

    rights = list(dict.fromkeys(str(right) for form in found.forms for right in found.boxes.get(form, ())))
    signed = ", ".join(f"{form}: " for form in found.forms)
    written = [
        comment("head"),
        f"#   ./admin.py {command} {found.case} --code CODE --file …",
        comment("code"),
        f"arrived_at: {arrived_at.isoformat(timespec='seconds')}",
        f"forms: [{', '.join(found.forms)}]",
        f"pages: {found.pages}",
        comment("signed"),
        f"signed: {{{signed}}}",
        comment("rights", rights=rights),
        "rights:",
        comment("documents"),
        "#  - {holder: subject, type: drivers_licence, photo: true, expires_on: 2028-04-01,",
        "#     address: stated, name_matches: true, masking: not_shown}",
        "documents:",
    ]
    return "\n".join([*written, *_more(found, rights, comment), ""])


def _more(found: Returned, rights: Sequence[str], comment: Callable[..., str]) -> list[str]:
    """Return the lines that only some forms need, commented out."""
    more: list[str] = []
    if Right.CORRECTION in rights:
        more += [comment("corrections"), "#corrections: [{item: address, wrong: , right: }]"]
    if not {Right.HALT_USE, Right.HALT_PROVISION}.isdisjoint(rights):
        more += [comment("halt"), "#halt: {measure: cease, reason: unneeded}"]
    if not {Right.DISCLOSURE, Right.PROVISION_RECORDS}.isdisjoint(rights):
        more += [comment("method"), "#method: paper"]
    if found.means:
        more += [
            comment("fees", means=list(found.means)),
            f"#fees: [{{means: {found.means[0]}, amount: }}]",
        ]
    if found.mandates:
        more += [comment("authority", proofs="proxy_statement"), "#authority: {type: proxy_statement}"]
    return more
