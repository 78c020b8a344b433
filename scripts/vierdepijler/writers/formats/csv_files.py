"""JSON; and CSV as RFC 4180 describes it, and as Excel opens it where the comma is the decimal sign.

The first is UTF-8 with a comma, CRLF at the end of a line and quotes where they are needed. The second, for Belgium,
has the mark by which Excel knows UTF-8, a semicolon and a decimal comma. Its headers and codes are in words of the
package's first language. Dates are ISO: every Excel reads these as dates. Excel itself drops leading zeros, and digits
behind the fifteenth, from text that looks like a number; no CSV can forbid it that, so who needs those takes the
workbook.
"""

import csv
import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from vierdepijler.core.tables import Descriptor, Table, Value, cell_text
from vierdepijler.core.text import YES_NO
from vierdepijler.core.text_files import render_json

from .dictionary import labels, titles
from .publication import Publication, origin_of, records

LINE_END = "\r\n"
FOLDER = "subsets"
LETTERS = {"year": 4, "month": 7}  # how much of an ISO date says it
SAFE = re.compile(r"[A-Za-z0-9_-]{1,60}")
EMPTY = "empty~"  # the name of the part without a value; `~` stands in no name that is a value itself
DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])", re.IGNORECASE)  # what Windows takes for a device


def write_csv(_: Publication, table: Table, path: Path) -> None:
    """Write the table as CSV: ISO dates, decimal point, `true` and `false`, an empty cell for null."""
    write_rows(table.field_names, records(table), path)


def write_rows(header: Sequence[str], rows: Iterable[Sequence[Value]], path: Path) -> None:
    """Write rows of values below their header, as `write_csv` writes those of a whole table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator=LINE_END)
        writer.writerow(header)
        writer.writerows([cell_text(value) for value in row] for row in rows)


def write_excel_csv(publication: Publication, table: Table, path: Path) -> None:
    """Write the table with titles as header and labels for codes, in the first language of the package."""
    package, language = publication.package, publication.package.languages[0]
    named = [labels(package, table, field, language) for field in table.fields]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(titles(package, table, language))
        for record in records(table):
            writer.writerow(_shown(value, names, language) for value, names in zip(record, named, strict=True))


def _shown(value: Value, names: Mapping[Value, str], language: str) -> str:
    match value:
        case bool():
            return YES_NO.get(language, YES_NO["en"])[value]
        case Decimal():
            return cell_text(value).replace(".", ",")
        case _:
            return names.get(value) or cell_text(value)


def write_subsets(table: Table, folder: Path) -> list[dict[str, Any]]:
    """Write the parts that the table declares; gives the declarations, each with its files: value, path and rows."""
    return [
        {"name": subset_name(declared), **declared, "files": list(_write(table, declared, folder))}
        for declared in declared_subsets(table)
    ]


def declared_subsets(table: Table) -> list[Descriptor]:
    """Give the subsets that a table declares; a package that is not ours may mean something else by the word."""
    found = table.descriptor.get("subsets")
    return [
        declared
        for declared in (found if isinstance(found, list) else ())
        if isinstance(declared, dict)
        and declared.get("field") in table.field_names
        and declared.get("by") in (None, *LETTERS)
    ]


def subset_name(declared: Descriptor) -> str:
    """Name a subset after its field, and what of it is looked at: `reference_date-year`."""
    return "-".join([declared["field"], *([declared["by"]] if "by" in declared else [])])


def _write(table: Table, declared: Descriptor, folder: Path) -> Iterable[dict[str, Any]]:
    place = table.field_names.index(declared["field"])
    parts: dict[str, list[tuple[Value, ...]]] = {}
    for record in records(table):
        parts.setdefault(cell_text(record[place])[: LETTERS.get(declared.get("by", ""))], []).append(record)
    names = file_names(parts)
    inside = f"{FOLDER}/{table.name}/{file_names([declared['field']])[declared['field']]}"
    (folder / inside).mkdir(parents=True, exist_ok=True)
    for value in sorted(parts):
        path = f"{inside}/{names[value]}.csv"
        write_rows(table.field_names, parts[value], folder / path)
        yield {"name": names[value], "value": value, "path": path, "rows": len(parts[value])}


def file_names(values: Iterable[str]) -> Mapping[str, str]:
    """Give each value the name of a file that every system takes, and that differs from others in more than capitals.

    A value of letters, digits, `-` and `_` is its own name. Another gets what can be kept of it, `~`, and the first
    twelve hexadecimals of its SHA-256.
    """
    listed = list(values)
    counted = Counter(value.casefold() for value in listed)
    return {value: value if counted[value.casefold()] == 1 and _is_safe(value) else _named(value) for value in listed}


def _is_safe(value: str) -> bool:
    return SAFE.fullmatch(value) is not None and DEVICES.fullmatch(value) is None


def _named(value: str) -> str:
    if not value:
        return EMPTY
    bare = unicodedata.normalize("NFKD", value).encode("ascii", "ignore").decode().casefold()
    kept = "-".join(re.findall("[a-z0-9_]+", bare))[:40]
    return f"{kept}~{hashlib.sha256(value.encode()).hexdigest()[:12]}"


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


def json_value(value: Value) -> Any:
    """Give a value as JSON knows it: a number as a number, a date as ISO text, null for None."""
    match value:
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case bool() | int() | None:
            return value
        case _:
            return cell_text(value)
