"""Stand-ins for the transformers that generated featurizers import, by the same module tails."""
