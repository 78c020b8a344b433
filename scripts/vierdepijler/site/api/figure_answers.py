"""What the API says about each figure: what it means, where it comes from and what it was; and about each release."""

import datetime
from collections.abc import Iterator
from typing import Any

from vierdepijler.checks.rules.history import FIELDS, recorded_value
from vierdepijler.checks.rules.sentences import SentencePart, sentence_of
from vierdepijler.core.cells import AddressError, Cell, code_row, days_beside, inputs_of, select
from vierdepijler.core.tables import Role, Table, Value, cell_text
from vierdepijler.core.text import shown_text
from vierdepijler.core.times import before_and_after
from vierdepijler.writers.formats.csv_files import json_value

from .endpoint import Answer, Api, Texts, file_name, version_name
from .table_answers import described_unit, label_of, localised_texts, record_key, source_of, table_path


def list_figures(api: Api) -> Answer:
    """Answer which figures are published, each with its value."""
    figures = (
        {**_described(api, name, cell), "address": api.address(f"figures/{name}.json")}
        for name, cell in api.figures.items()
    )
    return Answer(list(figures), page=api.page("data"))


def answer_figure(api: Api, name: str) -> Answer:
    """Answer all that is known about one figure: what its passport says."""
    cell = api.figures[name]
    printed = cell.beside(cell.field.property("printedIn") or "")
    unit = described_unit(api, cell.unit)
    passport = api.page(f"passport:{cell.table.name}", cell.anchor)
    content = {
        **_described(api, name, cell),
        "unit_label": unit and unit["label"],
        "table": cell.table.name,
        "field": cell.field.name,
        "key": record_key(cell.table, cell.row),
        "name": _name(api, cell),
        "meaning": api.texts(cell.field.descriptor, "description"),
        "about": list(_about(api, cell)),
        "source": None if cell.table.role == Role.DERIVED else source_of(api, cell.table, cell.row),
        "as_printed": None if printed is None else json_value(printed.value),
        "calculation": _calculation(api, cell) if cell.table.role == Role.DERIVED else None,
        "sentence": _sentences(api, cell) or None,
        "history": list(_history(api, cell)),
        "passport": passport,
        "row": api.address(table_path(cell.table)),  # among its records
    }
    return Answer(content, api.download(f"{cell.table.name}.csv"), passport)


def day_of(api: Api, cell: Cell) -> str | None:
    """Give the day that a figure holds for: that of its row, or the one that all it is computed from share."""
    if cell.table.role == Role.DERIVED:
        used = (cell for _, found in inputs_of(api.package, cell.row) for cell in found.cells)
        days = {day.value for found in used for day in days_beside(found)}
        return cell_text(days.pop()) or None if len(days) == 1 else None
    if isinstance(cell.value, datetime.date):
        return cell.value.isoformat()
    return next((cell_text(day.value) for day in days_beside(cell) if day.value is not None), None)


def _described(api: Api, name: str, cell: Cell) -> dict[str, Any]:
    return {
        "id": name,
        "cell": cell.address,
        "value": json_value(cell.value),
        "unit": cell.unit,
        "strength": None if (strength := cell.qualified("strengthIn")) is None else label_of(api, strength),
        "date": day_of(api, cell),
        "newer": _newer(api, cell),
    }


def _name(api: Api, cell: Cell) -> Texts:
    """Name a figure: by its own label where the table has one, or else by the title of its field."""
    return localised_texts(api, cell.table, cell.row, "label") or api.texts(cell.field.descriptor, "title")


def _about(api: Api, cell: Cell) -> Iterator[dict[str, Any]]:
    """Explain the codes in the key of a figure."""
    for name in cell.table.primary_key:
        code = cell_text(cell.table.value(cell.row, name))
        found = code_row(api.package, cell.table, name, code)
        if found and (label := localised_texts(api, *found, "label")):
            described = localised_texts(api, *found, "description")
            yield {"field": name, "code": code, "label": label, "description": described}


def _calculation(api: Api, cell: Cell) -> dict[str, Any]:
    kind = cell.beside("calculation")
    return {
        "kind": "" if kind is None else cell_text(kind.value),
        "inputs": [address for address, _ in inputs_of(api.package, cell.row)],
        "formula": localised_texts(api, cell.table, cell.row, "formula"),
    }


