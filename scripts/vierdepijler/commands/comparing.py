"""Telling what differs between two packages, in plain words, for a terminal or for the summary of a pull request."""

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from vierdepijler.checks.checking import check_package
from vierdepijler.core.cells import figure_fields
from vierdepijler.core.package import Package
from vierdepijler.core.problems import ContentError, Message, in_language, quoted, say
from vierdepijler.core.reading import read_package
from vierdepijler.core.tables import Table, Value, cell_text
from vierdepijler.core.text import value_text
from vierdepijler.core.writing import scratch
from vierdepijler.releases.differences import CellChange, Differences, KeyOfRow, TableChange, TextChange
from vierdepijler.site.links import Usage
from vierdepijler.site.pages import Renderer
from vierdepijler.site.sources import read_sources

from .publishing import publish_package

MOST = 50  # lines about one kind of change in one table; a summary has to be read
FEW = 6  # names in one line
DAY = re.compile(r"\d{4}-\d\d-\d\d")
SPECIAL = re.compile(r"[\\`*_\[\]{}#|~!]")
HTML = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
AnyChange = TypeVar("AnyChange")


@dataclass(frozen=True)
class Teller:
    """Tells differences in one language; `usage` is None where it is not known which pages show what."""

    language: str
    is_markdown: bool
    usage: Usage | None

    def tell(self, differences: Differences) -> str:
        """Tell what differs, one line for each difference, in Markdown below the name of its table."""
        if differences.is_empty:
            return self._say("nothing differs") + "\n"
        sections = [(self._say("Tables"), list(self._tables(differences)))]
        sections += [(self._plain(change.table.name), list(self._table(change))) for change in differences.tables]
        sections.append((self._say("Descriptions"), [self._text(change) for change in differences.texts]))
        return "".join(self._section(title, lines) for title, lines in sections if lines)

    def _section(self, title: str, lines: Sequence[str]) -> str:
        if not self.is_markdown:
            return "".join(f"{line}\n" for line in lines)
        return f"### {title}\n\n" + "".join(f"- {line}\n" for line in lines) + "\n"

    def _tables(self, differences: Differences) -> Iterator[str]:
        for name in differences.tables_added:
            yield self._say("table added: {name}", name=self._plain(name))
        for name in differences.tables_removed:
            yield self._say("table removed: {name}", name=self._plain(name))

    def _table(self, change: TableChange) -> Iterator[str]:
        name = self._plain(change.table.name)
        for column in change.columns_added:
            yield self._say("{table}: column added: {name}", table=name, name=self._plain(column))
        for column in change.columns_removed:
            yield self._say("{table}: column removed: {name}", table=name, name=self._plain(column))
        if change.is_rekeyed:
            yield self._say("{table}: the key has other fields, so the rows are not compared", table=name)
        yield from self._limited(change.cells, self._cell)
        yield from self._limited(
            change.rows_added, lambda key: self._say("row added: {row}", row=self._row(change.table, key))
        )
        yield from self._limited(
            change.rows_removed, lambda key: self._say("row removed: {row}", row=self._row(change.old, key))
        )

    def _text(self, change: TextChange) -> str:
        table = self._plain(change.table) if change.table else self._say("the package")
        names = ", ".join(self._limited(change.names, self._plain, FEW))
        return self._say("{table}: other texts or rules ({names})", table=table, names=names)

    def _row(self, table: Table, key: KeyOfRow) -> str:
        """Name a row by its table and its key, and by its own name where it has one in this language."""
        label = f"label_{self.language}"
        known = key in table.keys and label in table.field_names
        name = f" ({cell_text(table.value(table.keys[key], label))})" if known else ""
        return self._plain(", ".join([table.name, *_ordered(key)]) + name)

    def _cell(self, change: CellChange) -> str:
        """Name a cell, with its field unless it is the one quantity of its table, and tell what it was and is."""
        cell = change.cell
        names = [cell.table.name, *_ordered(cell.key)]
        if [field.name for field in figure_fields(cell.table) if field.is_number] != [cell.field.name]:
            names.append(cell.field.name)
        before, after = self._value(change.old, change.old_unit), self._value(cell.value, cell.unit)
        line = f"{self._plain(', '.join(names))}: {before} → {after}"
        touched = self._touched(cell.address)
        return f"{line}; {touched}" if touched else line

    def _touched(self, address: str) -> str:
        if self.usage is None:
            return ""
        pages = len(self.usage.pages.get(address, ()))
        charts = len(self.usage.charts.get(address, ()))
        if not pages and not charts:
            return ""
        return self._say(
            "touches {pages}, {charts}",
            pages=say("1 page") if pages == 1 else say("{count} pages", count=pages),
            charts=say("1 chart") if charts == 1 else say("{count} charts", count=charts),
        )

    def _value(self, value: Value, unit: str | None) -> str:
        if value is None:
            return self._say("empty")
        shown = value_text(value, unit, self.language)
        return self._plain(quoted(shown) if isinstance(value, str) else shown)

    def _limited(self, changes: Sequence[AnyChange], tell: Callable[[AnyChange], str], most: int = MOST) -> list[str]:
        more = [self._say("and {count} more", count=len(changes) - most)] if len(changes) > most else []
        return [tell(change) for change in changes[:most]] + more

    def _say(self, pattern: str, **values: str | int | Message) -> str:
        return in_language(say(pattern, **values), self.language)

    def _plain(self, text: str) -> str:
        """Write a text on one line, and so that Markdown reads nothing into it where this is Markdown."""
        one_line = "".join(character if character.isprintable() else " " for character in text)
        if not self.is_markdown:
            return one_line
        return re.sub("[<>&]", lambda found: HTML[found[0]], SPECIAL.sub(r"\\\g<0>", one_line))


def _ordered(key: KeyOfRow) -> list[str]:
    """Put the days in a key after the rest, as one says it: obliged, 2025-02-25."""
    return sorted(key, key=lambda part: bool(DAY.fullmatch(part)))


def usage_beside(package: Package, language: str) -> Usage | None:
    """Make the pages beside a package, to see which figures they show; None where they cannot be made."""
    try:
        sources = read_sources(package.root / "site", package.languages)
        with scratch() as folder:
            publish_package(package, check_package(package, package.root / "site"), folder / "data")
            published = read_package(folder / "data" / "latest" / "datapackage.json")
            spoken = language if language in package.languages else package.languages[0]
            renderer = Renderer(published, sources, spoken, "")
            for _ in renderer.render_written():
                pass
            return renderer.usage
    except ContentError as error:
        problems = "; ".join(str(problem.in_language(language)) for problem in error.problems)
        note = say(
            "which pages show a figure is not known, for the pages cannot be made: {problems}", problems=problems
        )
        print(in_language(note, language), file=sys.stderr)
        return None
