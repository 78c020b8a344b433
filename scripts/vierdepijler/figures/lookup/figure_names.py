"""What a figure is about, in bare words of a language: as the heading of its passport says it."""

import datetime
from collections.abc import Iterator

from vierdepijler.core.cells import ADDRESS, Cell, find_rows, key_of
from vierdepijler.core.package import Package
from vierdepijler.core.tables import Field, Table, Value, cell_text
from vierdepijler.core.text import value_text
from vierdepijler.releases.archives import former_cell

BETWEEN = " · "
WHOLE_ROW = "*"  # stands for a field in the address of a row that is gone


def figure_name(package: Package, cell: Cell, language: str) -> str:
    """Name a figure: the title of its field, unless only the row tells what it is, and the names in its row's key."""
    names = list(_names(package, cell, language))
    if not names or cell.field.property("unitIn") is None:
        names.insert(0, field_title(package, cell.field, language))
    return BETWEEN.join(names)


def lost_name(package: Package, address: str, language: str) -> str:
    """Name a cell whose row or table is gone, or that row, from its address.

    It is named as the last release that had it names it, or else by what the address tells.
    """
    if not (parts := ADDRESS.match(address)):
        return address
    name, field, key = parts["table"], parts["field"] or "", key_of(parts)
    if former := former_cell(package, address):
        then, cell = former
        named = figure_name(then, cell, language) if field != WHOLE_ROW else BETWEEN.join(_names(then, cell, language))
        if named:
            return named
    table = package.tables.get(name)
    return field if table is None else _name_by_address(package, table, field, key, language)


def _name_by_address(package: Package, table: Table, field: str, key: tuple[str, ...], language: str) -> str:
    known = {known.name: known for known in table.fields}
    title = field_title(package, known[field], language) if field in known else field
    names = [
        _name_of(package, table, known[name], part, language) or part
        for name, part in zip(table.primary_key, key, strict=False)
        if name != field
    ]
    return BETWEEN.join(names if field == WHOLE_ROW else [title, *names])


def field_title(package: Package, field: Field, language: str) -> str:
    """Give the title of a field, or else its name."""
    return package.text(field.descriptor, "title", language) or field.name


def labels_of(package: Package, table: Table, field: str) -> dict[str, str]:
    """Give the code for each label, in every language, of a field that leads to a list of codes."""
    for key in table.foreign_keys:
        target = package.tables.get(key.table)
        if key.fields == (field,) and target is not None and target is not table:
            names = [name for language in package.languages if (name := f"label_{language}") in target.field_names]
            codes = target.column(key.targets[0]).to_pylist()
            pairs = [pair for name in names for pair in zip(target.column(name).to_pylist(), codes, strict=True)]
            return {str(label): str(code) for label, code in pairs if label is not None and str(label) not in codes}
    return {}


def _names(package: Package, cell: Cell, language: str) -> Iterator[str]:
    table = cell.table
    own = f"label_{language}"
    if own in table.field_names:
        yield cell_text(table.value(cell.row, own))
    else:
        for name in table.primary_key:
            text = cell_text(table.value(cell.row, name))
            if name != cell.field.name and (label := _label(package, table, name, text, language)):
                yield label
    for name in table.primary_key:
        value = table.value(cell.row, name)
        if name != cell.field.name and isinstance(value, datetime.date):
            yield value_text(value, None, language)


def _name_of(package: Package, table: Table, field: Field, text: str, language: str) -> str:
    return _label(package, table, field.name, text, language) or value_text(_typed(field, text), None, language)


def _typed(field: Field, text: str) -> Value:
    try:
        return datetime.date.fromisoformat(text) if field.type == "date" else text
    except ValueError:
        return text


def _label(package: Package, table: Table, field: str, code: str, language: str) -> str:
    """Give the label of a code in a language; empty where the field leads to no list."""
    for key in table.foreign_keys:
        target = package.tables.get(key.table)
        own = f"label_{language}"
        if key.fields == (field,) and target is not None and own in target.field_names:
            rows = find_rows(target, {key.targets[0]: code})
            return cell_text(target.value(rows[0], own)) if rows else ""
    return ""
