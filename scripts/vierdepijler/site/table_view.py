"""A table as its page shows it: its columns, its rows, and the parts in which it is also published.

What the explorer must know stands in the page as JSON: columns, rows, and the notes of a download. A column may be
added up (`adds`) where its field says so, or else where it holds a number with a unit of which parts make a whole:
people, hours, amounts. Shares, years, numbers that point at something and all that is a rate are never added up, and
neither is a column without a unit. Rows that hold a total, by an `expectations` of the table of the kind `total`, are
left out of a sum of their own parts.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from markupsafe import Markup

from vierdepijler.core.cells import SOURCE, UNSAID, Cell, find_rows
from vierdepijler.core.package import Package
from vierdepijler.core.tables import Field, Role, Table, cell_text
from vierdepijler.core.text import UNGROUPED, range_pattern
from vierdepijler.writers.formats.csv_files import json_value

from .links import column_anchor
from .page_values import Property, Row
from .vocabulary import Vocabulary

# Units of which a sum says nothing, whatever is measured in them; rates end in `_per_…`.
NOT_ADDED = frozenset(
    {"percent", "percent_change", "year", "years", "months", "identifier", "position", "decimals", "period"}
)
WORDS = "explore_"
LONG = 60  # letters: a text of more has a line of its own on a card
LIBRARIES = ("table-core", "d3", "plot", "write-excel-file")


@dataclass(frozen=True)
class ShownColumn:
    """A field as the page of its table describes it; `unit` is the cell that names it, or its field's name."""

    field: Field
    anchor: Markup
    name: Property
    title: Property
    description: Property
    type: Markup
    unit: Cell | Property | Markup
    constraints: tuple[tuple[Markup, Property], ...]


def described_columns(vocabulary: Vocabulary, table: Table) -> list[ShownColumn]:
    """Describe the fields of a table in the language of the page."""
    return [_column(vocabulary, table, field) for field in table.fields]


def table_rows(vocabulary: Vocabulary, table: Table, rows: Iterable[Row]) -> Markup:
    """Show rows of a table as the rows of one in HTML, each cell at the place that its address leads to.

    Each cell has the name of its column with it, and its role: where the columns find no room, a row becomes a card.
    What every row says leads on from the line above the table.
    """
    shown = vocabulary.presenter
    heads = [
        (field, _cell_attributes(vocabulary, table, field), shown.value if _is_same(table, field) else shown.linked)
        for field in table.fields
    ]
    return Markup("").join(Markup(_row(row, heads)) for row in rows)


def _cell_attributes(vocabulary: Vocabulary, table: Table, field: Field) -> Markup:
    texts = (len(cell_text(value)) for value in table.column(field.name).unique().to_pylist())
    kind = "number" if field.is_number else "long" if max(texts, default=0) > LONG else ""
    label = Markup(' role="cell" data-label="{}"').format(vocabulary.package.title(field, vocabulary.language))
    return label + (Markup(f' class="{kind}"') if kind else "")


def _row(row: Row, heads: Iterable[tuple[Field, str, Callable[[Cell], str]]]) -> str:
    values = ((field, attributes, shown(Cell(row.table_, row.number_, field))) for field, attributes, shown in heads)
    cells = (f'<td id="{row.anchor_}.{field.name}"{attributes}>{value}</td>\n' for field, attributes, value in values)
    return f'<tr id="{row.anchor_}" role="row">\n{"".join(cells)}</tr>\n'


def _column(vocabulary: Vocabulary, table: Table, field: Field) -> ShownColumn:
    words = vocabulary.presenter.words
    path = f"resources/{table.name}/schema/fields/{field.name}"
    return ShownColumn(
        field,
        Markup.escape(column_anchor(field.name)),
        Property(f"{path}/name", field.name),
        _title(vocabulary, table, field),
        vocabulary.text(field.descriptor, path, "description", ""),
        Markup.escape(words.get(f"type_{field.type}", field.type)),
        _unit(vocabulary, field, path),
        tuple(
            (Markup.escape(words.get(f"constraint_{name}", name)), Property(f"{path}/constraints/{name}", limit))
            for name, limit in field.descriptor.get("constraints", {}).items()
            if limit is not False  # what need not be, is no rule
        ),
    )


def _title(vocabulary: Vocabulary, table: Table, field: Field) -> Property:
    return vocabulary.text(field.descriptor, f"resources/{table.name}/schema/fields/{field.name}", "title", field.name)


def _unit(vocabulary: Vocabulary, field: Field, path: str) -> Cell | Property | Markup:
    if beside := field.property("unitIn"):
        return Property(f"{path}/unitIn", beside)
    unit = field.property("unit")
    if unit is None:
        return Markup()
    found = vocabulary.rows_of(Role.UNITS, code=unit)
    return found[0].label if found else Property(f"{path}/unit", unit)


@dataclass(frozen=True)
class TablePart:
    """One file: its path, the value that its rows share (a name where the value is a code), and how many they are."""

    path: str
    value: Cell | Property
    is_empty: bool
    rows: Property


