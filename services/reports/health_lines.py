"""The line to run beside what is not well: the one place that owns these lines.

Each code of a red or yellow line of ``status`` has one here, a command of a shell to be copied as it is; whoever adds a
code without a line cannot show it (`line`), and docs/runbook.md says of each check what comes next. What is not of
``./admin.py`` may look or help; nothing here removes anything but a copy of the keys that is kept for too long.
"""

import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from services.reports.health_check import existing
from settings import Settings
from workflows.engine.values import Reason

Params = Mapping[str, Any]
NO_ROOM = ("ENOSPC", "EDQUOT")
WORKERS = {
    "commands": ("desk1", "worker-commands"),
    "clock": ("desk1", "worker-commands"),
    "effects": ("desk2", "worker"),
    "bulk": ("desk2", "worker"),
}
"""Who serves each queue: a program of the desk, a service of compose; a test holds both against them."""
INSIDE = "docker compose exec worker-commands"
_OF_THE_MACHINE = ("docker ", "timedatectl ", "openssl ")
UNITS = Path("/etc/systemd/system")
"""Where deploy/systemd is installed, if it is."""
_HOLDING = "SELECT pid, usename, state, xact_start, query FROM pg_stat_activity ORDER BY xact_start"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the line will be run: with which settings, by compose or not, whether a desk or units are there."""

    settings: Settings
    compose: bool
    desk: bool
    units: bool = False


def place(settings: Settings) -> Place:
    """Return where this process is. Whether compose runs it, its settings know: an image alone is no compose."""
    units = (UNITS / "madoguchi-desk.service").is_file()
    return Place(settings, settings.compose, _desk_runs(settings), units)


def _desk_runs(settings: Settings) -> bool:
    try:
        number = int((settings.run / "desk.lock").read_text(encoding="ascii"))
        return b"desk" in Path(f"/proc/{number}/cmdline").read_bytes()
    except (OSError, ValueError):
        return False


def line(reason: Reason, where: Place) -> str:
    """Return the line to run. Raises KeyError for a code without one: a fault nobody can act on must not be shown."""
    made = LINES[reason.code]
    if not isinstance(made, str):
        text = made(reason.params, where)
    else:
        text = made.format_map({name: shlex.quote(str(value)) for name, value in reason.params.items()})
    if where.compose and not text.startswith(_OF_THE_MACHINE):
        return f"{INSIDE} {text}"
    return text


# -- programs ---------------------------------------------------------------------------------------------------------


def _program(name: str, service: str, where: Place) -> str:
    if where.compose:
        return f"docker compose restart {service}"
    if where.desk:  # which starts it again by itself: why it must, its log says
        return f"tail -n 40 {shlex.quote(str(where.settings.logs / f'{name}.log'))}"
    if where.units:
        return f"sudo systemctl restart madoguchi-{'desk' if where.settings.broker_embedded else service}"
    return "make desk"


def _worker(params: Params, where: Place) -> str:
    return _program(*WORKERS[params["queue"]], where)


def _worker_of(queue: str) -> Callable[[Params, Place], str]:
    return lambda _, where: _program(*WORKERS[queue], where)


def _beat(_: Params, where: Place) -> str:
    return _program("beat", "beat", where)


def _broker(_: Params, where: Place) -> str:
    if where.compose:
        return "docker compose up --detach broker"
    if where.settings.broker_embedded:
        return _program("broker", "broker", where)
    parts = urlsplit(where.settings.broker_url)
    if parts.hostname is None:
        return f"redis-cli -s {shlex.quote(parts.path)} ping"
    tls = " --tls" if parts.scheme == "rediss" else ""
    return f"redis-cli{tls} -h {parts.hostname} -p {parts.port or 6379} ping"


def _dropped(_: Params, where: Place) -> str:
    if where.compose:
        return "docker compose logs --since 24h worker-commands worker | grep 'dropped what'"
    return f"grep -h 'dropped what' {shlex.quote(str(where.settings.logs))}/desk*.log"


def _new_release(_: Params, where: Place) -> str:
    return "docker compose up --detach --build" if where.compose else "git pull && make setup"


# -- the database -----------------------------------------------------------------------------------------------------


def _server(where: Place) -> str | None:
    """Return how PostgreSQL's own programs name the database, without a password; None for SQLite."""
    parts = urlsplit(where.settings.database_url)
    if parts.scheme.startswith("sqlite"):
        return None
    host = f"--host={parts.hostname} " if parts.hostname else ""
    port = f"--port={parts.port} " if parts.port else ""
    user = f"--username={shlex.quote(parts.username)} " if parts.username else ""
    return f"{host}{port}{user}--dbname={shlex.quote(parts.path.strip('/'))}"


def _file(where: Place) -> str:
    return shlex.quote(where.settings.database_url.partition("///")[2].partition("?")[0])


def _database_away(_: Params, where: Place) -> str:
    if where.compose:
        return "docker compose up --detach database"
    server = _server(where)
    return f"ls -l {_file(where)}" if server is None else f"pg_isready {server}"


def _database_busy(_: Params, where: Place) -> str:
    if where.compose:
        return f"docker compose exec database psql --username=madoguchi --command='{_HOLDING}'"
    server = _server(where)
    return f"fuser -v {_file(where)}" if server is None else f"psql {server} --command='{_HOLDING}'"


