"""Stand-ins for the packages that generated scripts import."""
