"""Writers of tables and packages: one per format, the same bytes for the same input.

CSV follows RFC 4180 but for its line ends, which are those of the source files; JSON is a list of records.
"""

import csv
import hashlib
import json
import zipfile
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from .tables import Table, Value, cell_text

# The zip format has no earlier moment; a fixed one keeps the archive the same from day to day.
EPOCH = (1980, 1, 1, 0, 0, 0)
MEDIA_TYPES = {"csv": "text/csv", "json": "application/json"}


def write_csv(table: Table, path: Path) -> None:
    """Write the table as UTF-8 CSV: comma, ISO dates, decimal point, an empty cell for null."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(table.field_names)
        writer.writerows([cell_text(value) for value in record] for record in _records(table))


def write_json(table: Table, path: Path) -> None:
    """Write the table as a JSON list of records: numbers as numbers, dates as ISO text, null for an empty cell."""
    records = (
        {name: _json_value(value) for name, value in zip(table.field_names, record, strict=True)}
        for record in _records(table)
    )
    path.write_text(render_json(list(records)), encoding="utf-8", newline="\n")


def render_json(content: Any) -> str:
    """Write JSON for people and version control: indented, accents as they are, a newline at the end."""
    return json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def write_zip(files: Mapping[str, Path], path: Path) -> None:
    """Pack `files` (name in the archive, file on disk) in the order of their names."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, wherever it is written
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name].read_bytes())


def sha256(path: Path) -> str:
    """Give the SHA-256 of a file, in hexadecimals."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_checksums(paths: Iterable[Path], path: Path) -> None:
    """Write the checksums in the form that `sha256sum --check` reads."""
    lines = (f"{sha256(file)}  {file.name}\n" for file in sorted(paths))
    path.write_text("".join(lines), encoding="utf-8", newline="\n")


def _records(table: Table) -> Iterable[list[Value]]:
    return ([table.value(row, name) for name in table.field_names] for row in range(len(table.frame)))


def _json_value(value: Value) -> Any:
    match value:
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case bool() | int() | None:
            return value
        case _:
            return cell_text(value)
