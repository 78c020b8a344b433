"""Scores of the published metadata by the measure of the European portal for open data."""
