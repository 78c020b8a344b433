"""Scores: each metric of the metadata quality points measured on a site, beside what its table says.

The table is checked in, and holds what is asked, in words, and what the last score was. The metrics follow the Metadata
Quality Assessment of data.europa.eu (https://data.europa.eu/mqa/methodology): what is asked of data sets counts by the
share of data sets that have it, what is asked of files by the share of files. For interoperability the files of a data
set are taken for the same content, and only the file with the most points counts. The portal asks live addresses; here
it is seen whether a web server would find a file at each.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from functools import partial
from itertools import chain
from operator import attrgetter
from pathlib import Path

from vierdepijler.core.messages import say
from vierdepijler.core.problems import ContentError, Problem
from vierdepijler.core.tables import Role, cell_text, resource_of
from vierdepijler.core.text_files import csv_rows, csv_text
from vierdepijler.core.writing import write_file

from .published_site import DESCRIPTOR, CatalogueGraph, PublishedSite, has_shapes

FULL, NOT_FULL = "full", "not_full"  # what becomes of a metric, in the codes of the table
EU = "http://publications.europa.eu/resource/authority/"
FILE_TYPES = f"{EU}file-type/"
MEDIA_TYPES = ("http://www.iana.org/assignments/media-types/", "https://www.iana.org/assignments/media-types/")
# The lists of the portal (edp-vocabularies, edp-non-proprietary-format and edp-machine-readable-format).
NON_PROPRIETARY = frozenset(
    {
        "BMP", "CSV", "DBF", "GEOJSON", "GZIP", "HTML", "ICS", "JPEG2000", "JSON", "JSON_LD", "KML", "KMZ", "NETCDF",
        "ODS", "PNG", "RDF_N_QUADS", "RDF_N_TRIPLES", "RDF_TRIG", "RDF_TURTLE", "RDF_XML", "RSS", "RTF", "TAR", "TIFF",
        "TSV", "TXT", "WMS_SRVC", "XML", "ZIP",
    }
)  # fmt: skip
MACHINE_READABLE = frozenset(
    {
        "CSV", "GEOJSON", "ICS", "JSON", "JSON_LD", "KML", "KMZ", "NETCDF", "ODS", "RDFA", "RDF_N_QUADS",
        "RDF_N_TRIPLES", "RDF_TRIG", "RDF_TURTLE", "RDF_XML", "RSS", "SHP", "XLS", "XLSX", "XML",
    }
)  # fmt: skip

CENT = Decimal("0.01")
DATASETS, FILES = attrgetter("datasets"), attrgetter("distributions")


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
Measure = Callable[[PublishedSite], Finding]
OfFile = Callable[[CatalogueGraph, str], bool]


def count(checks: Iterable[object]) -> Finding:
    """Count how many of the things looked at are as they should be."""
    results = [bool(check) for check in checks]
    return Finding(sum(results), len(results))


def in_list(values: Iterable[str], *lists: str) -> bool:
    """Tell whether there is a value, and each is of one of the lists, given by how their addresses begin."""
    values = tuple(values)
    return bool(values) and all(value.startswith(lists) for value in values)


def _with(name: str, *kinds: Callable[[CatalogueGraph], Iterable[str]], listed: str = "") -> Measure:
    """Count the data sets, files or both that have a property, with values of one list where that is asked."""

    def measure(site: PublishedSite) -> Finding:
        described = chain.from_iterable(kind(site.catalogue) for kind in kinds)
        return count(in_list(site.catalogue.values(one, name), listed) for one in described)

    return measure


def _answering(name: str) -> Measure:
    """Count the files whose addresses all answer."""

    def measure(site: PublishedSite) -> Finding:
        asked = [site.catalogue.values(file, name) for file in site.catalogue.distributions]
        return count(addresses and all(map(site.answers, addresses)) for addresses in asked)

    return measure


def _file_types(catalogue: CatalogueGraph, file: str) -> set[str]:
    """Give the codes of the types of a file in the European list of file types."""
    formats = catalogue.values(file, "dct:format")
    return {value.removeprefix(FILE_TYPES) for value in formats if value.startswith(FILE_TYPES)}


def _is_listed(catalogue: CatalogueGraph, file: str) -> bool:
    formats, media = catalogue.values(file, "dct:format"), catalogue.values(file, "dcat:mediaType")
    return in_list(formats, FILE_TYPES) and in_list(media, *MEDIA_TYPES)


# What is asked of a file for interoperability, with the points that decide which file of a data set is the best.
OF_FILE: Mapping[str, tuple[int, OfFile]] = {
    "mqa-format": (20, lambda catalogue, file: bool(catalogue.values(file, "dct:format"))),
    "mqa-media-type": (10, lambda catalogue, file: bool(catalogue.values(file, "dcat:mediaType"))),
    "mqa-format-from-list": (10, _is_listed),
    "mqa-open-format": (20, lambda catalogue, file: bool(_file_types(catalogue, file) & NON_PROPRIETARY)),
    "mqa-machine-readable": (20, lambda catalogue, file: bool(_file_types(catalogue, file) & MACHINE_READABLE)),
}


def _best_file(catalogue: CatalogueGraph, dataset: str) -> str:
    """Give the file of a data set that gets the most points; an empty name where there is none."""
    files = catalogue.values(dataset, "dcat:distribution")
    return max(
        files, key=lambda file: sum(points * asks(catalogue, file) for points, asks in OF_FILE.values()), default=""
    )


def _of_best_file(metric: str, site: PublishedSite) -> Finding:
    """Count the data sets whose best file has what a metric asks."""
    catalogue, (_, asks) = site.catalogue, OF_FILE[metric]
    return count(asks(catalogue, _best_file(catalogue, dataset)) for dataset in catalogue.datasets)


def measure_conformance(site: PublishedSite) -> Finding:
    """Find out whether the catalogue conforms to DCAT-AP; not measured where its shapes are not at hand."""
    if site.shapes is None or not has_shapes(site.shapes):
        return NOT_MEASURED
    return count([bool(site.catalogue.datasets) and site.catalogue.conforms(site.shapes)])


METRICS: Mapping[str, Measure] = {
    "mqa-keyword": _with("dcat:keyword", DATASETS),
    "mqa-theme": _with("dcat:theme", DATASETS),
    "mqa-spatial": _with("dct:spatial", DATASETS),
    "mqa-temporal": _with("dct:temporal", DATASETS),
    "mqa-access-answers": _answering("dcat:accessURL"),
    "mqa-download": _with("dcat:downloadURL", FILES),
    "mqa-download-answers": _answering("dcat:downloadURL"),
    **{metric: partial(_of_best_file, metric) for metric in OF_FILE},
    "mqa-conformance": measure_conformance,
    "mqa-licence": _with("dct:license", FILES),
    "mqa-licence-from-list": _with("dct:license", FILES, listed=f"{EU}licence/"),
    "mqa-access-rights": _with("dct:accessRights", DATASETS),
    "mqa-access-rights-from-list": _with("dct:accessRights", DATASETS, listed=f"{EU}access-right/"),
    "mqa-contact": _with("dcat:contactPoint", DATASETS),
    "mqa-publisher": _with("dct:publisher", DATASETS),
    "mqa-rights": _with("dct:rights", FILES),
    "mqa-size": _with("dcat:byteSize", FILES),
    "mqa-issued": _with("dct:issued", DATASETS, FILES),
    "mqa-modified": _with("dct:modified", DATASETS, FILES),
}


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
