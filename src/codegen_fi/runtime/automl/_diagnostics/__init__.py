"""Stand-in for the diagnostics that generated scripts import."""
