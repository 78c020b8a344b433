"""Names and addresses of pages: what links lead to, before anybody knows where they are seen from."""

import posixpath
from urllib.parse import quote

from vierdepijler.core.tables import Table


def table_page(table: Table) -> str:
    """Give the identifier of the page of a table."""
    return f"table:{table.name}"


def passport_page(table: Table) -> str:
    """Give the identifier of the page with the passports of a table's figures."""
    return f"passport:{table.name}"


def release_page(version: str) -> str:
    """Give the identifier of the page of a release."""
    return f"release:{version}"


def release_path(version: str) -> str:
    """Give the path of the page of a release, counted from the root of its language: that of its folder."""
    return f"data/{version}/index.html"


def column_anchor(field: str) -> str:
    """Give the place of a column among the columns that the page of its table explains; no row has such a place."""
    return f"column:{quote(field, safe='')}".replace("%", "~")


def relative(target: str, page: str) -> str:
    """Give the address of `target` seen from `page`, both counted from the root of the site."""
    return posixpath.relpath(target, posixpath.dirname(page) or ".")
