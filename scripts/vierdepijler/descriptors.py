"""Descriptors: the JSON that describes a package, its shape, and the line on which each part of it stands."""

import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft7Validator, ValidationError

from .problems import Problem, UnreadableError, quoted, unreadable

STANDARD = "https://datapackage.org/profiles/2.0/datapackage.json"  # its name; nobody fetches it
SHAPE = Path(__file__).with_name("descriptor_shape.json")
KINDS = {
    "array": "a list",
    "object": "an object",
    "string": "text",
    "integer": "a whole number",
    "boolean": "true or false",
}


def read_descriptor(path: Path) -> dict[str, Any]:
    """Read a `datapackage.json`; raises `UnreadableError` where it is missing, no JSON, or of another shape."""
    text = read_text(path, path.name, "utf-8-sig")
    try:
        descriptor = json.loads(text, parse_constant=_refuse_constant)
        json.dumps(descriptor, ensure_ascii=False, allow_nan=False).encode()  # what we read, we must be able to write
    except json.JSONDecodeError as error:
        raise unreadable(
            path.name,
            f"this is not valid JSON ({error.msg.lower()})",
            "mend the JSON there, often a comma or a quote too many or too few",
            line=error.lineno,
            column=f"character {error.colno}",
        ) from error
    except (ValueError, RecursionError) as error:
        reason = "nested too deep" if isinstance(error, RecursionError) else str(error)
        raise unreadable(path.name, f"this JSON cannot be read ({reason})", "check that it is a descriptor") from error
    if not isinstance(descriptor, dict):
        raise unreadable(path.name, "this is not a data package", "a descriptor is a JSON object: { … }", line=1)
    shape = json.loads(SHAPE.read_text("utf-8"))
    if problems := [shape_problem(path, error) for error in Draft7Validator(shape).iter_errors(descriptor)]:
        raise UnreadableError(sorted(problems))
    return descriptor


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not a value of JSON")


def read_text(path: Path, file: str, encoding: str) -> str:
    """Read a text file, called `file` in messages; raises `UnreadableError` where that cannot be done."""
    if path.is_dir():
        raise unreadable(file, "this is a folder", "name the file in it, such as datapackage.json")
    try:
        if path.exists() and not path.is_file():
            raise unreadable(file, "this is not an ordinary file", "put the file itself there")
        content = path.read_bytes()
    except OSError as error:
        raise unreadable(
            file, f"the file cannot be read ({error.strerror})", "check the path, and that the file is there"
        ) from error
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        name = encoding.upper().removesuffix("-SIG")
        raise unreadable(
            file,
            f"the text is not {name}: byte 0x{content[error.start]:02x} cannot be read",
            "save the file again as UTF-8",
            line=content.count(b"\n", 0, error.start) + 1,
        ) from error
    except (LookupError, ValueError) as error:
        raise unreadable(file, f"{quoted(encoding)} is no encoding of text", "use UTF-8 and declare 'utf-8'") from error


def line_of(path: Path, *steps: str | int) -> int:
    """Find the line of a part of a descriptor, step by step: a property, a list's index, or an item's name.

    Gives the line of the last step that can be found, and 0 where the file does not tell.
    """
    node = _nodes(path.read_text("utf-8-sig"))
    line = 0 if node is None else 1
    for step in steps:
        node = None if node is None else _child(node, step)
        if node is None:
            break
        named = _child(node, "name") if isinstance(step, str) else None
        line = (named or node).start_mark.line + 1
    return line


@lru_cache(maxsize=2)
def _nodes(text: str) -> yaml.Node | None:
    """Parse JSON as the YAML it is too, for the sake of its lines; None where a tab or the like forbids."""
    try:
        return yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError:
        return None


def _child(node: yaml.Node, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
        return node.value[step] if step < len(node.value) else None
    if isinstance(node, yaml.SequenceNode):
        return next((item for item in node.value if (name := _child(item, "name")) and name.value == step), None)
    return None


def shape_problem(path: Path, error: ValidationError) -> Problem:
    """Say in plain words what a JSON Schema has against a part of the descriptor at `path`."""
    place = ".".join(_named(error.absolute_path))
    line = line_of(path, *error.absolute_path)
    match error.validator:
        case "required":
            missing = error.message.split("'")[1]
            return Problem(path.name, line, place, f"the property '{missing}' is missing", "add it")
        case "type":
            kind = KINDS.get(str(error.validator_value), str(error.validator_value))
            return Problem(path.name, line, place, f"this is not {kind}", f"write {kind} here")
        case "minItems" | "minLength":
            return Problem(path.name, line, place, "this is empty", "write at least one")
        case "additionalProperties":
            return Problem(path.name, line, place, error.message.lower(), "leave it out: we cannot read such files")
        case _:
            return Problem(path.name, line, place, f"this cannot be used: {error.message}", "correct it")


def _named(steps: Iterable[str | int]) -> list[str]:
    return [str(step + 1) if isinstance(step, int) else step for step in steps]
