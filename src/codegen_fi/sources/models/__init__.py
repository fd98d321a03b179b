"""A trained model on disk or in a run: what its file is and names, without loading any of it."""

from codegen_fi.sources.models.describe import Model, describe
from codegen_fi.sources.models.download import fetch_model
from codegen_fi.sources.models.place import Place, find_model

__all__ = ["Model", "Place", "describe", "fetch_model", "find_model"]
