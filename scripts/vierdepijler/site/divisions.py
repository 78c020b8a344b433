"""The parts that a table is also published in, as the page of that table offers them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vierdepijler.core.cells import Cell, find_rows
from vierdepijler.core.tables import Table

from .published_values import Property
from .vocabulary import Row, Vocabulary


@dataclass(frozen=True)
class Part:
    """One file: its path, the value that its rows share (a name where the value is a code), and how many they are."""

    path: str
    value: Cell | Property
    is_empty: bool
    rows: Property


@dataclass(frozen=True)
class Division:
    """The parts by one field: its title, and the files in the order of their values."""

    title: Property
    parts: tuple[Part, ...]


def divisions(vocabulary: Vocabulary, table: Table) -> list[Division]:
    """Give the divisions that the published descriptor lists for a table."""
    return [
        Division(
            vocabulary.text(
                table.field(declared["field"]).descriptor,
                f"resources/{table.name}/schema/fields/{declared['field']}",
                "title",
                declared["field"],
            ),
            tuple(_part(vocabulary, table, declared, file) for file in declared["files"]),
        )
        for declared in table.descriptor.get("subsets", ())
    ]


def _part(vocabulary: Vocabulary, table: Table, declared: Mapping[str, Any], file: Mapping[str, Any]) -> Part:
    path = f"resources/{table.name}/subsets/{declared['name']}/files/{file['name']}"
    value = _named(vocabulary, table, declared, file["value"]) or Property(f"{path}/value", file["value"])
    return Part(file["path"], value, not file["value"], Property(f"{path}/rows", file["rows"]))


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
