"""Check this copy of the data (kijk deze kopie na): its files, and the rows, types and keys of its tables.

`python3 verify.py [FOLDER]` needs Python 3.9 and no internet. Exit code: 0 well, 1 wrong, 2 not all could be checked.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

Rows = list[tuple[str, Mapping[str, str]]]  # each row with its file and line
SUMS, DESCRIPTOR = "SHA256SUMS", "datapackage.json"
OF_THE_SYSTEM = {SUMS, ".DS_Store", "Thumbs.db", "desktop.ini"}  # the last three: what a file manager leaves behind
FORMS = {"integer": "-?[0-9]+", "year": "-?[0-9]+", "number": r"-?[0-9]+(\.[0-9]+)?", "boolean": "true|false"}
FORMS["date"] = "(?!....-(02-3|04-31|06-31|09-31|11-31))[0-9]{4}-(0[1-9]|1[012])-(0[1-9]|[12][0-9]|3[01])"


def check_files(folder: Path, digests: Mapping[str, str], archive: str) -> Iterator[str]:
    """Compare the files that are there with SHA256SUMS; the archive that they came from may lie beside them."""
    known = dict(line.split("  ", 1)[::-1] for line in (folder / SUMS).read_text("utf-8").splitlines())
    for name in sorted({*known, *digests}):
        if name not in digests:
            yield f"{name}: this file is missing · dit bestand ontbreekt"
        elif name not in known and name != archive:
            yield f"{name}: this file does not belong here · dit bestand hoort hier niet"
        elif digests[name] != known.get(name, digests[name]):
            yield f"{name}: this file was changed · dit bestand is veranderd"


def read(folder: Path, resource: Mapping[str, Any]) -> tuple[Rows, list[str]]:
    """Read the rows of a table (CSV: UTF-8, RFC 4180) up to one that has not its columns, and say what is wrong."""
    names, file, line = [field["name"] for field in resource["schema"]["fields"]], resource["path"], 1
    rows: Rows = []
    with (folder / file).open(encoding="utf-8", newline="") as text:
        reader = csv.reader(text, strict=True)
        for row in reader:
            if len(row) != len(names) or (line == 1 and row != names):
                return rows[1:], [f"{file}:{line}: the columns should be · de kolommen horen te zijn: {names}"]
            rows.append((f"{file}:{line}", dict(zip(names, row))))
            line = reader.line_num + 1
    found, asked = len(rows) - 1, resource["rows"]
    told = f"{file}: {found} rows, not the {asked} of {DESCRIPTOR} · {found} rijen, niet de {asked} van {DESCRIPTOR}"
    return rows[1:], [] if found == asked else [told]


def check_cells(field: Mapping[str, Any], rows: Rows) -> Iterator[str]:
    """Check that the cells of a column are of its type, and not empty where they may not be."""
    name, kind = field["name"], field.get("type", "string")
    for place, row in rows:
        if not row[name] and field.get("constraints", {}).get("required"):
            yield f"{place}: {name}: this cell may not be empty · deze cel mag niet leeg zijn"
        elif row[name] and kind in FORMS and not re.fullmatch(FORMS[kind], row[name]):
            yield f"{place}: {name}: {row[name]!r} is not of the type · is niet van het type {kind}"


def cells_of(key: str | list[str], rows: Rows) -> list[tuple[str, str]]:
    """Give the cells of a key, each row with its place; not where all are empty."""
    names = [key] if isinstance(key, str) else key
    return [(place, ",".join(row[name] for name in names)) for place, row in rows if any(row[name] for name in names)]


def check_keys(resource: Mapping[str, Any], tables: Mapping[str, Rows]) -> Iterator[str]:
    """Check that no two rows share a key, and that what they refer to is there."""
    schema, rows = resource["schema"], tables[resource["name"]]
    unique = [field["name"] for field in schema["fields"] if field.get("constraints", {}).get("unique")]
    for key in [schema.get("primaryKey", []), *schema.get("uniqueKeys", []), *unique]:
        seen: dict[str, str] = {}
        for place, cells in cells_of(key, rows):
            if seen.setdefault(cells, place) != place:
                yield f"{place}: {key}: {cells!r} is there twice · staat er twee keer: {seen[cells]}"
    for key in schema.get("foreignKeys", []):
        target = key["reference"].get("resource") or resource["name"]
        known = {cells for _, cells in cells_of(key["reference"]["fields"], tables[target])}
        for place, cells in cells_of(key["fields"], rows):
            if cells not in known:
                yield f"{place}: {key['fields']}: {cells!r} is not in · staat niet in {target}"


def check(folder: Path) -> Iterator[str]:
    """Give all that is wrong with the copy in a folder; raises whatever stops it."""
    paths = [path for path in folder.rglob("*") if path.is_file() and path.name not in OF_THE_SYSTEM]
    digests = {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
    descriptor = json.loads((folder / DESCRIPTOR).read_text("utf-8"))
    yield from check_files(folder, digests, f"{descriptor['name']}.zip")
    tables: dict[str, Rows] = {}
    resources = [resource for resource in descriptor["resources"] if "distributions" in resource]  # the tables
    for resource in resources:
        tables[resource["name"]], told = read(folder, resource)
        yield from told
    for resource in resources:
        for field in resource["schema"]["fields"]:
            yield from check_cells(field, tables[resource["name"]])
        yield from check_keys(resource, tables)


def main(folder: Path) -> int:
    """Check the copy in a folder, tell what was found, and give the exit code."""
    csv.field_size_limit(2**31 - 1)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # whatever signs a terminal knows
    faults = 0
    try:
        for fault in check(folder):
            print(fault)
            faults += 1
    except (OSError, ValueError, LookupError, TypeError, AttributeError, csv.Error) as error:
        print(f"{folder}: not all could be checked · niet alles was na te kijken: {error!r}")
        return 2
    print(f"Faults: {faults} · Fouten: {faults}" if faults else "All is well. · Alles klopt.")
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).parent))
