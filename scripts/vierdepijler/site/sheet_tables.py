"""The tables that a fact sheet shows, where the head of its page names them.

    sheet_tables:
      policy_events: event_date, label

Without, it shows those that stand on the page. Each has all rows of its table, for nothing is left out unsaid.
"""

from vierdepijler.core.cells import AddressError, Cell
from vierdepijler.core.package import Package
from vierdepijler.core.problems import ContentError
from vierdepijler.core.tables import cell_text
from vierdepijler.core.text import value_text

from .figures import Presenter
from .sheet_parts import SheetTable, plain_text
from .sources import Source, Sources
from .vocabulary import Vocabulary

TO_DO = "write the name of a table, and those of its fields with commas between them"


def sheet_tables(package: Package, sources: Sources, language: str, source: Source) -> tuple[SheetTable, ...]:
    """Give the tables that the head of a page names; raises `ContentError`, with the line, for each that fails."""
    presenter = Presenter(package, language, sources.words[language], lambda _: "", set())
    found, problems = [], []
    for name, columns in source.sheet_tables.items():
        try:
            found.append(
                _table(Vocabulary(package, presenter), name, [column.strip() for column in columns.split(",")])
            )
        except AddressError as error:
            problems.append(sources.problem_in(language, source, name, error.args[0], TO_DO))
    if problems:
        raise ContentError(problems, sources.folder.parent)
    return tuple(found)


def _table(said: Vocabulary, name: str, columns: list[str]) -> SheetTable:
    head = tuple(plain_text(said.heading(name, column)) for column in columns)
    rows = [[row.cell_(column) for column in columns] for row in said.rows(name)]
    return SheetTable(
        plain_text(said.plain_title(name)),
        head,
        tuple(tuple(_text(said, cell) for cell in row) for row in rows),
        tuple(cell.field.is_number for cell in rows[0]) if rows else (),
        (),
        tuple(cell.address for row in rows for cell in row),
    )


def _text(said: Vocabulary, cell: Cell) -> str:
    """Write a cell; a unit is left empty where the value that has it is written with it already, as euros are."""
    unit = cell_text(cell.value)
    is_of_value = any(field.property("unitIn") == cell.field.name for field in cell.table.fields)
    if is_of_value and value_text(1, unit, said.language) != value_text(1, None, said.language):
        return ""
    return plain_text(said.presenter.value(cell))
