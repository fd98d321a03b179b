"""Transformers that don't mind the kind of column: missing marks and target encoders."""
