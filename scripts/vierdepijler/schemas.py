"""Whether each table is as its schema says: Frictionless finds out, and we say it in plain words."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from frictionless import Error, FrictionlessException, Report, errors
from frictionless import Package as FrictionlessPackage

from .descriptors import STANDARD, line_of
from .package import Descriptor, Package, Table
from .problems import Problem, quoted

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

TYPES = {
    "integer": ("a whole number", "write digits only, such as 3290"),
    "number": ("a number", "write digits with a decimal point, such as 86.3"),
    "date": ("a date", "write year-month-day, such as 2025-02-25"),
    "boolean": ("true or false", "write true or false"),
    "year": ("a year", "write four digits, such as 2025"),
}
CONSTRAINTS = {
    "required": ("the cell is empty, and this field must be filled in", "fill it in"),
    "unique": ("{cell} stands here a second time, and each value may stand once", "change or remove one of the two"),
    "minimum": ("{cell} is below {limit}, the lowest value allowed", "check the value"),
    "maximum": ("{cell} is above {limit}, the highest value allowed", "check the value"),
    "exclusiveMinimum": ("{cell} is not above {limit}", "check the value"),
    "exclusiveMaximum": ("{cell} is not below {limit}", "check the value"),
    "minLength": ("{cell} is shorter than {limit} characters", "write it out"),
    "maxLength": ("{cell} is longer than {limit} characters", "shorten it"),
    "pattern": ("{cell} is not written in the form {limit}", "check the spelling; the form is a regular expression"),
    "enum": ("{cell} is not one of {limit}", "choose one of these"),
}
PLAIN_WORDS: Mapping[type[Error], tuple[str, str]] = {
    errors.MissingLabelError: ("this column is missing", "add the column, or take the field out of the schema"),
    errors.ExtraLabelError: ("the schema does not know this column", "remove the column, or add a field to the schema"),
    errors.IncorrectLabelError: ("the header is not the name of the field", "use the names and order of the schema"),
    errors.DuplicateLabelError: ("two columns have this header", "give each column its own header"),
    errors.BlankLabelError: ("a column has no header", "write the name of the field in the first line"),
    errors.BlankHeaderError: ("the header is empty", "write the names of the fields in the first line"),
    errors.MissingCellError: ("the row stops before this field", "add the missing cell, if need be an empty one"),
    errors.ExtraCellError: ("the row has more cells than the header", "put quotes round a text with a comma"),
    errors.BlankRowError: ("the row is empty", "remove it"),
    errors.SourceError: ("the file is empty", "write at least its header, the names of the fields"),
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
    report = opened.validate() if only is None else _validate_some(opened, only)
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
                where = f"no field '{', '.join(missing)}'" if missing else "no such table"
                yield Problem(
                    package.path.name,
                    line_of(package.path, "resources", table.name, "schema", "foreignKeys"),
                    f"{table.name}.foreignKeys",
                    f"the key {', '.join(key.fields)} leads to '{key.table}', but there is {where}",
                    "correct the reference",
                    "foreign-key",
                )


def _table_problems(package: Package, report: Report, lost: set[str]) -> Iterator[Problem]:
    """Tell what is wrong with the tables; `lost` names those whose foreign keys lead nowhere."""
    for task in report.tasks:
        table = package.tables[task.name]
        found = [_problem(package, table, error) for error in _first_causes(task.errors, table, lost=task.name in lost)]
        yield from found
        if len(task.errors) >= ERRORS_SHOWN:
            last = max(problem.line for problem in found)
            what = f"only the first {ERRORS_SHOWN} problems of this table are shown"
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
    return Problem(package.path.name, 0, "", error.note or error.message, "mend the descriptor", _rule(error))


def _problem(package: Package, table: Table, error: Error) -> Problem:
    words = _words(error)
    if words is None:
        todo = f"check the file and {package.path.name}"
        return Problem(table.file, 0, "", error.note or error.message, todo, _rule(error))
    row = getattr(error, "row_number", 1)
    line = table.lines[row - 2] if 1 < row <= len(table.lines) + 1 else 1
    column = str(getattr(error, "field_name", "") or getattr(error, "label", ""))
    if isinstance(error, KEY_ERRORS):
        column = ", ".join(_key_fields(table, error))
    return Problem(table.file, line, column, *words, _rule(error))


def _rule(error: Error) -> str:
    """Name the rule of the catalogue that an error of Frictionless breaks, by the nearest kind that we know."""
    return next((RULES[kind] for kind in type(error).__mro__ if kind in RULES), "descriptor")


def _key_fields(table: Table, error: Error) -> tuple[str, ...]:
    return tuple(error.field_names) if isinstance(error, errors.ForeignKeyError) else table.primary_key


def _words(error: Error) -> tuple[str, str] | None:
    """Say what is wrong and what to do; None for an error that has no words of ours."""
    match error:
        case errors.TypeError():
            kind, todo = TYPES.get(_between(error.note, 'type is "', "/"), ("of the declared type", "check the value"))
            return f"{quoted(error.cell)} is not {kind}", todo
        case errors.ConstraintError():
            return _constraint_words(error)
        case errors.UniqueError():
            what, todo = CONSTRAINTS["unique"]
            return what.replace("{cell}", quoted(error.cell)), todo
        case errors.ForeignKeyError():
            cells = quoted(", ".join(error.field_cells))
            fields = ", ".join(error.reference_field_names)
            target = f"'{error.reference_name}'" if error.reference_name else "this table"
            return f"{cells} does not stand in the field {fields} of {target}", "check the spelling, or add it there"
        case errors.PrimaryKeyError():
            what = "has no key" if "None" in error.note else "has the key of an earlier row"
            return f"the row {what}", "give each row a key of its own"
        case errors.ByteCountError() | errors.HashCountError():
            return f"the file is not the one that the descriptor describes ({error.note})", "publish it again"
        case _:
            return PLAIN_WORDS.get(type(error))


def _constraint_words(error: errors.ConstraintError) -> tuple[str, str]:
    parts = re.match(r'constraint "(?P<name>\w+)" is "(?P<limit>.*)"$', error.note, re.DOTALL)
    if not parts or parts["name"] not in CONSTRAINTS:
        return f"{quoted(error.cell)} is not allowed ({error.note})", "check the value"
    what, todo = CONSTRAINTS[parts["name"]]
    return what.replace("{limit}", parts["limit"]).replace("{cell}", quoted(error.cell)), todo


def _between(text: str, start: str, end: str) -> str:
    return text.partition(start)[2].partition(end)[0]
