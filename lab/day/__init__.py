"""A recorded day of an office of three: every command they type and what it says, counted; ``python -m lab.day``."""
