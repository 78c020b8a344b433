"""Tables that are pasted: CSV with commas, that of a Belgian Excel, a copied range of a sheet, or our JSON.

CSV as RFC 4180 writes it: quotes around what holds a mark or a line end, a quote in it twice.
"""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass

from .findings import Document

MARKS = (",", ";", "\t")
ENOUGH = 2  # columns with a name of ours: one may be a word of a sentence
LONGEST_NAME = 60


@dataclass(frozen=True)
class Pasted:
    """A table as it was pasted: the texts of its header and of its rows, and whether its notation is local.

    `tables` has the names of ours whose columns it has: several where they have the same ones, as lists of codes do.
    """

    tables: tuple[str, ...]
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    is_local: bool


def read_pasted(text: str, index: Document) -> Pasted | None:
    """Read a text as a table; None where it does not look like one."""
    if text.lstrip().startswith(("{", "[")):
        return _read_json(text, index)
    lines = text.lstrip("\r\n")
    if lines.lower().startswith("sep="):
        lines = lines.partition("\n")[2]
    found = [_read_csv(lines, mark, index) for mark in MARKS]
    if known := [pasted for pasted in found if pasted.tables]:
        return max(known, key=lambda pasted: len(columns(index, pasted.tables[0], pasted.header)))
    return next((pasted for pasted in found if _looks_like_one(pasted)), None)


def columns(index: Document, table: str, header: Sequence[str]) -> dict[str, int]:
    """Give the place in a header of each field of a table that it names: by its name, or its title in a language."""
    names = [name.strip().lower() for name in header]
    found: dict[str, int] = {}
    for field in index["tables"][table]["fields"]:
        known = [field["name"].lower(), *(title.lower() for title in field["title"].values())]
        place = next((names.index(name) for name in known if name in names), None)
        if place is not None and place not in found.values():
            found[field["name"]] = place
    return found


def find_tables(index: Document, header: Sequence[str]) -> tuple[str, ...]:
    """Name the tables that have most of the columns in a header, and of those the ones that miss fewest; or none."""
    scores = {
        name: (len(columns(index, name, header)), -len(table["fields"])) for name, table in index["tables"].items()
    }
    best = max(scores.values(), default=(0, 0))
    return tuple(name for name, score in scores.items() if score == best and best[0] >= ENOUGH)


def _read_csv(text: str, mark: str, index: Document) -> Pasted:
    try:
        records = [tuple(record) for record in csv.reader(io.StringIO(text, newline=""), delimiter=mark)]
    except csv.Error:
        records = []
    records = [record for record in records if any(cell.strip() for cell in record)]
    header, *rows = records or [()]
    return Pasted(find_tables(index, header), header, tuple(rows), is_local=mark != ",")


def _looks_like_one(pasted: Pasted) -> bool:
    """Tell whether a text with no columns of ours is a table all the same, and no sentence with a comma in it."""
    names = pasted.header
    is_header = len(names) >= ENOUGH and all(
        name.strip() and len(name) <= LONGEST_NAME and not any(sign in "0123456789" for sign in name) for name in names
    )
    return is_header and len(pasted.rows) > 0 and all(len(row) == len(names) for row in pasted.rows)


def _read_json(text: str, index: Document) -> Pasted | None:
    """Read records, or an object that holds `records`, as our JSON writes them."""
    try:
        content = json.loads(text, parse_float=str)
    except ValueError:
        return None
    records = content.get("records") if isinstance(content, dict) else content
    if not isinstance(records, list) or not records or not all(isinstance(record, dict) for record in records):
        return None
    header = tuple(dict.fromkeys(name for record in records for name in record))
    rows = tuple(tuple(_json_text(record.get(name)) for name in header) for record in records)
    return Pasted(find_tables(index, header), header, rows, is_local=False)


def _json_text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
