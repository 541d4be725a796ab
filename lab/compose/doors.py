"""What each service can reach and what not, tried from inside its container; and that what is deafened hears again.

The lists say what an attacker in that container would have: files, the database, the broker. Each try is a line of
Python run there, which prints what it met.
"""

from typing import Final

from lab.compose.office import ComposeOffice
from lab.compose.stack import await_that

SERVICES: Final = ("worker-commands", "worker", "beat", "flower", "metrics")
SECRETS: Final = {
    "worker-commands": ["broker_url", "database_url"],
    "worker": ["broker_url", "database_url"],
    "beat": ["broker_url"],
    "flower": ["broker_url", "flower_auth"],
    "metrics": ["broker_url", "database_url"],
}
REACHES_DATABASE: Final = {"worker-commands": "yes", "worker": "yes", "beat": "no", "flower": "no", "metrics": "yes"}
BREAKING_IN: Final = {
    "worker-commands": (("FLUSHALL",), ("CONFIG", "GET", "*"), ("ACL", "LIST")),
    "worker": (("FLUSHALL",), ("SHUTDOWN",)),
    "beat": (("FLUSHALL",), ("RPOP", "commands"), ("PUBLISH", "/0.celery.pidbox", "x")),
    "flower": (("FLUSHALL",), ("LPUSH", "commands", "x"), ("LRANGE", "effects", "0", "-1")),
    "metrics": (("LPUSH", "commands", "x"), ("RPOP", "commands")),
}
KEYS: Final = {
    "worker-commands": "files", "worker": "files", "beat": "nothing", "flower": "nothing", "metrics": "closed",
}  # fmt: skip
"""What each sees of the office's keys, and of the spool."""
USERS: Final = {**dict.fromkeys(SERVICES, "10001"), "metrics": "10002"}
_LOOK = """
import os, sys
try:
    print("files" if os.listdir(sys.argv[1]) else "nothing")
except PermissionError:
    print("closed")
"""
SPOOL: Final = "/srv/madoguchi/var/spool"
_KNOCK = """
import socket
try:
    socket.create_connection(("database", 5432), 3)
except OSError:
    print("no")
else:
    print("yes")
"""
_ASK = """
import sys, redis
client = redis.Redis.from_url(open("/run/madoguchi/broker_url").read().strip())
try:
    client.execute_command(*sys.argv[1:])
except redis.exceptions.NoPermissionError:
    print("refused")
else:
    print("done")
"""
_READ = """
import sys, psycopg
url = open("/run/madoguchi/database_url").read().strip().replace("+psycopg", "")
try:
    psycopg.connect(url).execute(sys.argv[1])
except psycopg.errors.InsufficientPrivilege:
    print("refused")
else:
    print("done")
"""
NOT_FOR_MONITORS: Final = ("SELECT sealed FROM person", "SELECT 1 FROM form_code", "DELETE FROM heartbeat")
# The small parent's child is the program; the engine's own first process names both on its command line.
_CHILD = """
import os, pathlib, signal, sys
for one in pathlib.Path("/proc").glob("[0-9]*"):
    words = (one / "cmdline").read_bytes().split(b"\\0")
    if words[0].endswith(b"python") and b"desk.kept" in words:
        (child,) = (one / "task" / one.name / "children").read_text().split()
        if len(sys.argv) > 1:
            os.kill(int(child), signal.SIGSTOP)
        print(child)
"""
_HEARS_AGAIN_WITHIN = 180


def check(office: ComposeOffice) -> None:
    """See that nobody can change what runs, and that each service has what it needs alone. Raises DrillFailed."""
    for service in SERVICES:
        told = office.stack.exec(service, "sh", "-c", "id -u; touch /app/x /srv/x 2>&1 | grep -c Read-only")
        office.must(service, told.out.split(), [USERS[service], "2"])
        status = office.stack.exec(service, "grep", "-E", "^(NoNewPrivs|CapEff)", "/proc/self/status").out.split()
        office.must(service, status, ["CapEff:", "0" * 16, "NoNewPrivs:", "1"])
        office.must(f"{service}: secrets", _in(office, service, "ls", "/run/madoguchi").split(), SECRETS[service])
        reached = _in(office, service, "python", "-c", _KNOCK).strip()
        office.must(f"{service}: database", reached, REACHES_DATABASE[service])
        for words in BREAKING_IN[service]:
            met = _in(office, service, "python", "-c", _ASK, *words).strip()
            office.must(f"{service}: {' '.join(words)}", met, "refused")
        seen = _in(office, service, "python", "-c", _LOOK, "/srv/madoguchi/keys").strip()
        office.must(f"{service}: keys", seen, KEYS[service])
    office.must("metrics: spool", _in(office, "metrics", "python", "-c", _LOOK, SPOOL).strip(), "closed")
    for statement in NOT_FOR_MONITORS:
        office.must(
            f"metrics: {statement}", _in(office, "metrics", "python", "-c", _READ, statement).strip(), "refused"
        )
    for service, login in (("database", "postgres"), ("broker", "valkey")):
        said = _in(office, service, "sh", "-c", "stat -c %U /proc/1; grep CapEff /proc/1/status").split()
        office.must(service, said, [login, "CapEff:", "0" * 16])
    asked = "SELECT DISTINCT usename FROM pg_stat_activity JOIN pg_user USING (usename) WHERE client_addr IS NOT NULL"
    office.must("owners at work", office.sql(f"{asked} AND usesuper"), [])
    office.must("workers", "madoguchi_office" in office.sql(asked), True)


def deafen(office: ComposeOffice) -> None:
    """Stop the program of every service, and wait until each has a new one that is well. Raises DrillFailed."""
    stopped = {name: _in(office, name, "python", "-c", _CHILD, "stop").strip() for name in SERVICES}
    for name, before in stopped.items():

        def has_another(name: str = name, before: str = before) -> bool:
            child = office.stack.exec(name, "python", "-c", _CHILD, check=False)
            return child.code == 0 and child.out.strip() not in ("", before)

        await_that(has_another, f"{name}: another program", _HEARS_AGAIN_WITHIN, office.stack.language)
    office.stack.await_healthy(SERVICES, _HEARS_AGAIN_WITHIN)


def _in(office: ComposeOffice, service: str, *command: str) -> str:
    return office.stack.exec(service, *command).out
