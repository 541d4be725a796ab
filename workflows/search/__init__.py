"""Searches (照会): a department of the office is asked for what it holds about a person, or to act, and answers."""
