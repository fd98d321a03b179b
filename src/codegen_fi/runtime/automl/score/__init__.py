"""Stand-ins for the metrics and the cross-validation splits of generated scripts."""
