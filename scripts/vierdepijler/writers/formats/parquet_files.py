"""Parquet: columns with their exact types, and what they mean in the metadata of the schema.

The texts stand where pyarrow, DuckDB, R's arrow and pandas show them: `description`, `unit` and the like beside each
column, and title, licence, source, version and address beside the whole.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from vierdepijler.core.tables import Field, Table

from .publication import Publication, origin_of

TOLD = ("title", "description", "unit", "unitIn")  # the properties of a field that go along, in every language


def write_parquet(publication: Publication, table: Table, path: Path) -> None:
    """Write the table: int64, decimal128, date32, bool and string, each of which may be null."""
    columns = [table.column(name) for name in table.field_names]
    origin = {**origin_of(publication, table, path.name), "name": table.name}
    schema = pa.schema(
        [
            pa.field(field.name, column.type, metadata=_told(field))
            for field, column in zip(table.fields, columns, strict=True)
        ],
        metadata=_as_texts(origin),
    )
    pq.write_table(pa.Table.from_arrays(columns, schema=schema), path, compression="snappy", version="2.6")


def _told(field: Field) -> dict[str, str]:
    described = {"type": field.type, **field.descriptor}
    names = [name for name in described if name == "type" or name.partition("_")[0] in TOLD]
    return {name: str(described[name]) for name in names}


def _as_texts(content: Mapping[str, Any]) -> dict[str, str]:
    return {
        name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for name, value in content.items()
    }
