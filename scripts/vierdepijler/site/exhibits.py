"""Charts as pages show them: drawn from the rows that a specification names, with the table that belongs beneath."""

import datetime
import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from vierdepijler.checks.pages.chart_checks import fits
from vierdepijler.checks.pages.chart_specs import ChartSpec, Part
from vierdepijler.core.cells import AddressError, Cell, find_rows, find_table
from vierdepijler.core.tables import cell_text
from vierdepijler.core.text import date_text, shown_text, title_text, value_text
from vierdepijler.writers.formats.publication import licence_title

from .chart_kinds import Mark
from .charts import Drawing, on_page
from .figures import SOURCE
from .quotes import caveats, source_cells
from .vocabulary import Row, Vocabulary

PERIOD = re.compile(r"(?P<first>\d{4})(?:-(?P<month>\d\d)(?:-\d\d)?|-(?P<last>\d{4}))?$")
MARKS_OF_SOURCES = re.compile(r"<sup>.*?</sup>", re.DOTALL)
SOURCES_NAMED = 4  # of more sources only the publishers are named in a picture
Fill = Callable[[ChartSpec, str], str]  # fills a text of a chart with cells, as a page is filled


@dataclass(frozen=True)
class Beneath:
    """A table beneath a chart: its rows, the fields that are its columns, and what it is called."""

    rows: Sequence[Row]
    columns: Sequence[str]
    caption: Markup


@dataclass(frozen=True)
class Exhibit:
    """A chart as a page shows it, in one language; `date` is the day that all of its figures are of, if there is one.

    `anchor` is its place on the page. `note` is what a reader must know with it: HTML in which every number is
    bound to its cell.
    """

    spec: ChartSpec
    title: Markup
    drawing: Markup
    beneath: Sequence[Beneath]
    date: Cell | None
    note: Markup

    @property
    def identifier(self) -> Markup:
        """The name of the chart, as that of its file."""
        return Markup.escape(self.spec.identifier)

    @property
    def anchor(self) -> Markup:
        """The place of the chart on its page."""
        return Markup(f"chart-{self.identifier}")

    @property
    def kind(self) -> Markup:
        """The kind of the drawing."""
        return Markup.escape(self.spec.kind)

    @property
    def table(self) -> Markup:
        """The name of the table that it draws."""
        return Markup.escape(self.spec.table)


def exhibit(spec: ChartSpec, said: Vocabulary, fill: Fill) -> Exhibit:
    """Make a chart for the page that `said` speaks on; raises `AddressError` where its cells cannot be drawn."""
    drawing = drawing_of(spec, said, fill)
    said.presenter.drawn(drawn_cells(spec, said), f"chart-{spec.identifier}", drawing.title)
    return Exhibit(
        spec=spec,
        title=Markup.escape(drawing.title),
        drawing=Markup(on_page(drawing)),
        beneath=list(_beneath(spec, said, fill)),
        date=_day(spec, said),
        note=_note(spec, said, fill),
    )


def drawing_of(spec: ChartSpec, said: Vocabulary, fill: Fill) -> Drawing:
    """Say what is drawn of a chart, with the lines that go with it wherever it goes."""
    marks = [mark for part in (spec.part, *spec.also) for mark in _marks(spec, part, said, fill)]
    if spec.sort:
        marks.sort(key=lambda mark: mark.end, reverse=spec.sort == "highest")
    note = _plain(_note(spec, said, fill))
    return Drawing(spec.identifier, spec.kind, spec.titles[said.language], tuple(marks), note, _credits(spec, said))


def _note(spec: ChartSpec, said: Vocabulary, fill: Fill) -> Markup:
    """Give what a reader must know with a chart: its own note, and what the figures of its tables do not say."""
    rows = [row for part in (spec.part, *spec.also) for row in _rows(part, said)]
    return Markup(" ").join(filter(None, (Markup(fill(spec, "note")), caveats(said, rows))))


def drawn_cells(spec: ChartSpec, said: Vocabulary) -> list[Cell]:
    """Give the cells that a chart draws."""
    return [_drawn(row, part) for part in (spec.part, *spec.also) for row in _rows(part, said)]


def _rows(part: Part, said: Vocabulary) -> list[Row]:
    return [row for row in said.rows(part.table) if fits(row.table_, row.number_, part.only)]


def _drawn(row: Row, part: Part) -> Cell:
    """Give the cell that a mark draws: its number, period or day, and else its name."""
    found = (part.encoding[name] for name in ("value", "period", "date", "category") if name in part.encoding)
    return row.cell_(next(found))


def _marks(spec: ChartSpec, part: Part, said: Vocabulary, fill: Fill) -> Iterator[Mark]:
    rows = _rows(part, said)
    if part.names:
        yield _span(_name_of(spec, part, fill), [_drawn(row, part) for row in rows], said)
        return
    for row in rows:
        cell = _drawn(row, part)
        if cell.value is not None:  # what is not known is said in the table beneath
            yield _mark(spec, part, row, cell, said)