def _troubled(params: Params, where: Place) -> str:
    """What is looked at first, by the kind of trouble: keys, room, a lock; else what the worker said."""
    fault = str(params["fault"])
    if fault.startswith(("Key", "SharedByMachines")):
        return f"ls -lA {shlex.quote(str(where.settings.keys))}"
    if any(word in fault for word in NO_ROOM):
        return f"df -h {shlex.quote(str(existing(where.settings.var)))}"
    if "locked" in fault or fault.startswith("OperationalError"):
        return _database_busy(params, where)
    return _program(*WORKERS["effects" if params["of"] == "letters" else "commands"], where)


# -- room, keys, clocks, certificates ---------------------------------------------------------------------------------


def _keys_absent(params: Params, where: Place) -> str:
    if where.compose:
        return "docker compose up --detach --force-recreate worker-commands worker"
    return f"mount {shlex.quote(params['folder'])}"


def _keys_part_gone(params: Params, _: Place) -> str:
    folder = shlex.quote(params["folder"])
    if params["copy"]:
        return f"cp -np {shlex.quote(str(Path(params['copy']) / params['part']))} {folder}"
    return f"ls -lA {folder}"


def _keys_unfit(params: Params, _: Place) -> str:
    folder = shlex.quote(params["folder"])
    if not params["copy"]:
        return f"ls -lA {folder}"
    return f"cp -p {shlex.quote(str(Path(params['copy']) / params['part']))} {folder}"


def _audit_gone(params: Params, _: Place) -> str:
    return f"ls -lA {shlex.quote(str(Path(params['path']).parent))}"


def _zone_differs(params: Params, where: Place) -> str:
    return _new_release(params, where) if where.compose else "sudo apt-get install --only-upgrade tzdata"


def _certificate(params: Params, _: Place) -> str:
    start = f" -starttls {params['starttls']}" if params["starttls"] else ""
    asked = f"openssl s_client -connect {params['where']}{start} -servername {params['host']}"
    return f"{asked} </dev/null | openssl x509 -noout -subject -enddate"


def _backup(params: Params, where: Place) -> str:
    if params["out"]:
        apart = f" --keys {shlex.quote(params['apart'])}" if params["apart"] else ""
        return f"./admin.py backup --out {shlex.quote(params['out'])}{apart}"
    home = where.settings.home
    if where.compose:  # its volumes
        return f"./admin.py backup --out {home}/backups/{params['today']} --keys {home}/vault/{params['today']}"
    return f"./admin.py backup --out {shlex.quote(str(home.with_name(f'{home.name}.backup') / params['today']))}"


def _stopped_kind(params: Params, _: Place) -> str:
    return f"./admin.py letter-kinds start {str(params['kind']).partition('.')[2]}"


_NTP = "timedatectl set-ntp true"
_OFFICE = "./admin.py office"
_UNREAD = "./admin.py notices --unread"
_SIGN = "./admin.py audit checkpoint"
_RETURN = "./admin.py receive-forms --scanned"

LINES: Mapping[str, str | Callable[[Params, Place], str]] = {
    "health.database_away": _database_away,
    "health.database_busy": _database_busy,
    "health.broker_away": _broker,
    "health.queue_never": _worker,
    "health.queue_silent": _worker,
    "health.worker_deaf": _worker,
    "health.beat_silent": _beat,
    "health.clock_ahead": _NTP,
    "health.clock_behind": _NTP,
    "health.clock_back": _NTP,
    "health.timers_late": _worker_of("clock"),
    "health.orders_wait": _worker_of("commands"),
    "health.letters_wait": _worker_of("effects"),
    "health.troubled": _troubled,
    "health.spool_full": "df -h {folder}",
    "health.disk_full": "du -xhd1 {folder}",
    "health.kind_stopped": _stopped_kind,
    "health.incidents_open": "./admin.py incidents --open",
    "health.messages_dropped": _dropped,
    "health.definition_changed": "./admin.py plan",
    "health.count_wrong": "./admin.py doctor",
    "health.unposted_some": "./admin.py letters --unposted",
    "health.returns_some": _RETURN,
    "health.tray_some": "./admin.py tray list",
    "health.notices_unread": _UNREAD,
    "health.stood_still": f"{_UNREAD} --read",
    "health.mail_waits": "./admin.py mail list",
    "health.mail_waits_for_a_server": "./admin.py mail list",
    "health.mail_refused": "./admin.py mail again {name}",
    "health.procedure_differs": "./admin.py procedure check",
    "health.retention_late": "./admin.py retention",
    "health.papers_overdue": "./admin.py disposals",
    "health.holds_ended": "./admin.py legal-hold --list",
    "health.backup_never": _backup,
    "health.backup_old": _backup,
    "health.key_copies_old": "rm -r {place}",
    "health.signed_never": _SIGN,
    "health.signed_late": _SIGN,
    "keys.audit_open": "chmod 600 {path}",
    "keys.audit_gone": _audit_gone,
    "keys.wrong_length": "./admin.py doctor --quick",
    "health.keys_absent": _keys_absent,
    "health.keys_part_gone": _keys_part_gone,
    "health.keys_unfit": _keys_unfit,
    "health.keys_open": "chmod -R go-rwx {folder}",
    "health.zone_old": _new_release,
    "health.zone_gone": _new_release,
    "health.zone_differs": _zone_differs,
    "health.holidays_end": _new_release,
    "health.certificate_ends": _certificate,
    "health.certificate_ended": _certificate,
    "health.certificate_unseen": _certificate,
    "health.clock_shifted": "./admin.py clock",
    "health.allow_as": _OFFICE,
    "health.sole": _OFFICE,
}
