"""JSON: a table as records below a small header, and any other content that is published as JSON."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from vierdepijler.core.tables import Table, Value, cell_text

from .publication import Publication, origin_of, records

encoded = json.JSONEncoder(ensure_ascii=False).encode  # made once: it is asked of every cell
OPEN = '"records": []\n}\n'  # how a header ends that has no records yet


def write_json(publication: Publication, table: Table, path: Path) -> None:
    """Write an object that says where the table comes from, with its `records`, one on a line.

    Numbers are numbers, with all their decimals; dates are ISO text; an empty cell is null.
    """
    head = render_json({**origin_of(publication, table, path.name), "records": []})
    rows = ",\n".join(f"    {_record(table, record)}" for record in records(table))
    filled = f'"records": [\n{rows}\n  ]\n}}\n' if rows else OPEN
    path.write_text(head.removesuffix(OPEN) + filled, encoding="utf-8", newline="\n")


def _record(table: Table, record: tuple[Value, ...]) -> str:
    cells = (f"{_token(name)}: {_token(value)}" for name, value in zip(table.field_names, record, strict=True))
    return "{" + ", ".join(cells) + "}"


def _token(value: Value) -> str:
    """Write one value; a decimal as it is, for a float would not hold all of its digits."""
    return cell_text(value) if isinstance(value, Decimal) else encoded(json_value(value))


def render_json(content: Any) -> str:
    """Write JSON for people and version control: indented, accents as they are, a newline at the end."""
    return json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def json_value(value: Value) -> Any:
    """Give a value as JSON knows it: a number as a number, a date as ISO text, null for None."""
    match value:
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case bool() | int() | None:
            return value
        case _:
            return cell_text(value)
