"""A lead's ten questions, each answered by one command, on an office of invented people; writes the page of them."""
