"""The resource of a new table: what its cells tell, and marks where a person must write."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, islice
from typing import Any

import pyarrow as pa

from vierdepijler.checks.rules.unseen_texts import mark
from vierdepijler.core.cells import ORIGIN
from vierdepijler.core.columnar import ForeignKey, reader_of, typed_values
from vierdepijler.core.package import Package
from vierdepijler.core.tables import Descriptor, Role, Table

from .foreign_csv import PRINT, ForeignSheet

STOPGAP = "items"  # the unit of a number whose name tells none
STOPGAP_HINT = {"nl": "eenheid {unit}?", "en": "unit {unit}?"}
NUMBERS = ("integer", "number")
QUALIFIERS = {"strengthIn": "strength", "confidenceIn": "confidence"}  # of a column, or of the numbers of its row
TYPES = ("integer", "number", "date", "boolean")  # tried in this order; anything is text
NOT_IN_KEY = ("number", "boolean")
LARGEST_KEY = 4  # fields
NAMED_AS_KEY = ("code", "id")
NAMED_AS_YEAR = ("year", "jaar")
LONGEST_KEY = 40  # characters: what is longer is a text to read
CODE = "code"  # the key of a list of codes
SHARED = 2  # tables that must say the same of a field before a new one says it too
# What holds for a field of that name in any table; a range or a sentence is about one table.
LENT = ("type", "title", "title_en", "description", "description_en", "unit")
LENT_CONSTRAINTS = ("pattern", "minLength", "maxLength")
Cells = Mapping[str, Sequence[str]]


def guess_type(name: str, cells: Sequence[str]) -> str:
    """Give the type that every filled cell fits; text for a column of empty cells, or of codes such as `007`.

    A whole number is a year where the column is named so.
    """
    filled = [cell for cell in cells if cell]
    if filled and name.rpartition("_")[2] in NAMED_AS_YEAR and fits_type("year", filled):
        return "year"
    if not filled or any(cell.startswith("0") and cell.isdigit() and cell != "0" for cell in filled):
        return "string"
    return next((kind for kind in TYPES if fits_type(kind, filled)), "string")


def fits_type(kind: str, cells: Sequence[str]) -> bool:
    """Tell whether cells that are filled can all be read as values of a type of Table Schema."""
    field = {"name": "field", "type": kind}
    return bool(typed_values(field, {}, pa.array(cells, pa.string()), reader_of({}, field)).null_count == 0)


def guess_key(types: Mapping[str, str], cells: Cells, elsewhere: Collection[str] = ()) -> tuple[str, ...]:
    """Give the fewest fields that are always filled and tell the rows apart, those named as a key first.

    Quantities are no key: that they differ today is chance. The day of a row is part of its key where the rest is no
    name of its own: rows of another day will come. The name of a row of another table (`elsewhere` holds such fields)
    is seldom the name of this one, and tried last. Empty where no few fields tell the rows apart.
    """
    able = [name for name in cells if _can_be_key(name, types[name], cells[name])]
    able.sort(key=lambda name: (name in elsewhere, not _is_named_as_key(name), types[name] == "integer"))
    for count in range(1, LARGEST_KEY + 1):
        for names in islice(combinations(able, count), 1000):
            if _are_unique(names, cells):
                return tuple(name for name in cells if name in {*names, *_day_of(names, types, able)})
    return ()


def _day_of(names: Sequence[str], types: Mapping[str, str], able: Sequence[str]) -> list[str]:
    if any(_is_named_as_key(name) or types[name] == "date" for name in names):
        return []
    return [name for name in able if types[name] == "date"][:1]


def _is_named_as_key(name: str) -> bool:
    return name.rpartition("_")[2] in NAMED_AS_KEY


def _can_be_key(name: str, kind: str, cells: Sequence[str]) -> bool:
    return (
        kind not in NOT_IN_KEY
        and all(cells)
        and "as_printed" not in name
        and max(map(len, cells)) <= LONGEST_KEY
    )  # fmt: skip


def _are_unique(names: Sequence[str], cells: Cells) -> bool:
    rows = list(zip(*(cells[name] for name in names), strict=True))
    return len(set(rows)) == len(rows)


def unit_in_name(name: str, units: Sequence[str]) -> str | None:
    """Find the unit in the name of a field: `amount_eur`, `share_percent`, `persons`; the longest that fits."""
    return max((unit for unit in units if f"_{name}".endswith(f"_{unit}")), key=len, default=None)


def printed_fields(names: Sequence[str], types: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Pair each field with the one beside it that holds its value as the source prints it.

    `date_as_printed` goes with `date`; `as_printed` with the only quantity that has none of its own.
    """
    own = {name: f"{name}_as_printed" for name in names if f"{name}_as_printed" in names}
    yield from own.items()
    others = [name for name in names if types[name] in ("integer", "number") and name not in own]
    if "as_printed" in names and len(others) == 1:
        yield others[0], "as_printed"


