"""Transformers of text columns, and the cast to text that every other chain begins with."""
