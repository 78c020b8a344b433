"""What every writer of a format knows: what is published, where, under which licence, from which sources, and its rows.

Every value is written in one notation, whatever the source file does: `canonical_schema` describes that.
"""

import datetime
import hashlib
import io
import os
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa

from vierdepijler.core.descriptors import is_of_house
from vierdepijler.core.package import Package
from vierdepijler.core.problems import ContentError, Problem, quoted, say
from vierdepijler.core.reading import read_value
from vierdepijler.core.staging import kept
from vierdepijler.core.tables import Descriptor, Field, Role, Table, Value, cell_text, plain
from vierdepijler.core.text_files import save_text

ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*/?")
SETTING = "SITE_URL"  # in the environment: another address than that of the descriptor
FOR_THE_WORLD = "RELEASE"  # there too: what is made will be shown to the world
DOWNLOADS = "data"  # the folder of the site with everything that is published
DESCRIPTOR = "datapackage.json"
KEPT = "files"  # the folder in the next with what is no table, as it was
LATEST = "latest"  # the folder in it with the package as it is now
NEVER = datetime.datetime(1980, 1, 1, tzinfo=datetime.UTC)  # for a package that does not say when it was made
# What the files of a publication are, by their extension (IANA media types).
MEDIA_TYPES: Mapping[str, str] = {
    "csv": "text/csv",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
    "sqlite": "application/vnd.sqlite3",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# How a source file writes its values; what is published is written in one way only.
REWRITTEN = {"integer", "number", "boolean", "date"}
LIMITS = {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "enum"}
NOTATION = ("format", "decimalChar", "groupChar", "bareNumber", "trueValues", "falseValues", "missingValues")


@dataclass(frozen=True)
class Publication:
    """A package that is being published; `url` is the address of its site, with a slash at the end."""

    package: Package
    url: str

    @property
    def folder(self) -> str:
        """The address of the folder with the files of the package as it is now, with a slash at the end."""
        return f"{self.url}{DOWNLOADS}/{LATEST}/"

    def address(self, file: str) -> str:
        """Give the full address of a published file."""
        return self.folder + file

    @property
    def descriptor(self) -> Mapping[str, Any]:
        """The descriptor of the package, with the address that it is published at as its `homepage`."""
        return {**self.package.descriptor, "homepage": self.url}


def publication_of(package: Package, environment: Mapping[str, str] = os.environ) -> Publication:
    """Find out where a package is published: at SITE_URL, or else at the `homepage` of its descriptor.

    A package without either is published at an address that can lead nowhere: none that ends in `.example` exists (RFC
    2606). What is made to be shown to the world (RELEASE is set) needs another. Raises `ContentError` where it has
    none, or where SITE_URL or a homepage in our own package is not the address of a site.
    """
    given = package.descriptor.get("homepage")
    url = environment.get(SETTING, str(given or f"https://{_host(package)}.example/"))
    if not ADDRESS.fullmatch(url) and SETTING not in environment and not is_of_house(package.descriptor):
        url = f"https://{_host(package)}.example/"  # the homepage of others may be any address
    if ADDRESS.fullmatch(url):
        if environment.get(FOR_THE_WORLD) and str(urlsplit(url).hostname).endswith(".example"):
            what = say("{address} is for examples: no citation and no embed would lead anywhere", address=quoted(url))
            todo = say("set SITE_URL to the address of the site, or write it as the homepage of the package")
            raise ContentError([Problem(package.path.name, 0, "homepage", what, todo)], package.root)
        return Publication(package, url.rstrip("/") + "/")
    todo = say("write https:// and a host, and a folder if need be")
    if SETTING in environment:
        what = say("{address} is not the address of a site", address=quoted(url))
        raise ContentError([Problem(say("SITE_URL of the environment"), 0, "", what, todo)])
    what = say("{address} is not the address of a site", address=quoted(url))
    raise ContentError([Problem(package.path.name, 0, "homepage", what, todo)], package.root)


def _host(package: Package) -> str:
    return re.sub(r"[^a-z0-9]+", "-", str(package.descriptor.get("name", "")).lower()).strip("-")[:63] or "package"


def origin_of(publication: Publication, table: Table, file: str) -> dict[str, Any]:
    """Say what a file of a table holds, under which licence, from which sources, and where it was published.

    Each language of the package has its title, the first without its code; `retrieved_from` is a full address.
    """
    package = publication.package
    texts = {name: text for name, text in table.descriptor.items() if name.startswith("title")}
    return {
        **(texts or {"title": table.name}),
        "licence": licences(package, table),
        "source": sources(package, table),
        "version": str(package.descriptor.get("version", "")),
        "retrieved_from": publication.address(file),
    }


def licences(package: Package, table: Table | None = None) -> str:
    """Name the licences of a table, or of the package: their names, and the addresses where they can be read."""
    found = _own(package, table, "licenses")
    return "; ".join(" ".join(filter(None, (one.get("name"), one.get("path")))) for one in found)


def licence_title(licence: Descriptor) -> str:
    """Name a licence for a reader: by its title, else its identifier, else its address."""
    return str(licence.get("title") or licence.get("name") or licence.get("path", ""))


def sources(package: Package, table: Table | None = None) -> list[str]:
    """Name the sources of a table, or of the package: their titles, and their addresses where they have one.

    Of a package with a list of sources, those of a table are the ones that its rows name.
    """
    found = _own(package, table, "sources")
    known = package.table_of(Role.SOURCES)
    if table is not None and "sources" not in table.descriptor and known is not None and "title" in known.field_names:
        named = set(_named(table, known))
        found = [one for one in found if one.get("title") in named]
    return [" ".join(filter(None, (one.get("title"), one.get("path")))) for one in found]


def _named(table: Table, known: Table) -> Iterator[Value]:
    """Give the title of each row of a list to which a key of a table leads."""
    for key in table.foreign_keys:
        if key.table == known.name:
            used = {value for field in key.fields for value in table.column(field).to_pylist()}
            listed = zip(known.column(key.targets[0]).to_pylist(), known.column("title").to_pylist(), strict=True)
            yield from (title for code, title in listed if code in used)


def publisher(package: Package) -> str:
    """Name who publishes the package: the first of its contributors, empty where it names none."""
    return next((str(one.get("title", "")) for one in package.descriptor.get("contributors", ())), "")


def made(package: Package) -> datetime.datetime:
    """Give the moment at which the package says it was made: the only moment that its files know."""
    try:
        moment = datetime.datetime.fromisoformat(str(package.descriptor.get("created")))
    except ValueError:
        return NEVER
    return moment.astimezone(datetime.UTC) if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)


