"""The thin end of ``./admin.py``: bring a call to the counter of the desk, or run it here where there is none.

Imported at every start, before anything else of ours and without the interpreter's `site`: whatever it imports is paid
by every call. It prints nothing itself; what it cannot bring to the counter it hands to `commands.calling`.

What goes to the counter, over its Unix socket, is ONE message: the words of `compose`, with the descriptors of standard
input, output and error and of a channel for questions. Over the channel the counter's child asks for the files that
stand on the command line (`Files`), and says with which status the call ends. Over the socket go the signals that this
process receives, one letter each, and comes what the counter itself has to say.
"""

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from services.office.shelf import Shelf

try:
    import _socket as net  # ``socket`` would import enum and selectors: as much again as this whole process
except ImportError:  # another Python's standard library
    import socket as net  # type: ignore[no-redef]

MAGIC = b"madoguchi counter 1\n"
SOCKET = "s.sock"
FOLDER = "hatch"  # in the home, unless MADOGUCHI_HATCH names another
MOST_BYTES = 2 << 20
"""A call may be as long as the kernel lets a command line be, and not longer."""
SHOWN = (
    "LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "LC_MESSAGES", "MADOGUCHI_LANG", "TERM", "COLORTERM", "COLUMNS", "LINES",
    "NO_COLOR", "FORCE_COLOR",
)  # fmt: skip
"""How the caller's terminal shows things: all that a call takes over of somebody else's environment."""
SAID = ("MADOGUCHI_CLOCK", "MADOGUCHI_ALLOW_AS", "MADOGUCHI_SOLE", "MADOGUCHI_RESIDENCY", "MADOGUCHI_FLOWER_PORT")
"""What the caller takes the office to be: it changes nothing, and a call that is wrong about it is refused."""
PLACED = (
    "MADOGUCHI_HOME", "MADOGUCHI_HATCH", "MADOGUCHI_KEYS", "MADOGUCHI_DATABASE_URL", "MADOGUCHI_DATABASE_URL_FILE",
    "MADOGUCHI_BROKER_URL", "MADOGUCHI_BROKER_URL_FILE", "MADOGUCHI_CHECKPOINTS",
)  # fmt: skip
"""Where the office is. Told to the counter by the office's own login only, and compared, never used."""
DESKS = ("MADOGUCHI_SMTP_URL", "MADOGUCHI_SMTP_URL_FILE", "MADOGUCHI_METRICS_PORT", "MADOGUCHI_LOG")  # not told
NO_DESK, STRANGER, BUSY, LONG, BROKEN = "no_desk", "stranger", "busy", "too_long", "broken"

_PATIENCE = 20.0
"""Seconds for which a call waits while the counter takes up newer code."""
_SIGNALS = {2: b"I", 15: b"T", 1: b"H", 3: b"Q", 20: b"Z"}
_STOP, _GOING_ON = 19, b"C"


def main(folder: str) -> None:
    """Carry out the call of this process's command line, and end the process. *folder* is the project's."""
    trouble, details = _called(folder, sys.argv[1:])
    _directly(folder)
    if trouble:
        from commands.calling import say

        raise SystemExit(say(sys.argv[1:], trouble, details))
    from commands.main import main as run

    run()


def _directly(folder: str) -> None:
    """Make this the interpreter that a command needs."""
    if sys.flags.no_site:
        import site

        site.main()
    if folder not in sys.path:
        sys.path.insert(0, folder)
    import gc

    # A short life of many imports: collecting after every few hundred objects would take a tenth of it.
    gc.set_threshold(100_000)


def _called(folder: str, arguments: list[str]) -> tuple[str, dict[str, str]]:
    """Bring the call to the counter and end with its status; return only where the call is to be run here.

    Else return what is to be said instead, empty where nothing is: then the caller may run it.
    """
    ours = {name for name in os.environ if name.startswith("MADOGUCHI_") and not name.startswith("MADOGUCHI_TEST_")}
    if not ours.issubset((*SHOWN, *SAID, *PLACED, *DESKS)) or any(name.endswith("_COMPLETE") for name in os.environ):
        return "", {}
    home = os.environ.get("MADOGUCHI_HOME", "").strip()
    home = os.path.abspath(os.path.expanduser(home)) if home else folder
    try:
        facts = os.stat(home)
    except PermissionError:
        return NO_DESK, {"home": home}
    except OSError:  # there is no such home
        return "", {}
    owner = _owner(home, facts)
    mine = owner == os.geteuid()
    if not mine and any(os.environ.get(name) for name in PLACED[2:]):
        return "", {}  # somebody with a login of the database's own
    trouble = Call(folder, home, facts, owner, mine, arguments).made()
    if mine and trouble != BROKEN:
        return "", {}
    return trouble, {"home": home, "key": _key[0], "owner": str(owner)}


