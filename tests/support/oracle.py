"""What a rewriting has to hold, found out without the tool's own checks."""

from __future__ import annotations

import ast
import builtins
import symtable
import warnings
from collections.abc import Iterator
from typing import Any

from codegen_fi.errors import ScriptNotUnderstoodError, UsageError
from codegen_fi.model.changes import Rewritten
from codegen_fi.model.options import Options
from codegen_fi.parse import parse_script
from codegen_fi.rewrite import rewrite

OFFICIAL = {"azureml", "sklearn_pandas", "mlflow"}
LOADERS = {"get_training_dataset", "get_validation_dataset"}
ORDER = ("add_local_arguments", "parse_args", "start", "main")
KNOWN = {*dir(builtins), "__file__", "__name__"}
SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


def outcome(text: str, options: Options | None = None) -> Rewritten | None:
    """Rewrite a text and check the result; None when it was refused in a proper sentence.

    Options that leave rules out may be refused as well, and then nothing says what the new script
    does; it still has to be the old one outside the changes.
    """
    options = options or Options()
    try:
        result = rewrite(parse_script(text), options)
    except ScriptNotUnderstoodError as error:
        check_refusal(str(error))
        return None
    except UsageError as error:
        check_usage(str(error), options)
        return None
    if result.already:
        assert result.after == text
        return result
    before, after = tree_of(text), tree_of(result.after)
    check_lines(result)
    check_functions(result, before, after)
    check_read_again(result)
    check_names(result, before)
    if not options.skip and options.rules is None and not options.fixes:
        check_main(before, after)
        check_guard(before, after)
        if options.runtime == "portable":
            check_imports(after)
    return result


def tree_of(text: str) -> ast.Module:
    """Parse and compile; grammar alone would let a return outside a function pass."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = ast.parse(text)
        compile(tree, "train.py", "exec", dont_inherit=True)
        return tree


def check_refusal(message: str) -> None:
    assert message.startswith("script.py"), message
    assert message.rstrip(")").endswith((".", "?")) or ". Add: " in message, message
    assert len(message) > 40, message
    assert "\n" not in message.partition("libcst")[0], message


def check_usage(message: str, options: Options) -> None:
    assert options.skip or options.rules is not None or options.fixes, message
    assert len(message) > 40, message
    assert "\n" not in message, message


def check_lines(result: Rewritten) -> None:
    """Outside the blocks all lines are the same, and the blocks are named by changes."""
    old, new = result.before.split("\n"), result.after.split("\n")
    named_lines = {n for c in result.changes for n in range(c.first_line, c.last_line + 1)}
    i = j = 0
    for block in result.blocks:
        i1, j1 = block.first_line - 1, block.new_first_line - 1
        assert old[i:i1] == new[j:j1], f"before line {block.first_line}"
        assert set(range(block.first_line, block.last_line + 1)) <= named_lines
        i, j = block.last_line, block.new_last_line
    assert old[i:] == new[j:], f"behind line {i}"


def check_functions(result: Rewritten, before: ast.Module, after: ast.Module) -> None:
    """Functions and classes are the same ones, and the same unless a change names them."""
    touched = {change.function for change in result.changes}
    old, new = ([n for n in tree.body if hasattr(n, "name")] for tree in (before, after))
    assert [n.name for n in old] == [n.name for n in new]
    for one, other in zip(old, new, strict=True):
        assert one.name in touched or ast.dump(one) == ast.dump(other), one.name


def check_imports(after: ast.Module) -> None:
    for node in ast.walk(after):
        modules = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and not node.level:
            modules = [node.module or ""]
        left = [m for m in modules if m.partition(".")[0] in OFFICIAL]
        assert not left, f"{left} is still imported on line {getattr(node, 'lineno', 0)}"


def check_read_again(result: Rewritten) -> None:
    again = parse_script(result.after)
    assert again.rewritten_by is not None
    assert rewrite(again).after == result.after


def check_names(result: Rewritten, before: ast.Module) -> None:
    """No function reads a name that nothing binds by then, unless it did so before."""
    old, new = unbound(result.before), unbound(result.after)
    wrong = {
        n.name: late(n, n.end_lineno or 0) for n in before.body if isinstance(n, ast.FunctionDef)
    }
    for name, names in new.items():
        lost = names - old[name] - wrong.get(name, set())
        assert not lost, f"{name}() reads {sorted(lost)}, which nothing binds"


def unbound(text: str) -> dict[str, set[str]]:
    """Names that nothing binds, by the top-level function or class that reads them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        top = symtable.symtable(text, "train.py", "exec")
    bound = KNOWN | {s.get_name() for s in top.get_symbols() if s.is_assigned() or s.is_imported()}
    return {child.get_name(): _globals(child) - bound for child in top.get_children()}


def _globals(table: symtable.SymbolTable) -> set[str]:
    own = {s.get_name() for s in table.get_symbols() if s.is_global() and s.is_referenced()}
    return own.union(*map(_globals, table.get_children()))


