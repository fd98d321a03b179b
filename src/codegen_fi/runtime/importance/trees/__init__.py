"""Sums over trees in which some columns come from other rows, without walking down the trees."""
