"""What we ask of a descriptor beyond the standard: units, names that files can bear, pointers and parts that exist."""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from vierdepijler.core.cells import ORIGIN
from vierdepijler.core.descriptors import parts_in_files
from vierdepijler.core.package import Package
from vierdepijler.core.problems import Message, Problem, quoted, say
from vierdepijler.core.references import files_of
from vierdepijler.core.tables import Descriptor, Role, Table

from .rule import PackageRule, in_column, is_ours, listed

NO_UNIT = "the table '{table}' has no unit {cell}"
TEXTS = ("title", "description")
CAVEAT = "caveat"
STEPS = {"resources", "schema", "fields", "groups"}
POINTERS = (
    "upperIn",
    "unitIn",
    "printedIn",
    "notedIn",
    "reasonIn",
    "decimalsIn",
    "strengthIn",
    "confidenceIn",
    "sourceIn",
)
FILE_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")
ANY_FILE_NAME = re.compile(r"[^\W_][\w. ()+&,;-]{0,99}")
TAKEN = {"index", "datapackage", "dictionary", "metadata", "validation", "croissant", "citation"}
DATA = "data"  # the folder that holds tables and nothing else


def check_units(package: Package) -> Iterator[Problem]:
    """Find numbers without a unit, and units that the table of units does not know."""
    if (units := package.table_of(Role.UNITS)) is None:
        return
    known = [key[0] for key in units.keys]
    choose = say("choose one of its codes, or add the unit there")
    for table in package.tables.values():
        for field in table.fields:
            unit = field.property("unit")
            if field.is_number and unit is None and field.property("unitIn") is None:
                yield package.field_problem(table, field, say("a number without a unit"), say("add 'unit'"))
            elif (beside := field.property("unitIn")) in table.field_names and beside is not None:
                unknown = pc.invert(pc.is_in(table.text(beside), value_set=pa.array(known, pa.string())))
                # A row without a value, and so without a unit, has no number to explain.
                is_nothing = pc.and_(pc.is_null(table.column(beside)), pc.is_null(table.column(field.name)))
                unknown = pc.and_not(unknown, is_nothing)
                yield from in_column(table, beside, unknown, partial(say, NO_UNIT, table=units.name), choose)
            elif unit is not None and unit not in known:
                yield package.field_problem(table, field, say(NO_UNIT, table=units.name, cell=quoted(unit)), choose)


def check_languages(package: Package) -> Iterator[Problem]:
    """Find titles, descriptions and caveats that are not there in every language of the package."""
    if "languages" not in package.descriptor:
        return
    yield from _missing_texts(package, package.descriptor)
    for group in package.descriptor.get("groups", ()):
        yield from _missing_texts(package, group, "groups", str(group["name"]), texts=("title",))
    for table in package.tables.values():
        has_caveat = any(name.startswith(CAVEAT) for name in table.descriptor)
        yield from _missing_texts(
            package, table.descriptor, "resources", table.name, texts=(*TEXTS, CAVEAT) if has_caveat else TEXTS
        )
        for field in table.fields:
            steps = ("resources", table.name, "schema", "fields", field.name)
            yield from _missing_texts(package, field.descriptor, *steps)


def _missing_texts(
    package: Package, descriptor: Descriptor, *steps: str, texts: tuple[str, ...] = TEXTS
) -> Iterator[Problem]:
    for text in texts:
        for language in package.languages:
            own = text if language == package.languages[0] else f"{text}_{language}"
            if not re.search(r"\w", str(descriptor.get(own) or "")):
                column = ".".join([step for step in steps if step not in STEPS] + [own])
                todo = say("write it in '{language}'", language=language)
                yield package.problem(steps, column, say("this text is missing"), todo)


def check_pointers(package: Package) -> Iterator[Problem]:
    """Find what names a field, in a property of ours, a unique key or an order, where the table has none such."""
    yield from _roles(package)
    yield from check_origin_fields(package)
    yield from _pointers_to_self(package)
    yield from _unshown_confidence(package)
    for table in package.tables.values():
        for steps, names in _pointers(table):
            for name in names:
                if name not in table.field_names:
                    column = ".".join([table.name, *(step for step in steps if step not in STEPS)])
                    place = ("resources", table.name, *steps)
                    what = say("the table has no field '{name}'", name=name)
                    todo = say("correct the name, or leave the property out")
                    yield package.problem(place, column, what, todo)


def _roles(package: Package) -> Iterator[Problem]:
    """Find roles that there are not, and a second table with one: nothing would ask for it."""
    known = [role.value for role in Role]
    first = {table.role: table.name for table in reversed(package.heads)}
    for table in package.heads if is_ours(package) else ():
        if table.role is None or (table.role in known and first[table.role] == table.name):
            continue
        what = say("the table '{table}' has this role already", table=first[table.role])
        if table.role not in known:
            what = say("there is no role {role}", role=quoted(table.role))
        todo = say("choose one of {roles}, or leave it out", roles=", ".join(known))
        yield package.problem(("resources", table.name, "role"), f"{table.name}.role", what, todo)


def _pointers_to_self(package: Package) -> Iterator[Problem]:
    """Find fields that would be compared with themselves: what is printed stands in a field of its own."""
    for table in package.tables.values():
        for field in table.fields:
            if field.property("printedIn") == field.name:
                what = say("'printedIn' names the field itself")
                todo = say("name the field that holds the figure as its source prints it")
                yield package.field_problem(table, field, what, todo, "printedIn")


