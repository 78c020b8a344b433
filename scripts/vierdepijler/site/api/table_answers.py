"""What the API says about tables, their schemas and lists of codes."""

from collections.abc import Iterator, Mapping
from typing import Any

from vierdepijler.core.tables import Field, Table, cell_text
from vierdepijler.writers.formats.json_files import json_value
from vierdepijler.writers.formats.publication import records

from .endpoint import Answer, Api
from .file_names import file_name
from .labels import described_reason, row_texts, unit_of

CODE = ("code",)
JSON_TYPES = {"integer": "integer", "number": "number", "boolean": "boolean", "year": "integer"}


def table_names(api: Api) -> Iterator[tuple[str, ...]]:
    """Give the name of every table, as it stands in addresses."""
    return ((file_name([name]),) for name in api.package.tables)


def code_lists(api: Api) -> Iterator[tuple[str, ...]]:
    """Give the name of every table that is a list of codes: one with the key `code`."""
    return ((file_name([name]),) for name, table in api.package.tables.items() if table.primary_key == CODE)


def table_path(table: Table) -> str:
    """Give the path of the answer with a whole table."""
    return f"tables/{file_name([table.name])}.json"


def find_table(api: Api, name: str) -> Table:
    """Find a table by its name in addresses."""
    return next(table for known, table in api.package.tables.items() if file_name([known]) == name)


def list_tables(api: Api) -> Answer:
    """Answer which tables there are."""
    described = (
        {**_described(api, table), "address": api.address(table_path(table))} for table in api.package.tables.values()
    )
    return Answer(list(described), page=api.page("data"))


def answer_table(api: Api, name: str) -> Answer:
    """Answer what a table is about, with all of its records."""
    table = find_table(api, name)
    content = {
        **_described(api, table),
        "fields": [_field(api, table, field) for field in table.fields],
        "files": list(_files(api, table)),
        "records": list(_records(table)),
        "reasons": {identifier: described_reason(api, identifier) for identifier in sorted(_reasons(table))},
    }
    return Answer(content, api.download(f"{table.name}.csv"), api.page(f"table:{table.name}"))


def answer_schema(api: Api, name: str) -> Answer:
    """Answer the schema of a table: as Table Schema, and as JSON Schema of one record."""
    table = find_table(api, name)
    content = {"table_schema": table.descriptor.get("schema", {}), "record_schema": record_schema(table)}
    return Answer(content, api.download(f"{table.name}.csv"), api.page(f"table:{table.name}"))


def list_codes(api: Api) -> Answer:
    """Answer which lists of codes there are."""
    tables = [find_table(api, name) for (name,) in code_lists(api)]
    described = (
        {
            "name": table.name,
            "title": api.texts(table.descriptor, "title"),
            "codes": table.rows,
            "address": api.address(f"codes/{file_name([table.name])}.json"),
        }
        for table in tables
    )
    return Answer(list(described), page=api.page("data"))


def answer_codes(api: Api, name: str) -> Answer:
    """Answer every code of a list, in every language, and the fields that use it."""
    table = find_table(api, name)
    content = {
        "name": table.name,
        "title": api.texts(table.descriptor, "title"),
        "description": api.texts(table.descriptor, "description"),
        "codes": [
            {
                "code": cell_text(table.value(row, "code")),
                "label": row_texts(api, table, row, "label"),
                "description": row_texts(api, table, row, "description"),
            }
            for row in range(table.rows)
        ],
        "used_by": list(_users(api, table)),
    }
    return Answer(content, api.download(f"{table.name}.csv"), api.page(f"table:{table.name}"))


def record_schema(table: Table) -> Mapping[str, Any]:
    """Give the JSON Schema of a record: an empty cell is null, and a key never is."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": list(table.field_names),
        "additionalProperties": False,
        "properties": {field.name: _shape(field, is_key=field.name in table.primary_key) for field in table.fields},
    }


def _shape(field: Field, *, is_key: bool) -> Mapping[str, Any]:
    kind = JSON_TYPES.get(field.type, "string")
    is_always = is_key or bool(field.descriptor.get("constraints", {}).get("required"))
    shape: dict[str, Any] = {"type": kind if is_always else [kind, "null"]}
    return {**shape, "format": "date"} if field.type == "date" else shape


def _described(api: Api, table: Table) -> dict[str, Any]:
    return {
        "name": table.name,
        "title": api.texts(table.descriptor, "title"),
        "description": api.texts(table.descriptor, "description"),
        "group": table.descriptor.get("group"),
        "rows": table.rows,
    }


def _records(table: Table) -> Iterator[dict[str, Any]]:
    for record in records(table):
        yield dict(zip(table.field_names, map(json_value, record), strict=True))


def _field(api: Api, table: Table, field: Field) -> dict[str, Any]:
    lists = [key.table for key in table.foreign_keys if key.fields == (field.name,)]
    return {
        "name": field.name,
        "type": field.type,
        "title": api.texts(field.descriptor, "title"),
        "description": api.texts(field.descriptor, "description"),
        "unit": unit_of(api, field.property("unit")),
        "codes": next(iter(lists), None),
        "reason_in": field.property("reasonIn"),
    }


def _files(api: Api, table: Table) -> Iterator[dict[str, Any]]:
    for file in (table.descriptor, *table.descriptor.get("distributions", ())):
        if "bytes" in file and (address := api.download(str(file["path"]))):
            described = {name: file[name] for name in ("format", "mediatype", "bytes")}
            yield {**described, "address": address}


def _reasons(table: Table) -> set[str]:
    """Give the rows of the register that a table points to for its empty cells."""
    fields = {field.property("reasonIn") for field in table.fields} & set(table.field_names)
    return {cell_text(table.value(row, name)) for name in fields if name for row in range(table.rows)} - {""}


def _users(api: Api, table: Table) -> Iterator[dict[str, str]]:
    for other in api.package.tables.values():
        for key in other.foreign_keys:
            if key.table == table.name and key.targets == CODE:
                yield {"table": other.name, "field": key.fields[0]}