def _mark(spec: ChartSpec, part: Part, row: Row, cell: Cell, said: Vocabulary) -> Mark:
    start, end = _ends(cell, spec.kind)
    text = "" if spec.kind == "tiles" else shown_text(said.package, cell, said.language)
    group = part.encoding.get("group")
    place = f"{said.presenter.address_of(spec.leads_to)}#{row.anchor_}" if spec.leads_to else ""
    return Mark(
        name=_name(row, part, said),
        text=text,
        address=cell.address,
        start=start,
        end=end,
        row=_whole(row, part, "tile_row"),
        column=_whole(row, part, "tile_column"),
        group=_text(row.cell_(group), said) if group else "",
        is_strong=bool(spec.emphasis) and fits(row.table_, row.number_, spec.emphasis),
        link=place,
    )


def _name_of(spec: ChartSpec, part: Part, fill: Fill) -> str:
    """Give the name of a part whose rows are one mark, filled in."""
    return _plain(fill(spec, f"also/{spec.also.index(part)}/name"))


def _span(name: str, cells: Sequence[Cell], said: Vocabulary) -> Mark:
    """Make one mark of all cells, from the first to the last: a period whose ends stand in rows of their own."""
    ends = [end for cell in cells for end in _ends(cell, "periods")]
    first, last = (shown_text(said.package, cell, said.language) for cell in (cells[0], cells[-1]))
    return Mark(
        name,
        first if first == last else f"{first}\u2013{last}",
        cells[0].address,
        min(ends),
        max(ends),
    )


def _ends(cell: Cell, kind: str) -> tuple[float, float]:
    """Tell where a mark begins and ends on its scale: from nought to a number, or from year to year."""
    match cell.value:
        case datetime.date():
            return float(cell.value.toordinal()), float(cell.value.toordinal())
        case int() | Decimal() if kind == "periods":
            return float(cell.value), float(cell.value) + 1
        case int() | Decimal():
            return 0, float(cell.value)
        case str() if kind == "periods" and (found := PERIOD.match(cell.value)):
            first = int(found["first"]) + (int(found["month"] or 1) - 1) / 12
            return first, int(found["last"]) + 1 if found["last"] else first + (1 / 12 if found["month"] else 1)
        case _ if kind == "tiles":
            return 0, 0
    raise AddressError(f"{cell.address} holds nothing that a chart of the kind '{kind}' can draw")


def _whole(row: Row, part: Part, name: str) -> int:
    value = row.cell_(part.encoding[name]).value if name in part.encoding else 0
    return value if isinstance(value, int) else 0


def _name(row: Row, part: Part, said: Vocabulary) -> str:
    return _text(row.cell_(part.encoding["category"]), said)


def _text(cell: Cell, said: Vocabulary) -> str:
    return shown_text(said.package, cell, said.language)


def _beneath(spec: ChartSpec, said: Vocabulary, fill: Fill) -> Iterator[Beneath]:
    for part in (spec.part, *spec.also):
        wanted = spec.shown if part is spec.part else part.only
        rows = [row for row in said.rows(part.table) if fits(row.table_, row.number_, wanted)]
        names = ("date", "category", "group") if spec.kind == "events" else ("category", "period", "value", "group")
        drawn = [part.encoding[name] for name in names if name in part.encoding]
        caption = _name_of(spec, part, fill) if part.names else spec.titles[said.language]
        yield Beneath(rows, part.columns or list(dict.fromkeys(drawn)), Markup.escape(caption))


def _day(spec: ChartSpec, said: Vocabulary) -> Cell | None:
    """Give the day of all figures that are drawn, where they have one and the same; the events are days themselves."""
    name = spec.part.encoding.get("date")
    if not name or spec.kind == "events":
        return None
    days = [row.cell_(name) for row in _rows(spec.part, said)]
    return days[0] if len({day.value for day in days}) == 1 and days[0].value is not None else None


def _credits(spec: ChartSpec, said: Vocabulary) -> tuple[str, ...]:
    """Say whose figures these are, of which day, and under which licence."""
    words, published = said.presenter.words, said.package.descriptor
    released = datetime.date.fromisoformat(str(published["created"])[:10])
    day = _day(spec, said)
    dated = () if day is None else (f"{words['chart_date']}: {value_text(day.value, None, said.language)}",)
    titles = "; ".join(_sources(spec, said))
    licence = ", ".join(map(licence_title, published.get("licenses", ())))
    edition = f"{words['chart_edition']} {published['version']}, {date_text(released, said.language)}"
    whose = said.package.text(published, "title", said.language)
    home = f"{published.get('homepage', '')}{said.package.language_folder(said.language)}"
    return (
        *([f"{words['chart_source']}: {titles}"] if titles else []),
        *dated,
        " · ".join(filter(None, (whose, edition, licence, home))),
    )


def _sources(spec: ChartSpec, said: Vocabulary) -> list[str]:
    """Name the sources of the rows that are drawn; of many only who published them."""
    rows = [row for part in (spec.part, *spec.also) for row in _rows(part, said)]
    cited = [cell.value for cell in source_cells(rows, spec.source)]
    if not any(cited):
        return []
    known = find_table(said.package, "sources")
    found = [row for name in dict.fromkeys(cited) for row in find_rows(known, {SOURCE: name})]
    titles = [title_text(Cell(known, row, known.field("title")), said.language) for row in found]
    publishers = [cell_text(known.value(row, "publisher")) for row in found]
    if len(found) > SOURCES_NAMED:
        return list(dict.fromkeys(publishers))
    return [f"{title} ({publisher})" for title, publisher in zip(titles, publishers, strict=True)]


def _plain(markup: str) -> str:
    """Give the bare text of HTML, without the marks of sources."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", MARKS_OF_SOURCES.sub("", markup))).split())
