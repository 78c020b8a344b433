"""The chart that tests spoil: of the miniature package, in the folder where charts stand."""

CHART = """\
table: counts
kind: bars
category: group
value: persons
title_nl: Hoeveel mensen zijn er?
title_en: How many people are there?
quote_nl: Er zijn {{ row("counts", group="a", day="2025-02-25").persons }} mensen.
quote_en: There are {{ row("counts", group="a", day="2025-02-25").persons }} people.
"""
FILE = "site/charts/people.yml"
