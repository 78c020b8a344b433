"""What Frictionless finds, in plain words: what is wrong and what to do."""

import re
from collections.abc import Mapping

from frictionless import Error, errors

from vierdepijler.core.messages import heard, say
from vierdepijler.core.notations import date_advice, number_advice
from vierdepijler.core.problems import QUOTED, quoted
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
            return say(pattern, reason=heard(error.note)), "publish it again"
        case _:
            return PLAIN_WORDS.get(type(error))


def _type_words(error: errors.TypeError, field: Descriptor) -> tuple[str, str]:
    """Say that a cell is not of its type, and what to write where we can see what was meant."""
    kind = _between(error.note, 'type is "', "/")
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


def _between(text: str, start: str, end: str) -> str:
    return text.partition(start)[2].partition(end)[0]
