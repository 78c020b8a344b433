"""What a site says beside its pages after a next answer, each sentence or row by itself, and which say no time.

A statement that has a figure of before must say of when that is: its day, its period, or the source that said it.
"""

import datetime
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
from lxml import etree
from lxml.html import HtmlElement
from pypdf import PdfReader

from built_pages import around, every, parse, text_of
from vierdepijler.core.cells import SOURCE, Cell, Selection, cell_address, inputs_of, is_figure, select
from vierdepijler.core.package import Package
from vierdepijler.core.tables import Role, cell_text
from vierdepijler.core.text import value_text
from vierdepijler.core.times import before_and_after, is_series, moment, over_time, times_of
from vierdepijler.figures.quotations import PRINTED
from vierdepijler.site.typesetting import set_pdf

NUMBERS = re.compile(r"[\d.,; -]+")
NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?!\w)")
# The pages of tables, figures and documents, where an older figure may stand alone.
OF_EVERY = ("data/", "paspoort/", "passport/", "bron/", "source/", "bronnen.html", "sources.html")
# Where an older figure may stand alone: in what is about one document, about the figure before, or about every figure.
OF_BEFORE = ".change, .key-figure__change, .item__figures, .letter, .since, .standings, .downloads__newest"
TELLING = 3  # digits: fewer may be a number of anything
LINES = 3  # of a sheet: a number, what it counts, and below that when it was


