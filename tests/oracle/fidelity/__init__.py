"""The same script under the official runtime and under ours: watched, kept, compared."""
