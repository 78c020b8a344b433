"""What the API says about tables, their schemas and lists of codes."""

from collections.abc import Iterator, Mapping
from typing import Any

from vierdepijler.core.cells import ORIGIN, Cell, code_row, row_anchor
from vierdepijler.core.tables import Field, Role, Table, cell_text
from vierdepijler.writers.formats.csv_files import json_value
from vierdepijler.writers.formats.publication import records

from .endpoint import Answer, Api, Texts, file_name

SOURCE_PAGE = "sources"
CODE = ("code",)
JSON_TYPES = {"integer": "integer", "number": "number", "boolean": "boolean", "year": "integer"}


def localised_texts(api: Api, table: Table, row: int, name: str) -> Texts | None:
    """Give a text that a row has once per language, such as `label`; None where the table has no such fields."""
    fields = {language: f"{name}_{language}" for language in api.package.languages}
    present = {language: field for language, field in fields.items() if field in table.field_names}
    found = {language: cell_text(table.value(row, field)) for language, field in present.items()}
    return {language: text for language, text in found.items() if text} or None


def row_of(found: Table | None, *key: str) -> tuple[Table, int] | None:
    """Find a row by its key; None where there is no such table or row."""
    return None if found is None or key not in found.keys else (found, found.keys[key])


def label_of(api: Api, cell: Cell) -> Texts | None:
    """Say what the code in a cell stands for; None for what is no code, or has no label."""
    found = code_row(api.package, cell.table, cell.field.name, cell_text(cell.value))
    return None if found is None else localised_texts(api, *found, "label")


def record_key(table: Table, row: int) -> dict[str, Any]:
    """Give the key of a row as JSON has it."""
    return {name: json_value(table.value(row, name)) for name in table.primary_key}


def described_unit(api: Api, code: str | None) -> dict[str, Any] | None:
    """Describe a unit by its code; None for no unit."""
    found = row_of(api.package.table_of(Role.UNITS), code) if code else None
    return {"code": code, "label": found and localised_texts(api, *found, "label")} if code else None


def described_reason(api: Api, unknown_id: str) -> dict[str, Any]:
    """Describe a row of the register of what is not known."""
    found = row_of(api.package.table_of(Role.UNKNOWNS), unknown_id)
    nothing = {"unknown_id": unknown_id, "label": None, "reason": None, "reason_label": None}
    if found is None:
        return nothing
    table, row = found
    reason = Cell(table, row, table.field("reason")) if "reason" in table.field_names else None
    return {
        **nothing,
        "label": localised_texts(api, table, row, "label"),
        "reason": None if reason is None else cell_text(reason.value) or None,
        "reason_label": None if reason is None else label_of(api, reason),
    }


def source_of(api: Api, table: Table, row: int) -> dict[str, Any] | None:
    """Say which source a row comes from, and which item where that is known; None where the row does not say."""
    source, item = (cell_text(table.value(row, name)) if name in table.field_names else "" for name in ORIGIN)
    if not source or table.role == Role.SOURCES:
        return None
    described = row_of(api.package.table_of(Role.SOURCES), source)
    place = row_of(api.package.table_of(Role.ITEMS), source, item) if item else None
    return {
        "source_id": source,
        "title": described and cell_text(described[0].value(described[1], "title")),
        "source_item": item or None,
        "item_label": place and localised_texts(api, *place, "label"),
        "page": api.page(SOURCE_PAGE, row_anchor((source, item) if item else (source,))),
    }


def code_lists(api: Api) -> list[str]:
    """Give the name of every table that is a list of codes: one with the key `code`."""
    return [name for name, table in api.tables.items() if table.primary_key == CODE]


def table_path(table: Table) -> str:
    """Give the path of the answer with a whole table."""
    return f"tables/{file_name([table.name])}.json"


def list_tables(api: Api) -> Answer:
    """Answer which tables there are."""
    described = (
        {**_described(api, table), "address": api.address(table_path(table))} for table in api.package.tables.values()
    )
    return Answer(list(described), page=api.page("data"))


def answer_table(api: Api, name: str) -> Answer:
    """Answer what a table is about, with all of its records."""
    table = api.tables[name]
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
    table = api.tables[name]
    content = {"table_schema": table.descriptor.get("schema", {}), "record_schema": record_schema(table)}
    return Answer(content, api.download(f"{table.name}.csv"), api.page(f"table:{table.name}"))


def list_codes(api: Api) -> Answer:
    """Answer which lists of codes there are."""
    tables = [api.tables[name] for name in code_lists(api)]
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
    table = api.tables[name]
    content = {
        "name": table.name,
        "title": api.texts(table.descriptor, "title"),
        "description": api.texts(table.descriptor, "description"),
        "codes": [
            {
                "code": cell_text(table.value(row, "code")),
                "label": localised_texts(api, table, row, "label"),
                "description": localised_texts(api, table, row, "description"),
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
        "unit": described_unit(api, field.property("unit")),
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
