"""The release after this one, as somebody would write it: every kind of change that an upgrade has to carry.

The procedure's version is one higher: a case in `contacted` is chased a day earlier and looked at once more, and there
is a new transition, `remark`, which writes a new column (and so a migration). A field of a payload has a new name, a
reason for a hold is a new word (and so a new form of stored values).
"""

from pathlib import Path

from models.migrations import known
from tests.checkouts import Checkout, Edit, Whole, copied
from workflows.engine.schemas import SCHEMA
from workflows.request.procedure import request

REVISION = "the-next"
VERSION = request.version + 1
HEAD = max(known())
NEXT = f"{int(HEAD) + 1:04}"
RENAMED = {"--until": "--last-day"}
SECOND_LOOK = "second_look"
"""A deadline this release does not know."""

_REMARK = '''
@request.transition(*OPEN, by=[CLERK], takes=Remark, on_hold=True)
def remark(case: Case, p: Remark, at: At) -> Change:
    """Note that a case is urgent."""
    return Change(details={"words": len(p.why.split())})

'''
_BEFORE_REMARK = "\n@request.transition(*OPEN, by=[CLERK], takes=Hold,"
_PAYLOAD = '''
@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What a clerk noticed."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extend:
'''
_MIGRATION = f'''"""How urgent a case is.

Revision: {NEXT}, after {HEAD}.
"""

import sqlalchemy as sa
from alembic import op

revision = "{NEXT}"
down_revision: str | None = "{HEAD}"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    op.add_column("case", sa.Column("urgency", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("case", "urgency")
'''

STATES, PAYLOADS = "workflows/request/states.py", "workflows/request/payloads.py"
MORE_TIME = "workflows/request/steps/more_time.py"
CHANGES = (
    # the procedure
    Edit(STATES, f"    version={request.version},\n", f"    version={VERSION},\n"),
    Edit(STATES, "deadlines=[chase(first=2, then_every=2)],",
         "deadlines=[chase(first=1, then_every=2), "
         f'after(working_days(3)).do("escalate", name="{SECOND_LOOK}")],'),
    Edit(MORE_TIME, _BEFORE_REMARK, _REMARK + _BEFORE_REMARK),
    Edit(MORE_TIME, "payloads import Extend, Hold\n", "payloads import Extend, Hold, Remark\n"),
    # what it stores
    Edit(PAYLOADS, "\n@dataclass(frozen=True, slots=True, kw_only=True)\nclass Extend:\n", _PAYLOAD),
    Edit(PAYLOADS, "    reason: HoldReason\n    until: date | None = None\n",
         "    reason: HoldReason\n    last_day: date | None = None\n"),
    Edit(MORE_TIME, "    until = p.until or ", "    until = p.last_day or "),
    Edit("workflows/request/values.py", '    AWAITING_DECISION = "awaiting_decision"\n',
         '    AWAITING_DECISION = "awaiting_decision"\n    IN_COURT = "in_court"\n'),
    Edit("workflows/engine/schemas.py", f"\nSCHEMA = {SCHEMA}\n", f"\nSCHEMA = {SCHEMA + 1}\n"),
    Edit("workflows/engine/schemas.py", "CHANGES: tuple[Change, ...] = (",
         "CHANGES: tuple[Change, ...] = (\n"
         f'    Change(since={SCHEMA + 1}, of="Hold", renamed={{"until": "last_day"}}),\n'),
    # its column
    Edit("models/case.py", '    Column("letters", Integer, nullable=False),\n',
         '    Column("letters", Integer, nullable=False),\n'
         '    Column("urgency", Integer, nullable=False, server_default="0"),\n'),
    Edit("services/engine/writing.py", '        "closed_at": closed_at,\n',
         '        "closed_at": closed_at,\n'
         '        **({"urgency": 1} if step.decision.transition == "remark" else {}),\n'),
    Whole(f"models/migrations/versions/{NEXT}_how_urgent.py", _MIGRATION),
    # its words
    Edit("workflows/request/words/nouns.py",
         '        "awaiting_decision": noun("判断待ち", "awaiting a decision"),\n',
         '        "awaiting_decision": noun("判断待ち", "awaiting a decision"),\n'
         '        "in_court": noun("裁判中", "in court"),\n'),
)  # fmt: skip


def next_release(folder: Path) -> Checkout:
    """Make it in *folder*. Raises EditFailed where this release has moved on: then the changes above must, too."""
    return copied(folder, CHANGES, revision=REVISION)
