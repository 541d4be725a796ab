"""The passwords of ``docker compose up``: made once, kept as files in a volume of their own, never in an environment.

``python -m desk.compose_secrets FOLDER``. Running it again changes nothing. Every file appears whole or not at all. The
files can be read by each user inside the containers that mount the volume (their servers run under different ones), and
by no other container.
"""

import hashlib
import os
import secrets
import sys
from pathlib import Path

# What Celery's workers, beat, Flower, inspect and remote control use, found by trying; nothing that reads or changes
# the server itself, and no way to list or empty it.
BROKER_COMMANDS = (
    "ping client hello auth select lpush rpush rpop brpop llen del exists multi exec watch unwatch discard hset hget "
    "hdel hlen zadd zrem zrange zrangebyscore zrevrangebyscore set get eval evalsha script sadd srem smembers "
    "sismember publish psubscribe punsubscribe subscribe unsubscribe pexpire time"
)


def access_list(password: str) -> str:
    """Return the broker's users: the office with what it needs, one for the health check, and nobody else."""
    allowed = " ".join(f"+{command}" for command in BROKER_COMMANDS.split())
    digest = hashlib.sha256(password.encode()).hexdigest()
    return (
        "user default off\n"
        f"user office on #{digest} ~* &* -@all {allowed}\n"
        "user health on nopass resetkeys resetchannels -@all +ping\n"
    )


def make(folder: Path) -> None:
    """Make what is missing. The passwords come first, the files that repeat them are made from what is on disk."""
    folder.mkdir(parents=True, exist_ok=True)
    database = _once(folder / "database_password", secrets.token_urlsafe(32))
    broker = _once(folder / "broker_password", secrets.token_urlsafe(32))
    _once(folder / "database_url", f"postgresql+psycopg://madoguchi:{database}@database/madoguchi")
    _once(folder / "broker_url", f"redis://office:{broker}@broker:6379/0")
    _once(folder / "broker.acl", access_list(broker))
    _once(folder / "flower_auth", f"desk:{secrets.token_urlsafe(24)}")


def _once(path: Path, content: str) -> str:
    """Return what the file holds, after writing it if it was not there."""
    if not path.exists():
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        draft.write_text(f"{content.rstrip()}\n", encoding="ascii")
        draft.chmod(0o444)
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # made in the meantime; that one holds
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii").strip()


if __name__ == "__main__":
    make(Path(sys.argv[1]))
