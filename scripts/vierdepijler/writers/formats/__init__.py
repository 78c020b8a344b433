"""Writers of tables and packages, one per format: the same bytes for the same input."""