def check_main(before: ast.Module, after: ast.Module) -> None:
    """The model that is kept is saved at once and explained, with names bound by then."""
    old, new = function_of(before, "main"), function_of(after, "main")
    defined = {n.name for n in before.body if isinstance(n, ast.FunctionDef)}
    assert calls(new, defined) == calls(old, defined)
    (saved,) = (n for n in ast.walk(new) if method(n) == "save_model")
    (explained,) = (n for n in ast.walk(new) if method(n) == "explain")
    kept = ast.unparse(saved.args[0])
    inside = list(_in_scope(new))
    (behind,) = (n for n in inside if isinstance(n, ast.Expr) and n.value is saved)
    # A cross-validation trains other models under another name.
    final = max((n for n in inside if kept in _trained(n)), key=lambda n: n.lineno)
    assert any(follows(final, behind, block) for block in blocks_of(new))
    assert any(isinstance(n, ast.Expr) and n.value is explained for n in inside)
    assert ast.unparse(explained.args[0]) == kept
    wrong = late(old, old.end_lineno or 0)
    for call in (saved, explained):
        read = {n.id for n in ast.walk(call) if isinstance(n, ast.Name)}
        soon = read & late(new, call.lineno) - wrong
        assert not soon, f"line {call.lineno} reads {sorted(soon)} before it is bound"


def function_of(tree: ast.Module, name: str) -> ast.FunctionDef:
    return next(n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == name)


def late(function: ast.FunctionDef, line: int) -> set[str]:
    """Names of a function that are read up to a line and bound only further down."""
    read: dict[str, int] = {}
    bound = {n.arg: 0 for n in ast.walk(function.args) if isinstance(n, ast.arg)}
    for node in _in_scope(function):
        place = getattr(node, "lineno", 0)
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Store):
            read[node.id] = min(place, read.get(node.id, place))
        for name in _bound(node):
            bound[name] = min(place, bound.get(name, place))
    return {n for n, place in read.items() if n in bound and place < min(line + 1, bound[n])}


def _in_scope(node: ast.AST) -> Iterator[ast.AST]:
    """Everything in a function but what is in functions and classes inside it."""
    for child in ast.iter_child_nodes(node):
        yield child
        if not isinstance(child, SCOPES):
            yield from _in_scope(child)


def _bound(node: Any) -> Iterator[str]:
    if isinstance(node, ast.Import | ast.ImportFrom):
        yield from (a.asname or a.name.partition(".")[0] for a in node.names)
    elif isinstance(node, ast.Name):
        yield from [node.id] * isinstance(node.ctx, ast.Store)
    elif isinstance(node, (*SCOPES, ast.ExceptHandler)):
        yield from filter(None, [getattr(node, "name", None)])


def _trained(node: Any) -> set[str]:
    """Return what is assigned a trained model."""
    if isinstance(node, ast.Assign | ast.AnnAssign) and called(node.value) == "train_model":
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return {ast.unparse(target) for target in targets}
    return set()


def blocks_of(function: ast.FunctionDef) -> Iterator[list[ast.stmt]]:
    for node in (function, *_in_scope(function)):
        for _, value in ast.iter_fields(node):
            if isinstance(value, list) and value and isinstance(value[0], ast.stmt):
                yield value


def follows(one: ast.stmt, other: ast.stmt, block: list[ast.stmt]) -> bool:
    return (
        one in block and block.index(one) + 1 < len(block) and other is block[block.index(one) + 1]
    )


def called(node: Any) -> str | None:
    return ast.unparse(node.func) if isinstance(node, ast.Call) else None


def method(node: Any) -> str | None:
    is_method = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    return node.func.attr if is_method else None


def calls(function: ast.FunctionDef, defined: set[str]) -> list[str]:
    """Calls of the script's own functions; loaders are given files instead of ids."""
    found = [n for n in ast.walk(function) if isinstance(n, ast.Call) and called(n) in defined]
    found.sort(key=lambda n: (n.lineno, n.col_offset))
    return [str(called(n)) if called(n) in LOADERS else ast.unparse(n) for n in found]


def check_guard(before: ast.Module, after: ast.Module) -> None:
    """The arguments are declared, parsed, given to the run and to main, in this order."""
    old, new = guard(before), guard(after)
    for name in ORDER:
        assert len(new.get(name, ())) == 1, f"{name} is called {len(new.get(name, ()))} times"
    names = ("ArgumentParser", "add_argument", "parse_args", "main")
    was = [call.lineno for name in names for call in old.get(name, ())]
    if was == sorted(was):
        order = [new[name][0].lineno for name in ORDER]
        assert order == sorted(order)
    signature = function_of(after, "main").args
    most = len(signature.posonlyargs) + len(signature.args)
    least = most - len(signature.defaults)
    (call,), (former,) = new["main"], old["main"]
    if least <= len(former.args) + len(former.keywords) <= most:
        given = len(call.args) + len(call.keywords)
        assert least <= given <= most, "main() isn't given what it takes"


def guard(tree: ast.Module) -> dict[str, list[ast.Call]]:
    """Calls in the main guard by the last part of what they call."""
    block = next(
        s for s in tree.body if isinstance(s, ast.If) and "__name__" in ast.unparse(s.test)
    )
    found: dict[str, list[ast.Call]] = {}
    for node in ast.walk(block):
        if isinstance(node, ast.Call):
            found.setdefault((called(node) or "").rpartition(".")[2], []).append(node)
    return found
