"""What stands in the workbooks: one of each table with its explanation, and one of the whole package.

The first is for people: a sheet in each language with titles and labels, then the table with its codes, as programs
have it. The second has a cover, contents, notes, a dictionary, and a sheet for each table. It follows the guidance of
the UK's Government Analysis Function for accessible spreadsheets ("Releasing statistics in spreadsheets"): the title
of each sheet is in A1, a sheet has one table and that is a real one, no cells are merged, no rows or columns are
empty, and links lead from the contents to each sheet and back.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
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
    package, words = publication.package, words_in(publication.package.languages[0])
    cover, contents, notes, dictionary = fronts = [words[name] for name in FRONT]
    names = sheet_names(package.tables, fronts)
    back = Heading(words["back"], leads_to=contents)

    def lines(which: str) -> tuple[Heading, ...]:
        return Heading(words[which]), Heading(words[f"about_{which}"]), back

    rows = [
        (str(number), *(words_in(language)[note] for language in package.languages))
        for number, note in enumerate(NOTES, start=1)
    ]
    texts = ("note", *(f"text_{language}" for language in package.languages))
    fields = _texts("dictionary", dictionary_header(package), dictionary_rows(package))
    sheets = [
        Sheet(cover, (*_cover(publication, words), back)),
        Sheet(contents, lines("contents")[:2], _contents(package, [cover, notes, dictionary], names)),
        Sheet(notes, lines("notes"), _texts("notes", texts, rows)),
        Sheet(dictionary, lines("dictionary"), fields),
    ]
    for table, name, grid in zip(package.tables.values(), names, grid_names(package.tables), strict=True):
        described = package.text(table.descriptor, "description", package.languages[0]) or table.name
        above = (Heading(_title(package, table.descriptor)), Heading(described), back)
        sheets.append(Sheet(name, above, _grid(table, grid)))
    write_workbook(_properties(package, _title(package, package.descriptor)), sheets, path)


def _cover(publication: Publication, words: Mapping[str, str]) -> tuple[Heading, ...]:
    package = publication.package
    first, *texts = (
        package.text(package.descriptor, text, language)
        for language in package.languages
        for text in ("title", "description")
    )
    facts = [
        ("publisher", publisher(package)),
        ("version", str(package.descriptor.get("version", ""))),
        ("made", made(package).date().isoformat() if "created" in package.descriptor else ""),
        ("licence", licences(package)),
        *(("source", source) for source in sources(package)),
    ]
    below = [*filter(None, texts), *(f"{words[word]}: {fact}" for word, fact in facts if fact)]
    address = Heading(f"{words['address']}: {publication.url}", address=publication.url)
    return Heading(first or _title(package, package.descriptor)), *map(Heading, below), address


def _contents(package: Package, fronts: Sequence[str], names: Sequence[str]) -> Grid:
    languages = package.languages
    rows: list[tuple[Value, ...]] = [(name, *[None] * len(languages), None) for name in fronts]
    rows += [
        (name, *(package.text(table.descriptor, "title", language) or None for language in languages), table.rows)
        for table, name in zip(package.tables.values(), names, strict=True)
    ]
    header = ("sheet", *(f"title_{language}" for language in languages), "rows")
    return Grid("contents", header, rows, tuple(str(row[0]) for row in rows))


def words_in(language: str) -> Mapping[str, str]:
    """Give the words in a language; in English where we have none in it."""
    return WORDS.get(language, WORDS["en"])
