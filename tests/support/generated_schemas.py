"""Strategies for the schemas of generated tables: fields of every type, with constraints, missing values and keys."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hypothesis import strategies as st

from field_kinds import KINDS, Kind
from nasty_texts import ANYWHERE, PATTERNS, Texts

Draw = Callable[[st.SearchStrategy[Any]], Any]
Description = dict[str, Any]

BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
LOOSE = ("array", "object", "list", "geojson")  # values that no key can be made of
# A constraint that the type does not know makes Frictionless refuse the package, and then there is nothing to compare.
KNOWN = {
    **dict.fromkeys(("integer", "number", "date", "datetime", "time", "year", "yearmonth"), ("enum", *BOUNDS)),
    "string": ("minLength", "maxLength", "pattern", "pattern", "enum"),
    **dict.fromkeys(("boolean", "duration", "geopoint", "geojson", "any", ""), ("enum",)),
    **dict.fromkeys(("array", "object"), ("minLength", "maxLength", "enum")),
    "list": ("minLength", "maxLength"),
}
LIMITS = {
    "integer": ("-2000", "99999999"),
    "number": ("-2000.5", "1e9"),
    "date": ("0001-01-01", "9999-12-31"),
    "yearmonth": ("0-01", "10000-01"),
}
MISSING: tuple[list[Any], ...] = (
    *(["", "-"], ["NA", "n/a", ""], ["-"], [], ["1"], ["a", "2024-01-01", ""], [" ", ""], ["nan", "None"], ["é", ""]),
    *([{"value": "-", "label": "refused"}, {"value": "NA"}], [{"value": "", "label": "empty"}, {"value": "-"}]),
)
NAMES = ("id", "a", "b", "Group", "naam met spatie", "é", "a_1")

ONE_IN_TWO = st.booleans()
ONE_IN_FOUR = st.sampled_from((False, False, False, True))
ONE_IN_TEN = st.integers(0, 9).map(lambda drawn: drawn == 9)
ONE_IN_TWENTY = st.integers(0, 19).map(lambda drawn: drawn == 19)
ONE_IN_FORTY = st.integers(0, 39).map(lambda drawn: drawn == 39)
KIND_OF_FIELD = st.one_of(*(st.sampled_from(group) for group in KINDS))
KEY_KINDS = st.sampled_from(tuple(kind for group in KINDS for kind in group if kind.key))
FEW, MANY = st.integers(0, 12), st.integers(12, 40)
SIZES = st.sampled_from((FEW, FEW, FEW, FEW, MANY, MANY))
# Frictionless looks at the first hundred rows before it begins, and stops after a thousand errors.
MORE = st.one_of(st.integers(97, 220), st.integers(97, 220), st.integers(97, 220), st.just(1040))
HOW_MANY = st.sampled_from((1, 2, 2, 3, 3, 4, 5))
PATTERN = st.sampled_from(PATTERNS)
LENGTH, ONE_TO_FOUR = st.integers(0, 4), st.integers(1, 4)
# Other ways to write a number; for many types of key they are other values, or none.
NOTATIONS = ("{}.0", "0{}", "+{}", " {}", "{} ", "{}e0", "{}_0", "-{}", "{}.", "{}0")
WRITTEN = st.sampled_from(NOTATIONS)
KEY_TYPES = st.sampled_from(("string", "integer", "number", "any", "year"))
SPARE = st.sampled_from(ANYWHERE)


@dataclass(frozen=True)
class Column:
    """A field as the schema describes it, and the texts of its cells; `keyed` where no two may be alike."""

    kind: Kind
    described: Description
    texts: Texts
    keyed: bool = False
    first: int = 1
    step: int = 1

    @property
    def name(self) -> str:
        """The name of the field."""
        return str(self.described["name"])

    def text(self, row: int) -> str:
        """Give the text of a row (counted from 0): the number of a key, or one of the texts in turn."""
        if self.keyed:
            return self.kind.key.format(row + self.first)
        return self.texts[(self.first + row * self.step + row * row // 7) % len(self.texts)]


@dataclass(frozen=True)
class Sketch:
    """A table that is still to be filled: its name, its columns, how many rows, and the rest of its schema."""

    name: str
    columns: tuple[Column, ...]
    rows: int
    schema: Description

    @property
    def names(self) -> list[str]:
        """The names of the fields."""
        return [column.name for column in self.columns]

    def described(self) -> Description:
        """Give the whole schema."""
        return {"fields": [column.described for column in self.columns], **self.schema}


def draw_sketch(draw: Draw, name: str, others: Sequence[Sketch]) -> Sketch:
    """Draw a table with its keys; its foreign keys lead to itself or to a table of `others`."""
    keyed = draw(ONE_IN_TWO)
    columns = [_draw_column(draw, NAMES[number], keyed=keyed and number == 0) for number in range(draw(HOW_MANY))]
    schema: Description = {}
    if keyed and draw(ONE_IN_TWO):
        schema["primaryKey"] = columns[0].name if draw(ONE_IN_TWO) else [column.name for column in columns[:2]]
    elif draw(ONE_IN_TEN) and _can_be_key(draw, columns[-2:]):
        schema["primaryKey"] = [column.name for column in columns[-2:]]
    if draw(ONE_IN_TEN):
        schema["missingValues"] = draw(st.sampled_from(MISSING))
    if draw(ONE_IN_FORTY):
        schema["fieldsMatch"] = draw(st.sampled_from(("equal", "subset", "superset", "partial")))
    sketch = Sketch(name, tuple(columns), draw(MORE if draw(ONE_IN_TWENTY) else draw(SIZES)), schema)
    return _with_foreign_key(draw, sketch, others) if draw(ONE_IN_FOUR) or (others and draw(ONE_IN_TWO)) else sketch


def _draw_column(draw: Draw, name: str, *, keyed: bool) -> Column:
    kind: Kind = draw(KEY_KINDS) if keyed else draw(KIND_OF_FIELD)
    described: Description = {"name": name, **({"type": kind.type} if kind.type else {}), **kind.more}
    texts = _draw_texts(draw, kind, may_be_empty=name != NAMES[0])
    constraints = {} if keyed and draw(ONE_IN_TWO) else _draw_constraints(draw, kind, texts)
    if keyed and draw(ONE_IN_TWO):
        constraints["unique"] = True
    if constraints:
        described["constraints"] = constraints
    if draw(ONE_IN_TEN):
        described["missingValues"] = draw(st.sampled_from(MISSING))
    return Column(kind, described, texts, keyed, draw(ONE_TO_FOUR), draw(ONE_TO_FOUR))


def _draw_texts(draw: Draw, kind: Kind, *, may_be_empty: bool) -> Texts:
    """Draw what the cells are made of: mostly good texts only, of which one may be empty."""
    texts = kind.good[draw(st.integers(0, len(kind.good) - 1)) :]
    if kind.odd and draw(ONE_IN_FOUR):
        texts = (*texts, *(draw(st.sampled_from(kind.odd)) for _ in range(2)))
    if may_be_empty and draw(ONE_IN_FOUR):
        texts = (*texts, "")
    return texts if not draw(ONE_IN_FORTY) else (*texts, draw(st.sampled_from(kind.texts)))


def _draw_constraints(draw: Draw, kind: Kind, texts: Texts) -> Description:
    constraints: Description = {}
    if draw(ONE_IN_FOUR):
        constraints["required"] = "" not in texts or draw(ONE_IN_TEN)
    if draw(ONE_IN_TEN) and kind.type not in LOOSE:
        constraints["unique"] = draw(ONE_IN_FOUR)
    while draw(ONE_IN_FOUR):
        name = draw(st.sampled_from(KNOWN[kind.type]))
        constraints[name] = _draw_constraint(draw, name, kind, texts)
    return constraints


def _draw_constraint(draw: Draw, name: str, kind: Kind, texts: Texts) -> Any:
    """Draw a constraint that the texts mostly keep."""
    loose = not draw(ONE_IN_FOUR)
    match name:
        case "enum":
            listed = [text for text in dict.fromkeys(texts if loose else texts[1:]) if text]
            return [*listed, draw(st.sampled_from(kind.texts))]
        case "pattern":
            return ".*" if loose and draw(ONE_IN_TWO) else draw(PATTERN)
        case "minLength":
            return 0 if loose else draw(LENGTH)
        case "maxLength":
            return 60 if loose else draw(LENGTH)
        case _:
            return _draw_bound(draw, name, kind, loose=loose)


def _draw_bound(draw: Draw, name: str, kind: Kind, *, loose: bool) -> Any:
    """Draw a limit, as a text or as a JSON number; now and then one that is no value of the type."""
    if draw(ONE_IN_FORTY):
        return draw(st.sampled_from(kind.texts))
    low = "inimum" in name
    text = _loose_bound(kind, low=low) if loose else draw(st.sampled_from((*kind.good, *kind.odd)))
    if draw(ONE_IN_TWO) and kind.type in {"integer", "number", "year"}:
        return draw(_numbers(text))
    return text


def _loose_bound(kind: Kind, *, low: bool) -> str:
    limits = LIMITS.get(kind.type, ()) if not kind.more else ()
    return (limits or kind.good)[0 if low else -1]


def _numbers(text: str) -> st.SearchStrategy[Any]:
    """Give the JSON numbers near a text; those around nothing where it is not a number."""
    try:
        number = float(text)
        near = [int(number), number, number + 0.5, int(number) - 1]
    except (ValueError, OverflowError):
        near = [0, 0.1, 1, 1e300, -5]
    return st.sampled_from(near)


def _with_foreign_key(draw: Draw, sketch: Sketch, others: Sequence[Sketch]) -> Sketch:
    """Add a foreign key, and let the cells under it be made of the texts that it leads to."""
    target: Sketch = draw(st.sampled_from((*others, sketch)))
    width = min(len(sketch.columns), len(target.columns), 2 if draw(ONE_IN_TEN) else 1)
    start = draw(st.integers(0, len(sketch.columns) - width))
    aim = 0 if draw(ONE_IN_TWO) else draw(st.integers(0, len(target.columns) - width))
    sources = sketch.columns[start : start + width]
    targets = target.columns[aim : aim + width]
    if not _can_be_key(draw, (*sources, *targets)):
        return sketch
    where = "" if target is sketch and draw(ONE_IN_TWO) else target.name
    key = {"fields": _few(sources), "reference": {"resource": where, "fields": _few(targets)}}
    columns = list(sketch.columns)
    if aim != start or target is not sketch:
        led = [_led(draw, *pair, target.rows) for pair in zip(sources, targets, strict=True)]
        columns[start : start + width] = led
    return replace(sketch, columns=tuple(columns), schema={**sketch.schema, "foreignKeys": [key]})


def _can_be_key(draw: Draw, columns: Sequence[Column]) -> bool:
    """Tell whether the values can be looked up; where they cannot Frictionless raises, and that is wanted rarely."""
    return not any(column.kind.type in LOOSE for column in columns) or draw(ONE_IN_TEN)


def _few(columns: Sequence[Column]) -> str | list[str]:
    return columns[0].name if len(columns) == 1 else [column.name for column in columns]


def _led(draw: Draw, source: Column, target: Column, rows: int) -> Column:
    """Let a column hold what another of so many rows holds, as its own type or as another one."""
    if source.keyed:
        return source
    own = target.described if draw(st.integers(0, 2)) else {"type": draw(KEY_TYPES)}
    described = {name: value for name, value in own.items() if name != "constraints"}
    texts = tuple(target.text(row) for row in range(min(rows, 4))) or ("",)
    if draw(ONE_IN_FOUR):
        texts = (*texts, draw(WRITTEN).format(texts[0]))
    return replace(source, kind=target.kind, described={**described, "name": source.name}, texts=texts, first=0)
