"""Charts as pages show them: drawn from the rows that a specification names, with the table that belongs beneath."""

import datetime
import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from markupsafe import Markup

from vierdepijler.checks.pages.chart_specs import ChartSpec, Part, charts_of, fits
from vierdepijler.core.cells import AddressError, Cell, find_table, named
from vierdepijler.core.package import Package
from vierdepijler.core.tables import Role, cell_text
from vierdepijler.core.text import date_text, shown_text, title_text, value_text
from vierdepijler.core.times import NEVER, Moment, times_of
from vierdepijler.core.yaml_texts import line_in
from vierdepijler.writers.formats.publication import licence_title

from .chart_kinds import Mark, ends_of
from .charts import Drawing, on_page
from .maps import letters_of
from .page_values import Row
from .quotes import caveats, source_cells, source_links, without_links
from .templates import Templates
from .vocabulary import Vocabulary

SHOWN = re.compile(r"\bshow\.chart\(\s*[\"'](?P<name>[\w-]+)[\"']")  # the word of a page for a chart
MARKS_OF_SOURCES = re.compile(r"<sup>.*?</sup>", re.DOTALL)
COMPARED = ("bars", "columns", "parts")  # the kinds that draw every time beside the newest
LINES = 3  # as many times make lines of bars
SOURCES_NAMED = 4  # of more sources only the publishers are named in a picture


@dataclass(frozen=True)
class Beneath:
    """A table beneath a chart: its rows, the fields that are its columns, and what it is called."""

    rows: Sequence[Row]
    columns: Sequence[str]
    caption: Markup


@dataclass(frozen=True)
class Place:
    """A place on a map: its name, the letter and the name of its group and where that leads, and what else is shown."""

    name: Cell
    letter: Markup
    group: Cell
    group_field: Markup
    address: Markup
    beside: Sequence[Cell]


