"""Every setting of the house, read from the environment once. Importing this costs little: every command does it.

``TABLE`` names each variable with its default; what it is for stands with the words, the README's list is made from
both, and a test holds them together. ``load`` is a plain function of a mapping; ``settings()`` is the process's own,
read once.
A wrong value never starts the house half right: every fault is named in one message and the process ends with exit 2.
"""

import os
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

from release import code_revision, text_of

PROJECT = Path(__file__).resolve().parent

# sun_path holds 108 bytes on Linux and 104 elsewhere, one of them the closing NUL.
LONGEST_SOCKET_PATH = 107 if sys.platform == "linux" else 103

COMPOSE_SECRETS = Path("/run/madoguchi")
"""Where docker-compose.yml lays out for each service the files that its URLs stand in."""

PREFERRED_FLOWER_PORT = 5555
OFF = -1

_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")


@dataclass(frozen=True, slots=True)
class Variable:
    """One environment variable: its name and its default as people read it; ``settings.NAME`` says what it is for."""

    name: str
    default: str
    # A URL may hold a password: then NAME_FILE may name a file that holds the value (compose's secrets).
    secret: bool = False


TABLE: tuple[Variable, ...] = (
    Variable("MADOGUCHI_HOME", "the project's folder"),
    Variable("MADOGUCHI_DATABASE_URL", "SQLite, var/madoguchi.sqlite3", secret=True),
    Variable("MADOGUCHI_BROKER_URL", "the embedded server, a Unix socket under var/", secret=True),
    Variable("MADOGUCHI_CLOCK", "system"),
    Variable("MADOGUCHI_ALLOW_AS", "unset"),
    Variable("MADOGUCHI_KEYS", "keys/ in the home"),
    Variable("MADOGUCHI_CHECKPOINTS", "var/audit/ in the home"),
    Variable("MADOGUCHI_SOLE", "no"),
    Variable("MADOGUCHI_FLOWER_PORT", "5555, or a free one where that is taken"),
    Variable("MADOGUCHI_METRICS_PORT", "5556, or a free one where that is taken"),
    Variable("MADOGUCHI_LANG", "the locale's: ja, else en"),
    Variable("MADOGUCHI_RESIDENCY", "JP"),
    Variable("MADOGUCHI_HATCH", "hatch/ in the home"),
    Variable("MADOGUCHI_LOG", "text"),
    Variable("MADOGUCHI_OTLP_URL", "unset: no traces"),
    Variable("MADOGUCHI_SMTP_URL", "unset: nobody is mailed", secret=True),
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One value that cannot be used: the variable's name and the code of what would work. The value may be secret."""

    name: str
    code: str
    params: Mapping[str, object] = field(default_factory=dict)


class BadSettings(ValueError):
    """The environment holds values that cannot be used; ``faults`` names every one of them."""

    def __init__(self, faults: list[Fault], language: str) -> None:
        """Keep the faults and word them in the language of the screen."""
        from workflows.words import tell  # late: most who read the settings have nothing to complain about

        self.faults = tuple(faults)
        lines = [f"  {fault.name}: {tell(fault.code, language, **fault.params)}" for fault in faults]
        super().__init__("\n".join([tell("settings.head", language), *lines]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Says:
    """What the environment says an office is; None where it says nothing.

    It counts once, when the office is founded (services/office/founding.py). Afterwards what its database holds counts,
    and an environment that says otherwise is refused: nobody makes a demo of an office by starting a process.
    """

    demo: bool | None = None
    # "system" or "shifted"
    clock: str | None = None
    sole: bool | None = None
    residency: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What this process was told, checked. URLs are left out of the representation: they may hold passwords."""

    home: Path
    database_url: str = field(repr=False)
    broker_url: str = field(repr=False)
    # True while the broker is the server that the desk starts itself.
    broker_embedded: bool
    keys: Path
    # Where the socket lies by which ./admin.py reaches the desk.
    hatch: Path
    # Where the signed checkpoints lie: best on another disk, or where nobody takes anything away.
    checkpoints: Path
    says: Says = Says()
    # None: 5555 where it is free, else any; 0: any; else exactly that one.
    flower_port: int | None = None
    # The same for what monitors read; OFF: nothing is served.
    metrics_port: int | None = None
    lang: str = "en"
    # "text" or "json": how the processes of the house write their logs.
    log: str = "text"
    # None: no mail is sent.
    smtp_url: str | None = field(default=None, repr=False)
    otlp_url: str | None = None
    # Whether compose runs this process: then what an operator types begins with docker compose.
    compose: bool = False

    @property
    def var(self) -> Path:
        """The folder of everything the house writes but keys."""
        return self.home / "var"

    @property
    def spool(self) -> Path:
        """The folder of finished letters."""
        return self.var / "spool"

    @property
    def evidence(self) -> Path:
        """Where the pages of returned forms lie, sealed."""
        return self.var / "evidence"

    @property
    def finds(self) -> Path:
        """Where the files lie, sealed, that departments sent with their answers."""
        return self.var / "finds"

    @property
    def discs(self) -> Path:
        """Where the encrypted files lie that are written onto discs."""
        return self.var / "discs"

    @property
    def tray(self) -> Path:
        """Where scanned pages lie, sealed, that nobody has matched yet."""
        return self.var / "tray"

    @property
    def returns(self) -> Path:
        """Where the files lie that a person fills in to register what came back; nothing personal is in them."""
        return self.var / "returns"

    @property
    def run(self) -> Path:
        """The folder of what is true only while processes run: locks, ready files, addresses."""
        return self.var / "run"

    @property
    def logs(self) -> Path:
        """The folder of the processes' logs."""
        return self.var / "log"

    @property
    def broker_data(self) -> Path:
        """The folder of the embedded broker: its append-only file and, where the path is short enough, its socket."""
        return self.var / "broker"

    @property
    def flower_auth(self) -> Path:
        """The file that holds Flower's ``user:password``."""
        return self.var / "flower.auth"

    @property
    def flower_address(self) -> Path:
        """The file that holds Flower's address while the desk runs."""
        return self.run / "flower.url"

    @property
    def metrics_address(self) -> Path:
        """The file that holds the address of what monitors read while the desk runs."""
        return self.run / "metrics.url"

    @property
    def code_revision(self) -> str:
        """Which code runs, for the history: twelve digits of the commit or what the image was built from."""
        return code_revision()

    def environment(self) -> dict[str, str]:
        """Return the variables that make another process read these very settings."""
        told = {
            "MADOGUCHI_HOME": str(self.home),
            "MADOGUCHI_DATABASE_URL": self.database_url,
            "MADOGUCHI_KEYS": str(self.keys),
            "MADOGUCHI_HATCH": str(self.hatch),
            "MADOGUCHI_CHECKPOINTS": str(self.checkpoints),
            "MADOGUCHI_CLOCK": self.says.clock or "",
            "MADOGUCHI_ALLOW_AS": "demo" if self.says.demo else "",
            "MADOGUCHI_SOLE": "" if self.says.sole is None else "yes" if self.says.sole else "no",
            "MADOGUCHI_FLOWER_PORT": "" if self.flower_port is None else str(self.flower_port),
            "MADOGUCHI_METRICS_PORT": {None: "", OFF: "off"}.get(self.metrics_port, str(self.metrics_port)),
            "MADOGUCHI_LANG": self.lang,
            "MADOGUCHI_LOG": self.log,
            "MADOGUCHI_RESIDENCY": self.says.residency or "",
            "MADOGUCHI_SMTP_URL": self.smtp_url or "",
            "MADOGUCHI_OTLP_URL": self.otlp_url or "",
        }
        # Said only when it was said to us: given, it would no longer count as embedded.
        told["MADOGUCHI_BROKER_URL"] = "" if self.broker_embedded else self.broker_url
        return told


def load(environ: Mapping[str, str], *, project: Path = PROJECT) -> Settings:
    """Return the settings this environment asks for. An empty value counts as unset.

    Raises BadSettings, which names every fault at once.
    """
    language = _language(environ)
    faults = _unknown_names(environ)

    def word(name: str, check: Callable[[str], bool], code: str, *choices: str) -> str:
        value = _value(environ, name, faults)
        try:
            usable = not value or check(value)
        except ValueError:  # urllib's word for a URL that cannot be taken apart
            usable = False
        if not usable:
            faults.append(Fault(name, code, {"choices": choices} if choices else {}))
            return ""
        return value

    home = _folder(word("MADOGUCHI_HOME", _usable_folder, "settings.not_a_folder"), project)
    keys = _folder(word("MADOGUCHI_KEYS", _usable_folder, "settings.not_a_folder"), home / "keys")
    hatch = _folder(word("MADOGUCHI_HATCH", _usable_folder, "settings.not_a_folder"), home / "hatch")
    signed = _folder(word("MADOGUCHI_CHECKPOINTS", _usable_folder, "settings.not_a_folder"), home / "var" / "audit")
    database = word("MADOGUCHI_DATABASE_URL", _is_database, "settings.not_a_database")
    broker = word("MADOGUCHI_BROKER_URL", _is_broker, "settings.not_a_broker")
    clock = word("MADOGUCHI_CLOCK", ("system", "shifted").__contains__, "settings.not_one_of", "system", "shifted")
    allow_as = word("MADOGUCHI_ALLOW_AS", ("demo",).__contains__, "settings.not_one_of", "demo")
    sole = word("MADOGUCHI_SOLE", ("yes", "no").__contains__, "settings.not_one_of", "yes", "no")
    port = word("MADOGUCHI_FLOWER_PORT", _is_port, "settings.not_a_port")
    metrics = word("MADOGUCHI_METRICS_PORT", lambda said: said == "off" or _is_port(said), "settings.not_a_port_or_off")
    word("MADOGUCHI_LANG", ("ja", "en").__contains__, "settings.not_one_of", "ja", "en")
    log = word("MADOGUCHI_LOG", ("text", "json").__contains__, "settings.not_one_of", "text", "json")
    otlp = word("MADOGUCHI_OTLP_URL", _is_collector, "settings.not_a_collector")
    smtp = word("MADOGUCHI_SMTP_URL", _is_mail_server, "settings.not_a_mail_server")
    residency = word("MADOGUCHI_RESIDENCY", _is_country, "settings.not_a_country")
    if faults:
        raise BadSettings(faults, language)
    return Settings(
        home=home,
        keys=keys,
        hatch=hatch,
        checkpoints=signed,
        database_url=_with_driver(database) or f"sqlite:///{home / 'var' / 'madoguchi.sqlite3'}",
        broker_url=_verified(broker) or embedded_url(embedded_socket(home / "var" / "broker")),
        broker_embedded=not broker,
        says=Says(
            demo=True if allow_as == "demo" else None,
            clock=clock or None,
            sole={"yes": True, "no": False}.get(sole),
            residency=residency or None,
        ),
        flower_port=int(port) if port else None,
        metrics_port=OFF if metrics == "off" else int(metrics) if metrics else None,
        lang=language,
        log=log or "text",
        smtp_url=smtp or None,
        otlp_url=otlp or None,
        compose=run_by_compose(environ),
    )


def run_by_compose(environ: Mapping[str, str]) -> bool:
    """Whether an environment is one of docker-compose.yml: its secrets lie where only compose lays them out.

    A file beside the code says which code it is (``release``), and nothing of who runs it.
    """
    named = (environ.get(f"{variable.name}_FILE", "").strip() for variable in TABLE if variable.secret)
    return any(Path(file).parent == COMPOSE_SECRETS for file in named)


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Return this process's settings, read once; end the process with exit 2 where they cannot be used."""
    try:
        return load(os.environ)
    except BadSettings as bad:
        sys.stderr.write(f"{bad}\n")
        raise SystemExit(2) from bad


def embedded_socket(folder: Path) -> Path:
    """Return where the embedded broker of this folder listens.

    That is in the folder itself, unless the path is longer than a socket address can hold; then the broker's launcher
    makes a short folder elsewhere and leaves its name in ``folder/elsewhere`` for every other process to read.
    """
    inside = folder / "s.sock"
    if len(os.fsencode(inside)) <= LONGEST_SOCKET_PATH:
        return inside
    try:
        return Path((folder / "elsewhere").read_text(encoding="utf-8").strip()) / "s.sock"
    except FileNotFoundError:
        return inside


def embedded_url(socket: Path) -> str:
    """Return the URL by which Celery reaches a broker on this socket. Kombu unquotes the path, so it is quoted here."""
    return f"redis+socket://{quote(str(socket))}"


def shown(url: str) -> str:
    """Return a URL fit for a screen or a log: without its user and password."""
    parts = urlsplit(url)
    if "@" not in parts.netloc:
        return url
    return url.replace(f"//{parts.netloc}", f"//{parts.netloc.rpartition('@')[2]}", 1)


def _value(environ: Mapping[str, str], name: str, faults: list[Fault]) -> str:
    """Return a variable's value, from NAME_FILE's file where that is named instead."""
    value = environ.get(name, "").strip()
    secret_file = environ.get(f"{name}_FILE", "").strip()
    if not secret_file:
        return value
    if value:
        faults.append(Fault(name, "settings.set_twice", {"name": name}))
        return ""
    content = text_of(Path(secret_file))
    if not content:
        faults.append(Fault(f"{name}_FILE", "settings.unreadable"))
    return content


def _unknown_names(environ: Mapping[str, str]) -> list[Fault]:
    """Return a fault for each MADOGUCHI_ variable that no setting has: a misspelt database URL must not mean SQLite."""
    known = {variable.name for variable in TABLE} | {f"{variable.name}_FILE" for variable in TABLE if variable.secret}
    strangers = sorted(
        name
        for name in environ
        if name.startswith("MADOGUCHI_") and not name.startswith("MADOGUCHI_TEST_") and name not in known
    )
    if not strangers:
        return []
    import difflib

    faults = []
    for name in strangers:
        near = difflib.get_close_matches(name, sorted(known), n=1)
        faults.append(
            Fault(name, "settings.unknown_near", {"near": near[0]}) if near else Fault(name, "settings.unknown")
        )
    return faults


def _language(environ: Mapping[str, str]) -> str:
    """Return the language of the screen: the one asked for, else the locale's."""
    asked = environ.get("MADOGUCHI_LANG", "").strip()
    if asked in {"ja", "en"}:
        return asked
    locale = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or ""
    return "ja" if locale.startswith("ja") else "en"


def _folder(value: str, default: Path) -> Path:
    """Return the folder somebody named, seen from where they stand, or the default."""
    return Path(value).expanduser().absolute() if value else default


def _usable_folder(value: str) -> bool:
    # SQLAlchemy ends the path of an SQLite file at a question mark.
    folder = Path(value).expanduser().absolute()
    try:
        return "?" not in value and value.isprintable() and (folder.is_dir() or not folder.exists())
    except PermissionError:  # it lies behind somebody else's closed door
        return False


def _is_database(value: str) -> bool:
    parts = urlsplit(value)
    if parts.scheme.startswith("sqlite"):
        # A database in memory is another one in each process.
        return len(parts.path) > 1 and ":memory:" not in value
    return parts.scheme in {"postgresql", "postgresql+psycopg"}


def _with_driver(url: str) -> str:
    """Return the URL with the driver we use: a bare postgresql:// would ask for one that is not installed."""
    return url.replace("postgresql://", "postgresql+psycopg://", 1) if url.startswith("postgresql://") else url


def _is_broker(value: str) -> bool:
    parts = urlsplit(value)
    return bool(parts.scheme in {"redis", "rediss"} and parts.hostname) or (
        parts.scheme == "redis+socket" and len(parts.path) > 1
    )


def _verified(url: str) -> str:
    """Return a broker's URL that checks certificates: left unsaid, TLS would encrypt and believe any certificate."""
    if not url.startswith("rediss://") or "ssl_cert_reqs=" in url:
        return url
    return f"{url}{'&' if '?' in url else '?'}ssl_cert_reqs=required"


def _is_collector(value: str) -> bool:
    parts = urlsplit(value)
    port = parts.port  # raises where it is none
    plain = not (parts.username or parts.password or parts.query or parts.fragment) and parts.path in {"", "/"}
    return bool(parts.scheme in {"http", "https"} and parts.hostname and plain and port != 0)


def _is_mail_server(value: str) -> bool:
    parts = urlsplit(value)
    given = parse_qs(parts.query, strict_parsing=True)
    sender = given.pop("from", [""])
    known = {"tls": [["none"]]} if parts.scheme == "smtp" else {}
    return bool(
        parts.scheme in {"smtp", "smtps"}
        and parts.hostname
        and (parts.port is None or parts.port > 0)
        and parts.path in {"", "/"}
        and len(sender) == 1
        and is_address(sender[0])
        and all(values in known.get(name, []) for name, values in given.items())
    )


def is_address(value: str) -> bool:
    """Whether mail can be sent there: one address of plain characters, without a name, with a domain."""
    return len(value) <= 254 and _ADDRESS.fullmatch(value) is not None


def _is_port(value: str) -> bool:
    return value.isascii() and value.isdigit() and int(value) < 65536


def _is_country(value: str) -> bool:
    return len(value) == 2 and value.isascii() and value.isalpha() and value.isupper()
