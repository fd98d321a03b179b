"""Transformers of columns of numbers."""
