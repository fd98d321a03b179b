"""Turn a rewritten script into the files of the folder a user gets."""

from codegen_fi.render.files import Emission, render_files
from codegen_fi.render.folder import (
    EMITTED,
    Manifest,
    Mark,
    read_manifest,
    refuse_occupied,
    stale_files,
    write_folder,
)

__all__ = [
    "EMITTED",
    "Emission",
    "Manifest",
    "Mark",
    "read_manifest",
    "refuse_occupied",
    "render_files",
    "stale_files",
    "write_folder",
]