def _unshown_confidence(package: Package) -> Iterator[Problem]:
    """Find fields that say how sure something is, where no reader would be told: no field has that beside it."""
    for table in package.tables.values() if is_ours(package) else ():
        told = {field.property("confidenceIn") for field in table.fields}
        for field in table.fields:
            if field.name.endswith("confidence") and field.name not in told:
                what = say("no field is shown with this confidence")
                todo = say("name it in 'confidenceIn' of the fields that it is about")
                yield package.field_problem(table, field, what, todo)


def check_origin_fields(package: Package) -> Iterator[Problem]:
    """Find tables with figures of a source, in a package with a table of sources, that cannot say which and where."""
    for table in package.tables.values() if package.table_of(Role.SOURCES) else ():
        for pointer, needed in (("printedIn", ORIGIN), ("notedIn", ORIGIN[:1])):
            yield from _without_origin(package, table, pointer, needed)


def _without_origin(package: Package, table: Table, pointer: str, needed: Sequence[str]) -> Iterator[Problem]:
    """Find the fields that figures of a source need beside them; a note is about a source as a whole."""
    pointing = [field for field in table.fields if field.property(pointer)]
    for name in needed if pointing else ():
        if name not in table.field_names:
            what = say("figures of a source need the field '{name}' beside them", name=name)
            todo = say("add it, or take '{pointer}' out of the schema", pointer=pointer)
            yield package.field_problem(table, pointing[0], what, todo, pointer)


def _pointers(table: Table) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    """Give each property that names fields, by the steps that lead to it, with the names."""
    for field in table.fields:
        for pointer in POINTERS:
            if named := field.property(pointer):
                yield ("schema", "fields", field.name, pointer), [named]
    keys = table.descriptor.get("schema", {}).get("uniqueKeys", ())
    yield ("schema", "uniqueKeys"), [n for key in keys for n in ([key] if isinstance(key, str) else key)]
    yield ("sortedBy",), [name.removeprefix("-") for name in listed(table.descriptor, "sortedBy", str)]


def check_names(package: Package) -> Iterator[Problem]:
    """Find names, of the package or a table, that no published file can have or that another file bears.

    Of a package with none of our properties only those that no file at all can have: the standard allows any name.
    """
    own = str(package.descriptor.get("name", "package"))
    form, taken = (FILE_NAME, {*TAKEN, own}) if is_ours(package) else (ANY_FILE_NAME, TAKEN)
    for name in (own, *package.tables):
        if not form.fullmatch(name) or (name in package.tables and name in taken):
            place = ("resources", name) if name in package.tables else ("name",)
            what = say("{name} cannot be the name of a published file", name=quoted(name))
            todo = say("use small letters, digits, '-' and '_', and no name that another file bears")
            yield package.problem(place, "name", what, todo)


def check_unnamed_files(package: Package) -> Iterator[Problem]:
    """Find files in `data/` that no resource names: they would not be checked, and not be published.

    Where a package has none of our properties, the folder may hold what its maker likes.
    """
    folder = package.root / DATA
    of_tables = [file for resource in package.whole["resources"] for file in files_of(resource)]
    named = {(package.root / file).resolve() for file in (*of_tables, *parts_in_files(package.path).values())}
    for path in sorted(folder.rglob("*")) if is_ours(package) else ():
        if path.is_file() and not path.name.startswith(".") and path.resolve() not in named:
            file = path.relative_to(package.root).as_posix()
            what = say("no resource of the descriptor names this file")
            yield Problem(file, 0, "", what, say("add a resource for it, or move it out of '{folder}'", folder=DATA))


CONVENTIONS = (
    PackageRule("names", check_names),
    PackageRule("pointers", check_pointers),
    PackageRule("units", check_units),
    PackageRule("languages", check_languages),
    PackageRule("unnamed-files", check_unnamed_files, of_text=True),
)


DATED = "date"
NAMING = {"string", "integer", "year", "boolean", "date", "any"}  # types whose values can be names of files


def check_subsets(package: Package) -> Iterator[Problem]:
    """Find subsets by a field that is not there, by one that gives no sensible parts, and the same one twice."""
    for table in package.heads if is_ours(package) else ():
        seen: list[tuple[Any, Any]] = []
        for number, declared in enumerate(listed(table.descriptor, "subsets", dict)):
            is_again = (declared.get("field"), declared.get("by")) in seen
            again = say("these parts were declared before"), say("leave one of them out")
            if told := again if is_again else _flaw(table, declared):
                place = ("resources", table.name, "subsets", number)
                yield package.problem(place, f"{table.name}.subsets.{number + 1}", *told)
            seen.append((declared.get("field"), declared.get("by")))


def _flaw(table: Table, declared: dict[str, Any]) -> tuple[Message, Message] | None:
    """Say what is wrong with a subset, and what to do; None for a good one, and for what the profile tells of."""
    name, by = declared.get("field"), declared.get("by")
    if not isinstance(name, str):
        return None
    if name not in table.field_names:
        return say("the table has no field {name} to divide it by", name=quoted(name)), say("correct the name")
    kind = table.field(name).type
    if by is not None and kind != DATED:
        what = say("a field of type '{kind}' has no {by} to divide a table by", kind=kind, by=quoted(str(by)))
        return what, say("leave 'by' out, or name a field of type date")
    if kind not in NAMING:
        what = say("a table cannot be divided by a field of type '{kind}'", kind=kind)
        return what, say("name a field of dates, years or codes")
    return None
