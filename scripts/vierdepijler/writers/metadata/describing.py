"""The model, made from the descriptor as it is published and the files beside it; and the files with metadata of it.

Some of these lie in the package; those of the whole catalogue lie beside it.
"""

import datetime
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from urllib.parse import quote

from vierdepijler.core.processes import side_by_side
from vierdepijler.core.staging import kept
from vierdepijler.core.tables import Descriptor, Role, published_tables, resource_of
from vierdepijler.core.text_files import csv_rows
from vierdepijler.writers.formats.archives import sha256
from vierdepijler.writers.formats.json_files import render_json
from vierdepijler.writers.formats.publication import DESCRIPTOR, DOWNLOADS, LATEST

from .catalogues import (
    CATALOGUE_FILES,
    Agent,
    Catalogue,
    Dataset,
    Distribution,
    Origin,
    Variable,
    languages,
    period_of,
    span,
    title_of,
    translations,
)
from .citations import render_bibtex, render_cff, render_ris
from .croissant import describe_croissant
from .csvw_metadata import SUFFIX, describe_csv
from .schema_org import describe_catalogue
from .vocabularies import (
    BINARY,
    FILE_TYPES,
    FREQUENCIES,
    LICENCES,
    PLACES,
    PUBLISHERS,
    STANDARDS,
    THEMES,
    Texts,
)

HOME = "data/index.html"
WEB = re.compile(r"https?://[^\s<>\"{}|\\^`]+")  # what can be a URI as it stands
DAY = "T00:00:00Z"
ARCHIVE = {"nl": "Alles in één zip", "en": "Everything in one zip"}
DESCRIPTION = {"nl": "Beschrijving van alle tabellen (Data Package)", "en": "Description of all tables (Data Package)"}
CFF = "CITATION.cff"
CITATION = "citation"
CROISSANT = "croissant.json"
SEARCH_ENGINES = "schema-org.jsonld"


def catalogue_of(descriptor: Descriptor, folder: Path) -> Catalogue:
    """Describe what lies in `folder`: the package of `descriptor`, as it is published at its `homepage`.

    From the folder come only the size and hash of files that cannot be in the descriptor (itself, and the zip that
    holds it), what changed in the release, and the names of units.
    """
    declared = declared_catalogue(descriptor)
    licence: Descriptor = next(iter(descriptor.get("licenses", ())), {})
    describer = _Describer(descriptor, folder)
    releases = _rows(descriptor, folder, Role.RELEASES)
    site = descriptor["homepage"]
    return Catalogue(
        uri=f"{site}{HOME}#catalogue",
        site=site,
        title=translations(declared, descriptor, "title") or title_of(descriptor),
        description=translations(declared, descriptor, "description")
        or translations(descriptor, descriptor, "description")
        or title_of(descriptor),
        languages=languages(descriptor),
        publisher=_publisher(descriptor),
        licence=LICENCES.get(licence.get("name", "")),
        licence_name=licence.get("name", ""),
        licence_address=found[0] if (found := WEB.fullmatch(str(licence.get("path")))) else "",
        themes=tuple(THEMES[name] for name in declared.get("themes", ()) if name in THEMES),
        places=tuple(PLACES[name] for name in declared.get("places", ()) if name in PLACES),
        frequency=FREQUENCIES.get(declared.get("frequency", ""), FREQUENCIES["irregular"]),
        issued=(releases[0]["released"] + DAY) if releases else _moment(descriptor),
        modified=_moment(descriptor),
        version=str(descriptor.get("version", "")),
        version_notes=_notes(descriptor, releases),
        provenance=translations(declared, descriptor, "provenance"),
        origins=tuple(_origins(descriptor)),
        datasets=tuple(describer.datasets()),
        lists=tuple(describer.lists()),
    )


def declared_catalogue(descriptor: Descriptor) -> Descriptor:
    """Give what the descriptor says about the catalogue; others than we may mean something else by that word."""
    declared = descriptor.get("catalogue")
    return declared if isinstance(declared, dict) and "languages" in descriptor else {}


def _moment(descriptor: Descriptor) -> str:
    """Give the moment of publication; DCAT-AP Vlaanderen wants a date with a time."""
    created = str(descriptor.get("created", ""))
    try:
        datetime.datetime.fromisoformat(created)
    except ValueError:
        return ""
    return created if "T" in created else created + DAY


