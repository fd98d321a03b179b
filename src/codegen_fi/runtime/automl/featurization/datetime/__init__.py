"""Transformers of dates."""
