"""A CSV file as somebody gives it: also with semicolons, decimal commas and days first, as Excel in Belgium saves it.

What can be read in two ways is refused: nobody but its maker knows which was meant.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from vierdepijler.core.gathering import read_records
from vierdepijler.core.problems import ContentError, Message, Problem, quoted, say, unreadable
from vierdepijler.core.text_files import read_text

DELIMITERS = (",", ";", "\t")


FIELD_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")


NO_NAME = re.compile(r"[-+\d.,/%€\s]*")


PRINT = re.compile(r"(?:.*_)?as_printed")  # the field that holds what a source writes, to the letter


BELGIAN = re.compile(r"[-+]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?")


TWO_WAYS = re.compile(r"[-+]?\d{1,3}\.\d{3}")  # a thousand, or one and three decimals
DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


@dataclass(frozen=True)
class ForeignSheet:
    """The header and the columns of a CSV file, each cell as text, with the line on which each row starts."""

    file: str
    header: tuple[str, ...]
    columns: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]

    @property
    def named(self) -> list[tuple[str, tuple[str, ...]]]:
        """The columns, each with its name."""
        return list(zip(self.header, self.columns, strict=True))

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """The rows, without the header."""
        return list(zip(*self.columns, strict=True))


def read_sheet(path: Path, file: str, *, is_renaming: bool = False) -> ForeignSheet:
    """Read a CSV file, called `file` in messages, and write its cells the way we write them.

    With `is_renaming` a header that cannot be the name of a field is replaced by the name that a message would offer.
    Raises `UnreadableError` for a file that is not there, empty, not UTF-8 or no CSV, and `ContentError` for a header
    or a row that is not as it should be, and for numbers that can be read in two ways.
    """
    text = read_text(path, file, "utf-8-sig")
    if not text.strip():
        raise unreadable(file, say("the file is empty"), say("give it a header and rows"))
    delimiter = _delimiter(text)
    records = read_records(text, {"delimiter": delimiter, "skipBlankRows": True}, (), file)
    header = tuple(map(tidy, records.header))
    if is_renaming:
        header = tuple(map(snake_case, header))
    if problems := [*_in_header(file, header), *_in_rows(file, header, records.rows, records.lines)]:
        raise ContentError(problems)
    columns = tuple(tuple(map(tidy, cells)) for cells in zip(*records.rows, strict=True))
    sheet = ForeignSheet(file, header, columns, tuple(records.lines))
    return sheet if delimiter == "," else _translated(sheet)


def snake_case(label: str) -> str:
    """Make a name of a label: `Aantal bezoekers (2024)` gives `aantal_bezoekers_2024`."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


def tidy(text: str) -> str:
    """Take away the spaces around a text, and write each accented letter as one."""
    return unicodedata.normalize("NFC", text).strip()


def _delimiter(text: str) -> str:
    first = text.lstrip().split("\n", 1)[0]
    return max(DELIMITERS, key=first.count)


def _in_header(file: str, header: Sequence[str]) -> Iterator[Problem]:
    if any(header) and all(NO_NAME.fullmatch(label) for label in header):
        what, todo = say("the first row holds no names of columns"), say("put a header above the rows")
        yield Problem(file, 1, "", what, todo)
        return
    times = Counter(header)
    for place, label in enumerate(header, 1):
        if not label:
            what, todo = say("column {place} has no name", place=place), say("give it one in the first row")
        elif times[label] > 1:
            what, todo = say("two columns are called {name}", name=quoted(label)), say("give each its own name")
        elif not FIELD_NAME.fullmatch(label):
            what = say("{name} cannot be the name of a field", name=quoted(label))
            todo = _offer(label)
        else:
            continue
        yield Problem(file, 1, label, what, todo)


def _offer(label: str) -> Message:
    if not FIELD_NAME.fullmatch(offered := snake_case(label)):
        return say("use small letters, digits and '_', and start with a letter")
    return say("write {name}, or add --rename to have all such names written so", name=quoted(offered))


def _in_rows(
    file: str, header: Sequence[str], rows: Sequence[Sequence[str]], lines: Sequence[int]
) -> Iterator[Problem]:
    if not rows:
        yield Problem(file, 1, "", say("there are no rows below the header"), say("add at least one"))
    for line, row in zip(lines, rows, strict=True):
        if len(row) != len(header):
            what = say(
                "the number of cells in this row is {cells}, in the header {fields}", cells=len(row), fields=len(header)
            )
            yield Problem(
                file, line, "", what, say("give each row a cell for each column, empty where nothing is known")
            )


def _translated(sheet: ForeignSheet) -> ForeignSheet:
    """Write the numbers and days of a file from Belgian Excel in our way; what a source prints stays to the letter."""
    foreign = {name: cells for name, cells in sheet.named if not PRINT.fullmatch(name)}
    is_proven = any(_has_decimals(cells) for cells in foreign.values())  # that a comma has decimals behind it
    odd = [] if is_proven else [_two_ways(sheet, name) for name, cells in foreign.items() if _is_unsure(cells)]
    if odd:
        raise ContentError(odd)
    columns = tuple(_in_our_way(cells) if name in foreign else cells for name, cells in sheet.named)
    return replace(sheet, columns=columns)


def _has_decimals(cells: tuple[str, ...]) -> bool:
    """Tell whether a column holds numbers with a decimal comma, which tells what a point in the others is."""
    return any("," in cell for cell in cells) and all(BELGIAN.fullmatch(cell) for cell in cells if cell)


def _is_unsure(cells: tuple[str, ...]) -> bool:
    filled = [cell for cell in cells if cell]
    return any("." in cell for cell in filled) and all(TWO_WAYS.fullmatch(cell) or cell.isdigit() for cell in filled)


def _two_ways(sheet: ForeignSheet, name: str) -> Problem:
    cells = dict(sheet.named)[name]
    row = next(row for row, cell in enumerate(cells) if "." in cell)
    what = say("{cell} can be read in two ways: a thousand, or decimals", cell=quoted(cells[row]))
    todo = say("write thousands without a point, and decimals behind a comma")
    return Problem(sheet.file, sheet.lines[row], name, what, todo)


def _in_our_way(cells: tuple[str, ...]) -> tuple[str, ...]:
    filled = [cell for cell in cells if cell]
    if filled and all(DAY_FIRST.fullmatch(cell) for cell in filled):
        return tuple(DAY_FIRST.sub(_day, cell) for cell in cells)
    if not all(BELGIAN.fullmatch(cell) for cell in filled) or not any("," in cell or "." in cell for cell in filled):
        return cells
    return tuple(cell.replace(".", "").replace(",", ".") for cell in cells)


def _day(found: re.Match[str]) -> str:
    day, month, year = found.groups()
    return f"{year}-{int(month):02}-{int(day):02}"
