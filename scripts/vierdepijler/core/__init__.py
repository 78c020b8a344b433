"""The package in memory: reading it, its tables, cells and texts, problems, messages, and one way of writing."""
