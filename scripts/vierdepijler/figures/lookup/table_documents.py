"""A table as who checks a pasted one needs it: its rows as our CSV writes them, its key, and the labels of codes."""

from typing import Any

from vierdepijler.core.package import Package
from vierdepijler.core.tables import Table, cell_text
from vierdepijler.writers.formats.publication import records

from .figure_names import labels_of


def table_document(package: Package, table: Table) -> dict[str, Any]:
    """Describe a table with all its rows; each field has the code for every label that may stand in its place."""
    return {
        "table": table.name,
        "version": package.descriptor.get("version", ""),
        "key": list(table.primary_key),
        "fields": [
            {"name": field.name, "type": field.type, "labels": labels_of(package, table, field.name)}
            for field in table.fields
        ],
        "rows": [[cell_text(value) for value in record] for record in records(table)],
    }
