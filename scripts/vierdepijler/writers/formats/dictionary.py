"""The data dictionary: every field of every table, what it means and what may stand in it, as the rows of one table.

The published descriptor says the same to programs; this is for who opens a table and wants to know what a column is.
"""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

from vierdepijler.core.package import Package
from vierdepijler.core.tables import Field, Table

from .canonical import canonical_field
from .publication import Publication

DICTIONARY = "dictionary.csv"
TEXTS = ("title", "description")
ROW_END = "\r\n"  # as RFC 4180 asks


def write_dictionary(publication: Publication, path: Path) -> None:
    """Write the dictionary as CSV (RFC 4180, UTF-8)."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator=ROW_END)
        writer.writerow(dictionary_header(publication.package))
        writer.writerows(dictionary_rows(publication.package))


def text_columns(package: Package) -> tuple[str, ...]:
    """Name the columns with titles and descriptions, one for each language, such as `title_nl` and `title_en`."""
    return tuple(f"{text}_{language}" for text in TEXTS for language in package.languages)


def dictionary_header(package: Package) -> tuple[str, ...]:
    """Name the columns of the dictionary."""
    return (
        *("table", "position", "field", *text_columns(package)),
        *("type", "unit", "unit_field", "required", "constraints", "key", "refers_to"),
    )


def dictionary_rows(package: Package) -> Iterator[tuple[str, ...]]:
    """Describe every field, in the order of the tables and of their columns.

    `constraints` is JSON in the words of Table Schema; `key` says `primary` or `unique`; `refers_to` names the field,
    as `table.field`, in which the values must be found.
    """
    for table in package.tables.values():
        for position, field in enumerate(table.fields, start=1):
            texts = [package.text(field.descriptor, text, language) for text in TEXTS for language in package.languages]
            yield table.name, str(position), field.name, *texts, *_facts(table, field)


def _facts(table: Table, field: Field) -> tuple[str, ...]:
    constraints = dict(canonical_field(field).get("constraints", {}))
    is_required = constraints.pop("required", False) or table.primary_key == (field.name,)
    is_unique = constraints.pop("unique", False)
    key = "primary" if field.name in table.primary_key else "unique" if is_unique else ""
    limits = json.dumps(constraints, ensure_ascii=False) if constraints else ""
    unit, beside = field.property("unit") or "", field.property("unitIn") or ""
    return field.type, unit, beside, "true" if is_required else "false", limits, key, "; ".join(_targets(table, field))


def _targets(table: Table, field: Field) -> Iterator[str]:
    for key in table.foreign_keys:
        for name, target in zip(key.fields, key.targets, strict=True):
            if name == field.name:
                yield f"{key.table}.{target}"
