"""Strategies for the files of generated tables: how rows become bytes, and mistakes in text and bytes."""

from dataclasses import dataclass

from hypothesis import strategies as st

from generated_schemas import ONE_IN_FOUR, ONE_IN_TEN, ONE_IN_TWO, Description, Draw

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
        quote: str = self.declared.get("dialect", EMPTY_DIALECT).get("quoteChar", '"')
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


def spoil_text(draw: Draw, text: str) -> str:
    """Make one mistake in the text of a file: a piece too many, or some text too few."""
    place = draw(PLACE) % (len(text) + 1)
    if draw(ONE_IN_TEN):
        return "" if draw(ONE_IN_TWO) else text[:place]
    if draw(ONE_IN_FOUR):
        return text[:place] + text[place + 1 :]
    piece: str = draw(PIECES)
    return text[:place] + piece + text[place:]


def spoil_bytes(draw: Draw, content: bytes) -> bytes:
    """Make one mistake in the bytes of a file."""
    place = 0 if draw(ONE_IN_FOUR) else draw(PLACE) % (len(content) + 1)
    piece: bytes = draw(BYTES)
    return content[:place] + piece + content[place:]
