"""One call carried out: in a process of its own, for its caller, and over with it."""

import fcntl
import gc
import os
import random
import resource
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import journal
from counter.calls import Stream, Words
from counter.client import PLACED, SAID, SHOWN
from counter.revision import revision
from counter.serving import BLOCKED, STALE
from services.office import caller as callers
from services.office.caller import Look
from settings import PROJECT, BadSettings, Settings, load

_CHANNEL = 3
_OUR_LOG = 4
_MOST_DATA = 2 << 30
"""Bytes a stranger's call may take of our memory: a line of an import without an end, say."""


class There:
    """The caller at the other end of a call, as `services.office.caller.Caller`; its end opens its files."""

    def __init__(self, channel: socket.socket, uid: int, words: Words) -> None:
        """Keep who it is, and where it stands."""
        self.login = callers.login_of(uid)
        self.is_the_office = uid == os.getuid()
        self._channel, self._words = channel, words
        self.asking = False

    def folder(self) -> Path:
        """Return where the caller stands."""
        return Path(self._words.folder)

    def placed(self, text: str) -> Path:
        """Return the path that was typed; a tilde is the caller's own folder."""
        if text == "~" or text.startswith("~/"):
            text = self._words.own_folder + text[1:]
        return Path(text)

    def look(self, path: str | Path) -> Look | None:
        """Return what lies there."""
        found = self._ask("look", str(path))[1]
        return Look(int(found[0]), found[1] == "1") if len(found) == 2 else None

    def open(self, path: str | Path, flags: int = callers.READING) -> int:
        """Open a file for reading, there."""
        return self._descriptor("open", path, flags)

    def write_whole(self, path: Path, content: callers.Content) -> None:
        """Write a file whole, there."""
        file = self._descriptor("write", path)
        try:
            callers.write(file, content)
        except BaseException:
            self._ask("drop", str(path))
            raise
        self._ask("written", str(path))

    def leave(self, name: str, content: bytes) -> None:
        """Leave a new file where the caller stands."""
        callers.write(self._descriptor("leave", name), content)

    def show(self, name: str, picture: bytes) -> tuple[Path, bool]:
        """Lay a picture on a shelf of the caller's, there."""
        files, told = self._ask("shelve", name)
        if len(files) != 1 or len(told) != 1:
            raise ConnectionError("no file was handed over")
        callers.write(files[0], picture)
        return Path(told[0]), self._ask("window", told[0])[1] == ["1"]

    def may_write(self, path: Path) -> None:
        """Begin a file there, and drop it."""
        os.close(self._descriptor("write", path))
        self._ask("drop", str(path))

    @contextmanager
    def at_a_question(self) -> Iterator[None]:
        """Ask when the caller's shell lets it have its terminal.

        Ctrl-Z stops this process too while it reads there, and never else: it may hold a lock.
        """
        self._ask("ask")
        self.asking = True
        try:
            yield
        finally:
            self.asking = False

    def by_itself(self) -> None:
        """Give the call back to the office's own login: nothing is done of it yet."""
        if self.is_the_office:
            self.say("direct")
            os._exit(0)

    def note_key(self, key: str) -> None:
        """Tell the other end the key of an order."""
        self.say(f"key\0{key}")

    def say(self, words: str) -> None:
        """Say something that needs no answer."""
        try:
            self._channel.send(words.encode("utf-8", "surrogateescape"))
        except OSError:
            return

    def _descriptor(self, word: str, path: str | Path, *more: object) -> int:
        files, _ = self._ask(word, str(path), *map(str, more))
        if len(files) != 1:
            for file in files:
                os.close(file)
            raise ConnectionError("no file was handed over")
        return files[0]

    def _ask(self, word: str, *rest: str) -> tuple[list[int], list[str]]:
        self._channel.send("\0".join((word, *rest)).encode("utf-8", "surrogateescape"))
        heard, files, _, _ = socket.recv_fds(self._channel, 65536, 1, socket.MSG_CMSG_CLOEXEC)
        answer, *told = heard.decode("utf-8", "surrogateescape").split("\0")
        if answer == "yes":
            return list(files), told
        for file in files:
            os.close(file)
        number = int(told[0]) if told and told[0].isdecimal() else 5
        raise OSError(number, os.strerror(number), rest[0] if rest else "")


