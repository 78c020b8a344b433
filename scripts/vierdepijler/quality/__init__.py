"""How good the data are, by the measures of others."""
