"""JSON: a table as records, and any other content that is published as JSON."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from vierdepijler.tables import Table, Value, cell_text

from .publication import Publication
from .rows import records


def write_json(_: Publication, table: Table, path: Path) -> None:
    """Write the table as a JSON list of records: numbers as numbers, dates as ISO text, null for an empty cell."""
    rows = (
        {name: json_value(value) for name, value in zip(table.field_names, record, strict=True)}
        for record in records(table)
    )
    path.write_text(render_json(list(rows)), encoding="utf-8", newline="\n")


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
