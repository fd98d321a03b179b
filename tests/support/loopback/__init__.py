"""Azure ML on loopback: real clients talk to it unmodified through a proxy with its own root."""

from loopback.automl import Automl
from loopback.dispatch import Request
from loopback.place import Place
from loopback.service import Service
from loopback.state import input_dataset

__all__ = ["Automl", "Place", "Request", "Service", "input_dataset"]
