"""The rows of an answer in the files of a package: more of them, or all that is from one source taken out."""

import csv
import datetime
from collections.abc import Sequence
from pathlib import Path

from vierdepijler.checks.rules.derivation import left_behind
from vierdepijler.core.cells import SOURCE, select
from vierdepijler.core.package import Package
from vierdepijler.core.reading import read_package
from vierdepijler.core.tables import Role, Table, cell_text
from vierdepijler.core.text import value_text
from vierdepijler.core.text_files import csv_text
from vierdepijler.core.times import over_time, time_cell
from vierdepijler.core.yaml_texts import last_item
from vierdepijler.figures.figure_records import first_records, row_texts
from vierdepijler.figures.new_tables import item_text, with_item, write_texts
from vierdepijler.figures.patterns import Row

LISTED = "sources"  # the property of a descriptor that names them too
COLUMN = "*"  # in the key of an address that leads to a whole column
Rows = Sequence[tuple[Table, list[Row]]]


def texts_with(package: Package, drafted: Rows) -> dict[str, str]:
    """Give the files of a package, by path from its folder, with more rows; the source was seen today."""
    today = datetime.datetime.now().astimezone().date().isoformat()
    texts: dict[str, str] = {}
    for table, rows in drafted:
        seen = {"seen_on": today} if table.role == Role.SOURCES and "seen_on" in table.field_names else {}
        texts[table.file] = _with_rows(package, table, [row | seen for row in rows])
        if table.role == Role.SOURCES:
            texts[package.path.name] = with_item(_read(package.path), LISTED, {"title": rows[0]["title"]})
    return texts


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def _records(package: Package, table: Table) -> list[tuple[str, list[str]]]:
    """Give the records of a table, the header first, each as it stands in its file and as its cells."""
    lines = _read(package.root / table.file).splitlines(keepends=True)
    reader, start, records = csv.reader(lines), 0, []
    for cells in reader:
        records.append(("".join(lines[start : reader.line_num]), cells))
        start = reader.line_num
    return records


def _with_rows(package: Package, table: Table, rows: list[Row]) -> str:
    """Add rows to a table, each in its place where that is sorted."""
    header, *every = _records(package, table)
    every += [(csv_text([cells]), [*cells]) for row in rows if (cells := tuple(row[n] for n in table.field_names))]
    for name in reversed(table.descriptor.get("sortedBy", [])):
        field = name.removeprefix("-")
        column = [cells[table.field_names.index(field)] for _, cells in every]
        places = _places(package, table, field, column)
        order = sorted(range(len(every)), key=places.__getitem__, reverse=name.startswith("-"))
        every = [every[place] for place in order]
    return "".join(text for text, _ in [header, *every])


def _places(package: Package, table: Table, name: str, column: list[str]) -> Sequence[float | str | tuple[str, ...]]:
    """Give what the cells of a column are sorted by: the places of codes in their list, numbers, or texts."""
    for key in table.foreign_keys:
        if key.fields == (name,) and key.table != table.name:
            keys = package.tables[key.table].keys
            return [keys.get((cell,), len(keys)) for cell in column]
    return [float(cell or 0) for cell in column] if table.field(name).is_number else column


def texts_without(package: Package, source: str) -> dict[str, str]:
    """Give the files of a package, by path from its folder, without all that is from a source."""
    texts: dict[str, str] = {}
    gone: set[str] = set()
    for table in package.tables.values():
        if own := _rows_from(package, table, source):
            gone |= {record["cell"] for record in first_records(package, table, own)}
            name = table.primary_key[0] if table.role == Role.DERIVED else SOURCE
            texts[table.file] = _without(package, table, name, {row[name] for row in own})
    if history := package.table_of(Role.HISTORY):
        texts[history.file] = _without(package, history, "cell", gone)
    titles = {row[SOURCE]: row["title"] for row in row_texts(package.by_role[Role.SOURCES], "title")}
    descriptor = _read(package.path)
    item = item_text({"title": titles[source]}, last_item(descriptor, LISTED).column)
    return texts | {package.path.name: descriptor.replace(item, "", 1)}


def _without(package: Package, table: Table, name: str, values: set[str]) -> str:
    place = table.field_names.index(name)
    return "".join(text for text, cells in _records(package, table) if cells[place] not in values)


def write_what_follows(package: Package, source: str, *, is_whole: bool) -> tuple[Package, int]:
    """Write the rows that are certain once the figures of a source have theirs; gives the package, and how many.

    They are the first record of each figure, and the figures of our own that are computed anew, with their time or
    source in the label: those of a whole column only where the source `is_whole`.
    """
    count = 0
    while rows := _what_follows(package, source, is_whole=is_whole):
        write_texts(package, texts_with(package, rows))
        count += sum(len(own) for _, own in rows)
        package = read_package(package.path)
    return package, count


def _what_follows(package: Package, source: str, *, is_whole: bool) -> Rows:
    history, derived = package.table_of(Role.HISTORY), package.table_of(Role.DERIVED)
    found = left_behind(package) if derived else ()
    certain = (one for one in found if one[2] and (is_whole or not any(COLUMN in address for address in one[1])))
    anew = [_computed_anew(package, source, *one) for one in certain]
    told = [(table, _rows_from(package, table, source)) for table in package.tables.values()]
    told += [(derived, anew)] if derived else []
    known = {row["cell"] for row in row_texts(history, "cell")}
    records = [record for table, rows in told for record in first_records(package, table, rows)]
    new = [record for record in records if record["cell"] not in known]
    return [(table, rows) for table, rows in ((derived, anew), (history, new)) if table and rows]


def _computed_anew(package: Package, source: str, row: int, inputs: list[str], value: str) -> Row:
    table = package.by_role[Role.DERIVED]
    first = over_time(package, table, row)[0]
    texts = {name: cell_text(table.value(row, name)) for name in table.field_names}
    used = (one for address in inputs for one in select(package, address).cells)
    if time := next(filter(None, (time_cell(package, one) for one in used)), None):
        for language in package.languages:
            label = f"label_{language}"
            texts[label] = f"{cell_text(table.value(first, label))}, {value_text(time.value, time.unit, language)}"
    name = table.row_keys[first][0] + _mark(source)
    return texts | {table.primary_key[0]: name, "value": value, "inputs": ";".join(inputs)}


def _mark(source: str) -> str:
    """Give what stands behind the name of a figure of ours that a source let us compute anew."""
    return f"_{source}".lower()


def _rows_from(package: Package, table: Table, source: str) -> list[Row]:
    rows = [dict(zip(table.field_names, cells, strict=True)) for _, cells in _records(package, table)[1:]]
    if table.role == Role.DERIVED:
        return [row for row in rows if row[table.primary_key[0]].endswith(_mark(source))]
    return [row for row in rows if row.get(SOURCE) == source]
