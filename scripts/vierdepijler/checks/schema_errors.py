"""What Frictionless finds in tables, as problems: in which line, in plain words, and each mistake told once."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from frictionless import Error, FrictionlessException, errors

from vierdepijler.core.messages import heard, say
from vierdepijler.core.package import Package
from vierdepijler.core.problems import QUOTED, READABLE, Problem
from vierdepijler.core.tables import Table

from .schema_words import words_of

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
        column = ", ".join(_key_fields(table, error))
    return Problem(table.file, line, column, *words, _rule(error))


def _rule(error: Error) -> str:
    """Name the rule of the catalogue that an error of Frictionless breaks, by the nearest kind that we know."""
    return next((RULES[kind] for kind in type(error).__mro__ if kind in RULES), READABLE)


def _key_fields(table: Table, error: Error) -> tuple[str, ...]:
    return tuple(error.field_names) if isinstance(error, errors.ForeignKeyError) else table.primary_key
