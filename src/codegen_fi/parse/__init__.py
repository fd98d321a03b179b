"""Read a generated training script: text to a syntax tree, its places and what it says."""

from codegen_fi.parse.reader import parse_script
from codegen_fi.parse.script import Script

__all__ = ["Script", "parse_script"]
