"""What people read in the place of names and codes: titles of fields, and the labels that a code list gives."""

from collections import Counter
from collections.abc import Mapping

from vierdepijler.core.package import Package
from vierdepijler.core.tables import Field, Table, Value, cell_text


def titles(package: Package, table: Table, language: str) -> tuple[str, ...]:
    """Give the title of each field, made unique: of fields with one title, each has its name behind it."""
    plain = [package.text(field.descriptor, "title", language) or field.name for field in table.fields]
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