def known_field(package: Package, name: str) -> dict[str, Any]:
    """Give what at least two tables say of a field with this name, in the same words; nothing where they differ.

    Of a code one table is enough: what it means is said by its list, in any table.
    """
    every = [_lent(field.descriptor) for table in package.heads for field in table.fields if field.name == name]
    counted = Counter(map(repr, every)).most_common(1)
    is_code = any(key.fields == (name,) and key.targets == (CODE,) for one in package.heads for key in one.foreign_keys)
    if not counted or (counted[0][1] < SHARED and not is_code):
        return {}
    return next(lent for lent in every if repr(lent) == counted[0][0])


def _lent(field: Descriptor) -> dict[str, Any]:
    constraints = {name: value for name, value in field.get("constraints", {}).items() if name in LENT_CONSTRAINTS}
    lent = {name: field[name] for name in LENT if name in field}
    return {**lent, "constraints": constraints} if constraints else lent


def foreign_keys(package: Package, cells: Cells) -> tuple[ForeignKey, ...]:
    """Find the keys that the columns of a new table lead to: those of other tables with such fields, then code lists.

    Only what holds for every filled row counts.
    """
    declared = dict.fromkeys(
        key for table in package.heads for key in table.foreign_keys if key.table and key.table != table.name
    )
    found = [key for key in declared if set(key.fields) <= cells.keys() and _holds(package, key, cells)]
    linked = {key.fields[0] for key in found if len(key.fields) == 1}
    lists = (_code_list(package, name, values) for name, values in cells.items() if name not in linked)
    return (*found, *(key for key in lists if key is not None))


def _holds(package: Package, key: ForeignKey, cells: Cells) -> bool:
    rows = {row for row in zip(*(cells[name] for name in key.fields), strict=True) if all(row)}
    return bool(rows) and rows <= _keys(package.tables.get(key.table), key.targets)


def _keys(table: Table | None, fields: Sequence[str]) -> set[tuple[str, ...]]:
    if table is None or not set(fields) <= set(table.field_names):
        return set()
    return set(zip(*(table.text(name).to_pylist() for name in fields), strict=True))


def _code_list(package: Package, name: str, values: Sequence[str]) -> ForeignKey | None:
    """Find the list whose codes a column holds: the one that bears its name, or else the only one that fits."""
    lists = [table.name for table in package.tables.values() if table.primary_key == (CODE,)]
    keys = [ForeignKey((name,), table, (CODE,)) for table in lists]
    fitting = [key for key in keys if _holds(package, key, {name: values})]
    chosen = [key for key in fitting if key.table.startswith(name.removesuffix("y"))] or fitting
    return chosen[0] if len(chosen) == 1 else None


@dataclass(frozen=True)
class DraftedColumn:
    """A column of a new table: its cells, its type, what is known of a field of that name, and where it is printed."""

    name: str
    cells: Sequence[str]
    kind: str
    known: dict[str, Any]
    printed: str | None = None

    @property
    def is_number(self) -> bool:
        """Whether it holds quantities, or numbers that point at something."""
        return self.kind in NUMBERS


def table_resource(package: Package, name: str, group: str | None, file: str, sheet: ForeignSheet) -> dict[str, Any]:
    """Draft the resource of a table; everything in it follows from the cells or from what the package says already."""
    return {
        "name": name,
        "type": "table",
        **_texts(package, "title", _label(name)),
        **_texts(package, "description"),
        **({"group": group} if group else {}),
        "path": file,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": _schema(package, sheet),
    }