@dataclass
class Before:
    """The figures of before: how each is written, and what tells of when it is, in every way that it is written."""

    package: Package
    times: dict[str, list[set[str]]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        """Look through every table: what another cell holds too may be that one, wherever it stands."""
        others: set[str] = set()
        for cell in self._cells():
            if not (cell.field.is_number and is_figure(cell) and before_and_after(self.package, cell)[1]):
                others.update(NUMBER.findall(cell_text(cell.value)))
                others.update(self._writings(cell.value) if cell.field.is_number else ())
                continue
            for writing in {cell_text(cell.value), *self._writings(cell.value)}:
                if sum(sign.isdigit() for sign in writing) >= TELLING:
                    self.times[writing].append({*self.when(cell), cell.address})
        for writing in others & self.times.keys():
            del self.times[writing]

    def _cells(self) -> Iterator[Cell]:
        """Give each cell that holds nothing but numbers, except what a source prints."""
        for table in self.package.tables.values():
            if table.role in (None, Role.DERIVED):
                cells = (Cell(table, row, one) for one in table.fields for row in range(table.rows))
                filled = (cell for cell in cells if not cell.field.name.endswith(PRINTED) and cell.value is not None)
                yield from (cell for cell in filled if NUMBERS.fullmatch(cell_text(cell.value)))

    def _writings(self, value: Any) -> Iterator[str]:
        yield from (value_text(value, None, language) for language in self.package.languages)
        if isinstance(value, datetime.date):
            yield f"{value.day}/{value.month}/{value.year}"

    def when(self, cell: Cell) -> Iterator[str]:
        """Give what tells of when a figure is."""
        if cell.table.role == Role.DERIVED:
            for _, used in inputs_of(self.package, cell.row):
                for one in used.cells if is_series(used.table) else ():
                    yield from self.when(one)
        for beside in filter(None, map(cell.beside, (*times_of(cell.table), SOURCE))):
            if beside.value is not None:
                yield from (cell_text(beside.value), *self._writings(beside.value))
                if beside.field.name == SOURCE:
                    sources = self.package.by_role[Role.SOURCES]
                    yield cell_text(sources.value(sources.keys[cell_text(beside.value),], "title"))

    def is_older(self, address: str) -> bool:
        """Tell whether an address is that of a figure of which there is a newer one."""
        cell = select(self.package, address).cells[0]
        is_of_series = is_series(cell.table) and cell.table.role in (None, Role.DERIVED) and is_figure(cell)
        return is_of_series and before_and_after(self.package, cell)[1] is not None

    def untimed_rows(self, page: HtmlElement) -> Iterator[str]:
        """Give each figure of before in a row of a table that says nothing of when it is."""
        for row in every(page, "tr"):
            text = " ".join(text_of(row, " ").split())
            for address in {one.attrib["data-cell"] for one in every(row, "data[data-cell]")}:
                cell = select(self.package, address).cells[0]
                if self.is_older(address) and not any(time in text for time in self.when(cell)):
                    yield f"{address} in: {text[:300]}"

    def untimed(self, statements: Iterable[str]) -> Iterator[str]:
        """Give each figure of before that a statement has without a time, with the statement."""
        for statement in statements:
            text = " ".join(statement.split())
            for number in NUMBER.findall(text):
                if (known := self.times.get(number)) and not any(time in text for times in known for time in times):
                    yield f"{number} in: {text[:300]}"


def series_of(package: Package, element: HtmlElement) -> tuple[Selection, list[int]] | None:
    """Give the cell that an element is bound to, and the rows that say the same of other times."""
    used = select(package, element.attrib["data-cell"])
    if not used.field or len(used.rows) != 1 or not is_series(used.table):
        return None
    is_of_figures = used.table.role in (None, Role.DERIVED)
    return (used, over_time(package, used.table, used.rows[0])) if is_of_figures else None


def stands_alone(package: Package, element: HtmlElement) -> bool:
    """Tell whether nothing around a figure says that it is of before: no word, and no table with the newer one."""
    if around(element, OF_BEFORE):
        return False
    found, tables = series_of(package, element), around(element, "table")
    if found is None or not tables:
        return found is not None
    used, rows = found
    beside = {one.attrib["data-cell"] for one in every(tables[-1], "[data-cell]")}
    assert used.field
    return cell_address(used.table.name, used.field.name, used.table.row_keys[rows[-1]]) not in beside


def older_figures(package: Package, page: HtmlElement) -> Iterator[HtmlElement]:
    for element in every(page, "data[data-cell], time[data-cell]"):
        if found := series_of(package, element):
            used, rows = found
            if moment(package, used.table, used.rows[0]) < moment(package, used.table, rows[-1]):
                yield element


def sheet_lines(path: Path) -> Iterator[str]:
    """Give each line of a fact sheet with those below it."""
    lines = "\n".join(page.extract_text() for page in PdfReader(path).pages).splitlines()
    return ("\n".join(lines[place : place + LINES]) for place in range(len(lines)))


def feed_entries(path: Path) -> Iterator[str]:
    """Give the text of each entry of a feed."""
    entries = etree.parse(path).iter("{*}entry")
    return ("\n".join(text for text in entry.itertext() if not text.startswith("tag:")) for entry in entries)


def workbook_rows(path: Path) -> Iterator[str]:
    """Give each row of each sheet of a workbook."""
    book = openpyxl.load_workbook(path, read_only=True)
    for sheet in book.worksheets:
        for row in sheet.iter_rows(values_only=True):
            yield " | ".join(_written(value) for value in row if value is not None)


def _written(value: Any) -> str:
    return str(value.date()) if hasattr(value, "date") else cell_text(_decimal(value))


def _decimal(value: Any) -> Any:
    return Decimal(repr(value)) if isinstance(value, float) else value


def search_entries(path: Path) -> Iterator[str]:
    """Give what the search shows of each figure, and the text of each part of a page."""
    for entry in json.loads(path.read_text("utf-8"))["docs"]:
        if entry.get("kind") == "figure":
            yield entry["title"]
        elif not entry["location"].startswith(OF_EVERY):
            yield f"{entry['title']} {_plain(entry['text'])}"


def _plain(markup: str) -> str:
    return text_of(parse(f"<p>{markup}"), " ") if markup else ""


def api_records(path: Path) -> Iterator[str]:
    """Give each record of an answer of the API; an answer about one thing is one.

    One that leads to a newer figure says enough.
    """
    data = json.loads(path.read_text("utf-8")).get("data", {})
    records = data if isinstance(data, list) else data.get("records", [{**data, "files": ""}])
    for one in records:
        if not one.get("newer"):
            yield json.dumps(one, ensure_ascii=False)


def drawn_texts(path: Path) -> Iterator[str]:
    """Give all that stands in a picture of a chart."""
    return iter([" ".join(etree.parse(path).getroot().itertext())])


def quotes(path: Path) -> Iterator[str]:
    """Give each sentence to copy on a page."""
    return (text_of(one, " ") for one in every(parse(path.read_text("utf-8")), ".copyable"))


Reader = Callable[[Path], Iterator[str]]
OUTPUTS: Mapping[str, tuple[tuple[str, ...], Reader]] = {
    "fact sheets": (("**/*.pdf",), sheet_lines),
    "feeds": (("data/feed.*.xml",), feed_entries),
    "workbooks": (("data/latest/*.xlsx",), workbook_rows),
    "search": (("**/search_index.json",), search_entries),
    "API": (("api/v1/**/*.json",), api_records),
    "pictures of charts": (("charts/*.svg", "en/charts/*.svg"), drawn_texts),
    "quotes": (("*.html", "en/*.html", "embed/*.html", "en/embed/*.html"), quotes),
}


def _written_pdf(path: Path, text: str) -> Path:
    template = path.with_suffix(".typ")
    template.write_text('#set document(title: "x")\n#sys.inputs.content', "utf-8")
    path.write_bytes(set_pdf(template, {"text": text}))
    return path


def _written_workbook(path: Path, text: str) -> Path:
    book = openpyxl.Workbook()
    for place, word in enumerate(text.split(" ", 1), 1):
        book.worksheets[0].cell(1, place, word)
    book.save(path.with_suffix(".xlsx"))
    return path.with_suffix(".xlsx")


def _written_as(pattern: str) -> Callable[[Path, str], Path]:
    def write(path: Path, text: str) -> Path:
        path.write_text(pattern % text, encoding="utf-8")
        return path

    return write


WRONG_OUTPUTS: Mapping[str, Callable[[Path, str], Path]] = {
    "fact sheets": _written_pdf,
    "feeds": _written_as("<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>%s</title></entry></feed>"),
    "workbooks": _written_workbook,
    "search": _written_as('{"docs": [{"kind": "figure", "title": "%s"}]}'),
    "API": _written_as('{"data": [{"text": "%s", "newer": null}]}'),
    "pictures of charts": _written_as("<svg><text>%s</text></svg>"),
    "quotes": _written_as("<p class=copyable>%s</p>"),
}