def _sentences(api: Api, cell: Cell) -> Texts:
    """Write the sentence to quote, in each language that has one."""
    found = {language: sentence_of(api.package, cell, language) for language in api.package.languages}
    own = api.own_sentence if cell.table.role == Role.DERIVED else {}
    return {
        language: " ".join(
            filter(None, ("".join(_filled(api, cell, part, language) for part in parts), own.get(language)))
        )
        for language, parts in found.items()
        if parts
    }


def _filled(api: Api, cell: Cell, part: SentencePart, language: str) -> str:
    if not part.field:
        return part.text
    used = Cell(cell.table, cell.row, cell.table.field(part.field))
    shown = shown_text(api.package, used, language)
    return part.text + (shown[:1].lower() + shown[1:] if part.is_lower else shown)


def _newer(api: Api, cell: Cell) -> dict[str, Any] | None:
    """Lead to the figure of the newest time that says the same; None for one that is the newest."""
    _, newer = before_and_after(api.package, cell)
    if newer is None:
        return None
    name = file_name((newer.table.name, *newer.key, newer.field.name))
    return {"cell": newer.address, "address": api.address(f"figures/{name}.json")}


def _history(api: Api, cell: Cell) -> Iterator[dict[str, Any]]:
    """Tell what a figure was in each release; null where it was withdrawn."""
    for row in api.history.get(cell.address, ()):
        table = api.package.by_role[Role.HISTORY]
        yield {
            "version": cell_text(table.value(row, "version")),
            "value": json_value(recorded_value(cell_text(table.value(row, "value")), cell.value)),
            "reason": localised_texts(api, table, row, "reason") or {},
        }


def versions(api: Api) -> list[str]:
    """Give the version of every release, as it stands in addresses."""
    table = _table(api)
    return [] if table is None else [version_name(key[0]) for key in table.row_keys]


def list_releases(api: Api) -> Answer:
    """Answer which releases there are."""
    table = _table(api)
    rows = range(0 if table is None else table.rows)
    described = [_release(api, table, row) for row in rows if table is not None]
    content = [{**one, "address": api.address(f"releases/{version_name(one['version'])}.json")} for one in described]
    return Answer(content, api.download(f"{table.name}.csv") if table else None, api.page("changes"))


def answer_release(api: Api, name: str) -> Answer:
    """Answer what a release changed, with the figures that it brought, changed or withdrew."""
    table = _table(api)
    if table is None:
        raise LookupError(name)
    row = next(row for row, key in enumerate(table.row_keys) if version_name(key[0]) == name)
    described = _release(api, table, row)
    content = {**described, "figures": list(_figures(api, described["version"]))}
    return Answer(content, api.download(f"{table.name}.csv"), api.row_page(table, row))


def _table(api: Api) -> Table | None:
    """Give the table of releases, where the package has one with the key that it must have."""
    table = api.package.table_of(Role.RELEASES)
    return table if table is not None and table.primary_key == ("version",) else None


def _release(api: Api, table: Table, row: int) -> dict[str, Any]:
    version = table.row_keys[row][0]
    released = table.value(row, "released") if "released" in table.field_names else None
    return {
        "version": version,
        "released": json_value(released),
        "changes": localised_texts(api, table, row, "changes") or {},
        "data": api.release(version),
    }


def _figures(api: Api, version: str) -> Iterator[dict[str, Any]]:
    table = api.package.table_of(Role.HISTORY)
    if table is None or not set(FIELDS) <= set(table.field_names):
        return
    for row in range(table.rows):
        if cell_text(table.value(row, "version")) == version:
            cell, value = (cell_text(table.value(row, name)) for name in ("cell", "value"))
            read = recorded_value(value, _today(api, cell))
            yield {"cell": cell, "value": json_value(read), "reason": localised_texts(api, table, row, "reason") or {}}


def _today(api: Api, address: str) -> Value:
    """Give what a figure is today, which tells of which type it was; None for one that is gone."""
    try:
        found = select(api.package, address).cells
    except AddressError:
        return None
    return found[0].value if len(found) == 1 else None
