"""What the tables of the package know of a field: its texts, its form, and the lists that it leads to."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vierdepijler.core.package import Package
from vierdepijler.core.tables import Descriptor, Table

CODE = "code"  # the key of a list of codes
SHARED = 2  # tables that must say the same of a field before a new one says it too
# What holds for a field of that name in any table; a range or a sentence is about one table.
LENT = ("type", "title", "title_en", "description", "description_en", "unit")
LENT_CONSTRAINTS = ("pattern", "minLength", "maxLength")
Cells = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Link:
    """Fields of a new table whose every value is a key of another table."""

    fields: tuple[str, ...]
    table: str
    targets: tuple[str, ...]

    @property
    def descriptor(self) -> dict[str, Any]:
        """The foreign key as a schema writes it."""
        if len(self.fields) == 1:
            reference = {"resource": self.table, "fields": self.targets[0]}
            return {"fields": self.fields[0], "reference": reference}
        return {"fields": [*self.fields], "reference": {"resource": self.table, "fields": [*self.targets]}}


def known_field(package: Package, name: str) -> dict[str, Any]:
    """Give what at least two tables say of a field with this name, in the same words; nothing where they differ."""
    said = [_lent(field.descriptor) for table in package.heads for field in table.fields if field.name == name]
    counted = Counter(map(repr, said)).most_common(1)
    if not counted or counted[0][1] < SHARED:
        return {}
    return next(lent for lent in said if repr(lent) == counted[0][0])


def _lent(field: Descriptor) -> dict[str, Any]:
    constraints = {name: value for name, value in field.get("constraints", {}).items() if name in LENT_CONSTRAINTS}
    lent = {name: field[name] for name in LENT if name in field}
    return {**lent, "constraints": constraints} if constraints else lent


def links(package: Package, cells: Cells) -> tuple[Link, ...]:
    """Find the keys that the columns of a new table lead to: those of other tables with such fields, then code lists.

    Only what holds for every filled row counts.
    """
    found = [link for link in _declared(package) if set(link.fields) <= cells.keys() and _holds(package, link, cells)]
    linked = {link.fields[0] for link in found if len(link.fields) == 1}
    lists = (_code_list(package, name, values) for name, values in cells.items() if name not in linked)
    return (*found, *(link for link in lists if link is not None))


def _declared(package: Package) -> list[Link]:
    declared = (
        Link(key.fields, key.table, key.targets)
        for table in package.heads
        for key in table.foreign_keys
        if key.table and key.table != table.name
    )
    return list(dict.fromkeys(declared))


def _holds(package: Package, link: Link, cells: Cells) -> bool:
    rows = {row for row in zip(*(cells[name] for name in link.fields), strict=True) if all(row)}
    return bool(rows) and rows <= _keys(package.tables.get(link.table), link.targets)


def _keys(table: Table | None, fields: Sequence[str]) -> set[tuple[str, ...]]:
    if table is None or not set(fields) <= set(table.field_names):
        return set()
    return set(zip(*(table.text(name).to_pylist() for name in fields), strict=True))


def _code_list(package: Package, name: str, values: Sequence[str]) -> Link | None:
    """Find the list whose codes a column holds: the one that bears its name, or else the only one that fits."""
    fitting = [link for link in _lists(package, name) if _holds(package, link, {name: values})]
    named = [link for link in fitting if link.table.startswith(name.removesuffix("y"))]
    chosen = named or fitting
    return chosen[0] if len(chosen) == 1 else None


def _lists(package: Package, name: str) -> Iterator[Link]:
    for table in package.tables.values():
        if table.primary_key == (CODE,):
            yield Link((name,), table.name, (CODE,))
