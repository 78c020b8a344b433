"""Releases: their archives, what changed from one to the next, and what that asks of the version."""