def serve(words: Words, uid: int, passed: list[int], told: Settings, code: int) -> NoReturn:
    """Carry out a call and end. *told* are the counter's settings, *code* is the revision it was started with."""
    status = 70
    try:
        _own_descriptors(passed)
        there = There(socket.socket(fileno=_CHANNEL), uid, words)
        _signals(there)
        if revision(str(PROJECT)) != code:
            # A caller that goes on by itself hangs up at once; killed for that, nobody would hear of the newer code.
            signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
            there.say("stale")
            os._exit(STALE)
        if not _environment(words, told, own=there.is_the_office):
            there.say("direct")
            os._exit(0)
        _streams(words.streams)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if not there.is_the_office:
            resource.setrlimit(resource.RLIMIT_DATA, (_MOST_DATA, _MOST_DATA))
        callers.serve(there)
        journal.begin("counter", _OUR_LOG)
        status = _carried_out(words.arguments)
        journal.event("call", command=_command_of(words.arguments), exit=status)
        # A caller that has its answer hangs up; what is left to tell is told all the same.
        for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM, signal.SIGQUIT):
            signal.signal(number, signal.SIG_IGN)  # not blocked: that would leave other threads to die of it
        there.say(f"exit\0{status}")
        journal.flush()
    except BaseException:  # noqa: BLE001 - the last wall; what it was is for the log, not for the caller
        import traceback

        with os.fdopen(_OUR_LOG, "w") as log:
            traceback.print_exc(file=log)
    os._exit(status)


def _own_descriptors(passed: list[int]) -> None:
    """Keep what the caller passed, under the usual numbers, and our log; everything else was the counter's."""
    # Out of the way of the low numbers first: a standard stream may have been passed under one of them.
    high = [fcntl.fcntl(number, fcntl.F_DUPFD_CLOEXEC, 600) for number in (*passed, 2)]
    for position, number in enumerate(high):
        os.dup2(number, position, inheritable=position < _CHANNEL)
    os.closerange(_OUR_LOG + 1, 65536)


def _signals(there: There) -> None:
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)

    def stand_still(_number: int, _frame: object) -> None:
        if not there.asking:
            there.say("stop")
            return
        # Waited for, not stopped: the word to go on may come before a process that has said "stop" has stopped itself.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCONT})
        there.say("stop")
        signal.sigwait({signal.SIGCONT})
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCONT})

    signal.signal(signal.SIGTSTP, stand_still)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, BLOCKED)


def _environment(words: Words, told: Settings, *, own: bool) -> bool:
    """Take over how the caller's terminal shows things, and what it says of the office.

    Return whether the call is meant for this office: the office's own login may mean another, by its settings, its
    code or its view of the file system, and then carries it out itself.
    """
    given = words.environment
    for name in (*SHOWN, *SAID):
        os.environ.pop(name, None)
    for name in (*SHOWN, *SAID):
        if name in given:
            os.environ[name] = given[name]
    if not own:
        return True
    here = (str(PROJECT), _place(told.home), _place(Path("/")))
    if (os.path.realpath(words.project), words.home, words.root) != here:
        return False
    meant = {name: value for name, value in given.items() if name in PLACED and name != "MADOGUCHI_HOME"}
    try:
        # Its own login may name files of its own; as where it stands: a relative path means another place here.
        there = load({**meant, "MADOGUCHI_HOME": str(told.home)})
    except BadSettings:
        return False
    same = ("database_url", "broker_url", "broker_embedded", "keys", "checkpoints")
    return all(getattr(there, name) == getattr(told, name) for name in same)


def _place(folder: Path) -> str:
    found = folder.stat()
    return f"{found.st_dev}:{found.st_ino}"


def _streams(streams: tuple[Stream, Stream, Stream]) -> None:
    """Make the standard streams anew, as the interpreter at the caller's end has them."""
    source, out, err = streams
    sys.stdin = sys.__stdin__ = open(0, encoding=source.encoding, errors=source.errors, closefd=False)  # type: ignore[misc] # noqa: SIM115
    sys.stdout = sys.__stdout__ = open(1, "w", encoding=out.encoding, errors="backslashreplace", closefd=False)  # type: ignore[misc] # noqa: SIM115
    sys.stderr = sys.__stderr__ = open(  # type: ignore[misc] # noqa: SIM115
        2, "w", 1, encoding=err.encoding, errors="backslashreplace", closefd=False
    )


def _command_of(arguments: list[str]) -> str:
    """Return the command of a call, where it is one: of what else stands on the line nothing is written down."""
    from commands.main import names

    return next((word for word in arguments if word in names()), "-")


def _carried_out(arguments: list[str]) -> int:
    from commands import main, terminal
    from settings import settings

    settings.cache_clear()
    random.seed()
    terminal.renew()
    gc.enable()
    gc.set_threshold(100_000)  # as in a script of one call
    os.chdir("/")
    sys.argv = [main.PROGRAM, *arguments]
    status = main.run(arguments)
    main.flush()
    sys.stderr.flush()
    return status
