"""Metadata about the published package, in the words of portals, search engines and citation managers; one model."""
