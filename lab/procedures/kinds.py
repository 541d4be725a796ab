"""How the file calls a kind of representative that the law's own three are not."""

DEAD = {"heir": "bereaved", "executor": "executor", "estate_administrator": "bereaved_estate_administrator"}
KINDS = {**DEAD, "lawyer": "lawyer", "carer": "carer", "relative": "relative"}
"""How the file calls a kind of representative that the law's own three are not."""
