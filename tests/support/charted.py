"""The chart that tests spoil: that of the small project, of the miniature package, in the folder where charts stand."""

from conftest import PROJECT

FILE = "site/charts/people.yml"
CHART = (PROJECT / "tests" / "miniature_site" / FILE).read_text("utf-8")
