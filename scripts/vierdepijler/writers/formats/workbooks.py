"""What stands in the workbooks: one of each table with its explanation, and one of the whole package.

The first is for people: a sheet in each language with titles and labels, then the table with its codes, as programs
have it. The second has a cover, contents, notes, a dictionary, and a sheet for each table. It follows the guidance of
the UK's Government Analysis Function for accessible spreadsheets ("Releasing statistics in spreadsheets"): the title
of each sheet is in A1, a sheet has one table and that is a real one, no cells are merged, no rows or columns are
empty, and links lead from the contents to each sheet and back.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from vierdepijler.core.package import Package
from vierdepijler.core.tables import Descriptor, Field, Table, Value, cell_text

from .dictionary import dictionary_header, dictionary_rows, labels, text_columns, texts_in, titles
from .publication import Publication, licences, made, origin_of, publisher, records, sources
from .spreadsheets import Grid, Heading, Properties, Sheet, fits, grid_names, sheet_names, write_workbook

FRONT = ("cover", "contents", "notes", "dictionary")
LINES_ABOVE = 3  # on the sheet of a table: its title, what it holds, and the way back
WORDS: Mapping[str, Mapping[str, str]] = json.loads(Path(__file__).with_name("workbook_words.json").read_text("utf-8"))
NOTES = ("note_empty", "note_dates", "note_text", "note_codes", "note_header")


def write_table_workbook(publication: Publication, table: Table, path: Path) -> None:
    """Write the table in the words of each language, with its codes and field names, and with what these mean."""
    package = publication.package
    words = [words_in(language) for language in package.languages]
    names = sheet_names([*(known["data"] for known in words), table.name, words[0]["about"]])
    grids = grid_names([*(f"{table.name}_{language}" for language in package.languages), table.name])
    readable = [
        _labelled(package, table, language, grid) for language, grid in zip(package.languages, grids, strict=False)
    ]
    sheets = [Sheet(name, grid=grid) for name, grid in zip(names, [*readable, _grid(table, grids[-1])], strict=False)]
    sheets.append(_about(publication, table, names[-1]))
    write_workbook(_properties(package, _title(package, table.descriptor)), sheets, path)


def _properties(package: Package, title: str) -> Properties:
    """Say what a workbook of the package says of itself."""
    return Properties(title, publisher(package), package.languages[0], made(package))


def _title(package: Package, descriptor: Descriptor) -> str:
    """Give the title of the package or a table in the first language; its name where it has none."""
    return package.text(descriptor, "title", package.languages[0]) or str(descriptor.get("name", ""))


def _grid(table: Table, name: str) -> Grid:
    """Give the rows of a table as they stand on a sheet: numbers, dates, truth values and texts as what they are."""
    fitting = [fits(table, field) for field in table.fields]
    rows = [
        tuple(
            value if is_fit or value is None else cell_text(value) for value, is_fit in zip(row, fitting, strict=True)
        )
        for row in records(table)
    ]
    return Grid(name, table.field_names, rows)


def _labelled(package: Package, table: Table, language: str, name: str) -> Grid:
    """Give a table as a reader of a language has it: titles, labels for codes, and no column in another language."""
    foreign = tuple(f"_{other}" for other in package.languages if other != language)
    kept = [place for place, field in enumerate(table.fields) if not (foreign and field.name.endswith(foreign))]
    known = [labels(package, table, field, language) for field in table.fields]
    header = titles(package, table, language)
    rows = [tuple(known[place].get(row[place], row[place]) for place in kept) for row in _grid(table, name).rows]
    return Grid(name, tuple(header[place] for place in kept), rows)


def _texts(name: str, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Grid:
    """Make a table of nothing but text."""
    return Grid(name, header, [tuple(text or None for text in row) for row in rows])


def _about(publication: Publication, table: Table, name: str) -> Sheet:
    """Explain the table in one table of its own: first the whole, then a row for each field."""
    package, words = publication.package, words_in(publication.package.languages[0])
    texts = text_columns(package)
    header = ("item", "name", *texts, "type", "unit", "written_as")
    whole = [("table", table.name, *texts_in(package, table.descriptor), "", "", "")]
    facts = [(item, fact, *[""] * (len(texts) + 3)) for item, fact in _facts(publication, table)]
    fields = [_about_field(package, table, field) for field in table.fields]
    lines = (Heading(_title(package, table.descriptor)), Heading(words["about_fields"]))
    return Sheet(name, lines, _texts("about_table", header, [*whole, *facts, *fields]))


def _facts(publication: Publication, table: Table) -> list[tuple[str, str]]:
    origin = origin_of(publication, table, f"{table.name}.xlsx")
    named = [(item, origin[item]) for item in ("licence", "version", "retrieved_from")]
    return [*named, *(("source", source) for source in origin["source"]), ("rows", str(table.rows))]


def _about_field(package: Package, table: Table, field: Field) -> tuple[str, ...]:
    is_kept = field.type in ("integer", "number", "year", "date") and not fits(table, field)
    unit = field.property("unit") or field.property("unitIn") or ""
    written = words_in(package.languages[0])["kept_as_text"] if is_kept else ""
    return "field", field.name, *texts_in(package, field.descriptor), field.type, unit, written


def write_package_workbook(publication: Publication, path: Path) -> None:
    """Write every table of the package in one workbook."""
    package = publication.package
    fronts = tuple(words_in(package.languages[0])[name] for name in FRONT)
    tables = list(package.tables.values())
    names = sheet_names([table.name for table in tables], fronts)
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
    write_workbook(_properties(package, _title(package, package.descriptor)), [*front, *rest], path)


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
    first = texts[0] or _title(package, package.descriptor)
    below = [*filter(None, texts[1:]), *(f"{words[word]}: {fact}" for word, fact in facts if fact)]
    address = Heading(f"{words['address']}: {publication.url}", address=publication.url)
    return Sheet(name, (Heading(first), *map(Heading, below), address, Heading(words["back"], leads_to=contents)))


def _contents(package: Package, fronts: tuple[str, ...], names: tuple[str, ...]) -> Sheet:
    words, languages = words_in(package.languages[0]), package.languages
    others = [(name, *[None] * len(languages), None) for name in (fronts[0], *fronts[2:])]
    tables = [
        (name, *(package.text(table.descriptor, "title", language) or None for language in languages), table.rows)
        for table, name in zip(package.tables.values(), names, strict=True)
    ]
    header = ("sheet", *(f"title_{language}" for language in languages), "rows")
    rows: list[tuple[Value, ...]] = [*others, *tables]
    grid = Grid("contents", header, rows, tuple(str(row[0]) for row in rows))
    return Sheet(fronts[1], (Heading(words["contents"]), Heading(words["about_contents"])), grid)


def _notes(package: Package, name: str, contents: str) -> Sheet:
    header = ("note", *(f"text_{language}" for language in package.languages))
    rows = [
        (str(number), *(words_in(language)[note] for language in package.languages))
        for number, note in enumerate(NOTES, start=1)
    ]
    return Sheet(name, _lines(package, "notes", contents), _texts("notes", header, rows))


def _dictionary(package: Package, name: str, contents: str) -> Sheet:
    grid = _texts("dictionary", dictionary_header(package), dictionary_rows(package))
    return Sheet(name, _lines(package, "dictionary", contents), grid)


def _lines(package: Package, which: str, contents: str) -> tuple[Heading, ...]:
    words = words_in(package.languages[0])
    return (Heading(words[which]), Heading(words[f"about_{which}"]), Heading(words["back"], leads_to=contents))


def _table(package: Package, table: Table, name: str, grid: str, contents: str) -> Sheet:
    described = package.text(table.descriptor, "description", package.languages[0]) or table.name
    back = Heading(words_in(package.languages[0])["back"], leads_to=contents)
    return Sheet(name, (Heading(_title(package, table.descriptor)), Heading(described), back), _grid(table, grid))


def words_in(language: str) -> Mapping[str, str]:
    """Give the words in a language; in English where we have none in it."""
    return WORDS.get(language, WORDS["en"])
