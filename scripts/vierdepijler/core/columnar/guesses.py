"""What Frictionless guesses about a CSV file from its first lines, whatever the descriptor says of it.

It lets Python's `csv.Sniffer` find out whether a space follows each delimiter, and it takes the first row that is about
as wide as the first hundred are on average for the header. Where either guess departs from the descriptor, the table is
left to it.
"""

import csv
import re
from collections.abc import Sequence

SAMPLE = 100  # lines for the first guess, rows for the second
STEPS, FEW = 100_000_000, 5000  # what a guess may take, a second or so; and characters that never take more
NO_WORD = re.compile(r"\W+")
SPACED_QUOTE = re.compile(r"""[^\w\n"'] ["']|["'][^\w\n"'] """)  # without these no quoted cell tells of spaces


def takes_space_away(sample: str, delimiter: str) -> bool:
    """Tell whether Frictionless would take the space after each delimiter for a part of it."""
    header = next(filter(None, sample.split("\n")), "")
    spaced_header = header.count(delimiter) == header.count(f"{delimiter} ")
    if not spaced_header and not SPACED_QUOTE.search(sample):
        return False
    try:
        return bool(Sniffer().sniff(sample, delimiter).skipinitialspace)
    except csv.Error:
        return False


class Sniffer(csv.Sniffer):
    """Python's sniffer of CSV, on no more than it can look through in a second: its time grows with the square."""

    def sniff(self, sample: str, delimiters: str | None = None) -> type[csv.Dialect]:
        """Guess from the sample, or from its start where it has many quotes or long runs of other signs."""
        longest = max(map(len, NO_WORD.findall(sample)), default=0)
        steps = len(sample) * (longest + sample.count('"') + sample.count("'"))
        return super().sniff(sample if steps <= STEPS else sample[:FEW], delimiters)


def starts_with_header(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether Frictionless would take the first row for the header, by its width."""
    widths = [len(row) for row in rows[:SAMPLE]]
    if not widths:
        return True
    width = round(sum(widths) / len(widths))
    drift = max(round(width * 0.1), 1)
    return width - drift <= widths[0] <= width + drift
