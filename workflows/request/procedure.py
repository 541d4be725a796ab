"""The procedure: a request for disclosure, etc. (開示等の請求等), from first contact to the answer.

It is declared in the order in which the work is done; read it so:

- `workflows.request.states`: the states, what becomes due in each, and the clocks of the case;
- `workflows.request.steps.contact`: open, amend, mail the forms, take them back as undeliverable;
- `workflows.request.steps.papers`: receive the forms, ask again, verify the identity, take that back;
- `workflows.request.steps.before_deciding`: the office's own steps before a decision, its windows;
- `workflows.request.steps.answer`: decide each right, release the answer or the refusal;
- `workflows.request.steps.endings`: withdraw, void;
- `workflows.request.steps.silence`: remind, escalate, lapse, reopen: what is done while nothing comes;
- `workflows.request.steps.chasing`: what is told where a time of the office's own procedure runs out;
- `workflows.request.steps.more_time`: hold, resume, extend;
- `workflows.request.steps.post`: record that a letter was posted or came back, post it again;
- `workflows.request.steps.delivering`: how the answer reaches its person where it is not simply posted;
- `workflows.request.steps.carrying_out`: what was granted, carried out after the decision;
- `workflows.request.steps.afterwards`: what becomes of the papers;
- `workflows.request.steps.overrides`: ask for less evidence, approve it;
- `workflows.request.steps.fees`: money that comes and goes back, the bill that holds an answer until it is paid;
- `workflows.request.steps.put_right`: what was recorded wrongly of letters and answers, put right;
- `workflows.request.steps.put_right_arrivals`: the same of what arrived.

What a condition means is in `workflows.request.guards` and the rule files beside it, what several transitions write
alike in `workflows.request.consequences`, and whose turn it is in workflows/request/jobs.py: what a person must do
next, who may, and by when. The law's numbers are data in workflows/law. Whoever needs the procedure imports it from
here: here it is complete and checked.
"""

from workflows.engine.procedure import Procedure
from workflows.request.figures import FIGURES
from workflows.request.jobs import JOBS
from workflows.request.letters import RequestLetter
from workflows.request.states import CLOSED, OPEN, request
from workflows.request.steps import PHASES
from workflows.request.values import LetterKind

__all__ = ["CLOSED", "LETTERS", "OPEN", "PHASES", "PROCEDURE", "request"]

LETTERS = {str(kind): RequestLetter for kind in LetterKind}
request.check(letters=LETTERS)

PROCEDURE = Procedure(
    machine=request, letters=LETTERS, jobs=JOBS, figures=FIGURES, secret=(LetterKind.DISC_PASSPHRASE,)
)
