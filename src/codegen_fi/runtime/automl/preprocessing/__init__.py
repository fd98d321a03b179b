"""Stand-ins for what generated scripts do to the rows before training and scoring."""
