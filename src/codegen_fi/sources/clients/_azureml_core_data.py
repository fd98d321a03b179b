"""Download the data a run was trained on, with azureml-core and without its closed data engine."""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import Any, Final

from codegen_fi.sources.clients._azure_data_mltable import (
    FILE_NAME,
    Elsewhere,
    pattern_regex,
    split_pattern,
)
from codegen_fi.sources.clients._azure_data_uri import Asset, StoredPath, parse
from codegen_fi.sources.clients._azureml_core_dataflow import (
    Definition,
    UnknownStepError,
    definition,
)
from codegen_fi.sources.clients._azureml_core_runs import text_of
from codegen_fi.sources.clients._azureml_core_stores import CoreStores
from codegen_fi.sources.clients._azureml_core_texts import text_columns
from codegen_fi.sources.clients.azure_data import Download
from codegen_fi.sources.clients.interface import ClientError, Talk
from codegen_fi.sources.records import DataReference, Downloaded

_WILDCARDS: Final = frozenset("*?")


def download(
    workspace: Any, credential: Any, reference: DataReference, folder: Path, talk: Talk
) -> Downloaded:
    """Download a table into an empty folder, its files as they are.

    Parameters
    ----------
    workspace
        The ``Workspace`` of azureml-core.
    credential
        Opens storage that the workspace holds no key of.
    reference
        A registered dataset by id, or a path of a datastore or a storage account by uri.
    folder
        Gets the files and, for a registered dataset, an MLTable that says how to read them.

    Raises
    ------
    ClientError
        There is no such data, it is of a kind that can't be downloaded, or it came incomplete.
        What storage and workspace refuse passes as the exception of the library.
    """
    stores = CoreStores(workspace, credential)
    if reference.kind == "uri":
        place = _stored(reference.value)
        name, version = reference.name or posixpath.basename(place.path.rstrip("/")), None
        table = DatasetFiles(stores, folder, talk, name).table(place)
    else:
        dataset = _dataset(workspace, reference.value)
        name = str(dataset.name or reference.name or reference.value)
        version = str(dataset.version) if dataset.version is not None else None
        try:
            table = DatasetFiles(stores, folder, talk, name).registered(_definition(dataset))
        except UnknownStepError as problem:
            raise not_here(name, reference.value, str(problem)) from None
    files = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    return Downloaded(name, version, tuple(files), table)


class DatasetFiles(Download):
    """The files of a table on their way into a folder."""

    def registered(self, found: Definition) -> str:
        """Download what a dataset is made of; return the table, relative to the target."""
        files = [file for i, source in enumerate(found.sources) for file in self._of(source, i)]
        if found.first_header_only and len(files) > 1:
            raise UnknownStepError("only the first of its files has column names")
        if not found.transformations:
            return files[0] if len(files) == 1 else posixpath.dirname(files[0])
        self._write(found, files)
        return "."

    def _of(self, source: StoredPath, number: int) -> list[str]:
        """Download one source to a folder of its own; return its files in their order."""
        target = f"data-{number}"
        self._bring(self._elsewhere(source, target))
        came = sorted((self._folder / target).rglob("*"))
        if not came:
            raise self._nothing(source)
        return [path.relative_to(self._folder).as_posix() for path in came if path.is_file()]

    def _elsewhere(self, source: StoredPath, target: str) -> Elsewhere:
        if _WILDCARDS & set(source.path):
            fixed, wild = split_pattern(source.path)
            wild = f"{wild}/*" if wild.endswith("**") else wild
            return Elsewhere(source.at(fixed), pattern_regex(wild), target, single=False)
        single = self._stores.file_at(source)[1] is not None
        return Elsewhere(source, None, target, single=single)

    def _write(self, found: Definition, files: list[str]) -> None:
        """Write the MLTable that reads the files as the dataset does."""
        import yaml

        reader, *steps = found.transformations
        texts = text_columns(self._folder / files[0], found)
        if texts:
            # First of all, as later steps may drop some of these columns.
            typed = {"convert_column_types": [{"columns": texts, "column_type": "string"}]}
            steps.insert(0, typed)
        content = {
            "paths": [{"file": f"./{file}"} for file in files],
            "transformations": [reader, *steps],
        }
        where = self._folder / FILE_NAME
        where.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")


def _stored(uri: str) -> StoredPath:
    place = parse(uri)
    if isinstance(place, Asset):
        raise ClientError(
            "not_supported",
            f"Data asset {place} belongs to SDK v2, which azureml-core can't read. Use --sdk v2, "
            "or export the table and give it with --data FILE.",
        )
    return place


def _dataset(workspace: Any, dataset_id: str) -> Any:
    from azureml.core import Dataset  # pyright: ignore[reportMissingImports]
    from azureml.exceptions import UserErrorException  # pyright: ignore[reportMissingImports]

    try:
        return Dataset.get_by_id(workspace, dataset_id)
    except UserErrorException as error:
        if "Cannot find dataset" not in text_of(error):
            raise
        raise ClientError(
            "data_not_found",
            f"Workspace {workspace.name} has no dataset {dataset_id}. It may have been deleted.",
        ) from None


def _definition(dataset: Any) -> Definition:
    """Read the definition, which the client keeps without a public name."""
    texts = [getattr(dataset, name, None) for name in ("_original_dataflow_json", "_definition")]
    problem = UnknownStepError("its definition is empty")
    for text in texts:
        if isinstance(text, str) and text.strip():
            try:
                return definition(text)
            except UnknownStepError as error:
                problem = error
                if text.lstrip().startswith("{"):
                    break
    raise problem


def not_here(name: str, dataset_id: str, reason: str) -> ClientError:
    """Say why a registered dataset can't be downloaded, and how to get it all the same."""
    return ClientError(
        "not_supported",
        f"Dataset {name} ({dataset_id}) can't be downloaded here: {reason}. Export it in the "
        "studio (Data, the dataset, Explore, Download), or in a Python with "
        "azureml-dataset-runtime by Dataset.get_by_id(workspace, "
        f"{dataset_id!r}).to_pandas_dataframe().to_parquet('data.parquet'), and give it with "
        "--data FILE.",
    )
