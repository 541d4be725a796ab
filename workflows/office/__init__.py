"""An office's own published procedure, as data: how a request begins, on which forms, for what fee, with which papers.

It is dated; a case keeps the one it began under. Without a file of the office's own everything is as the mission's
source says: `SOURCE`. Each part stands in a module of its own, with its values, how it is read and what the law and
good sense forbid in it; `workflows.office.procedure` puts them together. Nothing here decides about a case
(`workflows.request` does) and nothing reads a file (`services.office` does).
"""

from workflows.office.procedure import SOURCE, OfficeProcedure

__all__ = ["SOURCE", "OfficeProcedure"]
