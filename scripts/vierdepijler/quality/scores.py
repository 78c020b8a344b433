"""Scores: each metric of the metadata quality points measured on a site, beside what its table says.

The table is checked in, and holds what is asked, in words, and what the last score was. The metrics follow the Metadata
Quality Assessment of data.europa.eu (https://data.europa.eu/mqa/methodology): what is asked of data sets counts by the
share of data sets that have it, what is asked of files by the share of files. For interoperability the files of a data
set are taken for the same content, and only the file with the most points counts. The portal asks live addresses; here
it is seen whether a web server would find a file at each.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from functools import cached_property, partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS

from vierdepijler.core.problems import ContentError, Problem, say
from vierdepijler.core.tables import Role, cell_text, resource_of
from vierdepijler.core.text_files import csv_rows, csv_text
from vierdepijler.core.writing import write_file
from vierdepijler.core.yaml_texts import read_texts
from vierdepijler.writers.formats.publication import DOWNLOADS, LATEST

CATALOGUE = f"{DOWNLOADS}/catalog.ttl"
DESCRIPTOR = f"{DOWNLOADS}/{LATEST}/datapackage.json"
NAMESPACES = {"dcat": Namespace(str(DCAT)), "dct": Namespace(str(DCTERMS))}
SHAPES = ("dcat-ap-3.0.1-shapes.ttl", "dcat-ap-3.0.1-range.ttl")


@dataclass(frozen=True)
class PublishedSite:
    """A site in a folder, as it is at `url` (with a slash at the end), and where the shapes of metadata are."""

    folder: Path
    url: str
    shapes: Path | None = None

    @cached_property
    def catalogue(self) -> "CatalogueGraph":
        """The catalogue that portals harvest."""
        return read_catalogue(self.folder / CATALOGUE)

    @cached_property
    def descriptor(self) -> Mapping[str, Any]:
        """The description of the package."""
        return dict(json.loads((self.folder / DESCRIPTOR).read_text("utf-8")))

    def has(self, path: str) -> bool:
        """Tell whether there is a file; `path` counts from the root of the site."""
        return (self.folder / path).is_file()

    def rows(self, file: str) -> list[dict[str, str]]:
        """Read the file of a published table; empty where it is not there."""
        return csv_rows(self.folder / DOWNLOADS / LATEST / file)

    def answers(self, address: str) -> bool:
        """Tell whether a web server that shows the folder finds an address: a file, or a folder with a first page.

        One of another site is not asked at all, and does not count as answered: nothing here calls anyone.
        """
        path = unquote(urldefrag(address).url.removeprefix(self.url))
        name = f"{path}index.html" if path.endswith("/") else path or "index.html"
        return address.startswith(self.url) and ".." not in name.split("/") and self.has(name)


@dataclass(frozen=True)
class CatalogueGraph:
    """A catalogue as statements: its data sets, their files, and what is said of each."""

    graph: Graph

    @cached_property
    def datasets(self) -> tuple[str, ...]:
        """The data sets that the catalogue lists."""
        listed = self.graph.subject_objects(_uri("dcat:dataset"))
        return tuple(sorted({str(dataset) for _, dataset in listed}))

    @cached_property
    def distributions(self) -> tuple[str, ...]:
        """The files that the data sets can be had in."""
        return tuple(file for dataset in self.datasets for file in self.values(dataset, "dcat:distribution"))

    def values(self, subject: str, name: str) -> tuple[str, ...]:
        """Give what is said of a subject by the property with this name, as texts in the order of the alphabet."""
        return tuple(sorted(map(str, self.graph.objects(URIRef(subject), _uri(name)))))

    def conforms(self, shapes: Path) -> bool:
        """Tell whether it violates none of the shapes (SHACL) of DCAT-AP in a folder; warnings are no violations."""
        import pyshacl  # noqa: PLC0415  # slow to load, and only needed where the shapes are

        graph = Graph()
        for name in SHAPES:
            graph.parse(shapes / name)
        valid, _, _ = pyshacl.validate(self.graph, shacl_graph=graph, allow_warnings=True)
        return bool(valid)


def has_shapes(folder: Path | None) -> bool:
    """Tell whether the shapes that the authors of DCAT-AP publish are in a folder: they are no part of this project."""
    return folder is not None and all((folder / name).is_file() for name in SHAPES)


def read_catalogue(path: Path) -> CatalogueGraph:
    """Read a catalogue in Turtle; one that is not there, or that cannot be understood, says nothing."""
    graph = Graph()
    if path.is_file():
        try:
            graph.parse(path, format="turtle")
        except Exception:  # noqa: BLE001  # a parser fails in its own ways, and each means: nobody can read it
            return CatalogueGraph(Graph())
    return CatalogueGraph(graph)


def _uri(name: str) -> URIRef:
    prefix, _, local = name.partition(":")
    return NAMESPACES[prefix][local]


FULL, NOT_FULL = "full", "not_full"  # what becomes of a metric, in the codes of the table
DECLARED = read_texts(Path(__file__).with_name("metrics.yml").read_text("utf-8"))
ASKED, LISTS = DECLARED["metrics"], DECLARED["lists"]
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Finding:
    """What was found: `have` of the `of` things that were looked at are as they should be.

    What is asked may be something that cannot be measured where it runs.
    """

    have: int
    of: int
    measured: bool = True

    def __str__(self) -> str:
        """Say it in a few plain words, for the one who maintains the scores."""
        return f"{self.have} of {self.of} are as they should be" if self.measured else "cannot be measured here"

    @property
    def is_full(self) -> bool:
        """Whether all is as it should be; nothing to look at is not enough."""
        return self.measured and 0 < self.of == self.have

    def points(self, maximum: Decimal) -> Decimal:
        """Give the share of the points, rounded down so that only all of it gives all of them."""
        share = Decimal(self.have) / self.of if self.of else Decimal(0)
        return (maximum * share).quantize(CENT, ROUND_DOWN)


NOT_MEASURED = Finding(0, 0, measured=False)


def count(checks: Iterable[object]) -> Finding:
    """Count how many of the things looked at are as they should be."""
    results = [bool(check) for check in checks]
    return Finding(sum(results), len(results))


def in_list(values: Iterable[str], *lists: str) -> bool:
    """Tell whether there is a value, and each is of one of the lists, given by how their addresses begin."""
    values = tuple(values)
    return bool(values) and all(value.startswith(lists) for value in values)


def _fits(site: PublishedSite, values: Sequence[str], asked: str) -> bool:
    """Tell whether the values of a property are as `metrics.yml` asks."""
    match asked:
        case "any":
            return len(values) > 0
        case "answers":
            return len(values) > 0 and all(map(site.answers, values))
        case _ if asked in LISTS:
            return in_list(values, *LISTS[asked])
        case _:
            (types,) = LISTS["file-types"]
            return not {types + code for code in DECLARED["types"][asked].split()}.isdisjoint(values)


def _has(site: PublishedSite, metric: str, one: str) -> bool:
    """Tell whether a data set or a file has what a metric asks."""
    asks = ASKED[metric]["asks"].items()
    return all(_fits(site, site.catalogue.values(one, name), asked) for name, asked in asks)


def _best_file(site: PublishedSite, dataset: str) -> str:
    """Give the file of a data set that gets the most points; an empty name where there is none."""
    files = site.catalogue.values(dataset, "dcat:distribution")
    points = {metric: int(asked["points"]) for metric, asked in ASKED.items() if "points" in asked}
    return max(files, key=lambda file: sum(points[metric] * _has(site, metric, file) for metric in points), default="")


def measure(metric: str, site: PublishedSite) -> Finding:
    """Count the data sets and files that have what a metric asks."""
    datasets, files = site.catalogue.datasets, site.catalogue.distributions
    match ASKED[metric]["of"]:
        case "catalogue":
            return measure_conformance(site)
        case "best":
            asked = tuple(_best_file(site, dataset) for dataset in datasets)
        case of:
            asked = {"datasets": datasets, "files": files, "both": (*datasets, *files)}[of]
    return count(_has(site, metric, one) for one in asked)


def measure_conformance(site: PublishedSite) -> Finding:
    """Find out whether the catalogue conforms to DCAT-AP; not measured where its shapes are not at hand."""
    if site.shapes is None or not has_shapes(site.shapes):
        return NOT_MEASURED
    return count([bool(site.catalogue.datasets) and site.catalogue.conforms(site.shapes)])


METRICS: Mapping[str, Callable[[PublishedSite], Finding]] = {metric: partial(measure, metric) for metric in ASKED}


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
    rows = [{**row, **risen.get(row["metric"], {})} for row in csv_rows(path)]
    write_file(path, csv_text([rows[0], *(row.values() for row in rows)]))