def _own(package: Package, table: Table | None, name: str) -> list[dict[str, Any]]:
    """Give a property of a table, or that of the package where the table has none."""
    return list((table.descriptor.get(name) if table else None) or package.descriptor.get(name, ()))


def canonical_schema(table: Table) -> dict[str, Any]:
    """Describe the columns as they are published: ISO dates, decimal points, an empty cell where nothing is."""
    schema: Descriptor = table.descriptor.get("schema", {})
    fields = [canonical_field(field) for field in table.fields]
    return {**{name: value for name, value in schema.items() if name != "missingValues"}, "fields": fields}


def canonical_field(field: Field) -> dict[str, Any]:
    """Describe one column; a limit in the notation of the source is written in ours."""
    if field.type not in REWRITTEN:
        return {name: value for name, value in field.descriptor.items() if name != "missingValues"}
    described = {name: value for name, value in field.descriptor.items() if name not in NOTATION}
    if len(described) < len(field.descriptor) and "constraints" in described:
        limits = described["constraints"]
        described["constraints"] = {
            name: _canonical_limit(field, limit) if name in LIMITS else limit for name, limit in limits.items()
        }
    return described


def _canonical_limit(field: Field, limit: Any) -> Any:
    if isinstance(limit, list):
        return [_canonical_limit(field, item) for item in limit]
    value = read_value(field, limit) if isinstance(limit, str) else limit
    return value if isinstance(value, bool | int | float) else cell_text(value)


def records(table: Table) -> Iterator[tuple[Value, ...]]:
    """Give the rows of a table, each as its typed values in the order of the fields; None for an empty cell."""
    yield from zip(*(_values(table.column(name)) for name in table.field_names), strict=True)


def _values(column: pa.Array) -> list[Value]:
    values: list[Value] = column.to_pylist()
    if not pa.types.is_decimal(column.type):  # only decimals are not yet as we mean them
        return values
    return [plain(value) for value in values]


# The zip format has no earlier moment; a fixed one keeps the archive the same from day to day.
EPOCH = (1980, 1, 1, 0, 0, 0)
SUMS = "SHA256SUMS"


def write_zip(files: Mapping[str, Path], path: Path) -> None:
    """Pack `files` (name in the archive, file on disk) in the order of their names."""
    path.write_bytes(kept(partial(_zip, files), "zip", checksums(files)))


def _zip(files: Mapping[str, Path]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.create_system = 3  # Unix, wherever it is written
            entry.external_attr = 0o644 << 16
            # With an entry of our own, what is asked of the archive as a whole does not count.
            archive.writestr(entry, files[name].read_bytes(), zipfile.ZIP_DEFLATED, compresslevel=9)
    return content.getvalue()


def sha256(path: Path) -> str:
    """Give the SHA-256 of a file, in hexadecimals."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def checksums(files: Mapping[str, Path]) -> str:
    """Write the checksums of `files` (the name to give them, the file on disk) as `sha256sum --check` reads them."""
    return "".join(f"{sha256(files[name])}  {name}\n" for name in sorted(files))


def files_below(folder: Path) -> Mapping[str, Path]:
    """Give every file in a folder and in those below it, by its path from the folder, in the order of the paths."""
    return dict(sorted(_below(folder, ""))) if folder.is_dir() else {}


def _below(folder: Path, within: str) -> Iterator[tuple[str, Path]]:
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            yield from _below(Path(entry), f"{within}{entry.name}/")
        elif entry.is_file():
            yield within + entry.name, Path(entry)


def write_checksums(files: Mapping[str, Path], path: Path) -> None:
    """Write the checksums of `files` to a file of their own."""
    save_text(path, checksums(files))
