"""Change a generated script so that it trains anywhere: planned edits, applied once, proven."""

from codegen_fi.rewrite.rewriter import rewrite

__all__ = ["rewrite"]
