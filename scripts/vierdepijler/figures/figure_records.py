"""What a figure is called, in bare words of a language, and what it was, release by release.

Its name is the heading of its passport. What it was is told by the tables of histories and corrections.
"""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from vierdepijler.core.cells import ADDRESS, SOURCE, Cell, cell_address, code_row, figure_fields, is_figure, key_of
from vierdepijler.core.package import Package
from vierdepijler.core.tables import Field, Role, Table, Value, cell_text
from vierdepijler.core.text import title_text, value_text
from vierdepijler.core.times import before_and_after, time_cell
from vierdepijler.releases.archives import former_cell

BETWEEN = " · "
WHOLE_ROW = "*"  # for a field in the address of a row that is gone, and as the value of a record: there was a row
SAME = "same_meaning"
CORRECTION = ("table", "key", "field", "old", "new", "version")


def figure_name(package: Package, cell: Cell, language: str) -> str:
    """Name a figure: the title of its field, unless only the row tells what it is, and the names in its row's key.

    One that is said of other times too has its own in its name, or else the title of its source.
    """
    names = list(_names(package, cell, language))
    if not names or cell.field.property("unitIn") is None:
        names.insert(0, package.title(cell.field, language))
    if is_figure(cell) and any(before_and_after(package, cell)):
        time = _time(package, cell, language)
        names += [] if any(time in name for name in names) else [time]
    return BETWEEN.join(names)


def _time(package: Package, cell: Cell, language: str) -> str:
    """Say when a figure holds: its day, its period, or else the title of its source; empty where nothing tells."""
    if (time := time_cell(package, cell)) is None:
        return ""
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
        key = tuple(row[name] for name in table.primary_key)
        for figure in figure_fields(table):
            if row[figure.name]:
                address = cell_address(table.name, figure.name, key)
                yield like | {"cell": address, "version": version, "value": row[figure.name]}
