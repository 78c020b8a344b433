"""What columns and codes are called and mean: titles, labels, and the dictionary of every field as rows of one table.

The published descriptor says the same to programs; this is for who opens a table and wants to know what a column is.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping

from vierdepijler.core.package import Package
from vierdepijler.core.tables import Descriptor, Field, Table, Value, cell_text

from .publication import canonical_field

DICTIONARY = "dictionary.csv"
TEXTS = ("title", "description")


def text_columns(package: Package) -> tuple[str, ...]:
    """Name the columns with titles and descriptions, one for each language, such as `title_nl` and `title_en`."""
    return tuple(f"{text}_{language}" for text in TEXTS for language in package.languages)


def texts_in(package: Package, descriptor: Descriptor) -> tuple[str, ...]:
    """Give the titles and descriptions of a part of a descriptor, as `text_columns` names them."""
    return tuple(package.text(descriptor, text, language) for text in TEXTS for language in package.languages)


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
            texts = texts_in(package, field.descriptor)
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


def titles(package: Package, table: Table, language: str) -> tuple[str, ...]:
    """Give the title of each field, made unique: of fields with one title, each has its name behind it."""
    plain = [package.title(field, language) for field in table.fields]
    longer = [
        title if count == 1 else f"{title} ({name})"
        for title, name, count in zip(plain, table.field_names, _counts(plain), strict=True)
    ]
    if max(_counts(longer), default=1) > 1:
        return table.field_names
    return tuple(longer)


def _counts(texts: list[str]) -> list[int]:
    """Count for each text how often it is there, capitals or not."""
    counted = Counter(text.casefold() for text in texts)
    return [counted[text.casefold()] for text in texts]


def labels(package: Package, table: Table, field: Field, language: str) -> Mapping[Value, str]:
    """Give the label of each code that a field may hold; empty for a field of numbers, or one that holds no codes.

    The label is that of the table to which the field leads by a key of its own. Of codes with one label, each has its
    code behind it, so that the way back stays open.
    """
    if field.type != "string":
        return {}
    name = f"label_{language}"
    for key in table.foreign_keys:
        listed = package.tables.get(key.table)
        if key.fields == (field.name,) and listed is not None and name in listed.field_names:
            return _unique(listed, key.targets[0], name)
    return {}


def _unique(listed: Table, code: str, label: str) -> Mapping[Value, str]:
    """Pair the codes of a list with their labels; a code without one is its own."""
    codes = [text for text in listed.column(code).to_pylist() if text is not None]
    named = dict(zip(listed.column(code).to_pylist(), listed.column(label).to_pylist(), strict=True))
    found = [named[text] or cell_text(text) for text in codes]
    longer = [
        text if count == 1 else f"{text} ({cell_text(value)})"
        for text, value, count in zip(found, codes, _counts(found), strict=True)
    ]
    return dict(zip(codes, longer if max(_counts(longer), default=1) == 1 else codes, strict=True))
