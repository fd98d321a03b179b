"""Transformers of columns that hold a few values over and over."""
