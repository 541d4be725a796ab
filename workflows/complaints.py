"""What the operating system complains of, in the language of whoever reads it."""

import errno

from workflows.words import is_worded, tell


def why(error: OSError, language: str) -> str:
    """Return why a file, folder or connection cannot be used; an error we have no words for as the system names it."""
    code = f"system.{errno.errorcode.get(error.errno or 0, '')}"
    return tell(code, language) if is_worded(code) else error.strerror or type(error).__name__
