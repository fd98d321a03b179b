"""Every file of the emitted folder, as bytes; nothing is written here."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from codegen_fi import __version__
from codegen_fi.errors import ScriptNotUnderstoodError
from codegen_fi.model.changes import Rewritten
from codegen_fi.model.hidden import public_script
from codegen_fi.model.plain import json_file, sha256, to_plain
from codegen_fi.model.script import TrainingScript
from codegen_fi.render import manifest
from codegen_fi.render.describe import Description, describe
from codegen_fi.render.diff import unified_diff
from codegen_fi.render.folder import read_manifest, stale_files
from codegen_fi.render.notebook import notebook
from codegen_fi.render.review import NAME as REVIEW
from codegen_fi.render.review import ByHand, as_written, read_results_view, review_page
from codegen_fi.render.runtime_files import runtime_files
from codegen_fi.render.templates import fill

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Emission:
    """What goes into a folder.

    Attributes
    ----------
    source
        The script's bytes as they came.
    model
        What the script says.
    rewritten
        The new text, the changes and the requirements.
    origin
        Where the script came from, as plain values.
    training_data, validation_data
        Paths the notebook starts with; None leaves a placeholder.
    scoring
        Metric the notebook's importances are drops of; None for the default of the task.
    options
        Options of the rewriting, as plain values.
    others
        Further files of the folder by their relative path.
    """

    source: bytes
    model: TrainingScript
    rewritten: Rewritten
    origin: Mapping[str, Any]
    training_data: str | None = None
    validation_data: str | None = None
    scoring: str | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    others: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def official(self) -> bool:
        """Tell whether the script keeps the official packages."""
        return bool(self.options.get("runtime") == "azureml")


def render_files(emission: Emission) -> dict[str, bytes]:
    """Return the files of the folder by their relative path, the same bytes for the same input."""
    bom = _BOM if emission.source.startswith(_BOM) else b""
    rewritten, described = emission.rewritten, describe(emission.model)
    difference = unified_diff(
        emission.source.decode("utf-8"),
        (bom + rewritten.after.encode("utf-8")).decode("utf-8"),
        rewritten.changes,
        rewritten.blocks,
    )
    files = {
        "script.py": emission.source,
        "train.py": bom + rewritten.after.encode("utf-8"),
        "train.ipynb": notebook(
            emission.model,
            described,
            emission.training_data,
            emission.validation_data,
            emission.scoring,
            official=emission.official,
            rules={change.rule for change in rewritten.changes},
            weighed=rewritten.scored_with is not None,
        ),
        "changes.diff": difference.encode("utf-8"),
        "requirements.txt": "".join(f"{line}\n" for line in rewritten.requirements).encode(),
        "README.md": _readme(emission, described),
        **runtime_files(),
        **emission.others,
    }
    content = manifest.manifest(files, emission.model, rewritten, emission.origin, emission.options)
    page = review_page(content, _text(files["script.py"]), _text(files["train.py"]))
    files[REVIEW] = page
    files[manifest.NAME] = json_file(manifest.with_file(content, REVIEW, page))
    return files


def reviewed_again(folder: Path, outputs: Path) -> dict[str, bytes]:
    """Return the page of an emitted folder with the results of a training, and its manifest.

    An edited ``train.py`` is laid beside the script as it is now. Nothing is returned where the
    page was edited, or what it is made of is lost: what a user made is left alone.
    """
    content = read_manifest(folder).content
    listed = content["files"]
    found = {
        name: path.read_bytes()
        for name in ("script.py", "train.py", "changes.diff", REVIEW)
        if (path := folder / name).is_file()
    }
    as_they_were = {name for name, data in found.items() if sha256(data) == listed.get(name)}
    if "train.py" not in found or not {"script.py", REVIEW} <= as_they_were:
        return {}
    by_hand = None
    if "train.py" not in as_they_were:
        by_hand = _by_hand(found, listed) if "changes.diff" in as_they_were else None
        if by_hand is None:
            return {}
    script, train = _text(found["script.py"]), _text(found["train.py"])
    new = review_page(content, script, train, read_results_view(outputs), by_hand)
    return {REVIEW: new, manifest.NAME: json_file(manifest.with_file(content, REVIEW, new))}


def _by_hand(found: Mapping[str, bytes], listed: Mapping[str, str]) -> ByHand | None:
    """Return what is needed to show an edited ``train.py``; None where that can't be had."""
    # Here, because the parser takes a while to load and is seldom needed.
    from codegen_fi.parse import parse_script

    written = as_written(_text(found["script.py"]), _text(found["changes.diff"]))
    try:
        text = _text(found["train.py"])
    except UnicodeDecodeError:
        return None
    if sha256(written.encode("utf-8")) != listed.get("train.py"):
        return None
    try:
        script = to_plain(public_script(parse_script(text.removeprefix("\ufeff")).model))
    except ScriptNotUnderstoodError:
        script = None
    return ByHand(written, script, sha256(found["train.py"]))


def stale_of(files: Mapping[str, bytes], folder: Path) -> tuple[str, ...]:
    """Return the files of a folder that are not what would be written.

    The page isn't among them when it is as it was written, after a training with its results.
    """
    stale = stale_files(files, folder)
    if REVIEW not in stale or not (folder / manifest.NAME).is_file():
        return stale
    here = read_manifest(folder).content
    page = folder / REVIEW
    if not page.is_file() or sha256(page.read_bytes()) != here["files"].get(REVIEW):
        return stale
    excused = {REVIEW}
    new = json.loads(files[manifest.NAME])
    new["files"] = {**new["files"], REVIEW: here["files"][REVIEW]}
    if new == here:
        excused.add(manifest.NAME)
    return tuple(name for name in stale if name not in excused)


def _text(source: bytes) -> str:
    return source.decode("utf-8")


def _readme(emission: Emission, described: Description) -> bytes:
    changes = emission.rewritten.changes
    reasons = Counter((change.rule, change.why) for change in changes)
    text = fill(
        "README.md.j2",
        version=__version__,
        model=emission.model,
        described=described,
        origin=emission.origin,
        rules=[(rule, count, why) for (rule, why), count in reasons.items()],
        warnings=emission.rewritten.warnings,
        official=emission.official,
        requires_python=emission.rewritten.requires_python,
    )
    return text.encode("utf-8", "backslashreplace")
