"""Every setting of the house, read from the environment once. Importing this costs little: every command does it.

``TABLE`` names each variable with its default and its reason in both languages; the README's list is made from it and a
test holds the two together. ``load`` is a plain function of a mapping; ``settings()`` is the process's own, read once.
A wrong value never starts the house half right: every fault is named in one message and the process ends with exit 2.
"""

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote, urlsplit

PROJECT = Path(__file__).resolve().parent

# sun_path holds 108 bytes on Linux and 104 elsewhere, one of them the closing NUL.
LONGEST_SOCKET_PATH = 107 if sys.platform == "linux" else 103

PREFERRED_FLOWER_PORT = 5555


@dataclass(frozen=True, slots=True)
class Variable:
    """One environment variable: its name, its default as people read it, and what it is for in both languages."""

    name: str
    default: str
    ja: str
    en: str
    # A URL may hold a password: then NAME_FILE may name a file that holds the value (compose's secrets).
    secret: bool = False


TABLE: tuple[Variable, ...] = (
    Variable(
        "MADOGUCHI_HOME",
        "the project's folder",
        "var/(データ、ログ、印刷待ちの手紙)と keys/(暗号鍵)を置くフォルダー。",
        "The folder in which var/ (data, logs, letters waiting to be printed) and keys/ (keys) lie.",
    ),
    Variable(
        "MADOGUCHI_DATABASE_URL",
        "SQLite, var/madoguchi.sqlite3",
        "台帳のデータベース。本番では postgresql+psycopg://… を指定します。",
        "The database of the ledger; in production postgresql+psycopg://…",
        secret=True,
    ),
    Variable(
        "MADOGUCHI_BROKER_URL",
        "the embedded server, a Unix socket under var/",
        "タスクキューのサーバー。本番では redis://… または rediss://… を指定します。専用のサーバーにしてください。",
        "The server of the task queue; in production redis://… or rediss://…, on a server of its own.",
        secret=True,
    ),
    Variable(
        "MADOGUCHI_CLOCK",
        "system",
        "開設のときに決まります。system は実際の時刻、shifted は責任者が動かせる時刻(デモと訓練のため)。",
        "What an office is founded with: system is the real time; shifted adds an offset that a lead sets, for drills.",
    ),
    Variable(
        "MADOGUCHI_ALLOW_AS",
        "unset",
        "開設のときに決まります。demo なら --as で別の人の名前を使え、手紙に「見本」と印字され、記録に残ります。",
        "What an office is founded with: demo permits --as; letters are then stamped SAMPLE and every export says so.",
    ),
    Variable(
        "MADOGUCHI_KEYS",
        "keys/ in the home",
        "暗号鍵のフォルダー。データベースにもそのバックアップにも含めません。",
        "The folder of the keys, never in the database nor in its backups.",
    ),
    Variable(
        "MADOGUCHI_SOLE",
        "no",
        "開設のときに決まります。yes なら一人だけの窓口で、二人目の確認を求めず、その事実を記します。",
        "What an office is founded with: yes makes it a one-person office without a second pair of eyes, and says so.",
    ),
    Variable(
        "MADOGUCHI_FLOWER_PORT",
        "5555, or a free one where that is taken",
        "Flower のポート(このコンピューターからだけ開けます)。0 なら空いている番号を選びます。",
        "The port of Flower, open to this computer only; 0 takes a free one.",
    ),
    Variable(
        "MADOGUCHI_LANG",
        "the locale's: ja, else en",
        "画面の言葉。ja または en。",
        "The language of the screen, ja or en.",
    ),
    Variable(
        "MADOGUCHI_RESIDENCY",
        "JP",
        "開設のときに決まります。データを置く国(ISO 3166 の二文字)。status に表示されます。",
        "What an office is founded with: the country in which the data lies (ISO 3166, two letters); status shows it.",
    ),
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One value that cannot be used: the variable's name and what would work. The value itself may be secret."""

    name: str
    ja: str
    en: str


class BadSettings(ValueError):
    """The environment holds values that cannot be used; ``faults`` names every one of them."""

    def __init__(self, faults: list[Fault], language: str) -> None:
        """Keep the faults and word them in the language of the screen."""
        self.faults = tuple(faults)
        if language == "ja":
            lines = ["設定に誤りがあります:", *(f"  {fault.name}: {fault.ja}" for fault in faults)]
        else:
            lines = ["The settings are wrong:", *(f"  {fault.name}: {fault.en}" for fault in faults)]
        super().__init__("\n".join(lines))


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
    says: Says = Says()
    # None: 5555 where it is free, else any; 0: any; else exactly that one.
    flower_port: int | None = None
    lang: str = "en"

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
    def code_revision(self) -> str:
        """Which code runs, for the history: twelve digits of the commit or what the image was built from."""
        return code_revision()

    def environment(self) -> dict[str, str]:
        """Return the variables that make another process read these very settings."""
        told = {
            "MADOGUCHI_HOME": str(self.home),
            "MADOGUCHI_DATABASE_URL": self.database_url,
            "MADOGUCHI_KEYS": str(self.keys),
            "MADOGUCHI_CLOCK": self.says.clock or "",
            "MADOGUCHI_ALLOW_AS": "demo" if self.says.demo else "",
            "MADOGUCHI_SOLE": "" if self.says.sole is None else "yes" if self.says.sole else "no",
            "MADOGUCHI_FLOWER_PORT": "" if self.flower_port is None else str(self.flower_port),
            "MADOGUCHI_LANG": self.lang,
            "MADOGUCHI_RESIDENCY": self.says.residency or "",
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

    def word(name: str, check: Callable[[str], bool], ja: str, en: str) -> str:
        value = _value(environ, name, faults)
        try:
            usable = not value or check(value)
        except ValueError:  # urllib's word for a URL that cannot be taken apart
            usable = False
        if not usable:
            faults.append(Fault(name, ja, en))
            return ""
        return value

    home = _folder(word("MADOGUCHI_HOME", _usable_folder, *_FOLDER_WORDS), project)
    keys = _folder(word("MADOGUCHI_KEYS", _usable_folder, *_FOLDER_WORDS), home / "keys")
    database = word("MADOGUCHI_DATABASE_URL", _is_database, *_DATABASE_WORDS)
    broker = word("MADOGUCHI_BROKER_URL", _is_broker, *_BROKER_WORDS)
    clock = word("MADOGUCHI_CLOCK", ("system", "shifted").__contains__, *_one_of("system", "shifted"))
    allow_as = word("MADOGUCHI_ALLOW_AS", ("demo",).__contains__, *_one_of("demo"))
    sole = word("MADOGUCHI_SOLE", ("yes", "no").__contains__, *_one_of("yes", "no"))
    port = word("MADOGUCHI_FLOWER_PORT", _is_port, *_PORT_WORDS)
    word("MADOGUCHI_LANG", ("ja", "en").__contains__, *_one_of("ja", "en"))
    residency = word("MADOGUCHI_RESIDENCY", _is_country, *_COUNTRY_WORDS)
    if faults:
        raise BadSettings(faults, language)
    return Settings(
        home=home,
        keys=keys,
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
        lang=language,
    )


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


@lru_cache(maxsize=1)
def code_revision() -> str:
    """Return which code this is: the file REVISION of an image, else the checkout's commit, else "unknown".

    Read from git's own files: starting git costs more than all the rest of a command, and it refuses the folders of
    other users. Only the commit's digits are taken, never a branch's or a person's name.
    """
    written = _text(PROJECT / "REVISION")
    if written:
        return written[:40]
    git = PROJECT / ".git"
    pointer = _text(git) if git.is_file() else ""
    if pointer.startswith("gitdir: "):
        git = (PROJECT / pointer.removeprefix("gitdir: ")).resolve()
    head = _text(git / "HEAD")
    if not head.startswith("ref: "):
        return head[:12] or "unknown"
    reference = head.removeprefix("ref: ")
    # A linked work tree keeps its HEAD itself, its branches with the main one.
    common = (git / (_text(git / "commondir") or ".")).resolve()
    commit = _text(common / reference)
    if not commit:
        packed = (line.split(" ", 1) for line in _text(common / "packed-refs").splitlines())
        commit = next((parts[0] for parts in packed if parts[1:] == [reference]), "")
    return commit[:12] or "unknown"


def shown(url: str) -> str:
    """Return a URL fit for a screen or a log: without its user and password."""
    parts = urlsplit(url)
    if "@" not in parts.netloc:
        return url
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def _text(path: Path) -> str:
    """Return what a small file holds, or nothing where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _value(environ: Mapping[str, str], name: str, faults: list[Fault]) -> str:
    """Return a variable's value, from NAME_FILE's file where that is named instead."""
    value = environ.get(name, "").strip()
    secret_file = environ.get(f"{name}_FILE", "").strip()
    if not secret_file:
        return value
    if value:
        faults.append(
            Fault(
                name,
                f"{name} と {name}_FILE の両方が設定されています。片方だけにしてください。",
                f"both {name} and {name}_FILE are set; set one of them.",
            )
        )
        return ""
    content = _text(Path(secret_file))
    if not content:
        faults.append(
            Fault(
                f"{name}_FILE",
                "このファイルを読めないか、中身がありません。値を一行だけ書いたファイルを指定してください。",
                "this file cannot be read or is empty; name a file that holds the value on one line.",
            )
        )
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
        ja = f"この名前の設定はありません。{near[0]} のことでしょうか。" if near else "この名前の設定はありません。"
        en = f"there is no such setting; did you mean {near[0]}?" if near else "there is no such setting."
        faults.append(Fault(name, ja, en))
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
    return "?" not in value and value.isprintable() and (folder.is_dir() or not folder.exists())


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


def _is_port(value: str) -> bool:
    return value.isascii() and value.isdigit() and int(value) < 65536


def _is_country(value: str) -> bool:
    return len(value) == 2 and value.isascii() and value.isalpha() and value.isupper()


def _one_of(*words: str) -> tuple[str, str]:
    """Return the sentences that name the values that work."""
    return f"次のいずれかにしてください: {'、'.join(words)}。", f"must be one of: {', '.join(words)}."


_FOLDER_WORDS = (
    "フォルダーの名前ではないか、「?」が含まれています。まだ無いフォルダーか既存のフォルダーを指定してください。",
    "is a file or has a question mark in its name; name a folder, existing or not.",
)
_DATABASE_WORDS = (
    "postgresql+psycopg://USER@HOST/NAME または sqlite:////PATH/FILE の形にしてください。",
    "must look like postgresql+psycopg://USER@HOST/NAME or sqlite:////PATH/FILE.",
)
_BROKER_WORDS = (
    "redis://HOST:6379/0、rediss://HOST:6379/0、redis+socket:///PATH のいずれかの形にしてください。",
    "must look like redis://HOST:6379/0, rediss://HOST:6379/0 or redis+socket:///PATH.",
)
_PORT_WORDS = ("0 から 65535 までの数にしてください。", "must be a number from 0 to 65535.")
_COUNTRY_WORDS = (
    "国を表す英大文字二文字(JP など)にしてください。",
    "must be the two capital letters of a country, such as JP.",
)
