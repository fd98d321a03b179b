"""What a training script says, as plain records: no syntax trees, no files."""
