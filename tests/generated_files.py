"""Strategies for the files of generated tables: rows that fit the schema, spoilt rows, and the bytes that they become."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from generated_schemas import (
    ONE_IN_FORTY,
    ONE_IN_FOUR,
    ONE_IN_TEN,
    ONE_IN_TWO,
    SPARE,
    Description,
    Draw,
    Sketch,
)
from hypothesis import strategies as st

Row = list[str]
Rows = list[Row]

PLACE = st.integers(0, 999)
LINE_ENDS = st.sampled_from(("\n", "\n", "\n", "\r\n", "\r", "\n\r\n", "mixed"))
DELIMITERS = st.sampled_from((";", "\t", "|", ":", " "))
PIECES = st.sampled_from(
    (
        '"',
        '"',
        '""',
        "\n",
        "\r",
        "\r\n",
        ",",
        " ",
        ", ",
        "\x00",
        ";",
        "'",
        "\\",
        "\ufeff",
        "\t",
        "#",
        '"x',
        '"\n',
        "\x1a",
        "\u2028",
    )
)
BYTES = st.sampled_from(
    (b"\xff", b"\xe9", b"\xc3", b"\xef\xbb\xbf", b"\x80", b"\x00", b"\xed\xa0\x80", b"\xf0\x9f", b"\xc0\x80")
)
ENCODINGS = st.sampled_from(
    ("utf-8", "utf-8-sig", "iso-8859-1", "cp1252", "utf-16", "ascii", "latin-1", "utf8", "UTF-8", "nonsense")
)
DIALECTS: tuple[Description, ...] = (
    *({"quoteChar": "'"}, {"doubleQuote": False}, {"escapeChar": "\\"}, {"escapeChar": "\\", "doubleQuote": False}),
    *(
        {"skipInitialSpace": True},
        {"skipInitialSpace": False},
        {"header": False},
        {"header": True},
        {"lineTerminator": "\n"},
    ),
    *({"commentChar": "#"}, {"headerRows": [1]}, {"headerRows": [2]}, {"headerRows": [1, 2]}, {"commentRows": [2]}),
    *({"skipBlankRows": True}, {"headerCase": False}, {"nullSequence": "NA"}, {"delimiter": ","}, {"quoteChar": ""}),
)
DIALECT = st.sampled_from(DIALECTS)
EMPTY_DIALECT: Description = {}


@dataclass(frozen=True)
class Layout:
    """How rows become bytes; `declared` is what the descriptor says of it (an encoding, a dialect)."""

    declared: Description
    delimiter: str = ","
    end: str = "\n"
    quoted: bool = False
    spaced: bool = False
    last_end: bool = True
    encoding: str = "utf-8"

    def text(self, rows: Rows) -> str:
        """Write the rows as a text."""
        ends = ("\n", "\r\n", "\r") if self.end == "mixed" else (self.end,)
        lines = [self._line(row) + ends[number % len(ends)] for number, row in enumerate(rows)]
        written = "".join(lines)
        return written if self.last_end or not rows else written.removesuffix(ends[(len(rows) - 1) % len(ends)])

    def _line(self, row: Row) -> str:
        between = self.delimiter + " " if self.spaced else self.delimiter
        return between.join(self._cell(cell) for cell in row)

    def _cell(self, cell: str) -> str:
        quote = self.declared.get("dialect", EMPTY_DIALECT).get("quoteChar", '"')
        if not quote or not (self.quoted or any(sign in cell for sign in (self.delimiter, quote, "\n", "\r"))):
            return cell
        return quote + cell.replace(quote, quote * 2) + quote

    def bytes(self, text: str) -> bytes:
        """Encode the text; what the encoding has no sign for becomes a question mark."""
        return text.encode(self.encoding, "replace")


def draw_layout(draw: Draw) -> Layout:
    """Draw a layout: mostly the plain one, at times with another dialect or encoding, as declared or not."""
    if draw(ONE_IN_TWO):
        return Layout({})
    declared: Description = {}
    delimiter, encoding = ",", "utf-8"
    if draw(ONE_IN_FOUR):
        delimiter = draw(DELIMITERS)
        declared["dialect"] = {} if draw(ONE_IN_TEN) else {"delimiter": delimiter}
    if draw(ONE_IN_FOUR):
        declared["dialect"] = {**declared.get("dialect", {}), **draw(DIALECT)}
    if draw(ONE_IN_FOUR):
        declared["encoding"] = draw(ENCODINGS)
        encoding = "utf-8" if draw(ONE_IN_TEN) or declared["encoding"] == "nonsense" else declared["encoding"]
    quoted, spaced, whole = draw(ONE_IN_TEN), draw(ONE_IN_TEN), not draw(ONE_IN_TEN)
    return Layout(declared, delimiter, draw(LINE_ENDS), quoted, spaced, whole, encoding)


def rows_of(sketch: Sketch) -> Rows:
    """Give the rows of a table as the sketch has them, the header first."""
    return [sketch.names, *([column.text(row) for column in sketch.columns] for row in range(sketch.rows))]


def spoil_rows(draw: Draw, sketch: Sketch, rows: Rows) -> None:
    """Make one mistake in the rows."""
    mistake: Callable[[Draw, Sketch, Rows], None] = draw(MISTAKES)
    mistake(draw, sketch, rows)


def spoil_text(draw: Draw, text: str) -> str:
    """Make one mistake in the text of a file: a piece too many, or some text too few."""
    place = draw(PLACE) % (len(text) + 1)
    if draw(ONE_IN_FORTY):
        return "" if draw(ONE_IN_TWO) else text[:place]
    if draw(ONE_IN_FOUR):
        return text[:place] + text[place + 1 :]
    return text[:place] + draw(PIECES) + text[place:]


def spoil_bytes(draw: Draw, content: bytes) -> bytes:
    """Make one mistake in the bytes of a file."""
    place = 0 if draw(ONE_IN_FOUR) else draw(PLACE) % (len(content) + 1)
    return content[:place] + draw(BYTES) + content[place:]


def _cell(draw: Draw, sketch: Sketch, rows: Rows) -> None:
    row = rows[min(1 + draw(PLACE) % len(rows), len(rows) - 1)]
    if row:
        place = draw(PLACE) % len(row)
        row[place] = draw(_texts(sketch, place))


def _texts(sketch: Sketch, place: int) -> st.SearchStrategy[str]:
    """Give the texts for a place in a row, those of its own kind in two cases out of three."""
    own = sketch.columns[place].kind.texts if place < len(sketch.columns) else ()
    return st.one_of(st.sampled_from(own), st.sampled_from(own), SPARE) if own else SPARE


def _column(draw: Draw, sketch: Sketch, rows: Rows) -> None:
    place = draw(PLACE) % len(sketch.columns)
    text = draw(_texts(sketch, place))
    for row in rows[1 + draw(PLACE) % 3 :]:
        row[place : place + 1] = [text]


def _repeat(draw: Draw, _: Sketch, rows: Rows) -> None:
    rows.insert(1 + draw(PLACE) % len(rows), list(rows[draw(PLACE) % len(rows)]))


def _repeat_cell(draw: Draw, _: Sketch, rows: Rows) -> None:
    """Let the first cells of a row be those of another row, so that a key comes twice."""
    one, other = rows[draw(PLACE) % len(rows)], rows[draw(PLACE) % len(rows)]
    one[:1] = other[:1]


def _shorten(draw: Draw, _: Sketch, rows: Rows) -> None:
    row = rows[draw(PLACE) % len(rows)]
    del row[draw(PLACE) % (len(row) + 1) :]


def _lengthen(draw: Draw, _: Sketch, rows: Rows) -> None:
    extra = [draw(SPARE)] * draw(st.sampled_from((1, 1, 2, 30)))
    rows[draw(PLACE) % len(rows)].extend(extra)


def _blank(draw: Draw, _: Sketch, rows: Rows) -> None:
    row: Row = [] if draw(ONE_IN_TWO) else [draw(st.sampled_from(("", "", " ")))] * len(rows[0])
    for _time in range(draw(st.sampled_from((1, 1, 1, 2, 30)))):
        rows.insert(draw(PLACE) % (len(rows) + 1), list(row))


def _swap(draw: Draw, _: Sketch, rows: Rows) -> None:
    one, other = draw(PLACE) % len(rows), draw(PLACE) % len(rows)
    rows[one], rows[other] = rows[other], rows[one]


def _remove(draw: Draw, _: Sketch, rows: Rows) -> None:
    if len(rows) > 1:
        del rows[draw(PLACE) % len(rows)]


def _before_header(draw: Draw, _: Sketch, rows: Rows) -> None:
    """Put rows of another width first: Frictionless guesses which row is the header by its width."""
    row = draw(st.sampled_from(([], ["# note"], [""], ["note", "x"], ["x"] * 12, [""] * 12)))
    rows[:0] = [list(row) for _time in range(draw(st.integers(1, 3)))]


def _header(draw: Draw, _: Sketch, rows: Rows) -> None:
    header = rows[0]
    place = draw(PLACE) % (len(header) + 1)
    if place == len(header):
        header.append(draw(st.sampled_from(("extra", "", *header))))
    else:
        name = header[place]
        news = (
            name.upper(),
            f" {name}",
            f"{name} ",
            "",
            "other",
            header[0],
            f"{name}\n",
            f'"{name}"',
            f"{name}\ufeff",
            "e\u0301",
        )
        header[place] = draw(st.sampled_from(news))


def _header_order(draw: Draw, _: Sketch, rows: Rows) -> None:
    rows[0].reverse()
    if draw(ONE_IN_FOUR):
        for row in rows[1:]:
            row.reverse()


MISTAKES = st.sampled_from(
    (
        *(_cell, _cell, _cell, _cell, _cell, _cell, _column, _repeat, _repeat_cell, _repeat_cell, _shorten, _lengthen),
        *(_blank, _swap, _remove, _before_header, _header, _header, _header_order),
    )
)
