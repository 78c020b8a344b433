"""What Frictionless finds in tables, as problems: in which line, in plain words, and each mistake told once."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from frictionless import Error, FrictionlessException, errors

from vierdepijler.core.notations import date_advice, number_advice
from vierdepijler.core.package import Package
from vierdepijler.core.problems import QUOTED, READABLE, Problem, heard, quoted, say
from vierdepijler.core.tables import Descriptor, Table

TYPES = {
    "integer": ("{cell} is not a whole number", "write digits only, such as 3290"),
    "number": ("{cell} is not a number", "write digits with a decimal point, such as 86.3"),
    "date": ("{cell} is not a date", "write year-month-day, such as 2025-02-25"),
    "boolean": ("{cell} is not true or false", "write true or false"),
    "year": ("{cell} is not a year", "write four digits, such as 2025"),
}
OTHER_TYPE = ("{cell} is not of the declared type", "check the value")
OWN_NOTATION = {"decimalChar", "groupChar", "bareNumber"}  # properties of a field that change how a number is written
LONGEST = 300  # characters of a limit that are told: a list of choices may have thousands
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


def words_of(error: Error, table: Table) -> tuple[str, str] | None:
    """Say what is wrong and what to do; None for an error that has no words of ours."""
    match error:
        case errors.TypeError():
            known = error.field_name in table.field_names  # Frictionless renames a column whose header comes twice
            return _type_words(error, table.field(error.field_name).descriptor if known else {})
        case errors.ConstraintError():
            return _constraint_words(error)
        case errors.UniqueError():
            what, todo = CONSTRAINTS["unique"]
            return say(what, cell=quoted(error.cell)), todo
        case errors.ForeignKeyError():
            cells = quoted(", ".join(error.field_cells))
            fields = ", ".join(error.reference_field_names)
            target = f"'{error.reference_name}'" if error.reference_name else say("this table")
            what = say(
                "{cells} does not stand in the field {fields} of {table}", cells=cells, fields=fields, table=target
            )
            return what, "check the spelling, or add it there"
        case errors.PrimaryKeyError():
            what = "the row has no key" if "None" in error.note else "the row has the key of an earlier row"
            return what, "give each row a key of its own"
        case errors.ByteCountError() | errors.HashCountError():
            pattern = "the file is not the one that the descriptor describes ({reason})"
            return say(
                pattern, reason=heard(error.note)
            ), "put that file there, or correct its size and hash in the descriptor"
        case _:
            return PLAIN_WORDS.get(type(error))


def _type_words(error: errors.TypeError, field: Descriptor) -> tuple[str, str]:
    """Say that a cell is not of its type, and what to write where we can see what was meant."""
    kind = error.note.partition('type is "')[2].partition("/")[0]
    what, todo = TYPES.get(kind, OTHER_TYPE)
    advice: str | None = None
    if kind == "date" and field.get("format", "default") != "default":
        advice = say("write it as the format of the field says: {format}", format=field["format"])
    elif kind == "date":
        advice = date_advice(error.cell)
    elif kind in {"integer", "number"}:
        advice = OTHER_TYPE[1] if OWN_NOTATION & set(field) else number_advice(error.cell, whole=kind == "integer")
    return say(what, cell=quoted(error.cell)), advice if advice and len(error.cell) <= QUOTED else todo


def _constraint_words(error: errors.ConstraintError) -> tuple[str, str]:
    parts = re.match(r'constraint "(?P<name>\w+)" is "(?P<limit>.*)"$', error.note, re.DOTALL)
    if not parts or parts["name"] not in CONSTRAINTS:
        reason = heard(error.note)
        return say("{cell} is not allowed ({reason})", cell=quoted(error.cell), reason=reason), "check the value"
    what, todo = CONSTRAINTS[parts["name"]]
    limit = parts["limit"] if len(parts["limit"]) <= LONGEST else f"{parts['limit'][:LONGEST]}…"
    return say(what, limit=limit, cell=quoted(error.cell)), todo


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


def table_problems(package: Package, table: Table, found: Sequence[Error], *, lost: bool) -> Iterator[Problem]:
    """Tell what is wrong with a table; `lost` tells that a foreign key of it leads nowhere."""
    problems = [_problem(package, table, error) for error in _first_causes(found, table, lost=lost)]
    yield from problems
    if len(found) >= ERRORS_SHOWN:
        last = max(problem.line for problem in problems)
        what = say("only the first {number} problems of this table are shown", number=ERRORS_SHOWN)
        yield Problem(table.file, last, "~", what, "mend these and check again", "row-shape")


def descriptor_problems(package: Package, failure: FrictionlessException) -> Iterator[Problem]:
    """Tell what Frictionless has against the descriptor."""
    for error in failure.reasons or [failure.error]:
        yield _descriptor_problem(package, error)


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
    line = table.line_of_record(getattr(error, "row_number", 1))
    column = str(getattr(error, "field_name", "") or getattr(error, "label", ""))
    column = column if len(column) <= QUOTED else f"{column[:QUOTED]}…"
    if isinstance(error, KEY_ERRORS):
        names = error.field_names if isinstance(error, errors.ForeignKeyError) else table.primary_key
        column = ", ".join(names)
    return Problem(table.file, line, column, *words, _rule(error))


def _rule(error: Error) -> str:
    """Name the rule of the catalogue that an error of Frictionless breaks, by the nearest kind that we know."""
    return next((RULES[kind] for kind in type(error).__mro__ if kind in RULES), READABLE)
