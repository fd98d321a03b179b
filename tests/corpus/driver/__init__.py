"""The driver of the official generator; `python -m driver --help` says how to run it."""