@dataclass(frozen=True)
class ChartView:
    """A chart as a page shows it, by the vocabulary of that page; `fill` gives a text of the chart, filled with cells.

    What is not asked for is not made; where its cells cannot be drawn, `AddressError` is raised.
    """

    spec: ChartSpec
    vocabulary: Vocabulary
    fill: Callable[[str], str]

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

    @property
    def title(self) -> Markup:
        """What it is called."""
        return Markup.escape(self.spec.titles[self.vocabulary.language])

    @cached_property
    def finding(self) -> Markup:
        """What its figures say, which changes with them; empty where only the title asks."""
        return Markup(self.fill("finding"))

    @cached_property
    def note(self) -> Markup:
        """What a reader must know with it: its own note, and what the figures of its tables do not say.

        It is HTML in which every number is bound to its cell.
        """
        return Markup(" ").join(filter(None, (Markup(self.fill("note")), caveats(self.vocabulary, self._all_rows))))

    @property
    def sources(self) -> Markup:
        """Where its figures come from, as links."""
        return source_links(self.vocabulary, self._all_rows, self.spec.source)

    @cached_property
    def drawing(self) -> Markup:
        """The drawing as it stands on a page, which then counts among those that draw its cells."""
        cells = [_drawn(row, part) for part in self._parts for row in self._rows_drawn(part)]
        drawing = self.drawn()
        self.vocabulary.presenter.drawn(cells, f"chart-{self.spec.identifier}", drawing.title)
        return Markup(on_page(drawing))

    @cached_property
    def beneath(self) -> list[Beneath]:
        """The tables beneath it, each with all rows that the chart is about."""
        return [self._beneath(part) for part in self._parts]

    @cached_property
    def places(self) -> list[Place]:
        """The rows on a map, by name, for the table beneath it."""
        return sorted(map(self._place, self._all_rows), key=lambda place: self._text(place.name).casefold())

    @cached_property
    def groups(self) -> list[Place]:
        """One row for each group on a map, in the order of the letters."""
        found = {str(place.letter): place for place in self.places}
        return [found[letter] for letter in sorted(found)]

    def _place(self, row: Row) -> Place:
        part = self.spec.part
        group = row.cell_(part.encoding["group"])
        letter, address = self._letters[cell_text(group.value)], self._leads_to(group)
        named_group = named(self.vocabulary.package, group, self.vocabulary.language)
        beside = [row.cell_(name) for name in part.columns]
        field = Markup.escape(group.field.name)
        name, link = row.cell_(part.encoding["category"]), Markup.escape(address)
        return Place(name, Markup(letter), named_group, field, link, beside)

    @cached_property
    def _letters(self) -> Mapping[str, str]:
        part = self.spec.part
        return letters_of([cell_text(row.cell_(part.encoding["group"]).value) for row in self._rows(part)])

    @cached_property
    def date(self) -> Cell | None:
        """The day of all figures that are drawn, where they have one and the same; the events are days themselves."""
        name = self.spec.part.encoding.get("date")
        if not name or self.spec.kind == "events":
            return None
        days = [row.cell_(name) for row in self._rows_drawn(self.spec.part)]
        return days[0] if len({day.value for day in days}) == 1 and days[0].value is not None else None

    def drawn(self) -> Drawing:
        """Say what is drawn, with the lines that go with it wherever it goes."""
        spec = self.spec
        marks = [mark for part in self._parts for mark in self._marks(part)]
        if spec.sort and not any(mark.is_past for mark in marks):
            marks.sort(key=lambda mark: mark.end, reverse=spec.sort == "highest")
        title = spec.titles[self.vocabulary.language]
        found, note = _plain(self.finding), _plain(self.note)
        kind = "lines" if self._places_of_times else spec.kind
        return Drawing(spec.identifier, kind, title, tuple(marks), note, self._credits(), found)

    @property
    def _parts(self) -> tuple[Part, ...]:
        return (self.spec.part, *self.spec.also)

    def _rows(self, part: Part) -> list[Row]:
        rows = [row for row in self.vocabulary.rows(part.table) if fits(row.table_, row.number_, part.only)]
        if self.spec.kind == "map":  # the groups in the order of their codes, and all of one together
            rows.sort(key=lambda row: cell_text(row.cell_(part.encoding["group"]).value))
        return rows

    def _rows_drawn(self, part: Part) -> list[Row]:
        """Give the rows that are drawn: bars and columns of every time, the newest first; otherwise what is newest."""
        times = self.vocabulary.times
        rows = times.told_last(self._rows(part))
        if self._tells_time(part):
            return rows
        return [row for row in times.newest_first(rows) if self.spec.kind in COMPARED or not times.is_past(row)]

    def _tells_time(self, part: Part) -> bool:
        """Tell whether the time itself is what is drawn."""
        table = find_table(self.vocabulary.package, part.table)
        return not {part.encoding.get(name) for name in ("category", "period")}.isdisjoint(times_of(table))

    @cached_property
    def _places_of_times(self) -> Mapping[Moment, float]:
        """Place the times of figures of three times or more, which are lines then; in even steps where two are one."""
        part = self.spec.part
        is_told = self.spec.kind not in COMPARED or self._tells_time(part)
        times = [] if is_told else self.vocabulary.times.at(self._rows_drawn(part))
        days = [day.toordinal() for day, _ in times]
        if len(times) < LINES:
            return {}
        is_even = len({*days, NEVER.toordinal()}) <= len(days)
        return dict(zip(times, map(float, range(len(days)) if is_even else days), strict=True))

    @cached_property
    def _all_rows(self) -> list[Row]:
        return [row for part in self._parts for row in self._rows_drawn(part)]

    def _marks(self, part: Part) -> Iterator[Mark]:
        rows = self._rows_drawn(part)
        if part.names:
            yield self._span(self._name_of(part), [_drawn(row, part) for row in rows])
            return
        is_compared = not self._tells_time(part) and len(self.vocabulary.times.at(rows)) > 1
        for row in rows:
            cell = _drawn(row, part)
            if cell.value is not None:  # what is not known is said in the table beneath
                yield self._mark(part, row, cell, is_compared=is_compared)

    def _mark(self, part: Part, row: Row, cell: Cell, *, is_compared: bool) -> Mark:
        """Make the mark of a row; `is_compared` tells that marks of several times stand beside each other."""
        spec = self.spec
        start, end = _place(row, part) if spec.kind == "map" else ends_of(cell, spec.kind)
        thing = name = self._text(row.cell_(part.encoding["category"]))
        time = _plain(self.vocabulary.times.when(cell)) if is_compared else ""
        if is_compared:  # each bar then says of when it is
            name = f"{name}, {time}"
        if self._places_of_times:
            start = self._places_of_times[self.vocabulary.times.at([row])[0]]
        group = part.encoding.get("group")
        return Mark(
            name=name,
            text="" if spec.kind == "map" else self._text(cell),
            address=cell.address,
            start=start,
            end=end,
            group=self._name(row.cell_(group)) if group else "",
            link=self._leads_to(row.cell_(group)) if group else "",
            is_past=is_compared and self.vocabulary.times.is_past(row),
            thing=thing,
            time=time,
        )

    def _span(self, name: str, cells: Sequence[Cell]) -> Mark:
        """Make one mark of all cells, from the first to the last: a period whose ends stand in rows of their own."""
        ends = [end for cell in cells for end in ends_of(cell, "periods")]
        first, last = (self._text(cell) for cell in (cells[0], cells[-1]))
        return Mark(name, first if first == last else f"{first}\u2013{last}", cells[0].address, min(ends), max(ends))

    def _name_of(self, part: Part) -> str:
        """Give the name of a part whose rows are one mark, filled in."""
        return _plain(self.fill(f"also/{self.spec.also.index(part)}/name"))

    def _name(self, cell: Cell) -> str:
        """Name what a code stands for; how sure that is, is said once for all."""
        return value_text(
            named(self.vocabulary.package, cell, self.vocabulary.language).value, None, self.vocabulary.language
        )

    def _leads_to(self, group: Cell) -> str:
        """Give the address of the page of a group; empty where these have none."""
        if not self.spec.leads_to:
            return ""
        return self.vocabulary.presenter.address_of(f"{self.spec.leads_to}:{cell_text(group.value)}")

    def _text(self, cell: Cell) -> str:
        return shown_text(self.vocabulary.package, cell, self.vocabulary.language)

    def _beneath(self, part: Part) -> Beneath:
        wanted = self.spec.shown if part is self.spec.part else part.only
        rows = [row for row in self.vocabulary.rows(part.table) if fits(row.table_, row.number_, wanted)]
        is_line = self.spec.kind == "events"
        names = ("date", "category", "group") if is_line else ("category", "period", "value", "group")
        drawn = [part.encoding[name] for name in names if name in part.encoding]
        caption = Markup.escape(self._name_of(part)) if part.names else self.title
        return Beneath(rows, part.columns or list(dict.fromkeys(drawn)), caption)

    def _credits(self) -> tuple[str, ...]:
        """Say whose figures these are, of which day, and under which licence."""
        language, package = self.vocabulary.language, self.vocabulary.package
        words, published = self.vocabulary.presenter.words, package.descriptor
        released = datetime.date.fromisoformat(str(published["created"])[:10])
        titles = "; ".join(self._sources())
        licence = ", ".join(map(licence_title, published.get("licenses", ())))
        edition = f"{words['chart_edition']} {published['version']}, {date_text(released, language)}"
        whose = package.text(published, "title", language)
        home = f"{published.get('homepage', '')}{package.language_folder(language)}"
        return (
            *([f"{words['chart_source']}: {titles}"] if titles else []),
            *(
                [f"{words['chart_date']}: {value_text(self.date.value, None, language)}"]
                if self.date is not None
                else []
            ),
            " · ".join(filter(None, (whose, edition, licence, home))),
        )

    def _sources(self) -> list[str]:
        """Name the sources of the rows that are drawn; of many only who published them."""
        cited = [cell.value for cell in source_cells(self._all_rows, self.spec.source)]
        if not any(cited):
            return []
        language = self.vocabulary.language
        found = [row for name in dict.fromkeys(cited) for row in self.vocabulary.rows_of(Role.SOURCES, source_id=name)]
        titles = [title_text(row.title, language) for row in found]
        publishers = [cell_text(row.publisher.value) for row in found]
        if len(found) > SOURCES_NAMED:
            return list(dict.fromkeys(publishers))
        return [f"{title} ({publisher})" for title, publisher in zip(titles, publishers, strict=True)]


