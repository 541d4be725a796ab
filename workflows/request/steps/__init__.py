"""The transitions of the request, phase by phase: who may do each, what must be true first and what it writes.

Each phase declares its own on the machine of workflows.request.states, and any of them brings them all: the order of
these lines is that of help, of what is named as possible and of docs/workflow.md.
"""

# isort: off
from workflows.request.steps import contact
from workflows.request.steps import papers
from workflows.request.steps import before_deciding
from workflows.request.steps import answer
from workflows.request.steps import endings
from workflows.request.steps import silence
from workflows.request.steps import chasing
from workflows.request.steps import more_time
from workflows.request.steps import post
from workflows.request.steps import delivering
from workflows.request.steps import carrying_out
from workflows.request.steps import afterwards
from workflows.request.steps import overrides
from workflows.request.steps import fees
from workflows.request.steps import put_right
from workflows.request.steps import put_right_arrivals

PHASES = (
    contact, papers, before_deciding, answer, endings, silence, chasing, more_time, post, delivering, carrying_out,
    afterwards, overrides, fees, put_right, put_right_arrivals,
)  # fmt: skip
"""In the order of the work."""
