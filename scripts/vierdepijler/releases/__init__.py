"""Releases: their archives, what changed between them, and what became of addresses that are gone."""
