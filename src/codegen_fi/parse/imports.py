"""What the names of a block stand for."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from codegen_fi.parse.statements import Statement


def imported_names(statements: Iterable[Statement]) -> dict[str, tuple[str, str]]:
    """Map each imported local name to ``(module, name)``; ``import a.b`` binds ``a``."""
    found: dict[str, tuple[str, str]] = {}
    for statement in statements:
        syntax = statement.syntax
        if isinstance(syntax, ast.ImportFrom) and syntax.module and not syntax.level:
            for alias in syntax.names:
                found[alias.asname or alias.name] = (syntax.module, alias.name)
        elif isinstance(syntax, ast.Import):
            for alias in syntax.names:
                local = alias.asname or alias.name.partition(".")[0]
                found[local] = (alias.name if alias.asname else local, "")
    return found
