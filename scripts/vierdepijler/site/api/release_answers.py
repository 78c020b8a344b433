"""What the API says about releases, and which figures each of them brought or changed."""

from collections.abc import Iterator
from typing import Any

from vierdepijler.checks.rules.history import FIELDS, RELEASES, recorded_value
from vierdepijler.core.cells import HISTORY, AddressError, select
from vierdepijler.core.tables import Table, Value, cell_text
from vierdepijler.writers.formats.json_files import json_value

from .endpoint import Answer, Api, version_name
from .labels import row_texts


def versions(api: Api) -> Iterator[tuple[str, ...]]:
    """Give the version of every release."""
    table = _table(api)
    return iter(()) if table is None else ((version_name(key[0]),) for key in table.row_keys)


def list_releases(api: Api) -> Answer:
    """Answer which releases there are."""
    table = _table(api)
    rows = range(0 if table is None else table.rows)
    described = [_described(api, table, row) for row in rows if table is not None]
    content = [{**one, "address": api.address(f"releases/{version_name(one['version'])}.json")} for one in described]
    return Answer(content, api.download(f"{RELEASES}.csv"), api.page("changes"))


def answer_release(api: Api, name: str) -> Answer:
    """Answer what a release changed, with the figures that it brought, changed or withdrew."""
    table = _table(api)
    if table is None:
        raise LookupError(name)
    row = next(row for row, key in enumerate(table.row_keys) if version_name(key[0]) == name)
    described = _described(api, table, row)
    content = {**described, "figures": list(_figures(api, described["version"]))}
    return Answer(content, api.download(f"{RELEASES}.csv"), api.row_page(table, row))


def _table(api: Api) -> Table | None:
    """Give the table of releases, where the package has one with the key that it must have."""
    table = api.package.tables.get(RELEASES)
    return table if table is not None and table.primary_key == ("version",) else None


def _described(api: Api, table: Table, row: int) -> dict[str, Any]:
    version = table.row_keys[row][0]
    released = table.value(row, "released") if "released" in table.field_names else None
    return {
        "version": version,
        "released": json_value(released),
        "changes": row_texts(api, table, row, "changes") or {},
        "data": api.release(version),
    }


def _figures(api: Api, version: str) -> Iterator[dict[str, Any]]:
    table = api.package.tables.get(HISTORY)
    if table is None or not set(FIELDS) <= set(table.field_names):
        return
    for row in range(table.rows):
        if cell_text(table.value(row, "version")) == version:
            cell, value = (cell_text(table.value(row, name)) for name in ("cell", "value"))
            read = recorded_value(value, _today(api, cell))
            yield {"cell": cell, "value": json_value(read), "reason": row_texts(api, table, row, "reason") or {}}


def _today(api: Api, address: str) -> Value:
    """Give what a figure is today, which tells of which type it was; None for one that is gone."""
    try:
        found = select(api.package, address).cells
    except AddressError:
        return None
    return found[0].value if len(found) == 1 else None