def _owner(home: str, facts: os.stat_result) -> int:
    """Return whose the office is: the owner of its data, or of the home where that is all one can see."""
    try:
        return os.stat(f"{home}/var").st_uid
    except OSError:
        return facts.st_uid


_key = [""]


class Call:
    """One call, brought to the counter."""

    def __init__(
        self, folder: str, home: str, facts: os.stat_result, owner: int, mine: bool, arguments: list[str]
    ) -> None:
        """Take note of it; nothing is opened yet."""
        self.folder, self.home, self.facts, self.owner, self.mine = folder, home, facts, owner, mine
        self.arguments = arguments

    def made(self) -> str:
        """Make the call and end the process with its status; return what is the matter where it was not made."""
        waited = 0.0
        while True:
            line = self._connected()
            if isinstance(line, str):
                return line
            trouble = self._through(line)
            _signals_as_before()
            line.close()
            if trouble != "stale" or self.mine:
                return trouble
            if waited >= _PATIENCE:
                return NO_DESK
            import time

            time.sleep(0.25)  # until the counter has taken up the newer code; nothing tells us
            waited += 0.25

    def _connected(self) -> "net.socket | str":
        """Return a socket to the counter of the office's own login, or why there is none."""
        place = os.environ.get("MADOGUCHI_HATCH") or f"{self.home}/{FOLDER}"
        line = net.socket(net.AF_UNIX, net.SOCK_STREAM | net.SOCK_CLOEXEC)
        line.settimeout(10)
        try:
            path, folder = f"{place}/{SOCKET}", -1
            if len(os.fsencode(path)) > 100:  # longer than an address can hold
                folder = os.open(place, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
                path = f"/proc/self/fd/{folder}/{SOCKET}"
            try:
                line.connect(path)
            finally:
                if folder >= 0:
                    os.close(folder)
            peer = line.getsockopt(net.SOL_SOCKET, net.SO_PEERCRED, 12)
        except PermissionError:  # the folder is the group's, from the first time on that the desk runs
            line.close()
            return NO_DESK if self.facts.st_gid in (os.getegid(), *os.getgroups()) else STRANGER
        except OSError:
            line.close()
            return NO_DESK
        if int.from_bytes(peer[4:8], sys.byteorder) != self.owner:  # an impostor's, who would see what is typed
            line.close()
            return NO_DESK
        return line

    def _through(self, line: "net.socket") -> str:
        words = compose(self)
        if len(words) > MOST_BYTES:
            return LONG
        ours, theirs = net.socketpair(net.AF_UNIX, net.SOCK_SEQPACKET)
        standard = [_standing(number) for number in (0, 1, 2)]
        passed = b"".join(number.to_bytes(4, sys.byteorder) for number in (*standard, theirs.fileno()))
        try:
            head = MAGIC + len(words).to_bytes(4, "big")
            line.sendmsg([head], [(net.SOL_SOCKET, net.SCM_RIGHTS, passed)])
            theirs.close()
            line.sendall(words)
        except OSError:  # it may have said why it hears no more
            theirs.close()
        line.settimeout(None)
        return _attended(_hand_on_signals(line), line, ours, Files(self.arguments))


def compose(call: Call) -> bytes:
    """Return the words of a call: see `counter.calls.understood`, which reads them."""
    here = _here()
    root = os.stat("/")
    names = (*SHOWN, *SAID, *(PLACED if call.mine else ()))
    told = [f"{name}={os.environ[name]}" for name in names if name in os.environ]
    streams = [
        word
        for stream in (sys.stdin, sys.stdout, sys.stderr)
        for word in ((stream.encoding, stream.errors or "strict") if stream is not None else ("utf-8", "strict"))
    ]
    facts = [f"{call.facts.st_dev}:{call.facts.st_ino}", f"{root.st_dev}:{root.st_ino}"]
    words = [call.folder, *facts, here, os.path.expanduser("~"), *streams, str(len(told)), *told, *call.arguments]
    return "\0".join(words).encode("utf-8", "surrogateescape")


def _here() -> str:
    try:
        return os.getcwd()
    except OSError:  # the folder is gone
        return "/"


def _tidy(path: str) -> str:
    """Return a path as `pathlib` writes it: two dots stay, because a link may stand before them."""
    return "/" * path.startswith("/") + "/".join(part for part in path.split("/") if part not in ("", "."))


def _standing(number: int) -> int:
    """Return a standard descriptor, or an empty one in the place of one that is closed."""
    try:
        os.fstat(number)
    except OSError:
        return os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC)
    return number


