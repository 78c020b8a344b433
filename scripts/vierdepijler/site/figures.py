"""Values as HTML, each bound to where it comes from.

`<data value="3290" data-cell="counts.persons[2025-02-25,a]">3.290</data>`: the number as the
reader's language writes it, and the address of its cell. A figure in a text also leads, in one step, to
its passport and to the item of the source that holds it. What comes from the descriptor rather than from a
table carries `data-property`, a path such as `resources/counts/bytes`.
"""

import datetime
import html
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from vierdepijler.core.cells import (
    ITEM,
    SOURCE,
    AddressError,
    Cell,
    code_row,
    find_rows,
    is_figure,
    named,
    row_anchor,
    select,
)
from vierdepijler.core.package import Package
from vierdepijler.core.tables import Role, Table, cell_text
from vierdepijler.core.text import (
    TOLD,
    Labels,
    bytes_text,
    date_text,
    language_note,
    shown_text,
    title_text,
    value_text,
)
from vierdepijler.core.times import UNKNOWN
from vierdepijler.figures.figure_records import figure_name

from .links import Chart, Usage, passport_page, table_page
from .page_values import Property, escape

SOURCES_PAGE = "sources"
UNKNOWNS_PAGE = "unknowns"
LINK = re.compile(r"\[([^\[\]]+)\]\((?:[^()\s]|\([^()\s]*\))+\)")
ADDRESSES = {(Role.DERIVED, "inputs"), (Role.SENTENCES, "carries")}  # fields that name cells, with `;` between them


