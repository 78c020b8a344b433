"""Whether each table is as its schema says: Frictionless finds out, and we say it in plain words."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from frictionless import Error, FrictionlessException, Report, errors
from frictionless import Package as FrictionlessPackage

from .package import Descriptor, Package, Table, descriptor_line
from .problems import Problem

ERRORS_SHOWN = 1000  # Frictionless stops looking in a table after so many
KEY_ERRORS = (errors.PrimaryKeyError, errors.ForeignKeyError)

TYPES = {
    "integer": ("a whole number", "write digits only, such as 3290"),
    "number": ("a number", "write digits with a decimal point, such as 86.3"),
    "date": ("a date", "write year-month-day, such as 2025-02-25"),
    "boolean": ("true or false", "write true or false"),
    "year": ("a year", "write four digits, such as 2025"),
}
CONSTRAINTS = {
    "required": ("the cell is empty, and this field must be filled in", "fill it in"),
    "unique": ("'{cell}' stands here a second time, and each value may stand once", "change or remove one of the two"),
    "minimum": ("'{cell}' is below {limit}, the lowest value allowed", "check the value"),
    "maximum": ("'{cell}' is above {limit}, the highest value allowed", "check the value"),
    "exclusiveMinimum": ("'{cell}' is not above {limit}", "check the value"),
    "exclusiveMaximum": ("'{cell}' is not below {limit}", "check the value"),
    "minLength": ("'{cell}' is shorter than {limit} characters", "write it out"),
    "maxLength": ("'{cell}' is longer than {limit} characters", "shorten it"),
    "pattern": ("'{cell}' is not written in the form {limit}", "check the spelling; the form is a regular expression"),
    "enum": ("'{cell}' is not one of {limit}", "choose one of these"),
}
HEADER_WORDS: Mapping[type[Error], tuple[str, str]] = {
    errors.MissingLabelError: ("this column is missing", "add the column, or take the field out of the schema"),
    errors.ExtraLabelError: ("the schema does not know this column", "remove the column, or add a field to the schema"),
    errors.IncorrectLabelError: ("the header is not the name of the field", "use the names and order of the schema"),
    errors.DuplicateLabelError: ("two columns have this header", "give each column its own header"),
    errors.BlankLabelError: ("a column has no header", "write the name of the field in the first line"),
    errors.BlankHeaderError: ("the header is empty", "write the names of the fields in the first line"),
}


def check_schemas(package: Package) -> Iterator[Problem]:
    """Check the descriptor and every table of the package against types, constraints and keys."""
    try:
        opened = FrictionlessPackage.from_descriptor(_with_defaults(package.descriptor), basepath=str(package.root))
    except FrictionlessException as failure:
        yield from (_descriptor_problem(package, error) for error in failure.reasons or [failure.error])
        return
    report = opened.validate()
    yield from _keys_to_nowhere(package)
    yield from (_descriptor_problem(package, error) for error in report.errors)
    yield from _table_problems(package, report)


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
            **resource,
            "encoding": resource.get("encoding", "utf-8"),
            "dialect": {"delimiter": ",", **resource.get("dialect", {})},
        }
        for resource in descriptor["resources"]
    ]
    return {**descriptor, "resources": resources}


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
                    descriptor_line(package.path, table.name),
                    f"{table.name}.foreignKeys",
                    f"the key {', '.join(key.fields)} leads to '{key.table}', but there is {where}",
                    "correct the reference",
                )


def _table_problems(package: Package, report: Report) -> Iterator[Problem]:
    for task in report.tasks:
        table = package.tables[task.name]
        missing = {_place(error) for error in task.errors if isinstance(error, errors.MissingCellError)}
        blank = {error.row_number for error in task.errors if isinstance(error, errors.BlankRowError)}
        for error in task.errors:
            # One mistake is told once: a missing cell is also empty, and a blank row has no key either.
            if isinstance(error, errors.ConstraintError) and _place(error) in missing:
                continue
            if isinstance(error, KEY_ERRORS) and error.row_number in blank:
                continue
            yield _problem(package, table, error)
        if len(task.errors) >= ERRORS_SHOWN:
            yield Problem(
                table.file, 0, "", f"only the first {ERRORS_SHOWN} problems are shown", "mend these and check again"
            )


def _place(error: Error) -> tuple[Any, Any]:
    return getattr(error, "row_number", None), getattr(error, "field_name", None)


def _descriptor_problem(package: Package, error: Error) -> Problem:
    return Problem(package.path.name, 0, "", error.note or error.message, "mend the descriptor")


def _problem(package: Package, table: Table, error: Error) -> Problem:
    words = _words(error)
    if words is None:
        return Problem(table.file, 0, "", error.note or error.message, f"check the file and {package.path.name}")
    row = getattr(error, "row_number", 1)
    line = table.lines[row - 2] if 1 < row <= len(table.lines) + 1 else 1
    column = str(getattr(error, "field_name", "") or getattr(error, "label", ""))
    if isinstance(error, KEY_ERRORS):
        column = ", ".join(_key_fields(table, error))
    return Problem(table.file, line, column, *words)


def _key_fields(table: Table, error: Error) -> tuple[str, ...]:
    return tuple(error.field_names) if isinstance(error, errors.ForeignKeyError) else table.primary_key


def _words(error: Error) -> tuple[str, str] | None:
    """Say what is wrong and what to do; None for an error that has no words of ours."""
    match error:
        case errors.TypeError():
            kind, todo = TYPES.get(_between(error.note, 'type is "', "/"), ("of the declared type", "check the value"))
            return f"'{error.cell}' is not {kind}", todo
        case errors.ConstraintError():
            return _constraint_words(error)
        case errors.UniqueError():
            what, todo = CONSTRAINTS["unique"]
            return what.replace("{cell}", error.cell), todo
        case errors.ForeignKeyError():
            cells = ", ".join(error.field_cells)
            fields = ", ".join(error.reference_field_names)
            target = f"'{error.reference_name}'" if error.reference_name else "this table"
            return f"'{cells}' does not stand in the field {fields} of {target}", "check the spelling, or add it there"
        case errors.PrimaryKeyError():
            return "this key stands in the table already, or is empty", "give each row a key of its own"
        case errors.MissingCellError():
            return "the row stops before this field", "add the missing cell, if need be an empty one"
        case errors.ExtraCellError():
            return "the row has more cells than the header", "remove a comma, or put quotes round a text with a comma"
        case errors.BlankRowError():
            return "the row is empty", "remove it"
        case _:
            return HEADER_WORDS.get(type(error))


def _constraint_words(error: errors.ConstraintError) -> tuple[str, str]:
    parts = re.match(r'constraint "(?P<name>\w+)" is "(?P<limit>.*)"$', error.note, re.DOTALL)
    if not parts or parts["name"] not in CONSTRAINTS:
        return f"'{error.cell}' is not allowed ({error.note})", "check the value"
    what, todo = CONSTRAINTS[parts["name"]]
    return what.replace("{cell}", error.cell).replace("{limit}", parts["limit"]), todo


def _between(text: str, start: str, end: str) -> str:
    return text.partition(start)[2].partition(end)[0]
