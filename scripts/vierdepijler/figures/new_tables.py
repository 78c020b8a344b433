"""A new table: its resource and its file drafted, tried in a copy of the package, and only then written.

What only a person can write is asked on a terminal, or marked; what is left to do is said step by step.
"""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from vierdepijler.checks.checking import check_package
from vierdepijler.checks.rules.unseen_texts import MARKED, descriptor_texts, is_unwritten
from vierdepijler.core.columnar import block_of
from vierdepijler.core.descriptors import line_of, parts_in_files
from vierdepijler.core.package import Package
from vierdepijler.core.problems import ContentError, Message, Problem, Severity, in_language, quoted, say
from vierdepijler.core.reading import read_package
from vierdepijler.core.references import files_of
from vierdepijler.core.staging import together
from vierdepijler.core.tables import Field, Role, Table
from vierdepijler.core.text_files import csv_text
from vierdepijler.core.writing import scratch
from vierdepijler.core.yaml_texts import last_item

from .figure_records import first_records
from .foreign_csv import ForeignSheet, read_sheet, snake_case
from .table_resources import table_resource

LEFT_BEHIND = ("derived", "claims")  # the rules about what a newer figure leaves behind
DATA, SCHEMA = "data", ".schema.json"


@dataclass(frozen=True)
class Wanted:
    """What is asked for: the file, and the name and group of the table, where they are given."""

    path: Path
    name: str | None = None
    group: str | None = None
    is_renaming: bool = False


@dataclass(frozen=True)
class NewTable:
    """A table that can be added: its resource, and every text to write, by path from the package's folder."""

    resource: dict[str, Any]
    sheet: ForeignSheet
    texts: dict[str, str]


def draft_table(package: Package, wanted: Wanted, ask: Callable[[dict[str, Any]], None] | None = None) -> NewTable:
    """Draft a table that the package does not have; `ask` may fill in the texts of its resource.

    Raises `UnreadableError` for a file that cannot be read, and `ContentError` for one that cannot become a table of
    the package, or for a table with which the package would not be valid. Nothing is written.
    """
    file = os.path.relpath(wanted.path, package.root)
    try:
        sheet = read_sheet(wanted.path, file, is_renaming=wanted.is_renaming)
        name, group = _name(package, wanted, file), _group(package, wanted, file)
        target = "/".join(filter(None, (DATA, group, f"{name}.csv")))
        text = csv_text([sheet.header, *sheet.rows])
        _check_place(package, wanted, target, text)
        _check_place(package, wanted, schema := target.removesuffix(".csv") + SCHEMA, "")
    except ContentError as error:
        error.root = package.root
        raise
    resource = table_resource(package, name, group, target, sheet)
    if ask is not None:
        ask(resource)
    texts = {target: text, schema: schema_text(resource), **_history(package, resource, sheet)}
    descriptor = with_item(_read(package.path), "resources", {**resource, "schema": schema})
    table = NewTable(resource, sheet, {**texts, package.path.name: descriptor})
    if problems := _errors_with(package, table):
        # What is wrong with the drafted file is to be mended in the one that it was made from.
        told = [replace(problem, file=file) if problem.file == target else problem for problem in problems]
        raise ContentError(told, package.root)
    return table


def write_texts(package: Package, texts: Mapping[str, str]) -> None:
    """Write what was drafted, the files of tables and the descriptor together: all of it, or nothing."""
    with together(package.root) as stage:
        _write_texts(texts, stage)


def _write_texts(texts: Mapping[str, str], folder: Path) -> None:
    for file, text in texts.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text, "utf-8", newline="")


def _name(package: Package, wanted: Wanted, file: str) -> str:
    name = wanted.name or wanted.path.stem
    if (offered := snake_case(name)) != name:
        what = say("{name} cannot be the name of a table", name=quoted(name))
        offer = say("add --name {name}", name=offered) if offered else say("give it one with --name")
        raise ContentError([Problem(file, 0, "", what, offer)])
    if any(resource["name"] == name for resource in package.whole["resources"]):
        what, todo = say("there is a table '{name}' already", name=name), say("choose another name, with --name")
        raise ContentError([Problem(file, 0, "", what, todo)])
    return name


def _group(package: Package, wanted: Wanted, file: str) -> str | None:
    """Give the group that is asked for; else that of the folder in which the file lies, or else the first."""
    groups = [str(group["name"]) for group in package.descriptor.get("groups", ())]
    if wanted.group is None:
        folder = wanted.path.resolve().parent.name
        return folder if folder in groups else next(iter(groups), None)
    if wanted.group not in groups:
        what = say("there is no group {name}", name=quoted(wanted.group))
        todo = say("add it to 'groups' in the descriptor")
        if groups:
            todo = say("choose one of {names}, or add it to 'groups' in the descriptor", names=", ".join(groups))
        raise ContentError([Problem(file, 0, "", what, todo)])
    return wanted.group


def _check_place(package: Package, wanted: Wanted, target: str, text: str) -> None:
    """Make sure that nothing would be overwritten: only the file itself may be there, written as we write it."""
    path = package.root / target
    if not path.exists() or (path.samefile(wanted.path) and path.read_bytes() == text.encode()):
        return
    what = say("this file is there already, and would be written over")
    raise ContentError([Problem(target, 0, "", what, say("move it out of '{folder}' first", folder=DATA))])


def _history(package: Package, resource: dict[str, Any], sheet: ForeignSheet) -> dict[str, str]:
    """Give the table of histories with the first rows of the figures of a new table; nothing where it has none."""
    history = package.table_of(Role.HISTORY)
    rows = [dict(zip(sheet.header, row, strict=True)) for row in sheet.rows]
    drafted = _empty_table(resource)
    records = [] if history is None else list(first_records(package, drafted, rows))
    if history is None or not records:
        return {}
    added = [tuple(record[name] for name in history.field_names) for record in records]
    return {history.file: _read(package.root / history.file) + csv_text(added)}


