"""Our own rules: what a schema cannot say, each a row of `rules.csv`, which says what it catches and what to do.

rule              a rule, its explanation, and whole columns as rules see them
hygiene           cells: what no eye sees
unseen_texts      headers and texts of the descriptor: the same, and what is still to be written
table_rules       rows and columns of one table
reference_rules   what leads to what: source, item, reason, code; what is said to be not known, and no longer is
conventions       units, names, pointers and parts in the descriptor
properties        properties of the descriptor, its licences, version and severities
expectations      what numbers must be to each other: totals, sums, counts, series, dates, ranges
derivation        our own calculations, done again
provenance        figures against their prints
sentences         sentences to copy, each with its figure
history           the recorded values of figures, and the archives, versions and corrections of releases
"""
