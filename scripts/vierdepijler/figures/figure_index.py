"""The files behind "Does my number still hold?": an index of all figures, and a document of each table.

The index tells what each figure is about, what it is and was, and where its passport is.
"""

import datetime
import json
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from vierdepijler.checks.rules.history import recorded_value
from vierdepijler.core.cells import ADDRESS, ITEM, SOURCE, Cell, cell_address, figure_fields, key_of, row_anchor
from vierdepijler.core.messages import in_language, say
from vierdepijler.core.package import Package
from vierdepijler.core.tables import Field, Table, Value, cell_text, plain
from vierdepijler.core.text import shown_text, value_text
from vierdepijler.core.times import before_and_after
from vierdepijler.releases.archives import former_cell
from vierdepijler.writers.formats.publication import DOWNLOADS, Publication, records

from .figure_records import (
    WHOLE_ROW,
    FigureRecords,
    figure_name,
    labels_of,
    lost_name,
    records_of,
    released,
)

FIGURES, TABLES = "figures/figures.json", "figures/tables"
SCHEMA = Path(__file__).with_name("figures.schema.json")
# A value of each type that is more than text, for reading what a record says.
LIKE: dict[str, Value] = {"integer": 0, "number": 0, "year": 0, "date": datetime.date.min}
A_ROW = say("a row")
Described = dict[str, Any]


def figure_index(publication: Publication, passports: Mapping[str, str]) -> Described:
    """Describe every figure that there is or was, and every other cell that was corrected, for who looks one up.

    `passports` has the folder of the site in which the passports of figures are, in each language that has pages.
    """
    package, records = publication.package, records_of(publication.package)
    figures = {figure["cell"]: figure for figure in _figures(package, records, passports)}
    others = [address for address in records.of if address not in figures]
    return {
        "name": package.descriptor.get("name", ""),
        "version": package.descriptor.get("version", ""),
        "homepage": publication.url,
        "languages": list(package.languages),
        "releases": [{"version": version, "released": day} for version, day in released(package).items()],
        "tables": {table.name: _table(package, table) for table in package.tables.values()},
        "figures": [*figures.values(), *_others(package, records, others, are_figures=True)],
        "corrected": list(_others(package, records, others, are_figures=False)),
    }


def _table(package: Package, table: Table) -> Described:
    languages = package.languages
    return {
        "title": {language: package.title(table, language) for language in languages},
        "key": list(table.primary_key),
        "fields": [
            {
                "name": field.name,
                "title": {language: package.title(field, language) for language in languages},
            }
            for field in table.fields
        ],
    }


def _figures(package: Package, records: FigureRecords, passports: Mapping[str, str]) -> Iterator[Described]:
    for table in package.tables.values():
        for field in figure_fields(table):
            cells = (Cell(table, row, field) for row in range(table.rows))
            yield from (_cell(package, records, cell, passports) for cell in cells if cell.value is not None)


def _others(
    package: Package, records: FigureRecords, addresses: list[str], *, are_figures: bool
) -> Iterator[Described]:
    """Describe the cells that are no figure today: those that once were, or those of other fields."""
    for address in addresses:
        if (address in records.figures) is are_figures and (parts := ADDRESS.match(address)):
            key = key_of(parts)
            table = package.tables.get(parts["table"])
            if table is not None and parts["field"] in table.field_names and key in table.keys:
                cell = Cell(table, table.keys[key], table.field(parts["field"]))
                yield _cell(package, records, cell, dict.fromkeys(package.languages, DOWNLOADS))
            elif table is None or parts["field"] != WHOLE_ROW or key not in table.keys:  # a row may have come back
                yield _gone(package, records, parts, key)


def _gone(package: Package, records: FigureRecords, parts: re.Match[str], key: tuple[str, ...]) -> Described:
    """Describe a cell whose row, field or table is no more."""
    table, field = package.tables.get(parts["table"]), parts["field"]
    known = table.field(field) if table is not None and field in table.field_names else Field({"name": field})
    former = former_cell(package, parts[0]) if field != WHOLE_ROW else None
    unit = former[1].unit if former else known.property("unit")
    return {
        "cell": parts[0],
        "table": parts["table"],
        "field": field,
        "key": list(key),
        "type": known.type,
        "unit": unit or "",
        "value": None,
        "shown": dict.fromkeys(package.languages, ""),
        "about": {language: lost_name(package, parts[0], language) for language in package.languages},
        "page": {},
        "source": None,
        "records": _records(package, records, parts[0], known, unit),
    }


def _cell(package: Package, records: FigureRecords, cell: Cell, folders: Mapping[str, str]) -> Described:
    """Describe a cell that is in a table of today; `folders` has, for each language, where its page is."""
    address, languages = cell_address(cell.table.name, cell.field.name, cell.key), package.languages
    return {
        "cell": address,
        "table": cell.table.name,
        "field": cell.field.name,
        "key": list(cell.key),
        "type": cell.field.type,
        "unit": cell.unit or "",
        "value": None if cell.value is None else cell_text(cell.value),
        "shown": {language: shown_text(package, cell, language) for language in languages},
        "about": {language: figure_name(package, cell, language) for language in languages},
        "page": {
            language: _page(package, language, f"{folders[language]}/{cell.table.name}.html", cell)
            for language in languages
            if language in folders
        },
        "source": _source(cell),
        "records": _records(package, records, address, cell.field, cell.unit),
        **({} if (newer := before_and_after(package, cell)[1]) is None else {"newer": newer.address}),
    }


def _page(package: Package, language: str, page: str, cell: Cell) -> str:
    """Give the address of a cell on a page, counted from the root of the site."""
    root = package.language_folder(language)
    return f"{root}{page}#{row_anchor(cell.key)}.{cell.field.name}"


def _source(cell: Cell) -> Described | None:
    source, item = cell.beside(SOURCE), cell.beside(ITEM)
    if source is None or source.value is None:
        return None
    named = {} if item is None or item.value is None else {ITEM: cell_text(item.value)}
    return {SOURCE: cell_text(source.value), **named}


def _records(package: Package, records: FigureRecords, address: str, field: Field, unit: str | None) -> list[Described]:
    """Give the records of a cell, each value as a data file writes it and as readers of each language do."""
    like = LIKE.get(field.type, "")
    found = [(record, recorded_value(record["value"] or "", like)) for record in records.of.get(address, ())]
    return [
        {
            **record,
            "value": None if value is None else cell_text(plain(value)),
            "shown": {
                language: in_language(A_ROW, language) if value == WHOLE_ROW else value_text(value, unit, language)
                for language in package.languages
            },
        }
        for record, value in found
    ]


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


def write_lookup(publication: Publication, folder: Path, passports: Mapping[str, str]) -> None:
    """Write the index of all figures, a document of each table, and the JSON Schema of both, into a folder."""
    (folder / TABLES).mkdir(parents=True)
    _write(figure_index(publication, passports), folder / FIGURES)
    shutil.copyfile(SCHEMA, (folder / FIGURES).with_name(SCHEMA.name))
    for table in publication.package.tables.values():
        _write(table_document(publication.package, table), folder / TABLES / f"{table.name}.json")


def _write(content: Any, path: Path) -> None:
    """Write a document in one line: indented it would be three times as large, and a program reads it."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
