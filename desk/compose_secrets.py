"""The passwords of ``docker compose up``: made once, kept as files in a volume of their own, never in an environment.

``python -m desk.compose_secrets FOLDER FOR``. FOLDER holds all of them and is mounted by nobody else; below FOR each
service gets a folder of its own with what it needs, and no more. Running it again changes no password; what is made of
them is as this release makes it. Every file appears whole or not at all, and can be read by each user inside the
containers that mount its folder (their servers run under different ones), and by no other container.
"""

import hashlib
import os
import secrets
import sys
from collections.abc import Mapping
from pathlib import Path

WORK_LOGIN = "madoguchi_office"
"""The login of the workers in the database: a member of the working role (models/grants.py), owner of nothing."""
LOOKING_LOGIN = "madoguchi_metrics"
"""The login of what monitors read: it may read, and change nothing."""
QUEUE_KEYS = "~commands ~clock ~effects ~bulk"
# What Celery's workers, inspect and remote control use, found by trying; nothing that reads or changes the server
# itself, and no way to list or empty it.
OFFICE_COMMANDS = (
    "ping client|setinfo client|setname hello auth select lpush rpush rpop brpop llen del exists multi exec watch "
    "unwatch discard hset hget hdel hlen zadd zrem zrange zrangebyscore zrevrangebyscore set get eval evalsha "
    "script sadd srem smembers sismember publish psubscribe punsubscribe subscribe unsubscribe pexpire time"
)
BEAT_COMMANDS = "auth select ping llen lpush"
# Flower hears events, asks workers how they are, and sees how long the queues are. What it asks goes over a channel,
# the answers come back in a list of its own; it can put nothing into a queue of ours.
FLOWER_COMMANDS = (
    "ping client|setinfo client|setname hello auth select llen brpop rpop lpush del exists multi exec watch unwatch "
    "discard sadd srem smembers sismember hset hget hdel zadd zrem zrangebyscore zrevrangebyscore set get eval "
    "evalsha script publish psubscribe punsubscribe subscribe unsubscribe pexpire time"
)
FLOWER_KEYS = "%R~commands %R~clock %R~effects %R~bulk ~_kombu.binding* ~*.reply.celery.pidbox* ~celeryev.* ~viewer.*"


METRICS_KEYS = "%R~commands %R~clock %R~effects %R~bulk"
METRICS_COMMANDS = "auth select ping llen"


def access_list(office: str, beat: str, flower: str, metrics: str) -> str:
    """Return the broker's users, each with what it needs, by their passwords; one for the health check; nobody else."""
    return (
        "user default off\n"
        f"user office on {_digest(office)} ~* &* -@all {_allowed(OFFICE_COMMANDS)}\n"
        f"user beat on {_digest(beat)} {QUEUE_KEYS} resetchannels -@all {_allowed(BEAT_COMMANDS)}\n"
        f"user flower on {_digest(flower)} {FLOWER_KEYS} &* -@all {_allowed(FLOWER_COMMANDS)}\n"
        f"user metrics on {_digest(metrics)} {METRICS_KEYS} resetchannels -@all {_allowed(METRICS_COMMANDS)}\n"
        "user health on nopass resetkeys resetchannels -@all +ping\n"
    )


def files(word: Mapping[str, str]) -> dict[str, str]:
    """Return what each service gets, by ``service/file``, from the passwords by name."""
    database, broker = "postgresql+psycopg://{}@database/madoguchi", "redis://{}@broker:6379/0"
    return {
        "database/database_password": word["database"],
        "broker/broker.acl": access_list(word["broker"], word["beat"], word["flower"], word["metrics"]),
        "owner/database_url": database.format(f"madoguchi:{word['database']}"),
        "owner/work_password": word["work"],
        "owner/metrics_password": word["metrics"],
        "work/database_url": database.format(f"{WORK_LOGIN}:{word['work']}"),
        "work/broker_url": broker.format(f"office:{word['broker']}"),
        "beat/broker_url": broker.format(f"beat:{word['beat']}"),
        "flower/broker_url": broker.format(f"flower:{word['flower']}"),
        "flower/flower_auth": word["flower_auth"],
        "metrics/database_url": database.format(f"{LOOKING_LOGIN}:{word['metrics']}"),
        "metrics/broker_url": broker.format(f"metrics:{word['metrics']}"),
    }


def make(folder: Path, services: Path) -> None:
    """Make the passwords that are missing, and below *services* what is made of them."""
    folder.mkdir(parents=True, exist_ok=True)
    words = {
        name: _once(folder / f"{name}_password", secrets.token_urlsafe(32))
        for name in ("database", "broker", "work", "beat", "flower", "metrics")
    }
    words["flower_auth"] = _once(folder / "flower_auth", f"desk:{secrets.token_urlsafe(24)}")
    for name, content in files(words).items():
        path = services / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text(encoding="ascii") != f"{content.rstrip()}\n":
            _draft(path, content).replace(path)


def _digest(password: str) -> str:
    return f"#{hashlib.sha256(password.encode()).hexdigest()}"


def _allowed(commands: str) -> str:
    return " ".join(f"+{command}" for command in commands.split())


def _once(path: Path, content: str) -> str:
    """Return what the file holds, after writing it if it was not there."""
    if not path.exists():
        draft = _draft(path, content)
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # made in the meantime; that one holds
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii").strip()


def _draft(path: Path, content: str) -> Path:
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(f"{content.rstrip()}\n", encoding="ascii")
    draft.chmod(0o444)
    return draft


if __name__ == "__main__":
    make(Path(sys.argv[1]), Path(sys.argv[2]))
