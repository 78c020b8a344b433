"""What a chart is declared to be: one small file each in `site/charts`, checked before anything is drawn.

The file is YAML in which every value is a text; its form is the JSON Schema (draft 7) beside this module. A chart draws
rows of a table, so its file names the table, the kind of drawing, and the field for each part of the drawing.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from vierdepijler.core.cells import SOURCE
from vierdepijler.core.descriptors import errors_of
from vierdepijler.core.package import Package
from vierdepijler.core.problems import ContentError, Message, Problem, UnreadableError, say
from vierdepijler.core.tables import Table, cell_text
from vierdepijler.core.text_files import WRITTEN, read_text
from vierdepijler.core.yaml_texts import line_in, read_texts

if TYPE_CHECKING:
    from jsonschema import ValidationError

FOLDER = "charts"  # in `site`
FORM = Path(__file__).with_name("chart_spec.json")
ENCODINGS = ("category", "value", "period", "date", "x", "y", "group", "source")
TEXTS = ("title", "finding", "note", "quote")
Criteria = Mapping[str, tuple[str, ...]]
NUMERIC = ("value", "x", "y")
TRANSLATED = ("title", "quote")  # what every chart has, in every language
NEEDS: Mapping[str, tuple[str, ...]] = {
    "bars": ("category", "value"),
    "columns": ("category", "value"),
    "parts": ("category", "value"),
    "periods": ("category", "period"),
    "map": ("category", "group", "x", "y"),
    "events": ("category", "date"),
}


@dataclass(frozen=True)
class Part:
    """Rows of a table that are drawn: the field for each part of the drawing, and what the rows must say.

    With `names` (by language) all of its rows are one mark of that name, from the first to the last of its values.
    """

    table: str
    encoding: Mapping[str, str]
    only: Criteria = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ChartSpec:
    """A chart as its file declares it; `titles`, `notes` and `quotes` are by language.

    `shown` says which rows the table beneath shows; without it, every row. `leads_to` is the table whose rows have
    pages of their own, to which the groups of a map lead. A finding (above the title), a note, a quote and the
    name of a part may have cells between braces, as on a page.
    """

    identifier: str
    kind: str
    part: Part
    also: tuple[Part, ...] = ()
    shown: Criteria = field(default_factory=dict)
    sort: str = ""
    leads_to: str = ""
    titles: Mapping[str, str] = field(default_factory=dict)
    findings: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    quotes: Mapping[str, str] = field(default_factory=dict)

    @property
    def table(self) -> str:
        """The name of the table that is drawn, the first where there are several."""
        return self.part.table

    @property
    def source(self) -> str:
        """The field with the source of what is drawn."""
        return self.part.encoding.get("source", SOURCE)

    @property
    def file(self) -> str:
        """The file of the chart, counted from the project."""
        return f"site/{FOLDER}/{self.identifier}.yml"

    def text(self, name: str, language: str) -> str:
        """Give a text of the chart in a language as it was written, or the name of a part; empty without one."""
        names = {f"also/{number}/name": part.names for number, part in enumerate(self.also)}
        texts = dict(zip(TEXTS, (self.titles, self.findings, self.notes, self.quotes), strict=True))
        return {**texts, **names}[name].get(language, "")


def read_charts(folder: Path) -> dict[str, ChartSpec]:
    """Read every chart of a folder, by its identifier; raises `ContentError` where a file has not the form."""
    problems = [problem for path in chart_files(folder) for problem in flaws_of_form(path)]
    if problems:
        raise ContentError(problems, folder.parent.parent)
    return {path.stem: read_chart(path) for path in chart_files(folder)}


def read_chart(path: Path) -> ChartSpec:
    """Read a file that has the form of a chart."""
    return _spec(path.stem, _read(path.read_text("utf-8")))


def chart_files(folder: Path) -> list[Path]:
    """List the files of charts in a folder, by name."""
    return sorted(folder.glob("*.yml"))


def place(path: Path) -> str:
    """Name the file of a chart, counted from the project."""
    return path.relative_to(path.parent.parent.parent).as_posix()


@lru_cache(maxsize=256)
def _read(text: str) -> Any:
    """Read a file once, however often a build asks for it; nobody changes what is given."""
    return read_texts(text)


def flaws_of_form(path: Path) -> Iterator[Problem]:
    """Find what the JSON Schema has against a file, with the line of each."""
    try:
        text = read_text(path, place(path), most=WRITTEN)
        declared = _read(text)
    except UnreadableError as error:
        yield from error.problems
        return
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = 0 if mark is None else mark.line + 1
        todo = say("write name: value, one a line, in UTF-8")
        yield Problem(place(path), line, "", say("the file of the chart cannot be read"), todo)
        return
    yield from (_problem_of_form(place(path), text, flaw) for flaw in errors_of(_form(), declared))


@cache
def _form() -> Mapping[str, Any]:
    form: Mapping[str, Any] = json.loads(FORM.read_text("utf-8"))
    return form


def _problem_of_form(file: str, text: str, error: "ValidationError") -> Problem:
    steps = list(error.absolute_path)
    given: Any = error.instance
    unknown = sorted(set(given) - set(_known(error))) if error.validator == "additionalProperties" else []
    if unknown:
        line = _line_of_key(text, unknown[0]) or line_in(text, *steps)
        what = say("a chart has no '{name}'", name=unknown[0])
        return Problem(file, line, unknown[0], what, say("use: {names}", names=", ".join(_known(error))))
    column = str(steps[0]) if steps else ""
    return Problem(file, line_in(text, *steps), column, *_explain(error))


def _known(error: "ValidationError") -> list[str]:
    form: Any = error.schema
    known = sorted(form.get("properties", ()))
    texts = TEXTS if "kind" in known else ("name",)
    return [*known, *(f"{text}_{language}" for text in texts for language in ("nl", "en"))] if known else []


def _line_of_key(text: str, name: str) -> int:
    lines = (number for number, line in enumerate(text.splitlines(), 1) if line.lstrip(" -").startswith(f"{name}:"))
    return next(lines, 0)


def _explain(error: "ValidationError") -> tuple[Message, Message]:
    """Say in plain words what a JSON Schema has against a part of a chart."""
    asked: Any = error.validator_value
    given: Any = error.instance
    match error.validator:
        case "required":
            name = next(name for name in asked if name not in given)
            return say("the chart has no '{name}'", name=name), say("write '{name}: …'", name=name)
        case "enum":
            known = ", ".join(asked)
            what = say("'{value}' is not known here", value=error.instance)
            return what, say("choose one of: {names}", names=known)
        case _:
            return say("this is not what stands here"), say("write it as docs/authoring.md shows")


def _spec(identifier: str, declared: Mapping[str, Any]) -> ChartSpec:
    texts = {text: _by_language(declared, text) for text in TEXTS}
    return ChartSpec(
        identifier=identifier,
        kind=declared["kind"],
        part=_part(declared),
        also=tuple(_part(part) for part in declared.get("also", ())),
        shown=_criteria(declared.get("shown", {})),
        sort=declared.get("sort", ""),
        leads_to=declared.get("leads_to", ""),
        titles=texts["title"],
        findings=texts["finding"],
        notes=texts["note"],
        quotes=texts["quote"],
    )


def _part(declared: Mapping[str, Any]) -> Part:
    return Part(
        table=declared["table"],
        encoding={name: declared[name] for name in ENCODINGS if name in declared},
        only=_criteria(declared.get("only", {})),
        columns=tuple(declared.get("columns", ())),
        names=_by_language(declared, "name"),
    )


def _criteria(declared: Mapping[str, Sequence[str]]) -> Criteria:
    return {name: tuple(values) for name, values in declared.items()}


def _by_language(declared: Mapping[str, Any], text: str) -> Mapping[str, str]:
    return {name.rpartition("_")[2]: value for name, value in declared.items() if name.startswith(f"{text}_")}


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
        for name, texts in zip(TRANSLATED, (spec.titles, spec.quotes), strict=True):
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
