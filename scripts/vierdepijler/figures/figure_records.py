"""What a figure is called, in bare words of a language, and what it was, release by release.

Its name is the heading of its passport. What it was is told by the tables of histories and corrections.
"""

import datetime
import json
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vierdepijler.checks.rules.history import recorded_value
from vierdepijler.core.cells import (
    ADDRESS,
    ITEM,
    SOURCE,
    Cell,
    cell_address,
    code_row,
    figure_fields,
    is_figure,
    key_of,
    row_anchor,
)
from vierdepijler.core.package import Package
from vierdepijler.core.problems import in_language, say
from vierdepijler.core.tables import Field, Role, Table, Value, cell_text, plain
from vierdepijler.core.text import shown_text, title_text, value_text
from vierdepijler.core.times import before_and_after, time_cell
from vierdepijler.releases.archives import former_cell
from vierdepijler.writers.formats.publication import DOWNLOADS, Publication, records

BETWEEN = " · "
WHOLE_ROW = "*"  # for a field in the address of a row that is gone, and as the value of a record: there was a row
SAME = "same_meaning"
CORRECTION = ("table", "key", "field", "old", "new", "version")


def figure_name(package: Package, cell: Cell, language: str) -> str:
    """Name a figure: the title of its field, unless only the row tells what it is, and the names in its row's key.

    One that is said of other times too has its own in its name, or else the title of its source. One that repeats what
    another source says has that title as well.
    """
    names = list(_names(package, cell, language))
    if not names or cell.field.property("unitIn") is None:
        names.insert(0, package.title(cell.field, language))
    if is_figure(cell) and any(before_and_after(package, cell)):
        time = _time(package, cell, language)
        names += [] if any(time in name for name in names) else [time]
    if cell.is_repeat and (source := cell.beside(SOURCE)):
        names.append(_said(package, source, language))
    return BETWEEN.join(names)


def _time(package: Package, cell: Cell, language: str) -> str:
    """Say when a figure holds: its day, its period, or else the title of its source; empty where nothing tells."""
    time = time_cell(package, cell)
    return "" if time is None else _said(package, time, language)


def _said(package: Package, time: Cell, language: str) -> str:
    """Say a day, a period, or the title of a source."""
    table = package.table_of(Role.SOURCES)
    if time.field.name != SOURCE or table is None or (row := table.keys.get((cell_text(time.value),))) is None:
        return value_text(time.value, time.unit, language)
    return title_text(Cell(table, row, table.field("title")), language)


def lost_name(package: Package, address: str, language: str) -> str:
    """Name a cell whose row or table is gone, or that row, from its address.

    It is named as the last release that had it names it, or else by what the address tells.
    """
    if not (parts := ADDRESS.match(address)):
        return address
    name, field, key = parts["table"], parts["field"] or "", key_of(parts)
    if former := former_cell(package, address):
        then, cell = former
        named = figure_name(then, cell, language) if field != WHOLE_ROW else BETWEEN.join(_names(then, cell, language))
        if named := named or cell_text(title.value if (title := cell.beside("title")) else None):
            return named
    table = package.tables.get(name)
    return field if table is None else _name_by_address(package, table, field, key, language)


def _name_by_address(package: Package, table: Table, field: str, key: tuple[str, ...], language: str) -> str:
    known = {known.name: known for known in table.fields}
    title = package.title(known[field], language) if field in known else field
    names = [
        _name_of(package, table, known[name], part, language) or part
        for name, part in zip(table.primary_key, key, strict=False)
        if name != field
    ]
    return BETWEEN.join(names if field == WHOLE_ROW else [title, *names])


def labels_of(package: Package, table: Table, field: str) -> dict[str, str]:
    """Give the code for each label, in every language, of a field that leads to a list of codes."""
    for key in table.foreign_keys:
        target = package.tables.get(key.table)
        if key.fields == (field,) and target is not None and target is not table:
            names = [name for language in package.languages if (name := f"label_{language}") in target.field_names]
            codes = target.column(key.targets[0]).to_pylist()
            pairs = [pair for name in names for pair in zip(target.column(name).to_pylist(), codes, strict=True)]
            return {str(label): str(code) for label, code in pairs if label is not None and str(label) not in codes}
    return {}


def _names(package: Package, cell: Cell, language: str) -> Iterator[str]:
    table = cell.table
    own = f"label_{language}"
    if own in table.field_names:
        yield cell_text(table.value(cell.row, own))
    else:
        for name in table.primary_key:
            text = cell_text(table.value(cell.row, name))
            if name != cell.field.name and (label := _label(package, table, name, text, language)):
                yield label
    for name in table.primary_key:
        value = table.value(cell.row, name)
        if name != cell.field.name and isinstance(value, datetime.date):
            yield value_text(value, None, language)


