"""Strategies for whole packages: a descriptor of one to three tables and the bytes of each file, clean or spoilt."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from field_kinds import KINDS
from generated_files import draw_layout, spoil_bytes, spoil_text
from generated_mistakes import rows_of, spoil_column, spoil_rows
from generated_schemas import (
    ONE_IN_FOUR,
    ONE_IN_TEN,
    ONE_IN_TWO,
    Description,
    Draw,
    Sketch,
    draw_sketch,
)

STANDARD = "https://datapackage.org/profiles/2.0/datapackage.json"
TABLES = ("one", "two", "three")
FILES = tuple(f"{table}.csv" for table in TABLES)
TWO_IN_FIVE = st.integers(0, 4).map(lambda drawn: drawn > 2)
HOW_MANY = st.sampled_from((1, 1, 1, 2, 2, 3))
MISTAKES = st.sampled_from((1, 1, 1, 2, 3, 4))
TYPES = st.sampled_from(tuple(dict.fromkeys(kind.type for group in KINDS for kind in group if kind.type)))
ERRORS_TOLD = 1000  # Frictionless stops in a table after so many
WRONG_HASHES = ("0" * 32, "md5:" + "f" * 32, "sha256:" + "0" * 64, "sha512:0", "nonsense")


@dataclass(frozen=True)
class Case:
    """A package to validate: its descriptor and the bytes of each file, by path; a file may be missing."""

    descriptor: Mapping[str, Any]
    files: Mapping[str, bytes]

    def write(self, folder: Path) -> None:
        """Write the files in the folder, in the place of those of another case."""
        for name in FILES:
            (folder / name).unlink(missing_ok=True)
        for name, content in self.files.items():
            (folder / name).write_bytes(content)

    def __str__(self) -> str:
        """Show all that is needed to make the case again."""
        descriptor = json.dumps(self.descriptor["resources"], ensure_ascii=True, indent=1)
        return "\n".join((f"resources = {descriptor}", *(f"{name}: {text!r}" for name, text in self.files.items())))


@st.composite
def packages(draw: Draw) -> Case:
    """Draw a package; about half of them have no mistake made in them on purpose."""
    sketches: list[Sketch] = []
    for name in TABLES[: draw(HOW_MANY)]:
        sketches.append(draw_sketch(draw, name, sketches))
    if draw(ONE_IN_TEN):
        sketches.reverse()
    spoilt = draw(TWO_IN_FIVE)
    resources: list[Description] = []
    files: dict[str, bytes] = {}
    for sketch in sketches:
        resource, content = _draw_table(draw, sketch, spoilt=spoilt and draw(ONE_IN_TWO | st.just(value=True)))
        resources.append(resource)
        if not (spoilt and draw(ONE_IN_TEN)):
            files[resource["path"]] = content
    return Case({"$schema": STANDARD, "name": "package", "resources": resources}, files)


def _draw_table(draw: Draw, sketch: Sketch, *, spoilt: bool) -> tuple[Description, bytes]:
    layout = draw_layout(draw)
    rows = rows_of(sketch)
    after = _draw_later_mistakes(draw) if spoilt else []
    for _ in range(draw(MISTAKES) if spoilt else 0):
        spoil_rows(draw, sketch, rows)
    if sketch.rows > ERRORS_TOLD and draw(ONE_IN_TWO):
        spoil_column(draw, sketch, rows)
    text = layout.text(rows)
    if "text" in after:
        text = spoil_text(draw, text)
    content = layout.bytes("" if spoilt and draw(ONE_IN_TEN) else text)
    if "bytes" in after:
        content = spoil_bytes(draw, content)
    schema = sketch.described()
    if "schema" in after:
        schema = _spoil_schema(draw, schema)
    resource = {"name": sketch.name, "path": f"{sketch.name}.csv", **layout.declared, "schema": schema}
    return {**resource, **_draw_counts(draw, content)}, content


def _draw_later_mistakes(draw: Draw) -> list[str]:
    chances = {"text": ONE_IN_FOUR, "bytes": ONE_IN_TEN, "schema": ONE_IN_FOUR}
    return [what for what, chance in chances.items() if draw(chance)]


def _draw_counts(draw: Draw, content: bytes) -> Description:
    """Draw the size and the hash that the descriptor tells of a file, right or wrong."""
    counts: Description = {}
    if draw(ONE_IN_TEN):
        counts["bytes"] = len(content) + (1 if draw(ONE_IN_FOUR) else 0)
    if draw(ONE_IN_TEN):
        md5 = hashlib.md5(content, usedforsecurity=False).hexdigest()
        right = (md5, f"md5:{md5}", f"sha256:{hashlib.sha256(content).hexdigest()}", "sha1:x", f"md5:{md5.upper()}")
        counts["hash"] = draw(st.sampled_from(WRONG_HASHES if draw(ONE_IN_FOUR) else right))
    return counts


def _spoil_schema(draw: Draw, schema: Description) -> Description:
    """Let the schema ask something else than the rows were made for."""
    fields = [dict(field) for field in schema["fields"]]
    place = draw(st.integers(0, len(fields) - 1))
    match draw(st.integers(0, 4)):
        case 0:
            fields[place] = {"name": fields[place]["name"], "type": draw(TYPES)}
        case 1:
            fields.reverse()
        case 2:
            fields.insert(place, {"name": "extra", "type": draw(TYPES)})
        case 3:
            held = {**fields[place].get("constraints", {}), draw(st.sampled_from(("required", "unique"))): True}
            fields[place] = {**fields[place], "constraints": held}
        case _:
            fields[place] = {**fields[place], "missingValues": ["-", "1", "a"]}
    return {**schema, "fields": fields}