@dataclass(frozen=True)
class Division:
    """The parts by one field: its title, and the files in the order of their values."""

    title: Property
    parts: tuple[TablePart, ...]


def divisions(vocabulary: Vocabulary, table: Table) -> list[Division]:
    """Give the divisions that the published descriptor lists for a table."""
    return [
        Division(
            _title(vocabulary, table, table.field(declared["field"])),
            tuple(_part(vocabulary, table, declared, file) for file in declared["files"]),
        )
        for declared in table.descriptor.get("subsets", ())
    ]


def _part(vocabulary: Vocabulary, table: Table, declared: Mapping[str, Any], file: Mapping[str, Any]) -> TablePart:
    path = f"resources/{table.name}/subsets/{declared['name']}/files/{file['name']}"
    value = _named(vocabulary, table, declared, file["value"]) or Property(f"{path}/value", file["value"])
    return TablePart(file["path"], value, not file["value"], Property(f"{path}/rows", file["rows"]))


def _named(vocabulary: Vocabulary, table: Table, declared: Mapping[str, Any], value: str) -> Cell | None:
    """Find the name of a value: what its code stands for, or the label of the one row that it identifies."""
    name = declared["field"]
    rows = () if "by" in declared else find_rows(table, {name: value})
    if not rows or not value:
        return None
    row = Row(table, rows[0], vocabulary.language)
    label = f"label_{vocabulary.language}"
    is_key = table.primary_key == (name,) and label in table.field_names
    named = row.cell_(label) if is_key else vocabulary.presenter.named(row.cell_(name))
    return None if named == row.cell_(name) else named


@dataclass(frozen=True)
class Explored:
    """A table as the explorer gets it: `shown` are the rows on its page, `root` is the address of its language.

    Two kinds of columns are not shown at first: `foreign` ones, in another language; and what is said `aside`, in one
    line for all rows, or to programs alone.
    """

    vocabulary: Vocabulary
    table: Table
    shown: Sequence[Row]
    root: str

    def script(self) -> Markup:
        """Give it as JSON that can stand in a page, where no text in it can end the element."""
        content = json.dumps(self.content(), ensure_ascii=False, separators=(",", ":"), default=json_value)
        return Markup(content.replace("<", "\\u003c"))

    def content(self) -> dict[str, Any]:
        """Give all that the script reads; the rows only where the page shows them all."""
        package, is_whole = self.vocabulary.package, len(self.shown) == self.table.rows
        return {
            "name": self.table.name,
            "count": self.table.rows,
            "shown": [row.number_ for row in self.shown],
            "records": list(self._records()) if is_whole else None,
            "file": self.vocabulary.presenter.address_of(f"file:{self.table.name}.json"),
            "columns": [self._column(field) for field in self.table.fields],
            "totals": dict(_totals(self.table)),
            "added": sorted(filter(is_added, _all_units(self.table))),
            "units": self._labels(package.table_of(Role.UNITS), {"code": _all_units(self.table)}),
            "libraries": {name: self.vocabulary.presenter.address_of(f"library:{name}") for name in LIBRARIES},
            "unsaid": UNSAID,
            "about": self._about(),
            "words": self._words(),
        }

    @cached_property
    def _same(self) -> list[Field]:
        return [field for field in self.table.fields if _is_same(self.table, field)]

    def same(self) -> list[tuple[Property, Markup]]:
        """Give the title and the value of each column that says the same in every row: told once, above the table."""
        cells = [Cell(self.table, 0, field) for field in self._same if not self._is_foreign(field)]
        shown, reasons = self.vocabulary.presenter, {field.property("reasonIn") for field in self.table.fields}
        return [
            (_title(self.vocabulary, self.table, cell.field), Markup(shown.linked(cell)))
            for cell in cells
            if cell.field.name not in reasons and (cell.value is not None or shown.unknown_address(cell))
        ]

    def _is_foreign(self, field: Field) -> bool:
        package, language = self.vocabulary.package, self.vocabulary.language
        return any(field.name.endswith(f"_{other}") for other in package.languages if other != language)

    def _records(self) -> Iterator[list[Any]]:
        columns = [self.table.column(field.name).to_pylist() for field in self.table.fields]
        yield from (list(row) for row in zip(*columns, strict=True))

    def _column(self, field: Field) -> dict[str, Any]:
        package, language = self.vocabulary.package, self.vocabulary.language
        labels = self._code_labels(field)
        return {
            "name": field.name,
            "title": package.title(field, language),
            "description": package.text(field.descriptor, "description", language),
            "kind": _kind(field, is_coded=bool(labels)),
            "foreign": self._is_foreign(field),
            "aside": field in self._same or _is_own_code(package, self.table, field),
            "unit": field.property("unit"),
            "unitIn": field.property("unitIn"),
            "reasonIn": field.property("reasonIn"),
            **{pointer: field.property(pointer) for pointer in UNSAID},
            "adds": adds(self.table, field),
            "ungrouped": field.unit in UNGROUPED,
            "labels": labels,
            **({"upperIn": upper, "range": range_pattern(language)} if (upper := field.property("upperIn")) else {}),
        }

    def _code_labels(self, field: Field) -> dict[str, str]:
        """Name the codes that a column uses, where a list of codes names them."""
        for key in self.table.foreign_keys:
            if key.fields == (field.name,) and field.type == "string":
                used = {cell_text(value) for value in self.table.column(field.name).unique().to_pylist() if value}
                return self._labels(self.vocabulary.package.tables.get(key.table), {key.targets[0]: used})
        return {}

    def _labels(self, table: Table | None, wanted: Mapping[str, set[str]]) -> dict[str, str]:
        label = f"label_{self.vocabulary.language}"
        ((key, codes),) = wanted.items()
        if table is None or label not in table.field_names:
            return {}
        named = zip(table.column(key).to_pylist(), table.column(label).to_pylist(), strict=True)
        return {code: text for code, text in named if code in codes and text}

    def _about(self) -> dict[str, Any]:
        package, language = self.vocabulary.package, self.vocabulary.language
        descriptor = package.descriptor
        licences = self.table.descriptor.get("licenses") or descriptor.get("licenses", ())
        return {
            "title": package.title(self.table, language),
            "description": package.text(self.table.descriptor, "description", language),
            "version": str(descriptor.get("version", "")),
            "created": str(descriptor.get("created", ""))[:10],
            "licence": "; ".join(f"{one.get('name', '')} {one.get('path', '')}".strip() for one in licences),
            "sources": self._sources(),
            "address": f"{self.root}data/{self.table.name}.html",
            "data": self.vocabulary.presenter.address_of(f"full:{self.table.name}.csv"),
        }

    def _sources(self) -> dict[str, str]:
        """Name each source that a row of the table gives, with its publisher, its day and its address."""
        known = self.vocabulary.package.table_of(Role.SOURCES)
        if known is None or SOURCE not in self.table.field_names:
            return {}
        used = set(self.table.column(SOURCE).unique().to_pylist())
        rows = ((row, known.value(row, SOURCE)) for row in range(known.rows))
        return {str(code): _source_text(known, row) for row, code in rows if code in used}

    def _words(self) -> dict[str, str]:
        words = self.vocabulary.presenter.words
        return {name.removeprefix(WORDS): text for name, text in words.items() if name.startswith(WORDS)}


