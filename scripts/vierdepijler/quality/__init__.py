"""How good the data and the checks are: scores by the measures of others, and errors seeded on purpose."""