@dataclass(frozen=True)
class Gallery:
    """The charts that the files in `site/charts` declare of one package."""

    package: Package
    templates: Templates

    def chart(self, name: str, vocabulary: Vocabulary) -> ChartView:
        """Give a chart for a page by its vocabulary; raises `AddressError` where there is none of that name."""
        if name not in self.specs:
            raise AddressError(f"there is no chart '{name}' (there are: {', '.join(self.specs)})")
        return self.view(self.specs[name], vocabulary)

    def view(self, spec: ChartSpec, vocabulary: Vocabulary) -> ChartView:
        """Show a chart; raises `ContentError` for a text that fails, with its line in the file."""
        return ChartView(spec, vocabulary, lambda name: self._filled(spec, name, vocabulary))

    def drawings(self, vocabulary: Vocabulary) -> Iterator[Drawing]:
        """Draw every chart, for its files; raises `ContentError` for one that cannot be drawn."""
        yield from (self.view(spec, vocabulary).drawn() for spec in self.specs.values())

    def on_no_page(self, table: str) -> list[Markup]:
        """Name the charts of a table that no written page shows: these stand with the table itself."""
        own = (name for name, spec in self.specs.items() if spec.table == table)
        return [Markup.escape(name) for name in own if name not in self._on_pages]

    @cached_property
    def specs(self) -> dict[str, ChartSpec]:
        """Every chart by its name; raises `ContentError` where a file is wrong."""
        return charts_of(self.templates.folder, self.package)

    @cached_property
    def _on_pages(self) -> set[str]:
        pages = (self.templates.folder / self.templates.language).rglob("*.md")
        return {found["name"] for page in pages for found in SHOWN.finditer(page.read_text("utf-8", errors="replace"))}

    def _filled(self, spec: ChartSpec, name: str, vocabulary: Vocabulary) -> str:
        if not (text := spec.text(name, vocabulary.language)):
            return ""
        if name == "finding":  # a title leads nowhere; its figures stand in the table beneath
            vocabulary = without_links(vocabulary)
        steps = [int(step) if step.isdigit() else step for step in f"{name}_{vocabulary.language}".split("/")]
        declared = (self.templates.folder.parent / spec.file).read_text("utf-8", errors="replace")
        return self.templates.fill_text(text, spec.file, line_in(declared, *steps), vocabulary.names())


def _drawn(row: Row, part: Part) -> Cell:
    """Give the cell that a mark draws: its number, period or day, and else its name."""
    found = (part.encoding[name] for name in ("value", "period", "date", "category") if name in part.encoding)
    return row.cell_(next(found))


def _place(row: Row, part: Part) -> tuple[float, float]:
    """Give the place of a row on a map."""
    x, y = (row.cell_(part.encoding[axis]) for axis in ("x", "y"))
    if isinstance(x.value, int | Decimal) and isinstance(y.value, int | Decimal):
        return float(x.value), float(y.value)
    raise AddressError(f"{x.address} or {y.address} holds no number, so that it has no place on the map")


def _plain(markup: str) -> str:
    """Give the bare text of HTML, without the marks of sources."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", MARKS_OF_SOURCES.sub("", markup))).split())
