"""XLSX of one table: a first sheet that any program can read as a table, and a second that explains it."""

from pathlib import Path

from vierdepijler.core.package import Package
from vierdepijler.core.tables import Field, Table

from .origins import made, origin_of, publisher
from .publication import Publication
from .rows import records
from .sheet_words import words_in
from .sheets import Grid, Kind, Line, Sheet, grid_names, kind_of, sheet_names, text_grid
from .spreadsheets import Document, write_workbook


def write_table_workbook(publication: Publication, table: Table, path: Path) -> None:
    """Write the table with its field names as header; the second sheet has title, licence, source and fields."""
    package = publication.package
    words = words_in(package.languages[0])
    names = sheet_names([table.name, words["about"]])
    sheets = [
        Sheet(names[0], grid=table_grid(table, grid_names([table.name])[0])),
        _about(publication, table, names[1]),
    ]
    write_workbook(document_of(package, title_of(package, table)), sheets, path)


def document_of(package: Package, title: str) -> Document:
    """Say what a workbook of the package says of itself."""
    return Document(title, publisher(package), package.languages[0], made(package))


def title_of(package: Package, table: Table) -> str:
    """Give the title of a table in the first language; its name where it has none."""
    return package.text(table.descriptor, "title", package.languages[0]) or table.name


def table_grid(table: Table, name: str) -> Grid:
    """Give the rows of a table as they stand on a sheet: numbers, dates, truth values and texts as what they are."""
    kinds = tuple(kind_of(table, field) for field in table.fields)
    return Grid(name, table.field_names, kinds, list(records(table)))


def _about(publication: Publication, table: Table, name: str) -> Sheet:
    """Explain the table in one table of its own: first the whole, then a row for each field."""
    package, words = publication.package, words_in(publication.package.languages[0])
    texts = [f"{text}_{language}" for text in ("title", "description") for language in package.languages]
    header = ("item", "name", *texts, "type", "unit", "written_as")
    whole = [("table", table.name, *_texts(package, table.descriptor), "", "", "")]
    facts = [(item, fact, *[""] * (len(texts) + 3)) for item, fact in _facts(publication, table)]
    fields = [_about_field(package, table, field) for field in table.fields]
    lines = (Line(title_of(package, table)), Line(words["about_fields"]))
    return Sheet(name, lines, text_grid("about_table", header, [*whole, *facts, *fields]))


def _facts(publication: Publication, table: Table) -> list[tuple[str, str]]:
    origin = origin_of(publication, table, f"{table.name}.xlsx")
    named = [(item, origin[item]) for item in ("licence", "version", "retrieved_from")]
    return [*named, *(("source", source) for source in origin["source"]), ("rows", str(table.rows))]


def _about_field(package: Package, table: Table, field: Field) -> tuple[str, ...]:
    kind = kind_of(table, field)
    is_kept = kind is Kind.TEXT and field.type in ("integer", "number", "year", "date")
    unit = field.property("unit") or field.property("unitIn") or ""
    written = words_in(package.languages[0])["kept_as_text"] if is_kept else ""
    return "field", field.name, *_texts(package, field.descriptor), field.type, unit, written


def _texts(package: Package, descriptor: object) -> tuple[str, ...]:
    found = descriptor if isinstance(descriptor, dict) else {}
    return tuple(
        package.text(found, text, language) for text in ("title", "description") for language in package.languages
    )
