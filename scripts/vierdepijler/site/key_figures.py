"""The figures that stand for a page, where it is shared and on its fact sheet: each a cell, named in its head.

    key_figures:
      completions.persons[2025-02-25,all]: people have finished the trajectory

The number, its date and its source come from the cell, in the language of the page.
"""

from collections.abc import Mapping

from vierdepijler.core.cells import DERIVED, AddressError, Cell, put_forward, select
from vierdepijler.core.messages import say
from vierdepijler.core.package import Package
from vierdepijler.core.problems import ContentError
from vierdepijler.core.tables import Table
from vierdepijler.core.text import shown_text, value_text

from .drafts import KeyFigure
from .figure_origins import release_day, sources_of, time_of
from .quotes import SOURCES_NAMED
from .sources import Source, Sources

SEPARATOR = " · "
TO_DO = "write the address of a cell with a value, such as table.field[key], and what it counts"


def key_figures(package: Package, sources: Sources, language: str, source: Source) -> tuple[KeyFigure, ...]:
    """Give the key figures that the head of a page names; raises `ContentError`, with the line, for each that fails."""
    found, problems = [], []
    for address, words in source.figures.items():
        try:
            found.append(_key_figure(package, _cell(package, address), words, language, sources.words[language]))
        except AddressError as error:
            problems.append(sources.problem_in(language, source, address, error.args[0], TO_DO))
    if problems:
        raise ContentError(problems, sources.folder.parent)
    return tuple(found)


def table_figure(package: Package, table: Table, language: str, words: Mapping[str, str]) -> KeyFigure:
    """Give what stands for the page of a table: how many rows it has, in which release."""
    release = f"{words['release_title']} {package.descriptor.get('version', '')}"
    origin = SEPARATOR.join((release, release_day(package, language)))
    return KeyFigure(value_text(table.rows, None, language), words["part_rows"], origin, f"resources/{table.name}/rows")


def _cell(package: Package, address: str) -> Cell:
    """Follow the address of one cell that is filled in; raises `AddressError` for another."""
    cells = select(package, address).cells
    if len(cells) != 1 or cells[0].value is None:
        raise AddressError(say("'{address}' is not one cell with a value", address=address))
    return put_forward(package, cells[0])


def _key_figure(package: Package, cell: Cell, words: str, language: str, interface: Mapping[str, str]) -> KeyFigure:
    own = [interface["own_figure"]] if cell.table.name == DERIVED else []
    sources = [line.title for line in sources_of(package, [cell], language)]
    named = "; ".join(sources) if len(sources) <= SOURCES_NAMED else interface["quote_sources"]
    origin = SEPARATOR.join(filter(None, [time_of(cell, language), *own, named]))
    return KeyFigure(shown_text(package, cell, language), words, origin, cell.address)
