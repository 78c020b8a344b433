"""Figures: tracing documents both ways, the index of figures, and drafting new tables."""
