"""Parts of a table, each with the rows of one value: a year, a network. Together they are the whole table.

A resource declares them: `"subsets": [{"field": "reference_date", "by": "year"}, {"field": "network_id"}]`.
"""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from vierdepijler.core.tables import Descriptor, Table, Value, cell_text

from .csv_files import write_rows
from .publication import records

FOLDER = "subsets"
LETTERS = {"year": 4, "month": 7}  # how much of an ISO date says it
SAFE = re.compile(r"[A-Za-z0-9_-]{1,60}")
EMPTY = "empty~"  # the name of the part without a value; `~` stands in no name that is a value itself
DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])", re.IGNORECASE)  # what Windows takes for a device


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
