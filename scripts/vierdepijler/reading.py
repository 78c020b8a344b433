"""Reading a data package from disk: the descriptor as JSON, each table as text and as typed values.

Frictionless says what the text of a cell means under its schema; the typed values are kept in Arrow, so
that a whole number stays whole beside an empty cell.
"""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
from frictionless import FrictionlessException, Schema

from .descriptors import line_of, read_descriptor, read_text
from .layouts import read_layout
from .messages import Message, heard, say
from .package import Descriptor, Field, Package, Table, Value
from .problems import UnreadableError, quoted, unreadable

ARROW_TYPES: Mapping[str, pa.DataType] = {
    "integer": pa.int64(),
    "year": pa.int64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}
STANDARD_SCHEMA = "https://datapackage.org/profiles/2.0/tableschema.json"  # its name; nobody fetches it
SUFFIXES = {".csv", ".tsv", ".txt"}
DECIMAL_DIGITS = 38  # what Arrow's decimal128 holds
DIALECT = {
    "delimiter": "delimiter",
    "quoteChar": "quotechar",
    "doubleQuote": "doublequote",
    "escapeChar": "escapechar",
    "skipInitialSpace": "skipinitialspace",
}


def read_package(path: Path) -> Package:
    """Read the package that the descriptor at `path` describes, every table of it.

    Raises `UnreadableError` for a missing or unreadable file, bad JSON, text that is not in the declared
    encoding, a path that leaves the package's folder, or a descriptor of another shape.
    """
    try:
        descriptor = read_descriptor(path)
        return Package(path, descriptor, _read_tables(path, descriptor))
    except UnreadableError as error:
        error.root = path.parent
        raise


def _read_tables(path: Path, descriptor: Descriptor) -> dict[str, Table]:
    tables: dict[str, Table] = {}
    for resource in descriptor["resources"]:
        table = read_table(path, resource)
        if table.name in tables:
            what = say("two tables are called '{name}'", name=table.name)
            raise _refused(path, table.name, what, "give each table its own name")
        tables[table.name] = table
    return tables


def _refused(path: Path, table: str, what: str, todo: str) -> UnreadableError:
    return unreadable(path.name, what, todo, line=line_of(path, "resources", table))


def read_table(package: Path, resource: Descriptor) -> Table:
    """Read one table of the package whose descriptor lies at `package`; raises `UnreadableError` as above."""
    file = _safe_path(package, resource)
    schema = _schema(package, resource)
    text = read_text(package.parent / file, file, str(resource.get("encoding", "utf-8")))
    records, lines = _records(text, resource.get("dialect", {}), file)
    header = records[0] if records else ()
    fields = tuple(Field(field) for field in resource.get("schema", {}).get("fields", ())) or tuple(
        Field({"name": label, "type": "string"}) for label in header
    )
    try:
        frame = _typed_frame(schema, fields, records[1:])
    except TypeError as error:  # Frictionless compares every value with a limit that is itself no value
        raise _unusable(package, resource, say("the limit of a constraint does not fit its type")) from error
    return Table(resource["name"], file, resource, fields, header, records[1:], lines[1:], frame, read_layout(text))


def _safe_path(package: Path, resource: Descriptor) -> str:
    """Check that the resource is a file inside the package, as the standard asks of a safe path."""
    file, name = resource["path"], resource["name"]
    try:
        inside = (package.parent / file).resolve().is_relative_to(package.parent.resolve())
    except (OSError, ValueError, RuntimeError):
        inside = False
    if "://" in file or not inside:
        raise _refused(
            package,
            name,
            say(
                "the path {path} of the table '{name}' leaves the package, or is no path", path=quoted(file), name=name
            ),
            "put the file below the folder of this descriptor and name it from there",
        )
    if Path(file).suffix not in SUFFIXES:
        what = say("{file} is not a CSV file", file=quoted(file))
        raise _refused(package, name, what, "save the table as CSV, with a name in .csv")
    return Path(file).as_posix()