def _publisher(descriptor: Descriptor) -> Agent:
    """Say who publishes: the contributor with that role, or else the first; mail goes to the one for contact."""
    people: Sequence[Descriptor] = descriptor.get("contributors") or [{}]
    publisher = next((one for one in people if "publisher" in one.get("roles", ())), people[0])
    contact = next((one for one in people if "contact" in one.get("roles", ()) and "email" in one), publisher)
    site, path = descriptor["homepage"], publisher.get("path", "")
    return Agent(
        uri=f"{site}#publisher",
        contact=f"{site}#contact",
        name=publisher.get("title") or publisher.get("organization") or descriptor.get("name", ""),
        homepage=path if WEB.fullmatch(path) else site,
        email=quote(contact.get("email", ""), safe="@+"),
        kind=PUBLISHERS.get(declared_catalogue(descriptor).get("publisher_kind", ""), ""),
    )


def _origins(descriptor: Descriptor) -> Iterator[Origin]:
    for number, source in enumerate(descriptor.get("sources", ()), start=1):
        path = source.get("path", "")
        uri = path if WEB.fullmatch(path) else f"{descriptor['homepage']}{HOME}#source-{number}"
        yield Origin(uri, source.get("title", uri), languages(descriptor)[0])


def _rows(descriptor: Descriptor, folder: Path, role: Role) -> list[dict[str, str]]:
    return csv_rows(folder / resource_of(descriptor, role).get("path", ""))


def _notes(descriptor: Descriptor, releases: Sequence[Mapping[str, str]]) -> Texts:
    """Say what changed in this release, as the table of releases does."""
    row = next((row for row in releases if row.get("version") == descriptor.get("version")), {})
    found = {language: row.get(f"changes_{language}", "") for language in languages(descriptor)}
    return {language: text for language, text in found.items() if text}


class _Describer:
    """Describes the data sets of one package."""

    def __init__(self, descriptor: Descriptor, folder: Path) -> None:
        self.descriptor = descriptor
        self.folder = folder
        self.site = descriptor["homepage"]
        self.units = {row["code"]: row for row in _rows(descriptor, folder, Role.UNITS) if "code" in row}

    def datasets(self) -> Iterator[Dataset]:
        """Describe the whole, and then each table of the groups whose tables are data sets of their own."""
        tables = [self._table(one) for one in published_tables(self.descriptor) if self._is_listed(one)]
        yield self._whole(tables)
        yield from tables

    def lists(self) -> Iterator[Dataset]:
        """Describe the tables that are no data sets of their own."""
        return (self._table(one) for one in published_tables(self.descriptor) if not self._is_listed(one))

    def _is_listed(self, resource: Descriptor) -> bool:
        groups = {group["name"] for group in self.descriptor.get("groups", ()) if group.get("catalogued")}
        return resource.get("group") in groups

    def _whole(self, tables: Sequence[Dataset]) -> Dataset:
        descriptor = self.descriptor
        periods = [table.period for table in tables if table.period]
        return Dataset(
            uri=f"{self.site}{HOME}#dataset",
            name=descriptor.get("name", "package"),
            title=title_of(descriptor),
            description=self._texts(descriptor, "description"),
            keywords=self._keywords(descriptor),
            page=HOME,
            period=span(periods),
            distributions=tuple(self._distributions(HOME, self._files_of_the_whole())),
            variables=(),
            parts=tuple(table.uri for table in tables),
        )

    def _table(self, resource: Descriptor) -> Dataset:
        page = f"data/{quote(resource['name'])}.html"
        own = self._keywords(resource)
        shared = self._keywords(self.descriptor)
        own_file = {name: resource[name] for name in ("path", "mediatype", "bytes", "hash")}
        files = [{"name": "csv", "title": "CSV", "title_en": "CSV", **own_file}, *resource["distributions"]]
        return Dataset(
            uri=f"{self.site}{page}#dataset",
            name=resource["name"],
            title=self._texts(resource, "title") or {languages(self.descriptor)[0]: resource["name"]},
            description=self._texts(resource, "description"),
            keywords={language: (*own.get(language, ()), *words) for language, words in shared.items()},
            page=page,
            period=period_of(resource),
            distributions=tuple(self._distributions(page, files)),
            variables=tuple(self._variable(field) for field in resource.get("schema", {}).get("fields", ())),
            whole=f"{self.site}{HOME}#dataset",
        )

    def _files_of_the_whole(self) -> Iterator[Descriptor]:
        archive = f"{self.descriptor.get('name', 'package')}.zip"
        yield from self._found("zip", archive, "application/zip", ARCHIVE)
        yield from self.descriptor.get("distributions", ())
        yield from self._found("datapackage", DESCRIPTOR, "application/json", DESCRIPTION)

    def _found(self, name: str, file: str, media_type: str, title: Texts) -> Iterator[Descriptor]:
        """Describe a file that its own descriptor cannot describe."""
        path = self.folder / file
        if path.is_file():
            known = {"bytes": path.stat().st_size, "hash": f"sha256:{sha256(path)}", "path": file}
            first, *others = languages(self.descriptor)
            titles = {"title": title.get(first, name), **{f"title_{one}": title.get(one, name) for one in others}}
            yield {"name": name, "mediatype": media_type, **known, **titles}

    def _distributions(self, page: str, files: Iterator[Descriptor] | Sequence[Descriptor]) -> Iterator[Distribution]:
        for file in files:
            path = file["path"]
            yield Distribution(
                uri=f"{self.site}{page}#{file['name']}",
                name=file["name"],
                title=self._texts(file, "title"),
                file=path,
                address=f"{self.site}{DOWNLOADS}/{LATEST}/{quote(path)}",
                media_type=file["mediatype"],
                file_type=FILE_TYPES.get(path.rpartition(".")[2], BINARY),
                size=file["bytes"],
                sha256=file["hash"].removeprefix("sha256:"),
                standard=STANDARDS.get(file["name"], ""),
            )

    def _variable(self, field: Descriptor) -> Variable:
        unit = field.get("unit", "")
        row = self.units.get(unit, {})
        labels = {language: row.get(f"label_{language}", "") for language in languages(self.descriptor)}
        return Variable(
            field["name"],
            self._texts(field, "title"),
            self._texts(field, "description"),
            unit,
            {language: label for language, label in labels.items() if label},
        )

    def _texts(self, part: Descriptor, name: str) -> Texts:
        return translations(part, self.descriptor, name)

    def _keywords(self, part: Descriptor) -> Mapping[str, tuple[str, ...]]:
        first, *others = languages(self.descriptor)
        found = {first: part.get("keywords"), **{one: part.get(f"keywords_{one}") for one in others}}
        return {language: tuple(words) for language, words in found.items() if words}


