"""Stand-ins for the models that generated scripts import, by the same module tails."""
