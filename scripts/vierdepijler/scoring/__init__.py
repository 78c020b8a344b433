"""Scores of the publication by what others measure: portals, the W3C, the FAIR principles, five-star open data."""
