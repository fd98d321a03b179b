"""Turn a rewritten script into the files of the folder a user gets."""

from codegen_fi.render.files import Emission, render_files, reviewed_again, stale_of
from codegen_fi.render.folder import (
    EMITTED,
    Manifest,
    Mark,
    read_manifest,
    refuse_occupied,
    replace_files,
    write_folder,
)
from codegen_fi.render.review import NAME as REVIEW

__all__ = [
    "EMITTED",
    "REVIEW",
    "Emission",
    "Manifest",
    "Mark",
    "read_manifest",
    "refuse_occupied",
    "render_files",
    "replace_files",
    "reviewed_again",
    "stale_of",
    "write_folder",
]
