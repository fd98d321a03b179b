"""Where a script comes from: a file or a folder, so far."""

from codegen_fi.sources.local import Found, find_script

__all__ = ["Found", "find_script"]
