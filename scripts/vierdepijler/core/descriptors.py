"""Descriptors: the JSON that describes a package, its shape, and the line on which each part of it stands."""

import datetime
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .problems import READABLE, Message, Problem, UnreadableError, heard, quoted, say, unreadable
from .text_files import MEGABYTE, read_text

if TYPE_CHECKING:
    from jsonschema import ValidationError

STANDARD = "https://datapackage.org/profiles/2.0/datapackage.json"  # its name; nobody fetches it
SHAPE = Path(__file__).with_name("descriptor_shape.json")
IN_FILES = ("schema", "dialect")  # parts of a resource for which the path of a JSON file may stand
OWN = frozenset(
    {
        *("languages", "groups", "group", "rows", "unit", "unitIn", "printedIn", "reasonIn", "strengthIn"),
        *("confidenceIn", "sourceIn", "upperIn"),
    }
)
ADDRESS = "://"
YAML = frozenset({".yaml", ".yml"})
PRINTED = frozenset({"printedIn", "notedIn"})
LARGEST = 16 * MEGABYTE  # more than a descriptor of thousands of tables takes
DEEPEST = 50
KINDS = {
    "array": ("this is not a list", "write a list here"),
    "object": ("this is not an object", "write an object here"),
    "string": ("this is not text", "write text here"),
    "integer": ("this is not a whole number", "write a whole number here"),
    "number": ("this is not a number", "write a number here"),
    "boolean": ("this is not true or false", "write true or false here"),
}


FORMS = {  # what to do about a value that has not the form that a JSON Schema asks
    "pattern": "write it in the form that the standard asks, as in the other descriptors",
    "anyOf": "give it one of the forms that the standard knows",
    "oneOf": "give it one of the forms that the standard knows",
    "const": "choose the value that the standard knows",
    "minimum": "write a number that is not below zero",
    "uniqueItems": "name each only once",
}


def read_descriptor(path: Path) -> dict[str, Any]:
    """Read a descriptor, of JSON or YAML; raises `UnreadableError` where it is missing, or of another shape."""
    descriptor = read_json(path, path.name)
    if not isinstance(descriptor, dict):
        raise unreadable(path.name, "this is not a data package", "a descriptor is a JSON object: { … }", line=1)
    asked = shape() if is_of_house(descriptor) else _of_anyone(shape())
    check_shape(_without_references(descriptor), asked, path, path.name)
    return descriptor


def is_of_house(descriptor: Mapping[str, Any]) -> bool:
    """Tell whether a descriptor asks for the rules of this house, by properties that only it has.

    One of them is enough: who takes `languages` out must not switch off what is asked of the rest. Whoever translates
    by the pattern of the standard (`title@de`) has `languages` too, and means nothing by ours.
    """
    languages, groups = descriptor.get("languages"), descriptor.get("groups")
    if not any("@" in name for name in descriptor) and (
        (isinstance(languages, list) and all(isinstance(one, str) for one in languages))
        or (isinstance(groups, list) and all(isinstance(one, dict) for one in groups))
    ):
        return True
    resources = [resource for resource in descriptor.get("resources") or () if isinstance(resource, dict)]
    schemas = [resource.get("schema") for resource in resources]
    fields = [field for schema in schemas if isinstance(schema, dict) for field in schema.get("fields") or ()]
    return any(isinstance(field, dict) and not PRINTED.isdisjoint(field) for field in fields)


def _of_anyone(asked: Any) -> Any:
    """Leave our own properties out of a shape: what others mean by the same names is theirs."""
    if not isinstance(asked, dict):
        return asked
    return {name: _of_anyone(part) for name, part in asked.items() if name not in OWN}


def _without_references(descriptor: dict[str, Any]) -> dict[str, Any]:
    """Put something of the right shape where a schema or dialect is in a file of its own, and for a list of files.

    These are looked at when they are read; a JSON Schema that knew both forms could not say what is wrong in either.
    """
    resources = descriptor.get("resources")
    if not isinstance(resources, list):
        return descriptor
    return {**descriptor, "resources": [_looked_at_later(resource) for resource in resources]}


