"""Whether each table is as its schema says: Frictionless finds out, and we say it in plain words."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from frictionless import Error, FrictionlessException, Report, errors
from frictionless import Package as FrictionlessPackage

from .descriptors import STANDARD, line_of
from .messages import heard, say
from .package import Descriptor, Package, Table
from .problems import READABLE, Problem
from .schema_words import words_of

# What else a descriptor may say (a type, a compression, a profile) would make Frictionless read another thing.
READ_BY_FRICTIONLESS = ("name", "path", "schema", "bytes", "hash")
ERRORS_SHOWN = 1000  # Frictionless stops looking in a table after so many
KEY_ERRORS = (errors.PrimaryKeyError, errors.ForeignKeyError)
RULES: Mapping[type[Error], str] = {
    errors.TypeError: "type",
    errors.ConstraintError: "constraint",
    errors.UniqueError: "constraint",
    errors.PrimaryKeyError: "primary-key",
    errors.ForeignKeyError: "foreign-key",
    errors.HeaderError: "header",
    errors.RowError: "row-shape",
    errors.FileError: "file-size",
    errors.SourceError: "header",
}


def check_schemas(package: Package, only: Collection[str] | None = None) -> Iterator[Problem]:
    """Check the descriptor and every table of the package, or those in `only`, against types, constraints and keys."""
    try:
        opened = FrictionlessPackage.from_descriptor(_with_defaults(package.descriptor), basepath=str(package.root))
    except FrictionlessException as failure:
        yield from (_descriptor_problem(package, error) for error in failure.reasons or [failure.error])
        return
    nowhere = list(_keys_to_nowhere(package))
    yield from nowhere
    try:
        report = opened.validate() if only is None else _validate_some(opened, only)
    except TypeError as failure:  # of a key or a unique field that holds lists
        what = say("the tables cannot be checked: {reason}", reason=heard(str(failure)))
        yield Problem(package.path.name, 0, "", what, "check the types of the keys", READABLE)
        return
    yield from (_descriptor_problem(package, error) for error in report.errors)
    yield from _table_problems(package, report, {problem.column.partition(".")[0] for problem in nowhere})


def _validate_some(package: FrictionlessPackage, names: Collection[str]) -> Report:
    """Let Frictionless check some tables; what their keys lead to is read from the others."""
    tasks = [task for name in names for task in package.get_resource(name).validate().tasks]
    report: Report = Report.from_validation(tasks=tasks)
    return report


def count_schema_rules(package: Package) -> int:
    """Count what the schemas ask: a type and each constraint of every field, and every key."""
    return sum(
        sum(1 + len(field.descriptor.get("constraints", {})) for field in table.fields)
        + bool(table.primary_key)
        + len(table.foreign_keys)
        for table in package.tables.values()
    )


def _with_defaults(descriptor: Descriptor) -> dict[str, Any]:
    """Write out the standard's defaults: Frictionless guesses an encoding or a delimiter that is not there."""
    resources = [
        {
            **{name: resource[name] for name in READ_BY_FRICTIONLESS if name in resource},
            "type": "table",
            "format": "csv",
            "encoding": resource.get("encoding", "utf-8"),
            "dialect": {"delimiter": ",", **resource.get("dialect", {})},
        }
        for resource in descriptor["resources"]
    ]
    return {"$schema": STANDARD, "name": "package", "resources": resources}


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


def _table_problems(package: Package, report: Report, lost: set[str]) -> Iterator[Problem]:
    """Tell what is wrong with the tables; `lost` names those whose foreign keys lead nowhere."""
    for task in report.tasks:
        table = package.tables[task.name]
        found = [_problem(package, table, error) for error in _first_causes(task.errors, table, lost=task.name in lost)]
        yield from found
        if len(task.errors) >= ERRORS_SHOWN:
            last = max(problem.line for problem in found)
            what = say("only the first {number} problems of this table are shown", number=ERRORS_SHOWN)
            yield Problem(table.file, last, "~", what, "mend these and check again", "row-shape")


def _first_causes(found: Sequence[Error], table: Table, *, lost: bool) -> Iterator[Error]:
    """Leave out what only follows from another mistake: a missing cell is also empty, and gives a bad key too."""
    missing = {_place(error) for error in found if isinstance(error, errors.MissingCellError)}
    spoilt = {
        error.row_number
        for error in found
        if isinstance(error, errors.BlankRowError)
        or (isinstance(error, errors.CellError) and error.field_name in table.primary_key)
    }
    for error in found:
        if isinstance(error, errors.ConstraintError) and _place(error) in missing:
            continue
        if isinstance(error, errors.PrimaryKeyError) and error.row_number in spoilt:
            continue
        if isinstance(error, errors.ForeignKeyError) and (lost or error.row_number in spoilt):
            continue
        if lost and "foreign key" in error.note:
            continue
        yield error


def _place(error: Error) -> tuple[Any, Any]:
    return getattr(error, "row_number", None), getattr(error, "field_name", None)


def _descriptor_problem(package: Package, error: Error) -> Problem:
    return Problem(package.path.name, 0, "", heard(error.note or error.message), "mend the descriptor", _rule(error))


def _problem(package: Package, table: Table, error: Error) -> Problem:
    words = words_of(error, table)
    if words is None:
        todo = say("check the file and {descriptor}", descriptor=package.path.name)
        return Problem(table.file, 0, "", heard(error.note or error.message), todo, _rule(error))
    row = getattr(error, "row_number", 1)
    line = table.lines[row - 2] if 1 < row <= len(table.lines) + 1 else 1
    column = str(getattr(error, "field_name", "") or getattr(error, "label", ""))
    if isinstance(error, KEY_ERRORS):
        column = ", ".join(_key_fields(table, error))
    return Problem(table.file, line, column, *words, _rule(error))


def _rule(error: Error) -> str:
    """Name the rule of the catalogue that an error of Frictionless breaks, by the nearest kind that we know."""
    return next((RULES[kind] for kind in type(error).__mro__ if kind in RULES), READABLE)


def _key_fields(table: Table, error: Error) -> tuple[str, ...]:
    return tuple(error.field_names) if isinstance(error, errors.ForeignKeyError) else table.primary_key
