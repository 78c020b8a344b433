"""The one model of all metadata: a catalogue of data sets, each with the files that it can be had in.

The words are those of DCAT 3 (https://www.w3.org/TR/vocab-dcat-3/). A URI here is an address of our own site: that
of the page about the thing, with a fragment that names it.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from vierdepijler.core.package import Package
from vierdepijler.core.problems import Problem, Severity, quoted, say
from vierdepijler.core.tables import Descriptor
from vierdepijler.writers.formats.publication import DOWNLOADS, LATEST, publication_of

EU = "http://publications.europa.eu/resource/authority/"
IANA = "http://www.iana.org/assignments/media-types/"

Texts = Mapping[str, str]  # a text by its language


@dataclass(frozen=True)
class Place:
    """A place, the box around it and its middle in degrees (WGS 84: west, south, east, north)."""

    uri: str
    label: Texts
    box: tuple[float, float, float, float]
    middle: tuple[float, float]


# What a descriptor may name, with the URI of each; of a theme that of European portals, and that of Belgian ones.
THEMES: Mapping[str, tuple[str, str]] = {
    name: (f"{EU}data-theme/{code}", f"http://vocab.belgif.be/auth/datatheme/{code}")
    for name, code in {"society": "SOCI", "government": "GOVE"}.items()
}
FREQUENCIES: Mapping[str, str] = {"irregular": f"{EU}frequency/IRREG", "annual": f"{EU}frequency/ANNUAL"}
PUBLISHERS: Mapping[str, str] = {"non-profit": "http://purl.org/adms/publishertype/NonProfitOrganisation"}
LANGUAGES: Mapping[str, str] = {"nl": f"{EU}language/NLD", "en": f"{EU}language/ENG"}
PLACES: Mapping[str, Place] = {
    "flanders": Place(
        f"{EU}atu/BEL_RG_VLS",
        {"nl": "Vlaams Gewest", "en": "Flemish Region"},
        (2.54, 50.68, 5.92, 51.51),
        (4.23, 51.04),
    ),
}
# DCAT-AP Vlaanderen allows one licence: that is the European URI, and the Flemish one stands beside it.
LICENCES: Mapping[str, tuple[str, str]] = {
    "CC0-1.0": (
        f"{EU}licence/CC0",
        "https://data.vlaanderen.be/id/licentie/creative-commons-zero-verklaring/v1.0",
    ),
}
# By the extension of a file; of one that the list does not know, `BINARY` says no more than that it is data.
FILE_TYPES: Mapping[str, str] = {
    extension: f"{EU}file-type/{extension.upper()}" for extension in ("csv", "json", "xlsx", "parquet", "zip")
}
BINARY = f"{EU}file-type/BIN"
# The standards of the forms that we publish in, by their names; the CSV for Belgian Excel follows none.
STANDARDS: Mapping[str, str] = {
    "csv": "https://www.rfc-editor.org/info/rfc4180",
    "json": "https://www.rfc-editor.org/info/rfc8259",
    "xlsx": "https://www.iso.org/standard/71691.html",
    "datapackage": "https://datapackage.org/profiles/2.0/datapackage.json",
}


# The files of the catalogue as linked data, and their media types.
CATALOGUE_FILES: Mapping[str, str] = {
    "catalog.ttl": "text/turtle",
    "catalog.rdf": "application/rdf+xml",
    "catalog.jsonld": "application/ld+json",
}
LOOKED_FOR = ("title", "description", "licenses", "contributors", "created", "keywords")
NOWHERE = ".example/"
ENDS = ("start", "end")


@dataclass(frozen=True)
class Agent:
    """Who publishes: a name, a page, an address for mail, and what kind of organisation it is; empty if not told."""

    uri: str
    contact: str
    name: str
    homepage: str
    email: str
    kind: str


@dataclass(frozen=True)
class Period:
    """The days that data are about, the first and the last."""

    start: datetime.date
    end: datetime.date


@dataclass(frozen=True)
class Origin:
    """A document that the data come from."""

    uri: str
    title: str
    language: str


@dataclass(frozen=True)
class Variable:
    """A column: its name, what it is called and means, its unit as a code and in words."""

    name: str
    title: Texts
    description: Texts
    unit: str
    unit_label: Texts


@dataclass(frozen=True)
class Distribution:
    """A file that a data set can be had in; `size` in bytes, `sha256` in hexadecimals.

    `file_type` and `standard` are URIs, the latter empty where it follows none.
    """

    uri: str
    name: str
    title: Texts
    file: str
    address: str
    media_type: str
    file_type: str
    size: int
    sha256: str
    standard: str


@dataclass(frozen=True)
class Dataset:
    """A data set: the whole package, or one table of it; `page` is the path in its address."""

    uri: str
    name: str
    title: Texts
    description: Texts
    keywords: Mapping[str, tuple[str, ...]]
    page: str
    period: Period | None
    distributions: tuple[Distribution, ...]
    variables: tuple[Variable, ...]
    parts: tuple[str, ...] = ()
    whole: str = ""


@dataclass(frozen=True)
class Catalogue:
    """All that is published, and what holds for every data set in it.

    `datasets` are those that portals list, the whole first; `lists` the other tables, which stand only in the whole.
    """

    uri: str
    site: str
    title: Texts
    description: Texts
    languages: tuple[str, ...]
    publisher: Agent
    licence: tuple[str, str] | None
    licence_name: str
    licence_address: str
    themes: tuple[tuple[str, str], ...]
    places: tuple[Place, ...]
    frequency: str
    issued: str
    modified: str
    version: str
    version_notes: Texts
    provenance: Texts
    origins: tuple[Origin, ...]
    datasets: tuple[Dataset, ...]
    lists: tuple[Dataset, ...] = ()

    @property
    def whole(self) -> Dataset:
        """The data set that is the whole package."""
        return self.datasets[0]

    @property
    def date(self) -> str:
        """The day of this version, as ISO 8601 writes it."""
        return self.modified[:10]

    def download(self, file: str) -> str:
        """Give the full address of a file of the package as it is now."""
        return f"{self.site}{DOWNLOADS}/{LATEST}/{quote(file)}"

    def address(self, path: str) -> str:
        """Give the full address of a page, from the path in that."""
        return self.site + path


def languages(descriptor: Descriptor) -> tuple[str, ...]:
    """Give the languages of a package, the main one first."""
    return tuple(descriptor.get("languages", ("en",)))


def translations(part: Descriptor, descriptor: Descriptor, name: str) -> Texts:
    """Give a text of a part of a descriptor in every language that it has."""
    first, *others = languages(descriptor)
    found = {first: part.get(name), **{language: part.get(f"{name}_{language}") for language in others}}
    return {language: text for language, text in found.items() if text}


def title_of(descriptor: Descriptor) -> Texts:
    """Give the title of a package in every language that it has; that of one without a title is its name."""
    name = str(descriptor.get("name", "package"))
    return translations(descriptor, descriptor, "title") or {languages(descriptor)[0]: name}


def check_periods(package: Package) -> Iterator[Problem]:
    """Find periods that no calendar has; packages of others may mean something else by `temporal`."""
    if "languages" not in package.descriptor:
        return
    for part in package.descriptor["resources"]:
        declared, place = _period_in(part), ("resources", part["name"])
        for end in ENDS if declared else ():
            if _day(declared.get(end)) is None:
                what = say("{day} is no day of the calendar", day=quoted(str(declared.get(end))))
                yield _problem(package, place, what, say("write the year, the month and the day, such as 2025-02-25"))
        period = period_of(part)
        if period and period.end < period.start:
            yield _problem(package, place, say("the last day lies before the first"), say("correct one of them"))


def check_gaps(package: Package) -> Iterator[Problem]:
    """Warn of what catalogues look for and the package does not tell; it can be published without."""
    if lost := [name for name in LOOKED_FOR if not package.descriptor.get(name)]:
        what = say("catalogues of data will miss what this package does not tell: {names}", names=", ".join(lost))
        yield _gap(package, "", what, say("write it in the descriptor"))
    url, given = publication_of(package).url, str(package.descriptor.get("homepage", ""))
    if url.endswith(NOWHERE) and url.rstrip("/") != given.rstrip("/"):
        what = say("what is published names addresses that begin with {address}, and nothing is there", address=url)
        todo = say("set SITE_URL to the address of the site, or write it as the homepage of the package")
        yield _gap(package, "homepage", what, todo)


def _gap(package: Package, name: str, what: str, todo: str) -> Problem:
    return Problem(package.path.name, 0, name, what, todo, severity=Severity.WARNING)


def _problem(package: Package, place: tuple[str, ...], what: str, todo: str) -> Problem:
    return package.problem((*place, "temporal"), f"{place[-1]}.temporal", what, todo)


def period_of(part: Descriptor) -> Period | None:
    """Give the period of a part of a descriptor, None where it tells none that can be understood."""
    start, end = (_day(_period_in(part).get(name)) for name in ENDS)
    return Period(start, end) if start and end else None


def span(periods: Sequence[Period]) -> Period | None:
    """Give the days from the first of all periods to the last."""
    if not periods:
        return None
    return Period(min(period.start for period in periods), max(period.end for period in periods))


def _period_in(part: Descriptor) -> Mapping[str, Any]:
    declared = part.get("temporal")
    return declared if isinstance(declared, Mapping) else {}


def _day(text: object) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(str(text))
    except ValueError:
        return None