def _is_same(table: Table, field: Field) -> bool:
    """Tell whether a column says the same in every row, and is neither a measure nor a part of what names the row."""
    is_measure = field.property("unit") is not None or field.property("unitIn") is not None
    is_one = table.rows > 1 and len(table.column(field.name).unique()) == 1
    return is_one and not is_measure and field.name not in table.short_key


def _is_own_code(package: Package, table: Table, field: Field) -> bool:
    """Tell whether a column only names the row to programs: a code by which no table speaks of it, or of another."""
    points = any(field.name in key.fields for key in table.foreign_keys)
    if (field.name,) != table.primary_key or field.type != "string" or points:
        return False
    return not any(key.table == table.name for other in package.tables.values() for key in other.foreign_keys)


def adds(table: Table, field: Field) -> bool:
    """Tell whether a sum of a column says something."""
    declared = field.descriptor.get("adds")
    if isinstance(declared, bool):
        return declared and field.is_number
    names = {name for key in table.foreign_keys for name in key.fields} | set(table.primary_key)
    has_unit = field.property("unitIn") is not None or is_added(field.property("unit"))
    return field.is_number and has_unit and field.name not in names and not field.property("upperIn")


def is_added(unit: str | None) -> bool:
    """Tell whether parts in a unit make a whole; a number without one is not known to."""
    return unit is not None and unit not in NOT_ADDED and "_per_" not in unit


def _all_units(table: Table) -> set[str]:
    fixed = {unit for field in table.fields if (unit := field.property("unit"))}
    beside = {name for field in table.fields if (name := field.property("unitIn"))}
    return fixed | {unit for name in beside for unit in table.column(name).unique().to_pylist() if unit}


def _totals(table: Table) -> Iterator[tuple[str, str]]:
    """Give the fields by which rows are a total, with the value that they have then."""
    for expectation in table.descriptor.get("expectations", ()):
        if expectation.get("kind") == "total":
            yield str(expectation["over"]), str(expectation["total"])


def _kind(field: Field, *, is_coded: bool) -> str:
    """Say how a column is filtered: by a choice, from and to, or by what a text contains."""
    if is_coded or field.type == "boolean":
        return "choice"
    if field.is_number or field.type == "year":
        return "number"
    return "date" if field.type == "date" else "text"


def _source_text(known: Table, row: int) -> str:
    names = [name for name in ("title", "publisher", "published", "address") if name in known.field_names]
    return ", ".join(cell_text(value) for name in names if (value := Cell(known, row, known.field(name)).value))
