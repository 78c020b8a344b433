"""The model, made from the descriptor as it is published and the files beside it; and the files with metadata of it.

Some of these lie in the package; those of the whole catalogue lie beside it.
"""

import datetime
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from urllib.parse import quote

from vierdepijler.core.processes import side_by_side
from vierdepijler.core.staging import kept
from vierdepijler.core.tables import Descriptor, Role, published_tables, resource_of
from vierdepijler.core.text_files import csv_rows, render_json, save_text
from vierdepijler.writers.formats.publication import DESCRIPTOR, DOWNLOADS, LATEST, sha256

from . import catalogues
from .catalogues import (
    CATALOGUE_FILES,
    Agent,
    Catalogue,
    Dataset,
    Distribution,
    Origin,
    Texts,
    Variable,
    languages,
    period_of,
    span,
    title_of,
    translations,
)
from .citations import render_bibtex, render_cff, render_ris
from .csvw_metadata import SUFFIX, describe_csv
from .schema_org import describe_catalogue, describe_croissant

HOME = "data/index.html"
WEB = re.compile(r"https?://[^\s<>\"{}|\\^`]+")  # what can be a URI as it stands
DAY = "T00:00:00Z"
ARCHIVE = {
    "name": "zip",
    "mediatype": "application/zip",
    "nl": "Alles in één zip",
    "en": "Everything in one zip",
}
DESCRIPTION = {
    "name": "datapackage",
    "mediatype": "application/json",
    "nl": "Beschrijving van alle tabellen (Data Package)",
    "en": "Description of all tables (Data Package)",
}
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
    releases = _rows(descriptor, folder, Role.RELEASES)
    release = next((row for row in releases if row.get("version") == descriptor.get("version")), {})
    tables = list(_tables(descriptor, folder))
    own = [table for is_listed, table in tables if is_listed]
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
        licence=catalogues.LICENCES.get(licence.get("name", "")),
        licence_name=licence.get("name", ""),
        licence_address=found[0] if (found := WEB.fullmatch(str(licence.get("path")))) else "",
        themes=tuple(catalogues.THEMES[name] for name in declared.get("themes", ()) if name in catalogues.THEMES),
        places=tuple(catalogues.PLACES[name] for name in declared.get("places", ()) if name in catalogues.PLACES),
        frequency=catalogues.FREQUENCIES.get(declared.get("frequency", ""), catalogues.FREQUENCIES["irregular"]),
        issued=(releases[0]["released"] + DAY) if releases else _moment(descriptor),
        modified=_moment(descriptor),
        version=str(descriptor.get("version", "")),
        version_notes=_in_columns(release, "changes", descriptor),
        provenance=translations(declared, descriptor, "provenance"),
        origins=tuple(_origins(descriptor)),
        datasets=(_whole(descriptor, folder, own), *own),
        lists=tuple(table for is_listed, table in tables if not is_listed),
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
        kind=catalogues.PUBLISHERS.get(declared_catalogue(descriptor).get("publisher_kind", ""), ""),
    )


def _origins(descriptor: Descriptor) -> Iterator[Origin]:
    for number, source in enumerate(descriptor.get("sources", ()), start=1):
        path = source.get("path", "")
        uri = path if WEB.fullmatch(path) else f"{descriptor['homepage']}{HOME}#source-{number}"
        yield Origin(uri, source.get("title", uri), languages(descriptor)[0])


def _rows(descriptor: Descriptor, folder: Path, role: Role) -> list[dict[str, str]]:
    return csv_rows(folder / resource_of(descriptor, role).get("path", ""))


def _in_columns(row: Mapping[str, str], name: str, descriptor: Descriptor) -> Texts:
    """Give a text that a row has once per language, such as `label_nl`, in every language that it has."""
    found = {language: row.get(f"{name}_{language}", "") for language in languages(descriptor)}
    return {language: text for language, text in found.items() if text}


def _tables(descriptor: Descriptor, folder: Path) -> Iterator[tuple[bool, Dataset]]:
    """Describe each table; those of the groups that say so are data sets of their own."""
    listed = {group["name"] for group in descriptor.get("groups", ()) if group.get("catalogued")}
    units = {row["code"]: row for row in _rows(descriptor, folder, Role.UNITS) if "code" in row}
    for resource in published_tables(descriptor):
        yield resource.get("group") in listed, _table(descriptor, resource, units)


