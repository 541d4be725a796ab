"""The published procedures as files: what the parsers understand, what the files say, what cases under them live."""
