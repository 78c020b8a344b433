"""Validation in columns: what surely fits its schema is passed quickly; Frictionless judges the rest, cell by cell."""