def _schema(package: Package, sheet: ForeignSheet) -> dict[str, Any]:
    columns = _columns(package, sheet)
    cells = {column.name: column.cells for column in columns}
    figures = {column.name: "number" for column in columns if column.is_number and column.printed}
    schema: dict[str, Any] = {"fields": [_field(package, column, columns) for column in columns]}
    keys = foreign_keys(package, cells)
    named_elsewhere = {name for one in keys for name in one.fields if one.targets != (CODE,)}
    if key := guess_key({column.name: column.kind for column in columns} | figures, cells, named_elsewhere):
        schema["primaryKey"] = [*key]
    if keys:
        schema["foreignKeys"] = [*map(key_descriptor, keys)]
    return schema


def key_descriptor(key: ForeignKey) -> dict[str, Any]:
    """Write a foreign key as a schema has it: one field bare, several as a list."""
    fields, targets = (names[0] if len(names) == 1 else [*names] for names in (key.fields, key.targets))
    return {"fields": fields, "reference": {"resource": key.table, "fields": targets}}


def _columns(package: Package, sheet: ForeignSheet) -> list[DraftedColumn]:
    columns = [_column(package, name, cells) for name, cells in zip(sheet.header, sheet.columns, strict=True)]
    if not set(ORIGIN) <= set(sheet.header):
        return columns
    printed = dict(printed_fields(sheet.header, {column.name: column.kind for column in columns}))
    return [replace(column, printed=printed.get(column.name)) for column in columns]


def _column(package: Package, name: str, cells: Sequence[str]) -> DraftedColumn:
    known = known_field(package, name)
    if not fits_type(known.get("type", "string"), [cell for cell in cells if cell]):
        known = {}
    guessed = "string" if PRINT.fullmatch(name) else guess_type(name, cells)
    return DraftedColumn(name, cells, str(known.get("type", guessed)), known)


def _field(package: Package, column: DraftedColumn, columns: Sequence[DraftedColumn]) -> dict[str, Any]:
    unit, is_stopgap = _unit(package, column)
    stopgap = unit if is_stopgap else ""
    known = {name: text for name, text in column.known.items() if name.startswith(("title", "description"))}
    drafted = {
        **_texts(package, "title", _label(column.name)),
        **_texts(package, "description", stopgap=stopgap),
    }
    constraints = {**({"required": True} if all(column.cells) else {}), **column.known.get("constraints", {})}
    return {
        "name": column.name,
        "type": column.kind,
        **(known or drafted),
        **({"unit": unit} if unit else {}),
        **({"printedIn": column.printed} if column.printed else {}),
        **dict(_qualifiers(column, columns)),
        **({"constraints": constraints} if constraints else {}),
    }


def _qualifiers(column: DraftedColumn, columns: Sequence[DraftedColumn]) -> Iterator[tuple[str, str]]:
    """Give the columns that say how strongly and how surely a source says what stands in a column."""
    names = [other.name for other in columns]
    numbers = [other.name for other in columns if other.is_number] or names[:1]
    for pointer, name in QUALIFIERS.items():
        beside = [f"{column.name}_{name}", *([name] if column.name in numbers else [])]
        yield from ((pointer, found) for found in [one for one in beside if one in names][:1])


def _unit(package: Package, column: DraftedColumn) -> tuple[str, bool]:
    """Give the unit of numbers, and whether it is no more than a stopgap; none for what is no number."""
    table = package.table_of(Role.UNITS)
    if not column.is_number or table is None:
        return "", False
    units = [key[0] for key in table.keys]
    if unit := column.known.get("unit") or unit_in_name(column.name, units):
        return unit, False
    return (STOPGAP if STOPGAP in units else units[0]), True


def _texts(package: Package, kind: str, label: str = "", stopgap: str = "") -> dict[str, str]:
    """Give a text in each language of the package, with the mark that somebody must write it, and see to the unit."""
    texts = {}
    for language in package.languages:
        hint = STOPGAP_HINT.get(language, STOPGAP_HINT["en"]).format(unit=stopgap) if stopgap else ""
        name = kind if language == package.languages[0] else f"{kind}_{language}"
        texts[name] = f"{label} {mark(language, hint)}".strip()
    return texts


def _label(name: str) -> str:
    return name.replace("_", " ").capitalize()
