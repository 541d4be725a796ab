"""Words of the office's own, in both languages."""

from workflows.law.proving import Said

__all__ = ["Said"]
