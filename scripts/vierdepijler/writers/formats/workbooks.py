"""What stands in the workbooks: one of each table with its explanation, and one of the whole package.

That has a cover, contents, notes, a dictionary, and a sheet for each table. It follows the guidance of the UK's
Government Analysis Function for accessible spreadsheets ("Releasing statistics in spreadsheets"): the title of each
sheet is in A1, a sheet has one table and that is a real one, no cells are merged, no rows or columns are empty, and
links lead from the contents to each sheet and back.
"""

from collections.abc import Mapping
from pathlib import Path

from vierdepijler.core.package import Package
from vierdepijler.core.tables import Field, Table, Value

from .dictionary import dictionary_header, dictionary_rows
from .publication import Publication, licences, made, origin_of, publisher, records, sources
from .spreadsheets import Document, Grid, Kind, Line, Sheet, grid_names, kind_of, sheet_names, text_grid, write_workbook

FRONT = ("cover", "contents", "notes", "dictionary")
LINES_ABOVE = 3  # on the sheet of a table: its title, what it holds, and the way back
WORDS: Mapping[str, Mapping[str, str]] = {
    "nl": {
        "cover": "Voorblad",
        "contents": "Inhoud",
        "notes": "Notities",
        "dictionary": "Woordenboek",
        "about": "Uitleg",
        "about_fields": "Deze tabel zegt wat de gegevens zijn en wat elke kolom betekent.",
        "kept_as_text": "tekst: Excel zou cijfers van getallen verliezen, of kent zulke oude datums niet",
        "about_contents": "Elke rij is een blad van dit bestand. Klik op de naam om erheen te gaan.",
        "about_notes": "Dit moet je weten voor je met de gegevens werkt.",
        "about_dictionary": "Elke rij is een kolom van een van de tabellen: wat ze betekent en wat erin mag staan.",
        "back": "Naar de inhoud",
        "version": "Versie",
        "made": "Gemaakt op",
        "publisher": "Uitgever",
        "licence": "Licentie",
        "source": "Bron",
        "address": "Adres",
        "note_empty": "Een lege cel betekent dat het getal niet bekend is of niet van toepassing is.",
        "note_dates": "Datums zijn echte datums en getallen echte getallen: je kunt ermee sorteren en rekenen.",
        "note_text": (
            "Codes zijn tekst, zodat nullen vooraan blijven staan. Ook getallen met meer dan vijftien cijfers zijn"
            " tekst, en datums van voor maart 1900: Excel zou er iets van verliezen."
        ),
        "note_codes": "Wat een code betekent, staat in de tabel waar het woordenboek naar verwijst.",
        "note_header": "Boven de kolommen staan de namen uit de andere bestanden. Hun titels staan in het woordenboek.",
    },
    "en": {
        "cover": "Cover",
        "contents": "Contents",
        "notes": "Notes",
        "dictionary": "Dictionary",
        "about": "About",
        "about_fields": "This table says what the data are and what each column means.",
        "kept_as_text": "text: Excel would lose digits of numbers, or does not know dates this old",
        "about_contents": "Each row is a sheet of this file. Choose its name to go there.",
        "about_notes": "What to know before you work with the data.",
        "about_dictionary": "Each row is a column of one of the tables: what it means and what may stand in it.",
        "back": "To the contents",
        "version": "Version",
        "made": "Made on",
        "publisher": "Publisher",
        "licence": "Licence",
        "source": "Source",
        "address": "Address",
        "note_empty": "An empty cell means that the figure is not known, or does not apply.",
        "note_dates": "Dates are real dates and numbers real numbers: you can sort them and calculate with them.",
        "note_text": (
            "Codes are text, so that leading zeros stay. Numbers of more than fifteen digits are text too, and dates"
            " before March 1900: Excel would lose something of them."
        ),
        "note_codes": "What a code means stands in the table that the dictionary refers to.",
        "note_header": "The names above the columns are those of the other files. Their titles are in the dictionary.",
    },
}
NOTES = ("note_empty", "note_dates", "note_text", "note_codes", "note_header")


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


def words_in(language: str) -> Mapping[str, str]:
    """Give the words in a language; in English where we have none in it."""
    return WORDS.get(language, WORDS["en"])
