"""Whether each table is as its schema says: seen at a glance where it is, and asked of Frictionless otherwise."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from .columnar.files import HeldRows
from .columnar.plain import is_plain
from .columnar.readers import reference
from .columnar.verdicts import Checked, check_table, errors_of, wanted_of
from .descriptors import line_of
from .messages import heard, say
from .package import Package
from .problems import READABLE, Problem
from .tables import Descriptor, Table


@dataclass
class HeldTable:
    """The rows of a table that was read, for the check in columns."""

    path: Path
    labels: tuple[str, ...]
    rows: HeldRows
    is_odd: bool = False

    def readings(self) -> tuple[HeldRows]:
        """Give all of them."""
        return (self.rows,)


def check_schemas(package: Package, only: Collection[str] | None = None) -> Iterator[Problem]:
    """Check the descriptor and every table of the package, or those in `only`, against types, constraints and keys."""
    resources = {resource["name"]: resource for resource in package.descriptor["resources"]}
    if not all(is_plain(resource, resources) for resource in resources.values()):
        try:
            reference().opened(package.descriptor, package.root)
        except reference().Refusal as failure:
            yield from _words().descriptor_problems(package, failure)
            return
    nowhere = list(_keys_to_nowhere(package))
    yield from nowhere
    lost = {problem.column.partition(".")[0] for problem in nowhere}
    names = list(resources) if only is None else [name for name in resources if name in only]
    try:
        found = errors_of(package.descriptor, package.root, _checked(package, resources, names), names)
    except TypeError as failure:  # of a key or a unique field that holds lists
        what = say("the tables cannot be checked: {reason}", reason=heard(str(failure)))
        yield Problem(package.path.name, 0, "", what, "check the types of the keys", READABLE)
        return
    for name, errors in found.items():
        if errors:
            yield from _words().table_problems(package, package.tables[name], errors, lost=name in lost)


def _checked(
    package: Package, resources: Mapping[str, Descriptor], names: Collection[str]
) -> dict[str, Checked | None]:
    """Pass over the tables that are asked for, and those that their keys lead to."""
    needed = {key.table for name in names for key in package.tables[name].foreign_keys} | set(names)
    return {name: _pass_over(package, package.tables[name], resources) for name in resources if name in needed}


def _pass_over(package: Package, table: Table, resources: Mapping[str, Descriptor]) -> Checked | None:
    if not table.in_columns:
        return None
    source = HeldTable(package.root / table.file, table.header, HeldRows(table.block))
    return check_table(table.descriptor, source, wanted_of(resources.values(), table.name))


def _words() -> ModuleType:
    """Import what puts the errors of Frictionless into words."""
    from . import schema_errors  # noqa: PLC0415 - as above: a package without errors is checked without Frictionless

    return schema_errors


def count_schema_rules(package: Package) -> int:
    """Count what the schemas ask: a type and each constraint of every field, and every key."""
    return sum(
        sum(1 + len(field.descriptor.get("constraints", {})) for field in table.fields)
        + bool(table.primary_key)
        + len(table.foreign_keys)
        for table in package.tables.values()
    )


def _keys_to_nowhere(package: Package) -> Iterator[Problem]:
    """Find foreign keys to a table or field that is not there; Frictionless passes them over in silence."""
    for table in package.tables.values():
        for key in table.foreign_keys:
            target = package.tables.get(key.table)
            missing = [] if target is None else [name for name in key.targets if name not in target.field_names]
            if target is None or missing:
                yield Problem(
                    package.path.name,
                    line_of(package.path, "resources", table.name, "schema", "foreignKeys"),
                    f"{table.name}.foreignKeys",
                    _leads_nowhere(", ".join(key.fields), key.table, ", ".join(missing)),
                    "correct the reference",
                    "foreign-key",
                )


def _leads_nowhere(key: str, table: str, missing: str) -> str:
    if missing:
        pattern = "the key {key} leads to '{table}', but there is no field '{missing}'"
        return say(pattern, key=key, table=table, missing=missing)
    return say("the key {key} leads to '{table}', but there is no such table", key=key, table=table)
