"""Validation in columns: what surely fits its schema is passed quickly; Frictionless judges the rest, cell by cell.

Usable without the rest of the house: `table_errors` takes a descriptor and its folder, and gives Frictionless's errors.

- arrow: columns of text as Arrow keeps them
- forms: the form of a CSV file, its header, what Frictionless guesses about it
- blocks: rows in columns of text, cut out of CSV
- files: CSV files in pieces of whole rows
- patterns: regular expressions in RE2, or in Python with a limit in time
- keys: the one way to write a value, and which rows share a key
- proofs: which cells surely fit their field
- judging: the cells of a column, their verdicts and their values
- plans: what is asked of the columns of a table, out of its schema
- scanning: a pass over the blocks of a table
- verdicts: the errors of tables, and what a file of a table holds, which can be found out anywhere and merged
- reference: Frictionless, which only this module and who shows its errors know
"""

from .blocks import (
    Block,
    BrokenCsvError,
    LongLineError,
    WideRowError,
    block_of,
    is_printable,
    lines_of,
    quick_block,
    records_of,
    spare_pandas,
    text_bytes,
    text_ends,
)
from .forms import (
    LONG_SAMPLE,
    LONGEST,
    MOST_COLUMNS,
    SAMPLE,
    CsvForm,
    OddTextError,
    Sniffer,
    UnknownFeatureError,
    first_lines,
    form_of,
    header_of,
)
from .judging import typed_values
from .patterns import SlowPatternError, asked_once, is_match, matches
from .plans import as_names, foreign_keys_of, is_plain
from .scanning import CsvFile, ForeignKey, Names, Reading, open_table
from .verdicts import (
    Checked,
    FileTask,
    FileVerdict,
    check_table,
    errors_of,
    frictionless,
    reader_of,
    table_errors,
    verdict_of,
    wanted_of,
)

__all__ = [
    "LONGEST",
    "LONG_SAMPLE",
    "MOST_COLUMNS",
    "SAMPLE",
    "Block",
    "BrokenCsvError",
    "Checked",
    "CsvFile",
    "CsvForm",
    "FileTask",
    "FileVerdict",
    "ForeignKey",
    "LongLineError",
    "Names",
    "OddTextError",
    "Reading",
    "SlowPatternError",
    "Sniffer",
    "UnknownFeatureError",
    "WideRowError",
    "as_names",
    "asked_once",
    "block_of",
    "check_table",
    "errors_of",
    "first_lines",
    "foreign_keys_of",
    "form_of",
    "frictionless",
    "header_of",
    "is_match",
    "is_plain",
    "is_printable",
    "lines_of",
    "matches",
    "open_table",
    "quick_block",
    "reader_of",
    "records_of",
    "spare_pandas",
    "table_errors",
    "text_bytes",
    "text_ends",
    "typed_values",
    "verdict_of",
    "wanted_of",
]
