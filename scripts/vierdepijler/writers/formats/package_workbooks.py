"""XLSX of the whole package: a cover, contents, notes, a dictionary, and a sheet for each table.

It follows the guidance of the UK's Government Analysis Function for accessible spreadsheets ("Releasing statistics in
spreadsheets"): the title of each sheet is in A1, a sheet has one table and that is a real one, no cells are merged, no
rows or columns are empty, and links lead from the contents to each sheet and back.
"""

from pathlib import Path

from vierdepijler.core.package import Package
from vierdepijler.core.tables import Table, Value

from .dictionary import dictionary_header, dictionary_rows
from .origins import licences, made, publisher, sources
from .publication import Publication
from .sheet_words import NOTES, words_in
from .sheets import Grid, Kind, Line, Sheet, grid_names, sheet_names, text_grid
from .spreadsheets import write_workbook
from .table_workbooks import document_of, table_grid, title_of

FRONT = ("cover", "contents", "notes", "dictionary")
LINES_ABOVE = 3  # on the sheet of a table: its title, what it holds, and the way back


def write_package_workbook(publication: Publication, path: Path) -> None:
    """Write every table of the package in one workbook."""
    package = publication.package
    fronts, names = workbook_sheets(package)
    tables = list(package.tables.values())
    grids = grid_names([table.name for table in tables])
    contents = fronts[1]
    front = [
        _cover(publication, fronts[0], contents),
        _contents(package, fronts, names),
        _notes(package, fronts[2], contents),
        _dictionary(package, fronts[3], contents),
    ]
    rest = [
        _table(package, table, name, grid, contents) for table, name, grid in zip(tables, names, grids, strict=True)
    ]
    write_workbook(document_of(package, _title(package)), [*front, *rest], path)


def workbook_sheets(package: Package) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Name the sheets: those in front, and that of each table in order."""
    words = words_in(package.languages[0])
    fronts = tuple(words[name] for name in FRONT)
    return fronts, sheet_names([table.name for table in package.tables.values()], fronts)


def _title(package: Package) -> str:
    return package.text(package.descriptor, "title", package.languages[0]) or str(package.descriptor.get("name", ""))


def _cover(publication: Publication, name: str, contents: str) -> Sheet:
    package = publication.package
    texts = [
        package.text(package.descriptor, text, language)
        for language in package.languages
        for text in ("title", "description")
    ]
    words = words_in(package.languages[0])
    facts = [
        ("publisher", publisher(package)),
        ("version", str(package.descriptor.get("version", ""))),
        ("made", made(package).date().isoformat() if "created" in package.descriptor else ""),
        ("licence", licences(package)),
        *(("source", source) for source in sources(package)),
    ]
    first = texts[0] or _title(package)
    said = [*filter(None, texts[1:]), *(f"{words[word]}: {fact}" for word, fact in facts if fact)]
    address = Line(f"{words['address']}: {publication.url}", address=publication.url)
    return Sheet(name, (Line(first), *map(Line, said), address, Line(words["back"], leads_to=contents)))


def _contents(package: Package, fronts: tuple[str, ...], names: tuple[str, ...]) -> Sheet:
    words, languages = words_in(package.languages[0]), package.languages
    others = [(name, *[None] * len(languages), None) for name in (fronts[0], *fronts[2:])]
    tables = [
        (name, *(package.text(table.descriptor, "title", language) or None for language in languages), table.rows)
        for table, name in zip(package.tables.values(), names, strict=True)
    ]
    header = ("sheet", *(f"title_{language}" for language in languages), "rows")
    kinds = (*(Kind.TEXT,) * (len(languages) + 1), Kind.NUMBER)
    rows: list[tuple[Value, ...]] = [*others, *tables]
    grid = Grid("contents", header, kinds, rows, tuple(str(row[0]) for row in rows))
    return Sheet(fronts[1], (Line(words["contents"]), Line(words["about_contents"])), grid)


def _notes(package: Package, name: str, contents: str) -> Sheet:
    header = ("note", *(f"text_{language}" for language in package.languages))
    rows = [
        (str(number), *(words_in(language)[note] for language in package.languages))
        for number, note in enumerate(NOTES, start=1)
    ]
    return Sheet(name, _lines(package, "notes", contents), text_grid("notes", header, rows))


def _dictionary(package: Package, name: str, contents: str) -> Sheet:
    grid = text_grid("dictionary", dictionary_header(package), dictionary_rows(package))
    return Sheet(name, _lines(package, "dictionary", contents), grid)


def _lines(package: Package, which: str, contents: str) -> tuple[Line, ...]:
    words = words_in(package.languages[0])
    return (Line(words[which]), Line(words[f"about_{which}"]), Line(words["back"], leads_to=contents))


def _table(package: Package, table: Table, name: str, grid: str, contents: str) -> Sheet:
    described = package.text(table.descriptor, "description", package.languages[0]) or table.name
    back = Line(words_in(package.languages[0])["back"], leads_to=contents)
    return Sheet(name, (Line(title_of(package, table)), Line(described), back), table_grid(table, grid))
