"""Numbers of what departments send are guarded like all numbers that stand on paper.

Revision: 0037, after 0036.
"""

from collections.abc import Callable

from alembic import op

from models.guards import triggers

revision = "0037"
down_revision: str | None = "0036"
branch_labels: str | None = None
depends_on: str | None = None

_ON_SQLITE = ("counter_forward", "counter_kept")
_FINDS = " OR substr(OLD.name, 1, 5) = 'find/'"


def upgrade() -> None:
    """Make the guards of the counters anew."""
    _make(lambda statement: statement)


def downgrade() -> None:
    """Make them as they were."""
    _make(lambda statement: statement.replace(_FINDS, ""))


def _make(spelt: Callable[[str], str]) -> None:
    bind = op.get_bind()
    for statement in triggers(bind.dialect.name):
        if bind.dialect.name == "sqlite":
            for name in _ON_SQLITE:
                if statement.startswith(f"CREATE TRIGGER {name} "):
                    bind.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
                    bind.exec_driver_sql(spelt(statement))
        elif statement.startswith("CREATE OR REPLACE FUNCTION counter_kept("):
            bind.exec_driver_sql(spelt(statement))