def _looked_at_later(resource: Any) -> Any:
    if not isinstance(resource, dict):
        return resource
    later: dict[str, Any] = {name: {} for name in IN_FILES if resource.get(name) and isinstance(resource[name], str)}
    if (files := resource.get("path")) and isinstance(files, list) and all(isinstance(file, str) for file in files):
        later["path"] = files[0]
    return {**resource, **later}


def read_json(path: Path, file: str) -> Any:
    """Read a file of JSON or YAML, called `file` in messages; raises `UnreadableError` where that cannot be done."""
    text = read_text(path, file, "utf-8-sig", LARGEST)
    try:
        value = _loaded(path, text)
        check_nesting(value)
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()  # what we read, we must be able to write
    except json.JSONDecodeError as error:
        raise unreadable(
            file,
            say("this is not valid JSON ({reason})", reason=heard(error.msg.lower())),
            "mend the JSON there, often a comma or a quote too many or too few",
            line=error.lineno,
            column=say("character {number}", number=error.colno),
        ) from error
    except RecursionError as error:
        from .yaml_texts import line_too_deep  # noqa: PLC0415  # as below

        what = say("this JSON cannot be read ({reason})", reason=say("nested too deep"))
        raise unreadable(file, what, "check that it is a descriptor", line=line_too_deep(text, DEEPEST)) from error
    except ValueError as error:
        what = say("this JSON cannot be read ({reason})", reason=_reason(error))
        raise unreadable(file, what, "check that it is a descriptor") from error
    return value


def _loaded(path: Path, text: str) -> Any:
    """Read a text of YAML, with days as texts as they are in JSON, or one of JSON."""
    if path.suffix.lower() not in YAML:
        return json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_once)
    import yaml  # noqa: PLC0415  # few descriptors are in YAML

    from .yaml_texts import read_values  # noqa: PLC0415  # as above

    try:
        return json.loads(json.dumps(read_values(text), default=_written))
    except yaml.YAMLError as error:
        raise ValueError(getattr(error, "problem", None) or str(error)) from error


def _written(value: object) -> str:
    """Write what YAML reads and JSON has not."""
    return value.isoformat().replace("+00:00", "Z") if isinstance(value, datetime.date) else str(value)


def check_nesting(value: Any) -> None:
    """See that lists and objects are not nested too deep for what works on them; raises `RecursionError` otherwise."""
    level = [value]
    for _ in range(DEEPEST + 1):
        if not (level := [part for part in level if isinstance(part, list | dict)]):
            return
        level = [part for parts in level for part in (parts.values() if isinstance(parts, dict) else parts)]
    raise RecursionError


@lru_cache
def shape(part: str = "") -> dict[str, Any]:
    """Give the JSON Schema of what a descriptor, or a part of it, must look like before anything can be read from it.

    It has no references: to follow them takes as long as all else that is looked at.
    """
    whole = json.loads(SHAPE.read_text("utf-8"))
    known: dict[str, Any] = _in_place(whole["definitions"][part] if part else whole, whole["definitions"])
    return known


def _in_place(part: Any, definitions: Mapping[str, Any], over: tuple[str, ...] = ()) -> Any:
    """Put definitions in the place of references to them; within itself a definition stands once."""
    if isinstance(part, list):
        return [_in_place(one, definitions, over) for one in part]
    if not isinstance(part, dict):
        return part
    if "$ref" not in part:
        return {name: _in_place(one, definitions, over) for name, one in part.items() if name != "definitions"}
    name = part["$ref"].removeprefix("#/definitions/")
    return {} if over.count(name) > 1 else _in_place(definitions[name], definitions, (*over, name))


def check_shape(value: Any, asked: Mapping[str, Any], path: Path, file: str) -> None:
    """Hold what stands in the JSON file at `path` to a JSON Schema; raises `UnreadableError` where it is otherwise."""
    if problems := [replace(shape_problem(path, error), file=file) for error in errors_of(asked, value)]:
        raise UnreadableError(sorted(problems))


