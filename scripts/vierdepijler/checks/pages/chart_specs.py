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
from vierdepijler.core.messages import Message, say
from vierdepijler.core.problems import ContentError, Problem, UnreadableError
from vierdepijler.core.text_files import WRITTEN, read_text
from vierdepijler.core.yaml_texts import line_in, read_texts

if TYPE_CHECKING:
    from jsonschema import ValidationError

FOLDER = "charts"  # in `site`
FORM = Path(__file__).with_name("chart_spec.json")
ENCODINGS = ("category", "value", "period", "date", "x", "y", "group", "source")
TEXTS = ("title", "finding", "note", "quote")
Criteria = Mapping[str, tuple[str, ...]]


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
