"""Rules: what a schema cannot say about a table or a package, and how each explains itself.

A rule looks at whole columns. What it catches, what it cannot catch and what to do about it stand in `rules.csv`
beside this module, in Dutch and English; the package publishes that file as a table of its own.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vierdepijler.core.cells import SAFE_IN_ADDRESS, key_in_address
from vierdepijler.core.descriptors import is_of_house
from vierdepijler.core.package import Package
from vierdepijler.core.problems import Problem, Severity, quoted, say
from vierdepijler.core.tables import Descriptor, Field, Table, cell_text, plain
from vierdepijler.core.text_files import csv_rows

Kind = TypeVar("Kind")
Rows = np.ndarray[Any, np.dtype[np.int64]]
Mask = np.ndarray[Any, np.dtype[np.bool_]]
CATALOGUE = Path(__file__).with_name("rules.csv")
# What only this house asks, and so only of a descriptor that asks for it. What is asked of a table with a role is not
# among these: the role asks for it.
HOUSE = frozenset(
    {
        *("languages", "unnamed-files", "licences", "version", "decimals", "shares", "no-break-spaces"),
        *("release-archives", "release-version", "corrections"),
    }
)
# What is no error to others: the text of their files is theirs, and other programs read it.
ELSEWHERE: Mapping[str, Severity] = {
    **dict.fromkeys(("byte-order-mark", "line-ends", "last-line", "duplicate-rows", "composed-letters"), Severity.INFO),
    **dict.fromkeys(("unseen-characters", "stray-spaces", "formulas", "look-alikes"), Severity.WARNING),
    **dict.fromkeys(("header-text", "notation", "names"), Severity.WARNING),
}
BY_SCHEMA = frozenset(
    {"readable", "header", "row-shape", "type", "constraint", "primary-key", "foreign-key", "file-size"}
)
SHOWN = 1000  # problems of one rule in one column; Frictionless stops at as many for a table


@dataclass(frozen=True)
class TableRule:
    """A rule about one table at a time; it can be run through Frictionless as well.

    `of_text` tells that it is about the text of the file, and so is asked also of tables that do not fit their
    schema. `of_rows` tells that it looks at each row by itself, so that a large table can be shown to it in parts;
    `of_keys` that it looks for rows that share a unique key, so that no other rows need be shown to it.
    `elsewhere` is what is asked instead of tables of others, where this house asks more than anybody would.
    """

    name: str
    check_table: Callable[[Table], Iterator[Problem]]
    of_text: bool = False
    of_rows: bool = False
    of_keys: bool = False
    elsewhere: Callable[[Table], Iterator[Problem]] | None = None

    def check(self, package: Package) -> Iterator[Problem]:
        """Find what is wrong with any table of the package."""
        for table in package.tables.values():
            yield from self.check_table(table)


@dataclass(frozen=True)
class PackageRule:
    """A rule about the descriptor, or about tables beside each other."""

    name: str
    check: Callable[[Package], Iterator[Problem]]
    of_text: bool = False


Rule = TableRule | PackageRule


def rules_for(package: Package, rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Give those of the rules that are asked of a package: ours where its descriptor asks for them, anyone's always."""
    if is_ours(package):
        return tuple(rules)
    anyones = (rule for rule in rules if rule.name not in HOUSE)
    return tuple(
        replace(rule, check_table=rule.elsewhere) if isinstance(rule, TableRule) and rule.elsewhere else rule
        for rule in anyones
    )


@dataclass(frozen=True)
class Explanation:
    """What a rule is for, in both languages: a row of the catalogue, by the names of its columns."""

    name: str
    severity: Severity
    texts: Mapping[str, str]

    def text(self, name: str, language: str) -> str:
        """Give a text (`label`, `catches`, `misses`, `advice`) in a language."""
        return self.texts[f"{name}_{language}"]


@cache
def explanations() -> Mapping[str, Explanation]:
    """Read the catalogue: every rule by its identifier, those of the schemas included."""
    return {row["code"]: Explanation(row["code"], Severity(row["severity"]), row) for row in csv_rows(CATALOGUE)}