@dataclass(frozen=True)
class Presenter:
    """Shows the values of one package to the readers of one page, in their language.

    `words` holds the texts of the interface; `address_of` gives the address of a page (by its identifier),
    seen from the page that is shown. `led_to` gathers the rows (table, number) that links lead to, so that
    the page of a long table can show them; `usage` gathers the figures that a written `page` shows, and `noted`
    the places in sources that its marks lead to: the source, and the item where one is named, by what names them.
    `revised` are the addresses of figures that a correction changed, which is said beside them. `labels` are those of a
    language that only pages have; what they lack is shown in the language of the data, and marked as such.
    """

    package: Package
    language: str
    words: Mapping[str, str]
    address_of: Callable[[str], str]
    led_to: set[tuple[str, int]]
    page: str = ""
    usage: Usage = field(default_factory=Usage)
    noted: dict[str, tuple[Cell, ...]] = field(default_factory=dict)
    revised: Collection[str] = ()
    labels: Labels | None = None

    @property
    def readers(self) -> str:
        """The language of the readers of the page."""
        return self.labels.language if self.labels else self.language

    def value(self, cell: Cell) -> str:
        """Show a cell: its value in the reader's notation, or the reason why it is empty. No links."""
        meant = self.named(cell)
        shown = shown_text(self.package, cell, self.language, meant, self.labels)
        text = escape(shown)
        if cell.qualified("confidenceIn") is None:  # else what is shown is more than the name
            cell = meant
        bound = f'data-cell="{html.escape(cell.address)}"{self._other_language(cell, shown)}'
        match value := cell.value:
            case None:
                return self._empty(cell, bound)
            case bool():
                return f"<span {bound}>{text}</span>"
            case int() | Decimal():
                return f'<data value="{cell_text(value)}" {bound}>{text}</data>'
            case datetime.date():
                return f'<time datetime="{value.isoformat()}" {bound}>{text}</time>'
            case _:
                return f"<span {bound}>{text}</span>"

    def original(self, cell: Cell) -> str:
        """Show what a cell says in the language of the data."""
        return f'<span lang="{self.language}" dir="ltr">{replace(self, labels=None).value(cell)}</span>'

    def _other_language(self, cell: Cell, shown: str) -> str:
        """Mark a text that is not in the language of the page."""
        if self.labels is None or shown != cell.value or self.labels.label(cell):
            return ""
        return f' lang="{self.language}" dir="ltr"'

    def title(self, cell: Cell) -> str:
        """Show the title of a document in its own language, and which that is where the page has another one."""
        language, shown = cell.beside("language"), self.value(cell)
        if language is None or language.value in (None, self.readers):
            return shown
        note = escape(language_note(cell, self.readers))
        return f'<span lang="{html.escape(cell_text(language.value))}">{shown}</span>{note}'

    def unit(self, cell: Cell) -> str:
        """Show the unit of a figure; empty where its value tells it, or where it is no quantity."""
        if cell.value is None or cell.unit is None or cell.unit in TOLD:
            return ""
        if (units := self.package.table_of(Role.UNITS)) is None:
            return ""
        rows = find_rows(units, {"code": cell.unit})
        return self.value(Cell(units, rows[0], units.field(f"label_{self.language}"))) if rows else ""

    def measured(self, cell: Cell) -> str:
        """Show a cell with its unit, for a place that says nothing else of it. No links."""
        return " ".join(filter(None, (self.value(cell), self.unit(cell))))

    def figure(self, cell: Cell) -> str:
        """Show a cell in a text: a number or date leads to its passport and its source, a text just stands there."""
        value = self.value(cell)
        if cell.value is None:
            return self._reason(cell, value)
        if isinstance(cell.value, str | bool):
            return value
        return f'<span class="figure">{self.number(cell)}{self.mark(cell)}</span>'

    def number(self, cell: Cell) -> str:
        """Show a number or date that leads to its passport, without the mark of its source."""
        self.usage.show(cell, self.page)
        link = self._link(self.value(cell), self.passport_address(cell), "figure__cell")
        return f'{link} <small class="tag">{self.words["revised"]}</small>' if cell.address in self.revised else link

    def drawn(self, cells: Sequence[Cell], anchor: str, title: str) -> None:
        """Note that a chart on the page draws these cells."""
        self.usage.draw(cells, Chart(self.page, anchor, title))

    def mark(self, cell: Cell) -> str:
        """Give the small link that leads to the item of the source, or to the formula of our own computation."""
        if cell.table.role == Role.DERIVED:
            label = f"[=] {self.words['own_computation']}"
            return f'<sup><a class="figure__source" href="{self.cell_address(cell)}" aria-label="{label}">[=]</a></sup>'
        source, item = cell.beside(SOURCE), cell.beside(ITEM)
        if source is None or source.value is None:
            return ""
        if item is None or item.value is None:
            return self.source_mark(source, cell)
        word = self.words.get(f"item_{cell_text(item.value)}")  # the heading of a document has no number
        address, names = self.source_address(source, item), (word or cell_text(item.value), word or self.value(item))
        return self._mark(address, *names, self._note(cell, source, item), source)

    def source_mark(self, source: Cell, cell: Cell | None = None) -> str:
        """Lead to a source as a whole, where no item of it is named: we hold no copy in which to look it up."""
        names = cell_text(source.value), self.value(source)
        return self._mark(self.whole_source_address(source), *names, self._note(cell or source, source), source)

    def _mark(self, address: str, name: str, shown: str, note: str, source: Cell) -> str:
        label = html.escape(f"[{name}] {self.words['source']}: {self._source_title(source)}")
        return f'<sup><a class="figure__source" href="{address}" aria-label="{label}"{note}>[{shown}]</a></sup>'

    def _note(self, cell: Cell, *place: Cell) -> str:
        """Say on a written page which note tells in place what a mark leads to, and of a figure its name and print."""
        if not self.page:
            return ""
        name = row_anchor(tuple(cell_text(one.value) for one in place))
        self.noted[name] = place
        told = {"note": name}
        if is_figure(cell):
            printed = cell.beside(cell.field.property("printedIn") or "")
            told["figure"] = figure_name(self.package, cell, self.language)
            told["printed"] = "" if printed is None else cell_text(printed.value)
        return "".join(f' data-{part}="{html.escape(text)}"' for part, text in told.items() if text)

    def property(self, prop: Property) -> str:
        """Show a value of the descriptor: a size, date or number as such, the rest as it is."""
        items = prop.value if isinstance(prop.value, list) else [prop.value]
        if any(isinstance(item, list | dict) for item in items):
            raise AddressError(
                f"'{prop.path}' of the descriptor cannot be shown: it is not one value, or a list of values"
            )
        bound = f'data-property="{html.escape(prop.path)}"'
        name = prop.path.rpartition("/")[2]
        if name == "bytes":
            return f'<data value="{prop.value}" {bound}>{bytes_text(prop.value, self.readers)}</data>'
        if name == "created":
            day = datetime.date.fromisoformat(str(prop.value)[:10])
            return f'<time datetime="{day.isoformat()}" {bound}>{date_text(day, self.readers)}</time>'
        if isinstance(prop.value, int):
            return f'<data value="{prop.value}" {bound}>{value_text(prop.value, None, self.readers)}</data>'
        text = ", ".join(map(str, items))
        if name.startswith("description"):
            text = LINK.sub(r"\1", text)  # of Markdown, which the standard allows in a description
        return f"<span {bound}>{escape(text)}</span>"

    def named(self, cell: Cell) -> Cell:
        """Give the cell that names what a code stands for, in the reader's language; the cell itself for others."""
        return named(self.package, cell, self.language)

    def cell_address(self, cell: Cell) -> str:
        """Give the address of a cell on the page of its table."""
        self.led_to.add((cell.table.name, cell.row))
        return f"{self.address_of(table_page(cell.table))}#{cell.anchor}"

    def passport_address(self, cell: Cell) -> str:
        """Give the address of the passport of a figure; that of its cell for a number that is no figure."""
        if not is_figure(cell):
            return self.cell_address(cell)
        self.led_to.add((cell.table.name, cell.row))
        return f"{self.address_of(passport_page(cell.table))}#{cell.anchor}"

    def row_address(self, table: Table, key: tuple[str, ...]) -> str:
        """Give the address of a row on the page of its table."""
        self.led_to.add((table.name, table.keys[key]))
        return f"{self.address_of(table_page(table))}#{row_anchor(key)}"

    def source_address(self, source: Cell, item: Cell) -> str:
        """Give the address of an item of a source on the page of sources."""
        page = self._page_of(SOURCES_PAGE, Role.ITEMS)
        return f"{page}#{row_anchor((cell_text(source.value), cell_text(item.value)))}"

    def whole_source_address(self, source: Cell) -> str:
        """Give the address of a source on the page of sources."""
        return f"{self._page_of(SOURCES_PAGE, Role.SOURCES)}#{row_anchor((cell_text(source.value),))}"

    def unknown_address(self, cell: Cell) -> str | None:
        """Give the address of the reason why a cell is empty, None where there is no reason, or no register of them."""
        reason = cell.beside(cell.field.property("reasonIn") or "")
        if reason is None or reason.value is None or self.package.table_of(Role.UNKNOWNS) is None:
            return None
        return f"{self._page_of(UNKNOWNS_PAGE, Role.UNKNOWNS)}#{row_anchor((cell_text(reason.value),))}"

    def _page_of(self, page: str, role: Role) -> str:
        """Give the address of the page that somebody wrote about the rows of a role, or else that of their table."""
        try:
            return self.address_of(page)
        except AddressError:
            if (table := self.package.table_of(role)) is None:
                raise
            return self.address_of(table_page(table))

    def linked(self, cell: Cell) -> str:
        """Show a cell in the table it belongs to: a code, an address or a source leads on to what it names."""
        value = self.value(cell)
        if cell.value is None:
            return self._reason(cell, value)
        if is_figure(cell):
            return self._link(value, self.passport_address(cell), "")
        if cell.table.role == Role.HISTORY and cell.field.name == "cell":
            return self._recorded(cell, value)
        source = cell.beside(SOURCE)
        if cell.field.name == ITEM and source is not None:
            return self._link(value, self.source_address(source, cell), "")
        if cell.field.name == SOURCE and self.package.table_of(Role.SOURCES) not in (None, cell.table):
            return self._link(value, self.whole_source_address(cell), "")
        if (cell.table.role, cell.field.name) in ADDRESSES:
            return self._addresses(cell)
        if found := code_row(self.package, cell.table, cell.field.name, cell_text(cell.value)):
            target, row = found
            return self._link(value, self.row_address(target, target.row_keys[row]), "")
        if isinstance(cell.value, str) and re.match(r"https?://\S+$", cell.value):
            return f'<a rel="external" href="{html.escape(cell.value)}">{value}</a>'
        return value

    def _addresses(self, cell: Cell) -> str:
        """Let each address of a cell or a column lead there."""
        links = []
        for address in cell_text(cell.value).split(";"):
            selection = select(self.package, address.strip())
            single = len(selection.cells) == 1
            place = self.cell_address(selection.cells[0]) if single else self.address_of(table_page(selection.table))
            links.append(f'<a href="{place}"><code>{escape(address.strip())}</code></a>')
        return f'<span data-cell="{html.escape(cell.address)}">{"; ".join(links)}</span>'

    def _recorded(self, cell: Cell, value: str) -> str:
        """Let the name of a figure in the table of histories lead to its passport, where it is still there."""
        try:
            found = select(self.package, cell_text(cell.value)).cells
        except AddressError:
            return value
        return self._link(value, self.passport_address(found[0]), "") if len(found) == 1 else value

    def _empty(self, cell: Cell, bound: str) -> str:
        """Say why a cell is empty, where a reason stands beside it; a dash where emptiness means nothing more."""
        reason = cell.beside(cell.field.property("reasonIn") or "")
        if reason is None or reason.value is None:
            return f'<span class="empty" {bound}><span aria-hidden="true">–</span></span>'
        unknowns = self.package.table_of(Role.UNKNOWNS)
        rows = find_rows(unknowns, {UNKNOWN: cell_text(reason.value)}) if unknowns else ()
        name = self.named(Cell(unknowns, rows[0], unknowns.field("reason"))) if unknowns and rows else reason
        return f'<span class="empty" {bound}>{escape(cell_text(name.value))}</span>'

    def _source_title(self, source: Cell) -> str:
        table = self.package.table_of(Role.SOURCES)
        rows = find_rows(table, {SOURCE: cell_text(source.value)}) if table else ()
        title = Cell(table, rows[0], table.field("title")) if table and rows else None
        return cell_text(source.value) if title is None else title_text(title, self.readers)

    def _reason(self, cell: Cell, value: str) -> str:
        """Let what stands in an empty cell lead to its reason, where there is one."""
        address = self.unknown_address(cell)
        return self._link(value, address, "unknown") if address else value

    def _link(self, content: str, address: str, style: str) -> str:
        styled = f' class="{style}"' if style else ""
        return f'<a{styled} href="{address}">{content}</a>'