def write_metadata(latest: Path) -> None:
    """Write the metadata that lie in the package in the folder `latest`, beside the files that they are about."""
    descriptor = _descriptor(latest)
    for name, text in _files(catalogue_of(descriptor, latest), descriptor):
        (latest / name).write_text(text, encoding="utf-8", newline="")


def write_catalogue(latest: Path) -> None:
    """Describe the package in the folder `latest`, and all its files, in the folder that holds that one."""
    catalogue = catalogue_of(_descriptor(latest), latest)
    texts: dict[str, str] = json.loads(kept(partial(_linked_data, catalogue), "catalogue", repr(catalogue)))
    for name, text in texts.items():
        latest.with_name(name).write_text(text, encoding="utf-8", newline="\n")
    content = render_json(describe_catalogue(catalogue, catalogue.languages[0]))
    latest.with_name(SEARCH_ENGINES).write_text(content, encoding="utf-8", newline="\n")


def _linked_data(catalogue: Catalogue) -> bytes:
    """Give the catalogue in each syntax of linked data, by the name of its file, as JSON."""
    from .dcat import graph_of, render_catalogue  # noqa: PLC0415  # its import is a tenth of a publication

    graph = graph_of(catalogue)
    texts = side_by_side([partial(render_catalogue, graph, syntax) for syntax in CATALOGUE_FILES.values()])
    return json.dumps(dict(zip(CATALOGUE_FILES, texts, strict=True)), ensure_ascii=False).encode()


def _files(catalogue: Catalogue, descriptor: Descriptor) -> Iterator[tuple[str, str]]:
    for resource in published_tables(descriptor):
        yield resource["path"] + SUFFIX, render_json(describe_csv(catalogue, descriptor, resource))
    yield CROISSANT, render_json(describe_croissant(catalogue, descriptor))
    yield CFF, render_cff(catalogue)
    for dataset in catalogue.datasets:
        name = CITATION if dataset == catalogue.whole else dataset.name
        yield f"{name}.bib", render_bibtex(catalogue, dataset)
        yield f"{name}.ris", render_ris(catalogue, dataset)


def _descriptor(latest: Path) -> Descriptor:
    descriptor: Descriptor = json.loads((latest / DESCRIPTOR).read_text("utf-8"))
    return descriptor
