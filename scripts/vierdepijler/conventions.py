"""What we ask of a descriptor beyond the standard: units, texts in every language, names that files can bear."""

import re
from collections.abc import Iterator

from .descriptors import line_of
from .package import Descriptor, Package, Table, cell_text
from .problems import Problem, quoted
from .rule import PackageRule

UNITS = "units"
TEXTS = ("title", "description")
STEPS = {"resources", "schema", "fields"}
POINTERS = ("unitIn", "printedIn", "reasonIn")
FILE_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")
TAKEN = {"index", "datapackage"}


def check_units(package: Package) -> Iterator[Problem]:
    """Find numbers without a unit, and units that the table of units does not know."""
    if UNITS not in package.tables:
        return
    known = {key[0] for key in package.tables[UNITS].keys}
    for table in package.tables.values():
        for field in table.fields:
            unit = field.property("unit")
            line = line_of(package.path, "resources", table.name, "schema", "fields", field.name)
            if field.is_number and unit is None and field.property("unitIn") is None:
                yield Problem(
                    package.path.name, line, f"{table.name}.{field.name}", "a number without a unit", "add 'unit'"
                )
            elif field.property("unitIn") in table.field_names:
                yield from _unknown_units(table, str(field.property("unitIn")), known)
            elif unit is not None and unit not in known:
                yield Problem(
                    package.path.name,
                    line,
                    f"{table.name}.{field.name}",
                    f"the table '{UNITS}' has no unit '{unit}'",
                    "choose one of its codes, or add the unit there",
                )


def _unknown_units(table: Table, field: str, known: set[str]) -> Iterator[Problem]:
    for row, line in enumerate(table.lines[: len(table.frame)]):
        unit = cell_text(table.value(row, field))
        if unit not in known:
            what = f"the table '{UNITS}' has no unit {quoted(unit)}"
            yield Problem(table.file, line, field, what, "choose one of its codes, or add the unit there")


def check_languages(package: Package) -> Iterator[Problem]:
    """Find titles and descriptions that are not there in every language of the package."""
    if "languages" not in package.descriptor:
        return
    yield from _missing_texts(package, package.descriptor)
    for table in package.tables.values():
        yield from _missing_texts(package, table.descriptor, "resources", table.name)
        for field in table.fields:
            yield from _missing_texts(
                package, field.descriptor, "resources", table.name, "schema", "fields", field.name
            )


def _missing_texts(package: Package, descriptor: Descriptor, *steps: str) -> Iterator[Problem]:
    for text in TEXTS:
        for language in package.languages:
            own = text if language == package.languages[0] else f"{text}_{language}"
            if not descriptor.get(own):
                line = line_of(package.path, *steps)
                column = ".".join([step for step in steps if step not in STEPS] + [own])
                yield Problem(package.path.name, line, column, "this text is missing", f"write it in '{language}'")


def check_pointers(package: Package) -> Iterator[Problem]:
    """Find properties of a field that name another field, where the table has none of that name."""
    for table in package.tables.values():
        for field in table.fields:
            for pointer in POINTERS:
                named = field.property(pointer)
                if named is not None and named not in table.field_names:
                    yield Problem(
                        package.path.name,
                        line_of(package.path, "resources", table.name, "schema", "fields", field.name, pointer),
                        f"{table.name}.{field.name}.{pointer}",
                        f"the table has no field '{named}'",
                        "correct the name, or leave the property out",
                    )


def check_names(package: Package) -> Iterator[Problem]:
    """Find names, of the package or a table, that no published file can have or that another file bears."""
    own = str(package.descriptor.get("name", "package"))
    for name in (own, *package.tables):
        if not FILE_NAME.fullmatch(name) or (name in package.tables and name in {*TAKEN, own}):
            place = ("resources", name) if name in package.tables else ("name",)
            yield Problem(
                package.path.name,
                line_of(package.path, *place),
                "name",
                f"{quoted(name)} cannot be the name of a published file",
                "use small letters, digits, '-' and '_', and no name that another file bears",
            )


CONVENTIONS = (
    PackageRule("names", check_names),
    PackageRule("pointers", check_pointers),
    PackageRule("units", check_units),
    PackageRule("languages", check_languages),
)
