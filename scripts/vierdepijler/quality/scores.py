"""Scores: each metric of the metadata quality points measured on a site, beside what its table says.

The table is checked in, and holds what is asked, in words, and what the last score was.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from vierdepijler.core.messages import say
from vierdepijler.core.problems import ContentError, Problem
from vierdepijler.core.tables import Role, cell_text, resource_of
from vierdepijler.core.writing import write_file

from .metadata_points import METRICS, Finding
from .published_site import DESCRIPTOR, PublishedSite

FULL, NOT_FULL = "full", "not_full"  # what becomes of a metric, in the codes of the table


@dataclass(frozen=True)
class Score:
    """What a metric scores now, and the row of its table, which says what it scored before; `line` counts from 1."""

    row: Mapping[str, str]
    file: str
    line: int
    finding: Finding

    @property
    def metric(self) -> str:
        """The code of the metric."""
        return self.row["metric"]

    @property
    def maximum(self) -> Decimal:
        """The points that the metric can give."""
        return Decimal(self.row["maximum"])

    @property
    def points(self) -> Decimal:
        """The points now; none where the metric was not measured."""
        return self.finding.points(self.maximum)

    @property
    def recorded(self) -> Decimal:
        """The points that the table says."""
        return Decimal(self.row["points"])

    @property
    def change(self) -> int:
        """Whether the score fell (-1), rose (1) or is as recorded (0); so it is where it was not measured."""
        return (self.points > self.recorded) - (self.points < self.recorded) if self.finding.measured else 0

    def record(self) -> dict[str, str]:
        """Give what the table should say of the score now where it rose; a lower one is for people to write down."""
        if self.change <= 0:
            return {}
        return {"outcome": FULL if self.finding.is_full else NOT_FULL, "points": cell_text(self.points.normalize())}


def score_site(site: PublishedSite) -> tuple[Score, ...]:
    """Measure every metric of the table of scores that a site publishes; none for a package without that table.

    Raises `ContentError` where the table has a metric that nothing measures, or lacks one that something does.
    """
    file = resource_of(site.descriptor, Role.SCORES).get("path", "") if site.has(DESCRIPTOR) else ""
    rows = site.rows(file)
    problems = list(_mismatches(file, [row["metric"] for row in rows])) if rows else []
    if problems:
        raise ContentError(problems, site.folder)
    return tuple(_score(site, row, file, line) for line, row in enumerate(rows, start=2))


def _score(site: PublishedSite, row: Mapping[str, str], file: str, line: int) -> Score:
    """Measure a metric; where a file that should show it is not there, it has nothing to show for its score."""
    is_shown = all(map(site.has, row["evidence"].split()))
    return Score(row, file, line, METRICS[row["metric"]](site) if is_shown else Finding(0, 1))


def _mismatches(file: str, listed: list[str]) -> Iterator[Problem]:
    for metric in sorted(set(listed) ^ set(METRICS)):
        what = say("the metric '{metric}' is in the table or in the code, and not in both", metric=metric)
        yield Problem(file, 0, "metric", what, say("add it where it is missing, or take it out"))


def fallen(scores: Iterable[Score]) -> Iterator[Problem]:
    """Give a problem for each score that is less than what its table says.

    One that was not full, with its reason, moves with every table that is added: it has fallen where nothing is left.
    """
    for score in scores:
        was_full = score.row["outcome"] != NOT_FULL
        if score.change < 0 and (was_full or not score.finding.have):
            what = say(
                "the score of '{metric}' fell from {before} to {now} ({have} of {of})",
                metric=score.metric,
                before=cell_text(score.recorded.normalize()),
                now=cell_text(score.points.normalize()),
                have=score.finding.have,
                of=score.finding.of,
            )
            todo = say("mend what is missing, or write the lower score and the reason in that row")
            yield Problem(score.file, score.line, "points", what, todo)


def write_scores(scores: Sequence[Score], folder: Path) -> None:
    """Write the scores that rose in the table of scores in `folder`; all else in it stays as it is."""
    risen = {score.metric: score.record() for score in scores}
    path = folder / next((score.file for score in scores), "")
    if not risen:
        return
    with path.open(encoding="utf-8", newline="") as file:
        rows = [{**row, **risen.get(row["metric"], {})} for row in csv.DictReader(file)]
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    write_file(path, text.getvalue())