def _schema(package: Path, resource: Descriptor) -> Schema:
    if not resource.get("schema", {}).get("fields"):
        return Schema()
    try:
        for field in resource["schema"]["fields"]:
            re.compile(field.get("constraints", {}).get("pattern", ""))
        schema = Schema.from_descriptor({"$schema": STANDARD_SCHEMA, **resource["schema"]})
        schema.read_cells([""] * len(schema.fields))
    except FrictionlessException as error:
        reason = (error.reasons or [error.error])[0].note
        raise _unusable(package, resource, heard(reason)) from error
    except (re.error, TypeError, ValueError, KeyError, AttributeError) as error:
        raise _unusable(package, resource, heard(str(error))) from error
    return schema


def _unusable(package: Path, resource: Descriptor, reason: Message) -> UnreadableError:
    return _refused(
        package,
        resource["name"],
        say("the schema of the table '{name}' cannot be used: {reason}", name=resource["name"], reason=reason),
        "mend the schema; the types and constraints are those of Table Schema 2.0",
    )


def read_value(field: Field, text: str) -> Value:
    """Read a value as a field of a file writes it, for a limit that stands in its schema."""
    schema = Schema.from_descriptor({"$schema": STANDARD_SCHEMA, "fields": [dict(field.descriptor)]})
    value: Value = schema.read_cells([text])[0][0]
    return value


def _records(text: str, dialect: Descriptor, file: str) -> tuple[tuple[tuple[str, ...], ...], tuple[int, ...]]:
    """Split CSV text into records, with the line on which each of them starts."""
    options = {DIALECT[name]: value for name, value in dialect.items() if name in DIALECT}
    records: list[tuple[str, ...]] = []
    lines: list[int] = []
    start = 1
    try:
        # A quote that is never closed would otherwise take in the rest of the file without a word.
        reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True, **options)
        for record in reader:
            records.append(tuple(record))
            lines.append(start)
            start = reader.line_num + 1
    except (csv.Error, TypeError, ValueError) as error:
        what = say("this is not a CSV file that can be read ({reason})", reason=heard(str(error)))
        raise unreadable(file, what, "check the quotes from there on", line=start) from error
    return tuple(records), tuple(lines)


def _typed_frame(schema: Schema, fields: Sequence[Field], records: Sequence[Sequence[str]]) -> pd.DataFrame:
    width = len(fields)
    texts = [[*record[:width], *[""] * (width - len(record))] for record in records]
    rows = [schema.read_cells(cells)[0] for cells in texts] if schema.fields else texts
    columns = {
        field.name: pd.Series(
            _typed_column(field, [row[position] for row in rows], [row[position] for row in texts]), name=field.name
        )
        for position, field in enumerate(fields)
    }
    return pd.DataFrame(columns, columns=[field.name for field in fields])


def _typed_column(field: Field, values: Sequence[Any], texts: Sequence[str]) -> pd.api.extensions.ExtensionArray:
    kind = ARROW_TYPES.get(field.type, pa.string())
    if field.type == "number":
        values = [value if isinstance(value, Decimal) and _fits(value) else None for value in values]
        scale = max((-int(number.as_tuple().exponent) for number in values if number is not None), default=0)
        kind = pa.decimal128(DECIMAL_DIGITS, max(scale, 0))
    elif pa.types.is_int64(kind):
        values = [value if isinstance(value, int) and abs(value) < 2**63 else None for value in values]
    elif pa.types.is_string(kind):
        # A list or a point on the map stays as it is written: the text is its one notation in CSV.
        values = [None if value is None else text for value, text in zip(values, texts, strict=True)]
    return pd.array(pa.array(values, kind), dtype=pd.ArrowDtype(kind))


def _fits(number: Decimal) -> bool:
    """Tell whether Arrow can hold the number beside others: at most 18 digits on either side of the point."""
    return number.is_finite() and abs(number) < 10**18 and int(number.as_tuple().exponent) >= -18