def errors_of(schema: Mapping[str, Any], value: Any) -> "Iterable[ValidationError]":
    """Give what a JSON Schema (draft 7) has against a value."""
    from jsonschema import Draft7Validator  # noqa: PLC0415  # its import is a tenth of a quick check

    return Draft7Validator(schema).iter_errors(value)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object of its properties; one that stands there twice would be lost without a word."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(name for name, times in Counter(name for name, _ in pairs).items() if times > 1)
        raise ValueError(say("the property {name} stands there twice in one object", name=quoted(twice)))
    return found


def _refuse_constant(name: str) -> None:
    raise ValueError(say("{name} is not a value of JSON", name=name))


def _reason(error: Exception) -> Message:
    """Give what an exception says: a message of ours, which its text would not be, or the words of another program."""
    reason = error.args[0] if error.args else ""
    return reason if isinstance(reason, Message) else heard(str(error))


def line_of(path: Path, *steps: str | int) -> int:
    """Find the line of a part of a descriptor, step by step: a property, a list's index, or an item's name.

    Gives the line of the last step that can be found, and 0 where the file does not tell.
    """
    from .yaml_texts import line_in  # noqa: PLC0415  # most descriptors have no problem, and then no line is asked

    return line_in(path.read_bytes().decode("utf-8-sig"), *steps)


def place_of(path: Path, *steps: str | int) -> tuple[str, int]:
    """Find the file and the line of a part of a descriptor: a schema may stand in a file of its own."""
    match steps:
        case ("resources", resource, part, *inner):
            for (place, name, named), file in parts_in_files(path).items():
                if named == part and resource in (place, name):
                    return file, line_of(path.parent / file, *inner) or 1
    return path.name, line_of(path, *steps)


def parts_in_files(path: Path) -> Mapping[tuple[int, str, str], str]:
    """Give the files that hold a schema or dialect; by the place and the name of its resource, and which of the two."""
    seen = path.stat()
    return _parts_in_files(path, seen.st_mtime_ns, seen.st_size)


@lru_cache(maxsize=2)  # asked for each of thousands of problems
def _parts_in_files(path: Path, _moment: int, _size: int) -> Mapping[tuple[int, str, str], str]:
    return {
        (place, resource["name"], part): Path(resource[part]).as_posix()
        for place, resource in enumerate(_loaded(path, path.read_text("utf-8-sig"))["resources"])
        for part in IN_FILES
        if isinstance(resource.get(part), str) and ADDRESS not in resource[part]
    }


def shape_problem(path: Path, error: "ValidationError") -> Problem:
    """Say in plain words what a JSON Schema has against a part of the descriptor at `path`."""
    place = ".".join(_named(error.absolute_path))
    file, line = place_of(path, *error.absolute_path)
    match error.validator:
        case "required":
            what = say("the property '{name}' is missing", name=error.message.split("'")[1])
            return Problem(file, line, place, what, "add it", READABLE)
        case "type" if isinstance(error.validator_value, str):
            return Problem(file, line, place, *KINDS[str(error.validator_value)], READABLE)
        case "minItems" | "minLength":
            return Problem(file, line, place, "this is empty", "write at least one", READABLE)
        case "pattern" | "anyOf" | "oneOf" | "enum" | "const" | "minimum" | "uniqueItems":
            shown = json.dumps(error.instance, ensure_ascii=False)
            what = say("{value} cannot stand here", value=quoted(shown))
            return Problem(file, line, place, what, _forms(error), READABLE)
        case _:
            what = say("this cannot be used: {reason}", reason=heard(error.message))
            return Problem(file, line, place, what, "correct it", READABLE)


def _forms(error: "ValidationError") -> str:
    """Say in which form a value can stand, with the values there are where these are few."""
    if error.validator == "enum" and isinstance(error.validator_value, list):
        known = (json.dumps(value) for value in error.validator_value if isinstance(value, str))
        return say("choose one of: {values}", values=", ".join(known))
    return FORMS[str(error.validator)]


def _named(steps: Iterable[str | int]) -> list[str]:
    return [str(step + 1) if isinstance(step, int) else step for step in steps]
