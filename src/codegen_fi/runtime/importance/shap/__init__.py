"""What each column adds to each prediction, by the rules of Shapley."""
