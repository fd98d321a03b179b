"""The interpreter a model is loaded with: the one at hand, a named one, or one made for it."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from codegen_fi.run.environment import Environment
    from codegen_fi.sources.models import Model

_OLDEST: Final = ">=3.8"


@dataclass(frozen=True)
class ModelEnvironment:
    """Where a model is loaded.

    Attributes
    ----------
    words
        For the user.
    python
        Makes it and returns its interpreter.
    there
        The interpreter, where it needn't be made.
    """

    words: str
    python: Callable[[Callable[[str], None]], Path]
    there: Path | None = None


def environment_of(model: Model, kind: Environment) -> ModelEnvironment:
    """Return the environment to load a model in; it is made only when it is asked for."""
    from codegen_fi.run import interpreter

    emitted = model.place.emitted
    if kind == "managed" and emitted is None:
        return _made_for(model)
    if kind == "managed" and emitted is not None:
        from codegen_fi.render import read_manifest

        needed = str(read_manifest(emitted).content.get("requires_python", _OLDEST))
        words = f"an environment of {emitted / 'requirements.txt'}"
        return ModelEnvironment(words, lambda tell: interpreter("managed", emitted, tell, needed))
    words = str(kind) if isinstance(kind, Path) else sys.executable
    return ModelEnvironment(
        f"{words}, with the packages it has",
        lambda tell: interpreter(kind, model.place.path.parent, tell, _OLDEST),
        Path(words),
    )


def _made_for(model: Model) -> ModelEnvironment:
    from codegen_fi.rewrite.model_environment import environment_for
    from codegen_fi.run import interpreter

    lines, needed = environment_for(model.needs, model.packages)

    def made(tell: Callable[[str], None]) -> Path:
        with tempfile.TemporaryDirectory(prefix="codegen-fi-") as folder:
            text = "".join(f"{line}\n" for line in lines)
            (Path(folder) / "requirements.txt").write_text(text, encoding="utf-8")
            return interpreter("managed", Path(folder), tell, needed)

    return ModelEnvironment(
        f"an environment for Python {needed.strip('=~<>').removesuffix('.*')} made of: "
        f"{', '.join(lines)}",
        made,
    )