# -- while it goes on -----------------------------------------------------------------------------------------------


def _hand_on_signals(line: "net.socket") -> int:
    """Hand on what the terminal and others tell this process: the call is carried out by another.

    Return a descriptor that can be read when a signal has come.
    """
    import _signal  # type: ignore[import-not-found]

    def hand_on(number: int, _frame: object) -> None:
        _send(line, _SIGNALS[number])

    for number in _SIGNALS:
        if _signal.getsignal(number) is not _signal.SIG_IGN:  # of nohup, or of a shell for what runs in the background
            _signal.signal(number, hand_on)
    # A signal that comes between the last look at signals and the wait must end the wait, too.
    woken, wake = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    _signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    return woken


def _signals_as_before() -> None:
    import _signal

    _signal.set_wakeup_fd(-1)
    for number in _SIGNALS:
        if _signal.getsignal(number) is not _signal.SIG_IGN:
            _signal.signal(number, _signal.default_int_handler if number == 2 else _signal.SIG_DFL)


def _send(line: "net.socket", letter: bytes) -> None:
    try:
        line.send(letter)
    except OSError:
        pass


def _attended(woken: int, line: "net.socket", channel: "net.socket", files: "Files") -> str:
    """Answer the questions of the child until it ends, then end with its status. Return what went wrong, if it did."""
    import select

    ears = select.poll()
    ears.register(line.fileno(), select.POLLIN)
    ears.register(channel.fileno(), select.POLLIN)
    ears.register(woken, select.POLLIN)
    open_ends = {line.fileno(), channel.fileno()}
    said = b""
    while open_ends:
        for number, _ in ears.poll():
            if number == woken:
                os.read(woken, 100)
                continue
            try:
                heard = channel.recv(65536) if number == channel.fileno() else line.recv(4096)
            except OSError:
                heard = b""
            if not heard:
                ears.unregister(number)
                open_ends.discard(number)
            elif number == channel.fileno():
                trouble = _answered(line, channel, heard, files)
                if trouble:
                    return trouble
            else:
                said += heard
    files.end()
    for word in said.decode("ascii", "replace").split("\n"):
        if word.startswith("ended "):
            status = int(word[6:])
            if -status in _SIGNALS:
                _end(status)
            return BROKEN
        if word:
            return word
    return BROKEN


def _answered(line: "net.socket", channel: "net.socket", heard: bytes, files: "Files") -> str:
    word, _, rest = heard.decode("utf-8", "surrogateescape").partition("\0")
    if word == "exit":
        files.end()
        _end(int(rest))
    if word in ("direct", "stale"):
        return word
    if word == "stop":  # it reads nothing from the terminal any more, so that the shell may have it
        os.kill(os.getpid(), _STOP)
        _send(line, _GOING_ON)
        return ""
    if word == "key":
        _key[0] = rest
        return ""
    try:
        file, words = files.done(word, rest.split("\0"))
    except (OSError, ValueError) as error:
        file, words = -1, f"no\0{getattr(error, 'errno', None) or 22}"
    passed = [(net.SOL_SOCKET, net.SCM_RIGHTS, file.to_bytes(4, sys.byteorder))] if file >= 0 else []
    try:
        channel.sendmsg([words.encode("utf-8", "surrogateescape")], passed)
    except OSError:
        pass  # it is gone; its end is seen next
    if file >= 0:
        os.close(file)
    return ""


