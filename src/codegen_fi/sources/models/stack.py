"""Follow a pickle's instructions without carrying any of them out, to learn what it names.

A pickle is a program for a stack.  Names can be put together from strings that came long before,
so the stack is followed with strings, numbers and tuples on it, and blanks for all else; nothing
is imported, called or built.
"""

from __future__ import annotations

import pickletools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import IO, Any, Final

_LONGEST_TUPLE: Final = 64
_VERSION_KEY: Final = "_sklearn_version"


@dataclass(frozen=True, slots=True)
class Named:
    """A module's attribute that the pickle asks for."""

    module: str
    name: str


@dataclass(slots=True)
class Made:
    """What a call or a class would give, with the state it would get."""

    of: object
    arguments: object = None
    state: Mapping[object, object] = field(default_factory=dict)


class _Mark:
    """Where a list of arguments begins."""


_BLANK: Final = object()


@dataclass
class Stack:
    """The stack and the memo of one pickle, and what was learned.

    Attributes
    ----------
    named
        Module and attribute of everything asked for, in order.
    sklearn
        The releases of scikit-learn that wrote parts of it.
    unknown
        Names that are only known while loading.
    protocol
        Of the pickle.
    """

    named: dict[Named, None] = field(default_factory=dict)
    sklearn: dict[str, None] = field(default_factory=dict)
    unknown: int = 0
    protocol: int = 0
    items: list[object] = field(default_factory=list)
    memo: dict[int, object] = field(default_factory=dict)

    def follow(self, stream: IO[bytes], built: Callable[[Made], None]) -> None:
        """Read one pickle to its end.

        Parameters
        ----------
        stream
            Stands at its first byte; afterwards behind its last.
        built
            Called with what just got its state; raw bytes may follow in the stream.

        Raises
        ------
        ValueError
            The bytes are no pickle, or end too early.
        """
        for instruction, argument, _ in pickletools.genops(stream):
            name = instruction.name
            special = _SPECIAL.get(name)
            if special is not None:
                special(self, argument)
            else:
                self._ordinary(instruction, argument)
            if name == "BUILD" and self.items and isinstance(self.items[-1], Made):
                built(self.items[-1])

    def _ordinary(self, instruction: pickletools.OpcodeInfo, argument: object) -> None:
        """Take away and put down as many things as the instruction says."""
        before = list(instruction.stack_before)
        if pickletools.markobject in before:
            self.popped_to_mark()
            before = before[: before.index(pickletools.markobject)]
        for _ in before:
            self.pop()
        known = argument if isinstance(argument, str | int) else _BLANK
        self.items.extend(known for _ in instruction.stack_after)

    def pop(self) -> object:
        """Take the top away."""
        if not self.items:
            raise ValueError("the pickle takes more from its stack than is on it")
        return self.items.pop()

    def popped_to_mark(self) -> list[object]:
        """Take everything down to the last mark, and the mark."""
        found: list[object] = []
        while not isinstance(top := self.pop(), _Mark):
            found.append(top)
        return found[::-1]

    def name(self, module: object, name: object) -> object:
        """Note a name and return what stands for it."""
        if not (isinstance(module, str) and isinstance(name, str)):
            self.unknown += 1
            return _BLANK
        found = Named(module, name)
        self.named[found] = None
        return found

    def set_items(self, target: object, pairs: list[object]) -> None:
        """Put keys and values into a dictionary that is followed."""
        for key, value in zip(pairs[::2], pairs[1::2], strict=False):
            if not isinstance(key, str):
                continue
            if key == _VERSION_KEY and isinstance(value, str):
                self.sklearn[value] = None
            if isinstance(target, dict):
                target[key] = value


def _global(stack: Stack, argument: Any) -> None:
    module, _, name = argument.partition(" ")
    stack.items.append(stack.name(module, name))


def _stack_global(stack: Stack, _: Any) -> None:
    name, module = stack.pop(), stack.pop()
    stack.items.append(stack.name(module, name))


def _inst(stack: Stack, argument: Any) -> None:
    arguments = tuple(stack.popped_to_mark())
    module, _, name = argument.partition(" ")
    stack.items.append(Made(stack.name(module, name), arguments))


def _call(stack: Stack, _: Any) -> None:
    arguments, of = stack.pop(), stack.pop()
    stack.items.append(Made(of, arguments))


def _call_with_names(stack: Stack, _: Any) -> None:
    stack.pop()
    _call(stack, None)


def _build(stack: Stack, _: Any) -> None:
    state = stack.pop()
    if stack.items and isinstance(made := stack.items[-1], Made) and isinstance(state, dict):
        made.state = state


def _tuple(size: int | None) -> Callable[[Stack, Any], None]:
    def take(stack: Stack, _: Any) -> None:
        values = (
            stack.popped_to_mark() if size is None else [stack.pop() for _ in range(size)][::-1]
        )
        stack.items.append(tuple(values) if len(values) <= _LONGEST_TUPLE else _BLANK)

    return take


def _extension(stack: Stack, _: Any) -> None:
    stack.unknown += 1
    stack.items.append(_BLANK)


def _dict(stack: Stack, _: Any) -> None:
    made: dict[object, object] = {}
    stack.set_items(made, stack.popped_to_mark())
    stack.items.append(made)


def _set_item(stack: Stack, _: Any) -> None:
    value, key = stack.pop(), stack.pop()
    stack.set_items(stack.items[-1] if stack.items else None, [key, value])


def _set_items(stack: Stack, _: Any) -> None:
    pairs = stack.popped_to_mark()
    stack.set_items(stack.items[-1] if stack.items else None, pairs)


def _remember(stack: Stack, argument: Any) -> None:
    if stack.items:
        stack.memo[len(stack.memo) if argument is None else argument] = stack.items[-1]


def _recall(stack: Stack, argument: Any) -> None:
    stack.items.append(stack.memo.get(argument, _BLANK))


def _proto(stack: Stack, argument: Any) -> None:
    stack.protocol = max(stack.protocol, argument)


_SPECIAL: Final[Mapping[str, Callable[[Stack, Any], None]]] = {
    "PROTO": _proto,
    "MARK": lambda stack, _: stack.items.append(_Mark()),
    "GLOBAL": _global,
    "STACK_GLOBAL": _stack_global,
    "INST": _inst,
    "REDUCE": _call,
    "NEWOBJ": _call,
    "NEWOBJ_EX": _call_with_names,
    "BUILD": _build,
    "TUPLE": _tuple(None),
    "EMPTY_TUPLE": _tuple(0),
    "TUPLE1": _tuple(1),
    "TUPLE2": _tuple(2),
    "TUPLE3": _tuple(3),
    "EXT1": _extension,
    "EXT2": _extension,
    "EXT4": _extension,
    "EMPTY_DICT": lambda stack, _: stack.items.append({}),
    "DICT": _dict,
    "SETITEM": _set_item,
    "SETITEMS": _set_items,
    "DUP": lambda stack, _: stack.items.append(stack.items[-1] if stack.items else _BLANK),
    "POP": lambda stack, _: _drop(stack),
    "POP_MARK": lambda stack, _: _drop_to_mark(stack),
    "STOP": lambda stack, _: _drop(stack),
    **dict.fromkeys(("MEMOIZE", "PUT", "BINPUT", "LONG_BINPUT"), _remember),
    **dict.fromkeys(("GET", "BINGET", "LONG_BINGET"), _recall),
}


def _drop(stack: Stack) -> None:
    stack.pop()


def _drop_to_mark(stack: Stack) -> None:
    stack.popped_to_mark()
