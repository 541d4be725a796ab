"""The release after this one, as somebody would write it: every kind of change that an upgrade has to carry.

The procedure's version is one higher: a case in `contacted` is chased a day earlier and looked at once more, and there
is a new transition, `remark`, which writes a new column (and so a migration). A field of a payload has a new name, a
reason for a hold is a new word (and so a new form of stored values).
"""

from pathlib import Path

from models.migrations import known
from settings import load
from tests.checkouts import Checkout, Edit, Whole, copied
from workflows.request import request
from workflows.schemas import SCHEMA

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
    return Change(facts={"urgency": 1}, details={"by_word": len(p.why)})


@request.transition(*OPEN, *CLOSED, by=[SYSTEM], takes=Adopt, on_hold=True)
'''
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

CHANGES = (
    # the procedure
    Edit("workflows/request.py", f'Machine("request", version={request.version})',
         f'Machine("request", version={VERSION})'),
    Edit("workflows/request.py", "deadlines=[chase(first=2, then_every=2)],",
         "deadlines=[chase(first=1, then_every=2), "
         f'after(working_days(3)).do("escalate", name="{SECOND_LOOK}")],'),
    Edit("workflows/request.py",
         "\n@request.transition(*OPEN, *CLOSED, by=[SYSTEM], takes=Adopt, on_hold=True)\n", _REMARK),
    Edit("workflows/request.py", "    Recount,\n    Undeliverable,", "    Recount,\n    Remark,\n    Undeliverable,"),
    # what it stores
    Edit("workflows/payloads.py", "\n@dataclass(frozen=True, slots=True, kw_only=True)\nclass Extend:\n", _PAYLOAD),
    Edit("workflows/payloads.py", "    reason: HoldReason\n    until: date | None = None\n",
         "    reason: HoldReason\n    last_day: date | None = None\n"),
    Edit("workflows/request.py", "    until = p.until or ", "    until = p.last_day or "),
    Edit("workflows/values.py", '    AWAITING_DECISION = "awaiting_decision"\n',
         '    AWAITING_DECISION = "awaiting_decision"\n    IN_COURT = "in_court"\n'),
    Edit("workflows/schemas.py", f"\nSCHEMA = {SCHEMA}\n", f"\nSCHEMA = {SCHEMA + 1}\n"),
    Edit("workflows/schemas.py", "CHANGES: tuple[Change, ...] = (",
         "CHANGES: tuple[Change, ...] = (\n"
         f'    Change(since={SCHEMA + 1}, of="Hold", renamed={{"until": "last_day"}}),\n'),
    # its column
    Edit("models/case.py", '    Column("letters", Integer, nullable=False),\n',
         '    Column("letters", Integer, nullable=False),\n'
         '    Column("urgency", Integer, nullable=False, server_default="0"),\n'),
    Edit("services/writing.py", '    "withdrawn_on",\n)', '    "withdrawn_on",\n    "urgency",\n)'),
    Whole(f"models/migrations/versions/{NEXT}_how_urgent.py", _MIGRATION),
    # its words
    Edit("workflows/words/nouns.py", '        "awaiting_decision": _noun("判断待ち", "awaiting a decision"),\n',
         '        "awaiting_decision": _noun("判断待ち", "awaiting a decision"),\n'
         '        "in_court": _noun("裁判中", "in court"),\n'),
)  # fmt: skip


def next_release(folder: Path) -> Checkout:
    """Make it in *folder*. Raises EditFailed where this release has moved on: then the changes above must, too."""
    made = copied(folder, CHANGES, revision=REVISION)
    table = made.python(load({"MADOGUCHI_HOME": str(folder / "nowhere")}), "-m", "commands.make_table")
    assert table.status == 0, table.err
    return made
