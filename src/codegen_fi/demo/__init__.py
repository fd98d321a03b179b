"""The packaged example: a script in the generator's shape, and data it can learn from."""

from __future__ import annotations

from importlib.resources import files

from codegen_fi.demo.data import INFORMATIVE, NOISE, data_bytes, write_data

__all__ = ["INFORMATIVE", "NOISE", "data_bytes", "script_bytes", "write_data"]


def script_bytes() -> bytes:
    """Return the example script.

    It is kept as ``script.py.txt``: it is input, not a module of this package.
    """
    return files("codegen_fi.demo").joinpath("script.py.txt").read_bytes()
