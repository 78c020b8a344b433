"""The words of an author for time: what is newest, what was before, and what is not known."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from vierdepijler.core.cells import (
    SOURCE,
    AddressError,
    Cell,
    figure_fields,
    find_rows,
    find_table,
    put_forward,
)
from vierdepijler.core.package import Package
from vierdepijler.core.problems import say
from vierdepijler.core.tables import Role, cell_text
from vierdepijler.core.times import (
    Moment,
    answer_to,
    before_and_after,
    entries_named,
    is_series,
    is_told_again,
    moment,
    newest,
    over_time,
    said_after_all,
    subject,
    time_cell,
    times_of,
)

from .figures import Presenter
from .page_values import Row, escape, rows_of


@dataclass(frozen=True)
class TimeWords:
    """Speaks of times to the readers of one page, through its presenter."""

    presenter: Presenter

    @property
    def package(self) -> Package:
        """The package that it speaks of."""
        return self.presenter.package

    def names(self) -> Mapping[str, Any]:
        """Give the names that templates can use."""
        return {
            "latest": self.latest,
            "earlier": self.earlier,
            "series": self.series,
            "change": self.change,
            "is_past": self.is_past,
            "when": self.when,
            "not_known": self.not_known,
            "newest_of": self.newest_of,
            "checked": self.checked,
            "source_title": self.source_title,
            "is_irregular": self.package.descriptor.get("catalogue", {}).get("frequency") == "irregular",
            "answer": self.answer,
            "known": self.known,
            "columns_over_time": self.columns,
            "newest_first": self.newest_first,
        }

    def series(self, table: str, **criteria: object) -> list[Row]:
        """Find the row of each time that says the same, the oldest first; raises `AddressError` for none.

        So it does where the rows that fit are about more than one thing. Of one time it gives what was said last.
        """
        package, found = self.package, rows_of(find_table(self.package, table), self.presenter.language, criteria)
        about = {subject(package, row.table_, row.number_) for row in found}
        if len(about) != 1:
            asked = ", ".join(f"{name}={wanted}" for name, wanted in criteria.items()) or "no condition"
            pattern = "{count} rows of the table '{table}' fit ({asked}), about {things} things, and it must be one"
            raise AddressError(say(pattern, count=len(found), table=table, asked=asked, things=len(about)))
        fitting = {row.number_ for row in found}
        rows = over_time(package, found[0].table_, found[0].number_)
        return self.told_last(
            self._row(found[0], number) for number in rows if number in fitting or found[0].table_.role == Role.DERIVED
        )

    def told_last(self, rows: Iterable[Row]) -> list[Row]:
        """Leave out the rows of which a later source says the same, of the same time."""
        return [row for row in rows if not is_told_again(self.package, row.table_, row.number_)]

    def latest(self, table: str, **criteria: object) -> Row:
        """Find the newest row that says something; raises `AddressError` for none, and where two are equally new."""
        rows = self.series(table, **criteria)
        return self._row(rows[0], newest(self.package, rows[0].table_, [row.number_ for row in rows]))

    def earlier(self, table: str, **criteria: object) -> Row | None:
        """Find the row of the time before the newest; None where there is one time only."""
        now = self._moment(self.latest(table, **criteria))
        before = [row for row in self.series(table, **criteria) if self._moment(row) < now]
        return before[-1] if before else None

    def at(self, rows: Sequence[Row]) -> list[Moment]:
        """Give the times of some rows, each once and the oldest first; those of a table without times are of one."""
        return sorted({self._moment(row) for row in rows if is_series(row.table_) and row.table_.role != Role.DERIVED})

    def is_past(self, row: Row) -> bool:
        """Tell whether a newer row says the same."""
        rows = over_time(self.package, row.table_, row.number_)
        return rows[-1] != row.number_ and self._moment(row) < self._moment(self._row(row, rows[-1]))

    def newest_first(self, rows: Sequence[Row], columns: Sequence[str] = ()) -> list[Row]:
        """Put rows that say the same of other times together, the newest first.

        They keep their place where they are of one time, or where a column says the time.
        """
        if len(self.at(rows)) <= 1 or self._tell_time(rows, columns):
            return list(rows)
        about = [subject(self.package, row.table_, row.number_) for row in rows]
        newer = sorted(zip(about, rows, strict=True), key=lambda one: self._moment(one[1]), reverse=True)
        places = {one: place for place, one in enumerate(dict.fromkeys(one for one, _ in newer))}
        return [row for _, row in sorted(newer, key=lambda one: places[one[0]])]

    def columns(self, rows: Sequence[Row], columns: Sequence[str]) -> list[str]:
        """Give the columns of a table of some rows: where these are of more than one time, with the time and source."""
        if len(self.at(rows)) <= 1 or self._tell_time(rows, columns):
            return list(columns)
        table = rows[0].table_
        times = [name for name in times_of(table) if any(row.cell_(name).value for row in rows)]
        return [*columns, *(name for name in (*times, SOURCE) if name in table.field_names and name not in columns)]

    def change(self, cell: Cell) -> Markup:
        """Say what a figure was the time before, and when that was; empty where it is of one time only."""
        before, _ = before_and_after(self.package, cell)
        if before is None:
            return Markup()
        word = Markup.escape(self.presenter.words["change_before"])
        pattern = Markup('<span class="change">{} {} ({})</span>')
        return pattern.format(word, Markup(self.presenter.number(put_forward(self.package, before))), self.when(before))

    def when(self, cell: Cell) -> Markup:
        """Say when a figure holds: its day or period, or else the title of its source; of our own, of its inputs."""
        if (found := time_cell(self.package, cell)) is None:
            return Markup()
        return self.source_title(found) if found.field.name == SOURCE else Markup(self.presenter.value(found))

    def newest_of(self, tables: Iterable[str]) -> Cell | None:
        """Give a figure of the newest time among some tables, None where no figure in them has a time."""
        found = [
            (moment(self.package, table, row), Cell(table, row, figure_fields(table)[0]))
            for table in (self.package.tables[name] for name in tables)
            if is_series(table) and table.role not in (Role.DERIVED, Role.ANSWERS) and figure_fields(table)
            for row in range(table.rows)
        ]
        return max(found, key=lambda one: one[0])[1] if found else None

    def checked(self, cell: Cell) -> Markup:
        """Say when the source of a figure was last looked at; empty where that is not known."""
        source = cell.beside(SOURCE)
        seen = self._of_source(source, "seen_on") if source else None
        return Markup() if seen is None or seen.value is None else Markup(self.presenter.value(seen))

    def source_title(self, source: Cell) -> Markup:
        """Give the title of the source whose code stands in a cell, or the code where no table has it."""
        title = self._of_source(source, "title")
        return Markup(self.presenter.value(source) if title is None else self.presenter.title(title))

    def _of_source(self, source: Cell, field: str) -> Cell | None:
        table = self.package.table_of(Role.SOURCES)
        rows = find_rows(table, {SOURCE: cell_text(source.value)}) if table and field in table.field_names else ()
        return Cell(table, rows[0], table.field(field)) if table and rows else None

    def answer(self, unknown: Row) -> Cell | None:
        """Give the newest cell that answers an entry of the register; None while nothing does."""
        found = answer_to(self.package, unknown.number_)
        return found and (before_and_after(self.package, found)[1] or found)

    def known(self, unknown: Row) -> Markup:
        """Say since when an entry of the register is known; empty while it is not."""
        found = answer_to(self.package, unknown.number_)
        word = Markup.escape(self.presenter.words["known_since"])
        return Markup('<span class="since">{} {}</span>').format(word, self.when(found)) if found else Markup()

    def not_known(self, code: str, text: str) -> Markup:
        """Say that something is not known; raises `AddressError` once a source says what this entry asks."""
        entries = list(entries_named(self.package, [code]))
        if not entries:
            raise AddressError(say("the register has no entry '{code}'", code=code))
        self.refuse_answered(entries[0])
        return Markup(escape(text))

    def refuse_answered(self, entry: int) -> None:
        """Raise `AddressError` where an entry of the register was answered: a page says that it is not known."""
        if told := said_after_all(self.package, entry):
            raise AddressError(told)

    def _tell_time(self, rows: Sequence[Row], columns: Sequence[str]) -> bool:
        return not set(times_of(rows[0].table_)).isdisjoint(columns)

    def _moment(self, row: Row) -> Moment:
        return moment(self.package, row.table_, row.number_)

    def _row(self, row: Row, number: int) -> Row:
        return Row(row.table_, number, row.language_)
