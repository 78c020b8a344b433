"""What is wrong with a chart beside its form: tables and fields that are not there, texts that are missing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from vierdepijler.core.messages import Message, say
from vierdepijler.core.package import Package
from vierdepijler.core.problems import ContentError, Problem
from vierdepijler.core.tables import Table, cell_text
from vierdepijler.core.yaml_texts import line_in

from .chart_specs import FOLDER, ChartSpec, Criteria, Part, chart_files, flaws_of_form, place, read_chart, read_charts

NUMERIC = ("value", "x", "y")
WRITTEN = ("title", "quote")  # what every chart has, in every language
NEEDS: Mapping[str, tuple[str, ...]] = {
    "bars": ("category", "value"),
    "columns": ("category", "value"),
    "parts": ("category", "value"),
    "periods": ("category", "period"),
    "map": ("category", "group", "x", "y"),
    "events": ("category", "date"),
}


def charts_of(site: Path, package: Package) -> dict[str, ChartSpec]:
    """Read the charts below the folder `site`; raises `ContentError` for one that cannot be drawn from `package`."""
    if problems := list(check_charts(site, package)):
        raise ContentError(problems, site.parent)
    return read_charts(site / FOLDER)


def check_charts(site: Path, package: Package) -> Iterator[Problem]:
    """Find what is wrong with the charts below `site`: their form, and the tables and fields that they name."""
    for path in chart_files(site / FOLDER):
        flaws = list(flaws_of_form(path))
        yield from flaws
        if not flaws:
            yield from ChartCheck(place(path), path.read_text("utf-8"), package).flaws(read_chart(path))


def has_field(table: Table, name: str, languages: tuple[str, ...]) -> bool:
    """Tell whether a table has a field, as such or once per language."""
    return name in table.field_names or all(f"{name}_{language}" in table.field_names for language in languages)


def fits(table: Table, row: int, criteria: Criteria) -> bool:
    """Tell whether the cells of a row read as one of the values that each criterion gives."""
    return all(cell_text(table.value(row, name)) in wanted for name, wanted in criteria.items())


@dataclass(frozen=True)
class ChartCheck:
    """The file of a chart that has the right form, its text, and the package that it draws from."""

    file: str
    text: str
    package: Package

    def flaws(self, spec: ChartSpec) -> Iterator[Problem]:
        """Find every flaw of a chart."""
        yield from self._missing(spec)
        yield from self._of_part(spec.part, ())
        for number, part in enumerate(spec.also):
            yield from self._of_part(part, ("also", number))
        if table := self.package.tables.get(spec.table):
            yield from self._of_fields(table, "shown", spec.shown, ())

    def _missing(self, spec: ChartSpec) -> Iterator[Problem]:
        for name in NEEDS[spec.kind]:
            if name not in spec.part.encoding:
                what = say("a chart of the kind '{kind}' needs '{name}'", kind=spec.kind, name=name)
                yield self._problem((name,), what, say("write '{name}: …'", name=name))
        for name, texts in zip(WRITTEN, (spec.titles, spec.quotes), strict=True):
            for language in self.package.languages:
                if language not in texts:
                    missing = f"{name}_{language}"
                    what = say("the chart has no '{name}'", name=missing)
                    yield self._problem((missing,), what, say("write '{name}: …'", name=missing))

    def _of_part(self, part: Part, steps: tuple[str | int, ...]) -> Iterator[Problem]:
        if (table := self.package.tables.get(part.table)) is None:
            known = ", ".join(self.package.tables)
            what = say("there is no table '{name}' (there are: {known})", name=part.table, known=known)
            yield self._problem((*steps, "table"), what, say("correct the name"))
            return
        named = {**{place: (place, name) for place, name in part.encoding.items()},
                 **{f"columns/{name}": ("columns", name) for name in part.columns}}  # fmt: skip
        for where, name in named.values():
            if not has_field(table, name, self.package.languages):
                yield self._no_field(table, name, (*steps, where))
            elif where in NUMERIC and not table.field(name).is_number:
                what = say("the field '{name}' holds no numbers", name=name)
                yield self._problem((*steps, where), what, say("choose a field that holds numbers"))
        yield from self._of_fields(table, "only", part.only, steps)

    def _of_fields(
        self, table: Table, where: str, criteria: Criteria, steps: tuple[str | int, ...]
    ) -> Iterator[Problem]:
        """See that the fields of criteria are there, and that some row meets them."""
        missing = [name for name in criteria if name not in table.field_names]
        for name in missing:
            yield self._no_field(table, name, (*steps, where, name))
        if not missing and not any(fits(table, row, criteria) for row in range(table.rows)):
            what = say("no row of the table '{table}' is left for the chart", table=table.name)
            yield self._problem((*steps, where), what, say("correct what its rows must say"))

    def _no_field(self, table: Table, name: str, steps: tuple[str | int, ...]) -> Problem:
        known = ", ".join(table.field_names)
        pattern = "the table '{table}' has no field '{name}' (it has: {known})"
        what = say(pattern, table=table.name, name=name, known=known)
        return self._problem(steps, what, say("correct the name"))

    def _problem(self, steps: tuple[str | int, ...], what: Message, todo: Message) -> Problem:
        column = next(str(step) for step in reversed(steps) if isinstance(step, str))
        return Problem(self.file, line_in(self.text, *steps), column, what, todo)
