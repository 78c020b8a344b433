"""Addresses that stand in cells, as pages link to them."""

from collections.abc import Callable

from markupsafe import Markup

from vierdepijler.core.cells import AddressError, Cell
from vierdepijler.core.tables import cell_text


def linked_address(cell: Cell) -> Markup:
    """Give the web address that stands in a cell, for a link; raises `AddressError` where it holds none."""
    if not (isinstance(cell.value, str) and cell.value.startswith(("https://", "http://"))):
        raise AddressError(f"{cell.address} holds no web address")
    return Markup.escape(cell.value)


def named_paths(cell: Cell, address_of: Callable[[str], str]) -> list[tuple[Markup, Markup]]:
    """Give the address and the name of each file of the site whose path, from its root, stands in a cell.

    A digit in the name of a file is no data, and is marked as what is written so.
    """
    paths = cell_text(cell.value).split()
    named = Markup('<span class="as-written">{}</span>')
    return [(Markup.escape(address_of(f"site:{path}")), named.format(path.rpartition("/")[2])) for path in paths]
