"""The models that MLflow from 3 on keeps beside a run instead of among its files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from codegen_fi.sources.clients import _mlflow_files as files

MODELS: Final = "models:"


class LoggedModels:
    """Addresses of the models of runs, as far as they were listed."""

    def __init__(self) -> None:
        self._roots: dict[str, str] = {}

    def listed(self, client: Any, run: Any) -> Iterator[str]:
        """Yield the files of the models that a run made; before MLflow 3 there are none."""
        made = getattr(getattr(run, "outputs", None), "model_outputs", None) or ()
        for model in made:
            root = str(client.get_logged_model(model.model_id).artifact_location).rstrip("/")
            self._roots[model.model_id] = root
            for path in files.list_files(root, ""):
                yield f"{MODELS}/{model.model_id}/{path}"

    def address(self, path: str) -> str | None:
        """Return where a listed file is; None for the path of an ordinary file."""
        if not path.startswith(f"{MODELS}/"):
            return None
        _, model, rest = path.split("/", 2)
        return f"{self._roots[model]}/{rest}"