def _empty_table(resource: dict[str, Any]) -> Table:
    fields = tuple(map(Field, resource["schema"]["fields"]))
    names = tuple(field.name for field in fields)
    return Table(resource["name"], resource["path"], resource, fields, names, block_of((), len(names)), ())


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def _errors_with(package: Package, table: NewTable) -> list[Problem]:
    """Give the errors that the package would have with a table and has not without: it is tried in a copy.

    What it says anew can leave a figure of ours behind, or a caveat: these are mended when it is there.
    """
    with scratch() as copy:
        files = (file for resource in package.whole["resources"] for file in files_of(resource))
        for file in [package.path.name, *files, *parts_in_files(package.path).values()]:
            (copy / file).parent.mkdir(parents=True, exist_ok=True)
            (copy / file).write_bytes((package.root / file).read_bytes())
        before = set(_errors(copy / package.path.name))
        _write_texts(table.texts, copy)
        found = (problem for problem in _errors(copy / package.path.name) if problem not in before)
        return [problem for problem in found if problem.rule not in LEFT_BEHIND]


def _errors(path: Path) -> Iterator[Problem]:
    problems = check_package(read_package(path)).problems
    return (problem for problem in problems if problem.severity is Severity.ERROR)


def schema_text(resource: dict[str, Any]) -> str:
    """Write the schema of a resource as a file of its own, beside its table."""
    return json.dumps(resource["schema"], indent=2, ensure_ascii=False) + "\n"


def with_item(text: str, name: str, item: dict[str, Any]) -> str:
    """Add an item behind the last one of a list of a descriptor, indented as that is."""
    last = last_item(text, name)
    longer = text[: last.end] + item_text(item, last.column) + text[last.end :]
    descriptor = json.loads(text)
    descriptor[name].append(item)
    if json.loads(longer) != descriptor:  # pragma: no cover - a mistake in this module, which must spoil no file
        raise AssertionError("the item did not come to stand where it belongs")
    return longer


def item_text(item: dict[str, Any], column: int) -> str:
    """Write an item of a list behind another, as far from the left as that."""
    lines = json.dumps(item, indent=max(1, column // 2), ensure_ascii=False).split("\n")
    return ",\n" + "\n".join(" " * column + line for line in lines)


def ask_texts(resource: dict[str, Any], ask: Callable[[str], str], language: str) -> None:
    """Ask for every text of a resource that holds the mark; an empty answer leaves the mark where it is."""
    for steps, names, text in list(descriptor_texts(resource)):
        if is_unwritten(text) and (answer := ask(in_language(_question(names, text), language) + " ").strip()):
            _put(resource, steps, answer)


def _question(names: tuple[str, ...], text: str) -> Message:
    place, label = ".".join(names), MARKED.sub("", text).strip()
    if label:
        return say("{place}, now '{label}':", place=place, label=label)
    return say("{place}:", place=place)


def _put(part: Any, steps: tuple[str | int, ...], text: str) -> None:
    for step in steps[:-1]:
        part = part[step]
    part[steps[-1]] = text


def render_steps(package: Package, table: NewTable, language: str) -> str:
    """Say what was added, what was guessed, and what a person does next."""
    return "\n".join(in_language(line, language) for line in _lines(package, table))


def _lines(package: Package, table: NewTable) -> Iterator[Message]:
    name, file = table.resource["name"], table.resource["path"]
    left = sum(is_unwritten(text) for *_, text in descriptor_texts(table.resource))
    yield say("Added the table '{name}': {file}, with {rows} rows, and its resource in {descriptor}.",
              name=name, file=file, rows=len(table.sheet.lines), descriptor=package.path.name)  # fmt: skip
    schema = file.removesuffix(".csv") + SCHEMA
    if others := [other for other in table.texts if other not in (file, schema, package.path.name)]:
        yield say("Its figures have their first rows in {files}.", files=", ".join(others))
    yield say("1. see whether what was guessed is so:")
    yield from _guesses(table.resource["schema"])
    if left:
        line = line_of(package.path, "resources", name)
        pattern = "2. write the {count} marked texts in {schema} and {descriptor}:{line}; validate.py names each"
        yield say(pattern, count=left, schema=schema, descriptor=package.path.name, line=line)
    else:
        yield say("2. every text is written")
    yield say("3. run validate.py: it names what is left, also the version to take where the present one is sealed")
    yield say("4. run publish.py and build_site.py: the table has its files and its page in each language")
    yield say("5. tell of it in CHANGELOG.md")


def _guesses(schema: dict[str, Any]) -> Iterator[Message]:
    for field in schema["fields"]:
        properties = [f"{name}: {field[name]}" for name in ("unit", "printedIn") if name in field]
        required = [say("required")] if field.get("constraints", {}).get("required") else []
        kinds = ", ".join([str(field["type"]), *properties, *required])
        yield say("   {field}: {kinds}", field=field["name"], kinds=kinds)
    if key := schema.get("primaryKey"):
        yield say("   the key of a row: {key}", key=", ".join(key))
    else:
        yield say("   no few fields tell the rows apart: add a key, so that each row has an address that stays")
    for link in schema.get("foreignKeys", ()):
        fields = link["fields"] if isinstance(link["fields"], str) else ", ".join(link["fields"])
        yield say("   {fields} leads to the table '{table}'", fields=fields, table=link["reference"]["resource"])
