"""What a spreadsheet would run in the files that are published: cells, headers, titles and descriptions.

A rule of the check tells of such cells too. A package may lower the severity of that rule; what is published never
runs.
"""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from vierdepijler.core.descriptors import line_of
from vierdepijler.core.messages import Message, say
from vierdepijler.core.notations import CUTS, FORMULA, SIGNS, runs_as_formula
from vierdepijler.core.package import Package
from vierdepijler.core.problems import Problem, quoted
from vierdepijler.core.tables import Descriptor, Table

SUSPECT = f"{FORMULA}|{CUTS}[{SIGNS}]"
SHOWN = ("name", "title", "description", "unit", "unitIn")  # in headers, dictionaries and sheets that explain
ADVICE = say("begin the text with a letter, or leave the sign out")


def check_formulas(package: Package) -> Iterator[Problem]:
    """Find texts that a spreadsheet would run as a formula, whatever the package says of the rule about them."""
    yield from _check_words(package, package.descriptor, (), str(package.descriptor.get("name", "")))
    for table in package.tables.values():
        place = ("resources", table.name)
        yield from _check_words(package, table.descriptor, place, table.name)
        for field in table.fields:
            steps = (*place, "schema", "fields", field.name)
            yield from _check_words(package, field.descriptor, steps, f"{table.name}.{field.name}")
        yield from _check_cells(table)


def _check_words(package: Package, descriptor: Descriptor, steps: tuple[str, ...], column: str) -> Iterator[Problem]:
    for name, text in descriptor.items():
        if isinstance(text, str) and name.partition("_")[0] in SHOWN and runs_as_formula(text):
            line = line_of(package.path, *steps, name)
            yield Problem(package.path.name, line, f"{column}.{name}", _told(text), ADVICE)


def _check_cells(table: Table) -> Iterator[Problem]:
    for field in table.fields:
        column = table.column(field.name)
        if not pa.types.is_string(column.type):
            continue
        suspect = pc.fill_null(pc.match_substring_regex(column, SUSPECT), fill_value=False)
        for row in pc.indices_nonzero(suspect).to_pylist():
            if runs_as_formula(text := column[row].as_py()):
                yield Problem(table.file, table.lines[row], field.name, _told(text), ADVICE)


def _told(text: str) -> Message:
    return say("{cell} would be run as a formula by a spreadsheet", cell=quoted(text))
