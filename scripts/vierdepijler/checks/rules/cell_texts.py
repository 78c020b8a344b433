"""Whole columns as texts: what each cell says in a file of ours, and the keys of all rows as addresses write them."""

import re
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from vierdepijler.core.cells import SAFE_IN_ADDRESS, key_in_address
from vierdepijler.core.tables import Table, cell_text, plain

UNUSUAL = rf"[^A-Za-z0-9{re.escape(SAFE_IN_ADDRESS)}]"  # what an address writes with a percent sign
MOST_DECIMALS = 6  # Arrow writes what is smaller as 1E-7


def column_texts(column: pa.Array) -> pa.Array:
    """Write a column the way a data file does, empty where a cell is."""
    kind = column.type
    if pa.types.is_decimal(kind) and 0 <= kind.scale <= MOST_DECIMALS:
        texts = column.cast(pa.string())
        texts = pc.ascii_rtrim(pc.ascii_rtrim(texts, "0"), ".") if kind.scale else texts
    elif any(is_kind(kind) for is_kind in PLAIN):
        texts = column.cast(pa.string())
    else:
        texts = pa.array([None if value is None else cell_text(plain(value)) for value in column.to_pylist()])
    return pc.fill_null(texts.cast(pa.string()), "")


PLAIN: tuple[Any, ...] = (pa.types.is_string, pa.types.is_integer, pa.types.is_boolean, pa.types.is_date32)


def key_texts(table: Table) -> pa.Array:
    """Give the key of every row as its address has it; where rows share a key, `own_keys` tells them apart."""
    if not table.primary_key:
        numbers = pa.array(range(1, table.rows + 1), pa.int64()).cast(pa.string())
        return pc.binary_join_element_wise("row-", numbers, "")
    parts = [_encoded(column_texts(table.column(name))) for name in table.primary_key]
    return pc.binary_join_element_wise(*parts, ",")


def own_keys(table: Table) -> pa.Array:
    """Give the key of every row as its address has it, row by row; its number where another row has the same key."""
    return pa.array([",".join(key_in_address(key)) for key in table.row_keys], pa.string())


def _encoded(texts: pa.Array) -> pa.Array:
    """Write the parts of keys as an address does; few have a sign that needs it."""
    is_unusual = pc.match_substring_regex(texts, UNUSUAL)
    if not pc.any(is_unusual).as_py():
        return texts
    encoded = texts.dictionary_encode()
    written = pa.array(key_in_address(encoded.dictionary.to_pylist()), pa.string())
    return written.take(encoded.indices)