def _name_of(package: Package, table: Table, field: Field, text: str, language: str) -> str:
    return _label(package, table, field.name, text, language) or value_text(_typed(field, text), None, language)


def _typed(field: Field, text: str) -> Value:
    try:
        return datetime.date.fromisoformat(text) if field.type == "date" else text
    except ValueError:
        return text


def _label(package: Package, table: Table, field: str, code: str, language: str) -> str:
    """Give the label of a code in a language; empty where the field leads to no list."""
    found, own = code_row(package, table, field, code), f"label_{language}"
    return cell_text(found[0].value(found[1], own)) if found and own in found[0].field_names else ""


@dataclass
class FigureRecords:
    """The records of each cell by its address; a record gives a value from a release on, and why it came.

    `figures` has the addresses of those that are, or were, published figures.
    """

    package: Package
    of: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    figures: set[str] = field(default_factory=set)

    def add(self, cell: str, row: Mapping[str, str], value: str) -> None:
        """Add what a row of one of the tables tells about a cell."""
        reason = {language: text for language in self.package.languages if (text := row.get(f"reason_{language}"))}
        version = row.get("version", "")
        record = {
            "version": version,
            "released": released(self.package).get(version, ""),
            "value": value or None,
            "kind": row.get("revision_kind", ""),
            "reason": reason,
        }
        self.of.setdefault(cell, []).append(record)


def records_of(package: Package) -> FigureRecords:
    """Gather what each cell was; a correction tells of what kind a change is, and explains it in its own words.

    One that only says the same in other words is left out: nobody who took the cell over needs to know.
    """
    reworded = {row["code"] for row in row_texts(package.table_of(Role.REVISIONS), "code", SAME) if row[SAME] == "true"}
    records = FigureRecords(package)
    for row in row_texts(package.table_of(Role.HISTORY), "cell", "version", "value"):
        records.figures.add(row["cell"])
        records.add(row["cell"], row, row["value"])
    for row in row_texts(package.table_of(Role.CORRECTIONS), *CORRECTION):
        if row.get("revision_kind") in reworded:
            continue
        _correct(records, f"{row['table']}.{row['field']}[{row['key']}]", row)
    return records


def _correct(records: FigureRecords, cell: str, row: Mapping[str, str]) -> None:
    """Let a correction explain the record that it is about, or be a record where the cell has no history."""
    for record in records.of.get(cell, ()):
        if record["version"] == row["version"]:
            reason = {language: row.get(f"reason_{language}", "") for language in records.package.languages}
            record.update(kind=row.get("revision_kind", ""), reason={**record["reason"], **reason})
            return
    if cell not in records.of:
        records.add(cell, {}, WHOLE_ROW if row["field"] == WHOLE_ROW else row["old"])
    records.add(cell, row, row["new"])


def released(package: Package) -> dict[str, str]:
    """Give the day of each release, in the order of the table; empty where it is not written down."""
    return {row["version"]: row.get("released", "") for row in row_texts(package.table_of(Role.RELEASES), "version")}


def row_texts(table: Table | None, *needed: str) -> list[Mapping[str, str]]:
    """Give the rows of a table as our files write them; none where there is no such table, or not with these fields."""
    if table is None or not set(needed) <= set(table.field_names):
        return []
    columns = {name: table.column(name).to_pylist() for name in table.field_names}
    return [{name: cell_text(table.value(row, name)) for name in columns} for row in range(table.rows)]


def first_records(package: Package, table: Table, rows: list[dict[str, str]]) -> Iterator[dict[str, str]]:
    """Give a row of the table of histories for every figure in drafted rows, none where there is no such table.

    The reasons are those of the first figure in that table, which was published first as well.
    """
    history = package.table_of(Role.HISTORY)
    if history is None or not {"cell", "version", "value"} <= set(history.field_names):
        return
    like = {name: cell_text(history.value(0, name)) if history.rows else "" for name in history.field_names}
    version = str(package.descriptor.get("version", ""))
    for row in rows:
        for figure in figure_fields(table):
            if row[figure.name]:
                address = cell_address(table.name, figure.name, table.key_of(row))
                yield like | {"cell": address, "version": version, "value": row[figure.name]}


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
        for name in figure_fields(table):
            cells = (Cell(table, row, name) for row in range(table.rows))
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
