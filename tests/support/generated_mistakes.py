"""Strategies for the rows of generated tables: rows that fit the schema, and mistakes in them."""

from collections.abc import Callable

from hypothesis import strategies as st

from generated_files import PLACE, Row, Rows
from generated_schemas import ONE_IN_FOUR, ONE_IN_TWO, SPARE, WRITTEN, Draw, Sketch

Mistake = Callable[[Draw, Sketch, Rows], None]


def rows_of(sketch: Sketch) -> Rows:
    """Give the rows of a table as the sketch has them, the header first."""
    return [sketch.names, *([column.text(row) for column in sketch.columns] for row in range(sketch.rows))]


def spoil_rows(draw: Draw, sketch: Sketch, rows: Rows) -> None:
    """Make one mistake in the rows."""
    mistake: Mistake = draw(MISTAKES)
    mistake(draw, sketch, rows)


def _cell(draw: Draw, sketch: Sketch, rows: Rows) -> None:
    row = rows[min(1 + draw(PLACE) % len(rows), len(rows) - 1)]
    if row:
        place = draw(PLACE) % len(row)
        row[place] = draw(_texts(sketch, place))


def _texts(sketch: Sketch, place: int) -> st.SearchStrategy[str]:
    """Give the texts for a place in a row, those of its own kind in two cases out of three."""
    own = sketch.columns[place].kind.texts if place < len(sketch.columns) else ()
    return st.one_of(st.sampled_from(own), st.sampled_from(own), SPARE) if own else SPARE


def spoil_column(draw: Draw, sketch: Sketch, rows: Rows) -> None:
    """Put one text in nearly all rows of a column."""
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
    if one and draw(ONE_IN_TWO):
        one[0] = draw(WRITTEN).format(one[0])


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


def _label_blank(draw: Draw, _: Sketch, rows: Rows) -> None:
    if rows[0]:
        rows[0][draw(PLACE) % len(rows[0])] = draw(st.sampled_from(("", "", " ")))


def _label_more(draw: Draw, _: Sketch, rows: Rows) -> None:
    rows[0].append(draw(st.sampled_from(("extra", "", "x"))))


def _label_twice(draw: Draw, _: Sketch, rows: Rows) -> None:
    header = rows[0]
    if len(header) > 1:
        place = draw(PLACE) % len(header)
        header[place] = header[place - 1]  # never itself: so many cases do not reach this otherwise


def _header_order(draw: Draw, _: Sketch, rows: Rows) -> None:
    rows[0].reverse()
    if draw(ONE_IN_FOUR):
        for row in rows[1:]:
            row.reverse()


MISTAKES = st.sampled_from(
    (
        *(
            _cell,
            _cell,
            _cell,
            _cell,
            _cell,
            _cell,
            spoil_column,
            _repeat,
            _repeat_cell,
            _repeat_cell,
            _shorten,
            _lengthen,
        ),
        *(
            _blank,
            _swap,
            _remove,
            _before_header,
            _header,
            _label_blank,
            _label_more,
            _label_twice,
            _label_twice,
            _header_order,
        ),
    )
)
