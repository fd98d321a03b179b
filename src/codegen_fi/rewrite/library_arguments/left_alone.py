"""What the user should know about arguments that stay as they are."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator

from codegen_fi.model.changes import Warned
from codegen_fi.parse.script import FunctionSite, Script
from codegen_fi.rewrite.library_arguments.signatures import (
    LIBRARIES,
    gone_since,
    needs,
    standing,
)
from codegen_fi.rewrite.library_arguments.uses import Argument, Use, entries, functions_of, uses_in
from codegen_fi.rewrite.targets import Target, target_of


def doubts_about(script: Script) -> Iterator[Warned]:
    """Yield what a library of the target's range does with arguments that no row speaks of."""
    target = target_of(script)
    for site in functions_of(script):
        for use in uses_in(script, site, site.syntax):
            for argument in use.arguments:
                doubt = _doubt(use, argument, target)
                if doubt and use.row(argument, target) is None:
                    yield Warned(argument.line, doubt)
            if isinstance(use.syntax, ast.Call):
                yield from _of_stars(script, site, use, use.syntax, target)


def _doubt(use: Use, argument: Argument, target: Target) -> str | None:
    met = standing(target, use.package, use.name, argument.name)
    library = LIBRARIES[use.package]
    if met == "ignored":
        since = gone_since(use.package, argument.name)
        ends = f"{library} {since}: it was a parameter before" if since else library
        return (
            f"{use.name} is given {argument.name}, which is ignored by {ends}. Take it out, or "
            "give the parameter that stands for it."
        )
    release = needs(target, use.package, use.name, argument.name)
    if release is None:
        return None
    before = "ignore it" if use.package != "sklearn" else "stop at it"
    return (
        f"{use.name} takes {argument.name} from {library} {release} on, and the older releases "
        f"that requirements.txt allows {before}: ask for {library} {release} or newer there, or "
        "take the argument out."
    )


def _of_stars(
    script: Script, site: FunctionSite, use: Use, call: ast.Call, target: Target
) -> Iterator[Warned]:
    stars = [keyword.value for keyword in call.keywords if keyword.arg is None]
    for syntax in filter(None, (_display(script, site, star) for star in stars)):
        inside = Use(use.module, use.name, syntax, (*use.arguments, *entries(syntax)))
        for argument in entries(syntax):
            said = _of_entry(inside, argument, target)
            if said is not None:
                yield Warned(argument.line, said)


def _of_entry(use: Use, argument: Argument, target: Target) -> str | None:
    given = f"{use.name} is given {argument.name} by a dictionary, which rewriting leaves alone"
    row = use.row(argument, target)
    if row is not None:
        return f"{given}. {row.since}: {row.why}"
    if standing(target, use.package, use.name, argument.name) == "refused":
        newest = f"{LIBRARIES[use.package]} {target.libraries[use.package][1]}"
        return (
            f"{given}, and {newest} has no such argument, so training would stop here. Take it out."
        )
    return _doubt(use, argument, target)


def _display(script: Script, site: FunctionSite, star: ast.expr) -> ast.Dict | None:
    """Return the dictionary that a star unpacks, None when it may be another one by then."""
    if not isinstance(star, ast.Name):
        return star if isinstance(star, ast.Dict) else None
    nodes = list(ast.walk(site.syntax))
    stars = {id(k.value) for k in nodes if isinstance(k, ast.keyword) and k.arg is None}
    names = [node for node in nodes if isinstance(node, ast.Name) and node.id == star.id]
    stored = Counter(type(node.ctx) for node in names)
    if any(isinstance(n.ctx, ast.Load) and id(n) not in stars for n in names):
        return None
    if not stored[ast.Store]:
        value = script.source.constants.get(star.id)
    else:
        assigned = [
            node.value
            for node in nodes
            if isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Name)
            and node.targets[0].id == star.id
        ]
        value = assigned[0] if len(assigned) == stored[ast.Store] == 1 else None
    return value if isinstance(value, ast.Dict) else None
