"""Drafting what a person completes: a new table, from a CSV file that is not in the package yet."""
