"""What Datasette shows beside the database: titles, explanations and licence (https://docs.datasette.io, Metadata).

Datasette finds the file by its name: `datasette .` in the folder of the archive shows all. It knows one language, the
main one of the package; a view in another one is described in that.
"""

from pathlib import Path
from typing import Any

from vierdepijler.core.package import Package
from vierdepijler.core.tables import Descriptor, Table

from .database_schemas import views
from .json_files import render_json
from .publication import Publication

METADATA = "metadata.json"


def write_datasette_metadata(publication: Publication, path: Path) -> None:
    """Write the titles, descriptions, licence and source of the package, and of its tables and views."""
    path.write_text(render_json(datasette_metadata(publication)), encoding="utf-8", newline="\n")


def datasette_metadata(publication: Publication) -> dict[str, Any]:
    """Describe the package in the words of Datasette."""
    package, descriptor = publication.package, publication.descriptor
    licence: Descriptor = next(iter(descriptor.get("licenses", ())), {})
    maker: Descriptor = next(iter(descriptor.get("contributors", ())), {})
    told = {
        "title": package.text(descriptor, "title", package.languages[0]),
        "description": package.text(descriptor, "description", package.languages[0]),
        "license": licence.get("title") or licence.get("name"),
        "license_url": licence.get("path"),
        "source": maker.get("title"),
        "source_url": publication.url,
    }
    tables = {table.name: _described(package, table, package.languages[0]) for table in package.tables.values()}
    shown = {view.name: _described(package, package.tables[view.table], view.language) for view in views(package)}
    return {
        **{name: value for name, value in told.items() if value},
        "databases": {str(package.descriptor.get("name", "package")): {"tables": {**tables, **shown}}},
    }


def _described(package: Package, table: Table, language: str) -> dict[str, Any]:
    """Describe a table, or a view of it; `label_column` is what is shown of a row that others refer to."""
    label = f"label_{language}"
    columns = {field.name: package.text(field.descriptor, "description", language) for field in table.fields}
    return {
        "title": package.text(table.descriptor, "title", language),
        "description": package.text(table.descriptor, "description", language),
        "columns": {name: text for name, text in columns.items() if text},
        **({"label_column": label} if label in table.field_names else {}),
    }