def own_severity(rule: str, *, ours: bool) -> Severity:
    """Give the severity that a rule has by itself, in a package that asks for our rules or in another."""
    by_itself = explanations()[rule].severity
    return by_itself if ours else ELSEWHERE.get(rule, by_itself)


def is_ours(package: Package) -> bool:
    """Tell whether the package asks for our own rules, and not only for those that are anyone's."""
    return is_of_house(package.descriptor)


def is_whole(package: Package) -> bool:
    """Tell whether every table of the descriptor is there: what is nowhere named may be named in one that is not."""
    return {resource["name"] for resource in package.descriptor["resources"]} == set(package.tables)


def listed(descriptor: Descriptor, name: str, kind: type[Kind]) -> list[Kind]:
    """Give the items of a list in a descriptor that are what they must be; the rule `properties` tells of others."""
    value = descriptor.get(name)
    return [item for item in value if isinstance(item, kind)] if isinstance(value, list) else []


def missing_values(table: Table, field: Field) -> frozenset[str]:
    """Give the texts that stand for an empty cell in a column: those of its field, or else of its schema."""
    if "missingValues" not in field.descriptor:
        return table.missing_values
    declared: list[Any] = listed(field.descriptor, "missingValues", object)
    return frozenset(str(value.get("value") if isinstance(value, dict) else value) for value in declared)


def group_rows(columns: Iterable[pa.Array], rows: int) -> Rows:
    """Give each row the number of its group: rows that are alike in every column; groups count as they come."""
    groups: Rows | None = None
    for column in columns:
        encoded = column.dictionary_encode(null_encoding="encode")
        codes = np.asarray(encoded.indices, dtype=np.int64)
        if groups is not None:
            both = pa.array(groups * max(len(encoded.dictionary), 1) + codes)
            codes = np.asarray(both.dictionary_encode().indices, dtype=np.int64)
        groups = codes
        if rows and groups[-1] == rows - 1:
            break  # every row is a group of its own already
    return np.zeros(rows, dtype=np.int64) if groups is None else groups


def repeats(groups: Rows) -> Mask:
    """Tell which rows are of a group that an earlier row began, of groups that count as they come."""
    again: Mask = np.diff(np.maximum.accumulate(groups), prepend=-1) == 0
    return again


def in_rows(
    table: Table, column: str, rows: Sequence[int], what: str | Callable[[int], str], todo: str | Callable[[int], str]
) -> Iterator[Problem]:
    """Give a problem for each of `rows`, counted from 0; `what` and `todo` may be asked what to say of that row.

    A column can be wrong a million times over: after the first thousand, one more problem says so.
    """
    for row in rows[:SHOWN]:
        wrong, advice = (text if isinstance(text, str) else text(row) for text in (what, todo))
        yield Problem(table.file, table.lines[row], column, wrong, advice)
    if len(rows) > SHOWN:
        more = say("the same is wrong in {count} more rows of this column", count=len(rows) - SHOWN)
        yield Problem(table.file, table.lines[rows[SHOWN]], column, more, say("mend these and check again"))


def truth_mask(truths: Any) -> Mask:
    """Give truth values of Arrow, one a row, as a mask; null is not true."""
    if not isinstance(truths, np.ndarray):
        truths = truths.fill_null(fill_value=False) if truths.null_count else truths
        truths = truths.to_numpy(zero_copy_only=False)
    mask: Mask = np.asarray(truths, dtype=np.bool_)
    return mask


def wrong_rows(wrong: Any) -> list[int]:
    """Give the rows, counted from 0, where a mask (one truth value a row, or null) is true."""
    rows: list[int] = truth_mask(wrong).nonzero()[0].tolist()
    return rows


def in_column(table: Table, field: str, wrong: Any, what: Callable[..., str], todo: str) -> Iterator[Problem]:
    """Give a problem for each cell of a column that is `wrong` (one truth value a row); `what` is told the `cell`."""
    if rows := wrong_rows(wrong):
        texts = table.text(field)
        yield from in_rows(table, field, rows, lambda row: what(cell=quoted(texts[row].as_py())), todo)


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
    if table.short_key != table.primary_key:  # which rows have their source in the address depends on those above
        return own_keys(table)
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
