"""Reading a data package from disk: the descriptor as JSON, each table as text and as typed values.

Frictionless says what the text of a cell means under its schema; the typed values are kept in Arrow, so
that a whole number stays whole beside an empty cell.
"""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
from frictionless import FrictionlessException, Schema

from .package import Descriptor, Field, Package, Table
from .problems import UnreadableError

ARROW_TYPES: Mapping[str, pa.DataType] = {
    "integer": pa.int64(),
    "year": pa.int64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}
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
    encoding, a path that leaves the package's folder, or a descriptor that describes no tables.
    """
    try:
        descriptor = read_descriptor(path)
        return Package(path, descriptor, _read_tables(path, descriptor))
    except UnreadableError as error:
        error.root = path.parent
        raise


def _read_tables(path: Path, descriptor: Descriptor) -> dict[str, Table]:
    if not isinstance(resources := descriptor.get("resources"), list) or not resources:
        raise UnreadableError(
            path.name, "the package describes no tables", "add the property 'resources', a list with at least one table"
        )
    tables: dict[str, Table] = {}
    for number, resource in enumerate(resources, 1):
        table = _read_table(path, resource, number)
        if table.name in tables:
            raise UnreadableError(path.name, f"two tables are called '{table.name}'", "give each table its own name")
        tables[table.name] = table
    return tables


def read_descriptor(path: Path) -> Descriptor:
    """Read a `datapackage.json`; raises `UnreadableError` where it is missing or not a JSON object."""
    text = _read_text(path, path.name, "utf-8")
    try:
        descriptor = json.loads(text)
    except json.JSONDecodeError as error:
        raise UnreadableError(
            path.name,
            f"this is not valid JSON ({error.msg.lower()})",
            "mend the JSON there, often a comma or a quote too many or too few",
            line=error.lineno,
            column=f"character {error.colno}",
        ) from error
    except RecursionError as error:
        raise UnreadableError(
            path.name, "the JSON is nested too deep to read", "check that it is a descriptor"
        ) from error
    if not isinstance(descriptor, dict):
        raise UnreadableError(path.name, "this is not a data package", "a descriptor is a JSON object: { … }", line=1)
    return descriptor


def _read_table(package: Path, resource: Any, number: int) -> Table:
    if not isinstance(resource, dict) or not isinstance(resource.get("name"), str):
        raise UnreadableError(package.name, f"resource {number} has no name", "give it the property 'name'")
    name: str = resource["name"]
    file = _safe_path(package, resource)
    schema = _schema(package, resource)
    text = _read_text(package.parent / file, file, str(resource.get("encoding", "utf-8")))
    records, lines = _records(text, resource.get("dialect"), file)
    header = records[0] if records else ()
    fields = tuple(Field(field) for field in schema.to_descriptor().get("fields", ())) or tuple(
        Field({"name": label, "type": "string"}) for label in header
    )
    return Table(
        name, file, resource, fields, header, records[1:], lines[1:], _typed_frame(schema, fields, records[1:])
    )


def _safe_path(package: Path, resource: Descriptor) -> str:
    """Check that the resource is a file inside the package, as the standard asks of a safe path."""
    file, name = resource.get("path"), resource["name"]
    if not isinstance(file, str) or not file:
        raise UnreadableError(
            package.name, f"the table '{name}' has no file", "give it the property 'path', one file below this folder"
        )
    root = package.parent.resolve()
    if "://" in file or not (package.parent / file).resolve().is_relative_to(root):
        raise UnreadableError(
            package.name,
            f"the path '{file}' of the table '{name}' leaves the package",
            "put the file below the folder of this descriptor and name it from there",
        )
    return Path(file).as_posix()


def _schema(package: Path, resource: Descriptor) -> Schema:
    descriptor = resource.get("schema")
    if descriptor is None:
        return Schema()
    try:
        return Schema.from_descriptor(descriptor)
    except FrictionlessException as error:
        reason = (error.reasons or [error.error])[0].note
        raise UnreadableError(
            package.name,
            f"the schema of the table '{resource['name']}' cannot be used: {reason}",
            "mend the schema; the types and constraints are those of Table Schema 2.0",
        ) from error


def _read_text(path: Path, file: str, encoding: str) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableError(
            file, f"the file cannot be read ({error.strerror})", "check the path, and that the file is there"
        ) from error
    try:
        return content.decode(encoding)
    except LookupError as error:
        raise UnreadableError(file, f"there is no encoding '{encoding}'", "use UTF-8 and declare 'utf-8'") from error
    except UnicodeDecodeError as error:
        raise UnreadableError(
            file,
            f"the text is not {encoding.upper()}: byte 0x{content[error.start]:02x} cannot be read",
            "save the file again as UTF-8",
            line=content.count(b"\n", 0, error.start) + 1,
        ) from error


def _records(text: str, dialect: Any, file: str) -> tuple[tuple[tuple[str, ...], ...], tuple[int, ...]]:
    """Split CSV text into records, with the line on which each of them starts."""
    options = {DIALECT[name]: value for name, value in (dialect or {}).items() if name in DIALECT}
    records: list[tuple[str, ...]] = []
    lines: list[int] = []
    try:
        reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), **options)
        start = 1
        for record in reader:
            records.append(tuple(record))
            lines.append(start)
            start = reader.line_num + 1
    except (csv.Error, TypeError, ValueError) as error:
        raise UnreadableError(
            file, f"this is not a CSV file that can be read ({error})", "check its quotes and its dialect", line=start
        ) from error
    return tuple(records), tuple(lines)


def _typed_frame(schema: Schema, fields: Sequence[Field], records: Sequence[Sequence[str]]) -> pd.DataFrame:
    width = len(fields)
    if schema.fields:
        rows = [schema.read_cells([*record[:width], *[""] * (width - len(record))])[0] for record in records]
    else:
        rows = [list(record[:width]) for record in records]
    columns = {
        field.name: pd.Series(_typed_column(field, [row[position] for row in rows]), name=field.name)
        for position, field in enumerate(fields)
    }
    return pd.DataFrame(columns, columns=[field.name for field in fields])


def _typed_column(field: Field, values: Sequence[Any]) -> pd.api.extensions.ExtensionArray:
    if field.type == "number":
        numbers = [value if isinstance(value, Decimal) and _fits(value) else None for value in values]
        scale = max((-int(n.as_tuple().exponent) for n in numbers if n is not None), default=0)
        kind = pa.decimal128(DECIMAL_DIGITS, max(scale, 0))
        return pd.array(pa.array(numbers, kind), dtype=pd.ArrowDtype(kind))
    kind = ARROW_TYPES.get(field.type, pa.string())
    if pa.types.is_int64(kind):
        values = [value if isinstance(value, int) and abs(value) < 2**63 else None for value in values]
    elif pa.types.is_string(kind):
        values = [None if value is None else str(value) for value in values]
    return pd.array(pa.array(values, kind), dtype=pd.ArrowDtype(kind))


def _fits(number: Decimal) -> bool:
    """Tell whether Arrow can hold the number beside others: at most 18 digits on either side of the point."""
    return number.is_finite() and abs(number) < 10**18 and int(number.as_tuple().exponent) >= -18
