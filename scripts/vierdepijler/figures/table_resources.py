"""The resource of a new table, as a descriptor has it: what its cells tell, and marks where a person must write."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from vierdepijler.checks.rules.unseen_texts import mark
from vierdepijler.core.cells import ORIGIN
from vierdepijler.core.columnar import ForeignKey
from vierdepijler.core.package import Package
from vierdepijler.core.tables import Role

from .foreign_csv import PRINT, ForeignSheet
from .inference import CODE, fits_type, foreign_keys, guess_key, guess_type, known_field, printed_fields, unit_in_name

STOPGAP = "items"  # the unit of a number whose name tells none
STOPGAP_HINT = {"nl": "eenheid {unit}?", "en": "unit {unit}?"}
NUMBERS = ("integer", "number")
QUALIFIERS = {"strengthIn": "strength", "confidenceIn": "confidence"}  # of a column, or of the numbers of its row


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
