"""What a pickle names: joblib's arrays between its instructions are stepped over."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import math
import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from codegen_fi.sources.models.stack import Made, Named, Stack

_WRAPPER: Final = Named("joblib.numpy_pickle", "NumpyArrayWrapper")
_DTYPE: Final = re.compile(r"[<>=|]?([a-zA-Z])(\d+)\Z")
_CHUNK: Final = 2**20
_DEEPEST: Final = 8
_WIDE: Final = {"U": 4}


@dataclass(frozen=True, slots=True)
class Names:
    """What a pickle asks for.

    Attributes
    ----------
    names
        Dotted names, in the order of the file.
    sklearn
        The releases of scikit-learn that wrote parts of it.
    protocol
        Of the pickle.
    joblib
        Whether joblib wrote it.
    compressed
        How it is packed; empty when it isn't.
    unread
        Why the names may not be all of them; empty when they are.
    """

    names: tuple[str, ...]
    sklearn: tuple[str, ...] = ()
    protocol: int = 0
    joblib: bool = False
    compressed: str = ""
    unread: str = ""


def names_in(path: Path) -> Names:
    """Read what a pickle names, without loading anything."""
    with path.open("rb") as raw:
        how, stream = _opened(raw)
        if stream is None:
            return Names((), compressed=how, unread=f"it is packed with {how}")
        return _followed(stream, how)


def _followed(stream: IO[bytes], how: str) -> Names:
    stack, unread = Stack(), ""
    try:
        _follow(stack, stream, 0)
    except (ValueError, OSError, EOFError, zlib.error, lzma.LZMAError, RecursionError) as error:
        unread = " ".join(str(error).split())[:200] or type(error).__name__
    if stack.unknown:
        unread = unread or f"{stack.unknown} of them are put together only while loading"
    return Names(
        names=tuple(f"{n.module}.{n.name}" for n in stack.named),
        sklearn=tuple(stack.sklearn),
        protocol=stack.protocol,
        joblib=_WRAPPER in stack.named,
        compressed=how,
        unread=unread,
    )


def _follow(stack: Stack, stream: IO[bytes], depth: int) -> None:
    if depth > _DEEPEST:
        raise ValueError("pickles lie in each other too deep")

    def built(made: Made) -> None:
        if made.of == _WRAPPER:
            _step_over(stack, made.state, stream, depth)

    stack.follow(stream, built)


def _step_over(stack: Stack, state: Mapping[object, object], stream: IO[bytes], depth: int) -> None:
    """Leave an array out, which stands raw between the instructions."""
    size = _itemsize(state.get("dtype"))
    if size is None:
        # An array of objects is a pickle of its own.
        inner = Stack(named=stack.named, sklearn=stack.sklearn)
        _follow(inner, stream, depth + 1)
        stack.unknown += inner.unknown
        return
    shape = state.get("shape")
    if not isinstance(shape, tuple) or not all(isinstance(n, int) and n >= 0 for n in shape):
        raise ValueError("an array in it has no shape that can be told")
    if state.get("numpy_array_alignment_bytes") is not None:
        _skip(stream, int.from_bytes(stream.read(1), "little"))
    _skip(stream, size * math.prod(n for n in shape if isinstance(n, int)))


def _itemsize(dtype: object) -> int | None:
    """Return the bytes of a value; None for objects."""
    arguments = dtype.arguments if isinstance(dtype, Made) else ()
    code = arguments[0] if isinstance(arguments, tuple) and arguments else ""
    found = _DTYPE.match(code) if isinstance(code, str) else None
    if found is None:
        raise ValueError("an array in it is of a kind that can't be told")
    kind, size = found[1], int(found[2])
    return None if kind == "O" else size * _WIDE.get(kind, 1)


def _skip(stream: IO[bytes], size: int) -> None:
    while size > 0:
        got = len(stream.read(min(size, _CHUNK)))
        if not got:
            raise ValueError("the file ends within an array")
        size -= got


class _Inflated(io.RawIOBase):
    """A stream of zlib, which the standard library has no file for."""

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw, self._pack, self._came = raw, zlib.decompressobj(), 0

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._came

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        part = b""
        while not part and not self._pack.eof:
            packed = self._pack.unconsumed_tail or self._raw.read(_CHUNK)
            if not packed:
                raise EOFError("the file ends before what is packed in it")
            part = self._pack.decompress(packed, len(buffer))
        buffer[: len(part)] = part
        self._came += len(part)
        return len(part)


def _inflated(raw: IO[bytes]) -> IO[bytes]:
    made: Any = _Inflated(raw)
    return io.BufferedReader(made, _CHUNK)


_PACKED: Final[tuple[tuple[bytes, str, Callable[[Any], Any] | None], ...]] = (
    (b"\x1f\x8b", "gzip", lambda raw: gzip.GzipFile(fileobj=raw)),
    (b"BZh", "bz2", bz2.BZ2File),
    (b"\xfd7zXZ", "xz", lzma.LZMAFile),
    (b"]\x00\x00", "lzma", lzma.LZMAFile),
    (b"x\x01", "zlib", _inflated),
    (b"x\x5e", "zlib", _inflated),
    (b"x\x9c", "zlib", _inflated),
    (b"x\xda", "zlib", _inflated),
    (b"\x04\x22\x4d\x18", "lz4", None),
)


def _opened(raw: IO[bytes]) -> tuple[str, Any]:
    """Return how a file is packed, and a stream of what is in it."""
    head = raw.read(8)
    raw.seek(0)
    for mark, how, opener in _PACKED:
        if head.startswith(mark):
            return how, None if opener is None else opener(raw)
    return "", raw
