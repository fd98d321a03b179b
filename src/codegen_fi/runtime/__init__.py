"""What a rewritten training script needs at run time; copied beside it unchanged."""
