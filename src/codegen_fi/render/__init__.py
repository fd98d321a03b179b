"""Turn a rewritten script into the files of the folder a user gets."""

from codegen_fi.render.files import Emission, render_files
from codegen_fi.render.folder import Manifest, is_emitted, read_manifest, stale_files, write_folder

__all__ = [
    "Emission",
    "Manifest",
    "is_emitted",
    "read_manifest",
    "render_files",
    "stale_files",
    "write_folder",
]