def _end(status: int) -> None:
    """End as the child did: with its status, or by the signal it died of."""
    if status < 0:
        import _signal

        try:
            _signal.signal(-status, _signal.SIG_DFL)
        except (OSError, ValueError):
            pass
        os.kill(os.getpid(), -status)
        status = 128 - status
    os._exit(status)


class Files:
    """What the counter may ask of this end: to open, with the caller's rights, what the caller named, and no more."""

    def __init__(self, arguments: list[str]) -> None:
        """Know what was named: each argument, and the part of it that follows an equals sign."""
        parts = [part for given in arguments for part in (given, given.partition("=")[2]) if part]
        here, self.parts = _here(), parts
        self.named = {_tidy(f"{before}{os.path.expanduser(part)}") for part in parts for before in ("", f"{here}/")}
        self.draft = self.target = ""
        self.shelf: Shelf | None = None

    def done(self, word: str, rest: list[str]) -> tuple[int, str]:
        """Do what was asked; return a descriptor to pass on, or -1, and the words of the answer."""
        if word == "ask":
            _in_front()
            return -1, "yes"
        if word == "leave":  # a new file of a plain name, where the caller stands: what a scan laid ready
            name = rest[0]
            if not name.endswith(".yaml") or not name.replace("-", "").replace(".", "").isalnum() or name[0] == ".":
                raise PermissionError(13, "Permission denied", name)
            return os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600), "yes"
        if word in ("shelve", "window"):  # pictures, which are gone with the call
            return self._pictured(word, rest[0])
        path = self._allowed(rest[0], reading=word in ("look", "open"))
        if word == "look":
            try:
                mode = os.stat(path).st_mode
            except OSError:
                return -1, f"yes\0{0o120000}\0{0}" if os.path.islink(path) else "yes\0"
            return -1, f"yes\0{mode}\0{int(os.access(path, os.R_OK))}"
        if word == "open":  # for reading, whatever else is asked
            flags = int(rest[1]) & (os.O_NOFOLLOW | os.O_NONBLOCK)
            return os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOCTTY | flags), "yes"
        if word == "write":
            return self._begin(path), "yes"
        if word == "written":
            self._finish()
            return -1, "yes"
        if word == "drop":
            self.drop()
            return -1, "yes"
        raise ValueError(word)

    def _pictured(self, word: str, rest: str) -> tuple[int, str]:
        if self.shelf is None:
            from services.office.shelf import Shelf

            self.shelf = Shelf()
        if word == "window":
            return -1, f"yes\0{int(self.shelf.open(rest))}"
        file, path = self.shelf.begin(rest)
        return file, f"yes\0{path}"

    def end(self) -> None:
        """Leave nothing behind that was begun, or lies there for the length of the call."""
        self.drop()
        if self.shelf is not None:
            self.shelf.clear()

    def drop(self) -> None:
        """Remove what was begun and is not to be."""
        draft, self.draft = self.draft, ""
        if draft:
            try:
                os.unlink(draft)
            except OSError:
                pass

    def _allowed(self, text: str, *, reading: bool) -> str:
        """Return the path where it was named, or lies right in a folder that was; *reading*, a file may list it too."""
        path = _tidy(text)
        folder, name = os.path.split(path)
        if path in self.named or (folder in self.named and name != ".."):
            return text
        if reading:
            from counter.listed import lists

            if lists(self.parts, path, _here(), _tidy):
                return text
        raise PermissionError(13, "Permission denied", text)

    def _begin(self, path: str) -> int:
        folder, name = os.path.split(path)
        if folder:
            os.makedirs(folder, 0o700, exist_ok=True)
        self.drop()
        self.draft, self.target = os.path.join(folder, f".{name}.{os.urandom(4).hex()}"), path
        return os.open(self.draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)

    def _finish(self) -> None:
        os.replace(self.draft, self.target)
        self.draft = ""
        folder = os.open(os.path.dirname(self.target) or ".", os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _in_front() -> None:
    """Stand still, as a program that reads does, until the shell lets this call have the terminal."""
    try:
        while os.isatty(0) and os.tcgetpgrp(0) != os.getpgrp():
            os.kill(0, 21)  # SIGTTIN
    except OSError:
        pass