def _whole(descriptor: Descriptor, folder: Path, tables: Sequence[Dataset]) -> Dataset:
    return Dataset(
        uri=f"{descriptor['homepage']}{HOME}#dataset",
        name=descriptor.get("name", "package"),
        title=title_of(descriptor),
        description=translations(descriptor, descriptor, "description"),
        keywords=_keywords(descriptor, descriptor),
        page=HOME,
        period=span([table.period for table in tables if table.period]),
        distributions=tuple(_distributions(descriptor, HOME, _files_of_the_whole(descriptor, folder))),
        variables=(),
        parts=tuple(table.uri for table in tables),
    )


def _table(descriptor: Descriptor, resource: Descriptor, units: Mapping[str, Mapping[str, str]]) -> Dataset:
    page, own = f"data/{quote(resource['name'])}.html", _keywords(resource, descriptor)
    own_file = {name: resource[name] for name in ("path", "mediatype", "bytes", "hash")}
    files = [{"name": "csv", "title": "CSV", "title_en": "CSV", **own_file}, *resource["distributions"]]
    fields = resource.get("schema", {}).get("fields", ())
    return Dataset(
        uri=f"{descriptor['homepage']}{page}#dataset",
        name=resource["name"],
        title=translations(resource, descriptor, "title") or {languages(descriptor)[0]: resource["name"]},
        description=translations(resource, descriptor, "description"),
        keywords={
            language: (*own.get(language, ()), *words) for language, words in _keywords(descriptor, descriptor).items()
        },
        page=page,
        period=period_of(resource),
        distributions=tuple(_distributions(descriptor, page, files)),
        variables=tuple(_variable(descriptor, field, units.get(field.get("unit", ""), {})) for field in fields),
        whole=f"{descriptor['homepage']}{HOME}#dataset",
    )


def _variable(descriptor: Descriptor, field: Descriptor, unit: Mapping[str, str]) -> Variable:
    title, description = (translations(field, descriptor, name) for name in ("title", "description"))
    return Variable(field["name"], title, description, field.get("unit", ""), _in_columns(unit, "label", descriptor))


def _files_of_the_whole(descriptor: Descriptor, folder: Path) -> Iterator[Descriptor]:
    """Give the files of the whole, with those that its own descriptor cannot describe."""
    archive = f"{descriptor.get('name', 'package')}.zip"
    yield from _found(descriptor, folder / archive, ARCHIVE)
    yield from descriptor.get("distributions", ())
    yield from _found(descriptor, folder / DESCRIPTOR, DESCRIPTION)


def _found(descriptor: Descriptor, path: Path, about: Descriptor) -> Iterator[Descriptor]:
    if path.is_file():
        first, *others = languages(descriptor)
        titles = {"title": about.get(first, about["name"])}
        titles |= {f"title_{one}": about.get(one, about["name"]) for one in others}
        known = {"bytes": path.stat().st_size, "hash": f"sha256:{sha256(path)}", "path": path.name}
        yield {"name": about["name"], "mediatype": about["mediatype"], **known, **titles}


def _distributions(descriptor: Descriptor, page: str, files: Iterable[Descriptor]) -> Iterator[Distribution]:
    site = descriptor["homepage"]
    for file in files:
        path = file["path"]
        yield Distribution(
            uri=f"{site}{page}#{file['name']}",
            name=file["name"],
            title=translations(file, descriptor, "title"),
            file=path,
            address=f"{site}{DOWNLOADS}/{LATEST}/{quote(path)}",
            media_type=file["mediatype"],
            file_type=catalogues.FILE_TYPES.get(path.rpartition(".")[2], catalogues.BINARY),
            size=file["bytes"],
            sha256=file["hash"].removeprefix("sha256:"),
            standard=catalogues.STANDARDS.get(file["name"], ""),
        )


def _keywords(part: Descriptor, descriptor: Descriptor) -> Mapping[str, tuple[str, ...]]:
    return {language: tuple(words) for language, words in translations(part, descriptor, "keywords").items()}


def write_metadata(latest: Path) -> None:
    """Write the metadata that lie in the package in the folder `latest`, beside the files that they are about."""
    descriptor = _descriptor(latest)
    for name, text in _files(catalogue_of(descriptor, latest), descriptor):
        save_text(latest / name, text)


def write_catalogue(latest: Path) -> None:
    """Describe the package in the folder `latest`, and all its files, in the folder that holds that one."""
    catalogue = catalogue_of(_descriptor(latest), latest)
    texts: dict[str, str] = json.loads(kept(partial(_linked_data, catalogue), "catalogue", repr(catalogue)))
    for name, text in texts.items():
        save_text(latest.with_name(name), text)
    content = render_json(describe_catalogue(catalogue, catalogue.languages[0]))
    save_text(latest.with_name(SEARCH_ENGINES), content)


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
