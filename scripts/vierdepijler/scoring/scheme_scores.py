"""Scores: every metric of every scheme measured on a site, beside what the tables of scores say.

The tables are checked in, one for each scheme, and hold what is asked, in words, and what the last score was.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from vierdepijler.messages import say
from vierdepijler.problems import ContentError, Problem
from vierdepijler.tables import cell_text
from vierdepijler.writing import write_file

from .fair import FAIR
from .measured import Finding, Outcome
from .practices import PRACTICES
from .published_site import PublishedSite
from .quality import QUALITY, Measure
from .stars import STARS

ONE = Decimal(1)  # of a metric that did not apply when its row was written


@dataclass(frozen=True)
class Scheme:
    """A way to score: the table of its metrics, where it is described, and how each is measured."""

    table: str
    specification: str
    metrics: Mapping[str, Measure]


SCHEMES = (
    Scheme("metadata_points", "https://data.europa.eu/mqa/methodology", QUALITY),
    Scheme("web_practices", "https://www.w3.org/TR/dwbp/", PRACTICES),
    Scheme("fair_metrics", "https://doi.org/10.5281/zenodo.4081213", FAIR),
    Scheme("open_data_stars", "https://5stardata.info/", STARS),
)


@dataclass(frozen=True)
class Score:
    """What a metric scores now, and the row of its table, which says what it scored before; `line` counts from 1."""

    row: Mapping[str, str]
    line: int
    finding: Finding
    evidence: tuple[str, ...]

    @property
    def metric(self) -> str:
        """The code of the metric."""
        return self.row["metric"]

    @property
    def maximum(self) -> Decimal:
        """The points that the metric can give: none where it does not apply."""
        return Decimal(0) if self.outcome is Outcome.NOT_APPLICABLE else Decimal(self.row["maximum"]) or ONE

    @property
    def points(self) -> Decimal:
        """The points now; none where the metric was not measured."""
        return self.finding.points(self.maximum)

    @property
    def recorded(self) -> Decimal:
        """The points that the table says."""
        return Decimal(self.row["points"])

    @property
    def outcome(self) -> Outcome | None:
        """What becomes of the metric now; None where it was not measured."""
        return self.finding.outcome() if self.finding.measured else None

    def record(self) -> dict[str, str]:
        """Give what the table should say of the score now where it rose; a lower one is for people to write down."""
        if self.change() <= 0:
            return {}
        points, maximum = (cell_text(number.normalize()) for number in (self.points, self.maximum))
        return {"outcome": str(self.outcome), "points": points, "maximum": maximum}

    def change(self) -> int:
        """Tell whether the score fell (-1), rose (1) or is as recorded (0); so it is where it was not measured."""
        if self.outcome is None:
            return 0
        now, before = _rank(self.points, self.outcome), _rank(self.recorded, self.row["outcome"])
        return (now > before) - (now < before)


def _rank(points: Decimal, outcome: str) -> tuple[Decimal, bool]:
    """Order scores: what does not apply is better than no points, and less than any."""
    return points, outcome == Outcome.NOT_APPLICABLE


@dataclass(frozen=True)
class SchemeScore:
    """What a scheme scores: its metrics, in the order of their table."""

    scheme: Scheme
    scores: tuple[Score, ...]

    @property
    def points(self) -> Decimal:
        """The points measured now."""
        return sum((score.points for score in self.scores), Decimal(0))

    @property
    def maximum(self) -> Decimal:
        """The most that can be had."""
        return sum((score.maximum for score in self.scores), Decimal(0))

    @property
    def not_measured(self) -> Decimal:
        """The points of metrics that could not be measured here, as they were recorded elsewhere."""
        return sum((score.recorded for score in self.scores if score.outcome is None), Decimal(0))

    @property
    def not_applicable(self) -> int:
        """How many metrics do not apply."""
        return sum(score.outcome is Outcome.NOT_APPLICABLE for score in self.scores)


def score_site(site: PublishedSite) -> tuple[SchemeScore, ...]:
    """Measure every metric of the tables of scores that a site publishes; none for a package without these tables.

    Raises `ContentError` where a table has a metric that nothing measures, or lacks one that something does.
    """
    known = {resource["name"] for resource in site.resources}
    return tuple(_scheme_score(site, scheme) for scheme in SCHEMES if scheme.table in known)


def _scheme_score(site: PublishedSite, scheme: Scheme) -> SchemeScore:
    rows = site.rows(scheme.table)
    problems = list(_mismatches(scheme, [row["metric"] for row in rows]))
    if problems:
        raise ContentError(problems, site.folder)
    scores = (_score(site, scheme.metrics[row["metric"]], row, line) for line, row in enumerate(rows, start=2))
    return SchemeScore(scheme, tuple(scores))


def _score(site: PublishedSite, measure: Measure, row: Mapping[str, str], line: int) -> Score:
    """Measure a metric; where a file that should show it is not there, it has nothing to show for its score."""
    evidence = tuple(row["evidence"].split())
    finding = measure(site) if all(map(site.has, evidence)) else Finding(0, 1)
    return Score(row, line, finding, evidence)


def _mismatches(scheme: Scheme, listed: list[str]) -> Iterator[Problem]:
    file = f"{scheme.table}.csv"
    for metric in sorted(set(listed) ^ set(scheme.metrics)):
        what = say("the metric '{metric}' is in the table or in the code, and not in both", metric=metric)
        yield Problem(file, 0, "metric", what, say("add it where it is missing, or take it out"))


def write_scores(scored: Iterable[SchemeScore], folder: Path) -> None:
    """Write the scores that rose in the tables of scores in `folder`; all else in these stays as it is."""
    for one in scored:
        path = folder / f"{one.scheme.table}.csv"
        risen = {score.metric: score.record() for score in one.scores}
        with path.open(encoding="utf-8", newline="") as file:
            rows = [{**row, **risen.get(row["metric"], {})} for row in csv.DictReader(file)]
        text = io.StringIO()
        writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        write_file(path, text.getvalue())
