"""Text hygiene: what stands in a file that no schema minds and no eye sees, but that breaks what is built on it.

Most of these rules are a pattern, the cells it is looked for in, and words. The patterns are those of RE2, in which
Arrow searches a whole column at once (https://github.com/google/re2/wiki/Syntax). Mojibake is text in UTF-8 that was
read in another encoding: what looks like it is read the other way, to see whether that makes a likely text.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from vierdepijler.core.columnar import text_bytes, text_ends
from vierdepijler.core.notations import FORMULA, SIGNED_NUMBER
from vierdepijler.core.problems import Message, Problem, quoted, say
from vierdepijler.core.tables import Field, Table
from vierdepijler.core.text_files import CONTROLS

from .rule import TableRule, in_rows, wrong_rows

# The bytes of a letter in UTF-8, read as Windows-1252: the first tells how many others belong to it.
IN_WINDOWS = r"\x{152}\x{153}\x{160}\x{161}\x{178}\x{17D}\x{17E}\x{192}\x{2C6}\x{2DC}\x{2013}-\x{203A}\x{20AC}\x{2122}"
GARBLED = (
    "(?:"
    rf"[\x{{C2}}-\x{{DF}}][\x{{80}}-\x{{BF}}{IN_WINDOWS}]"
    rf"|[\x{{E0}}-\x{{EF}}][\x{{80}}-\x{{BF}}{IN_WINDOWS}]{{2}}"
    rf"|[\x{{F0}}-\x{{F4}}][\x{{80}}-\x{{BF}}{IN_WINDOWS}]{{3}})+"
)
LOST = "\ufffd"
# What is likely to have been there: one letter, mark or emoji of ours, or more of any other script.
OURS = "\u00a0-\u017f\u2010-\u205e\u20ac\u2122\u2190-\u22ff\ufb00-\ufb06\ufeff\U0001f000-\U0001faff"
LIKELY = re.compile(f"[{OURS}]|..+", re.DOTALL)
BYTES = {ord(bytes([byte]).decode("cp1252", "ignore") or chr(byte)): byte for byte in range(0x80, 0x100)}


def in_python(pattern: str) -> re.Pattern[str]:
    """Turn a pattern for whole columns, which are searched by RE2, into one for single texts."""
    return re.compile(re.sub(r"\\x\{(\w+)\}", lambda code: f"\\U{int(code[1], 16):08x}", pattern))


RUNS = in_python(f"{GARBLED}|{LOST}+")


def find_garbled(text: str) -> Iterator[re.Match[str]]:
    """Find each run of UTF-8 that was read as Windows-1252 or Latin-1, or of what stands for a lost letter."""
    return (run for run in RUNS.finditer(text) if LOST in run[0] or _is_another(run[0]))


def is_garbled(text: str) -> bool:
    """Tell whether a text holds any of these."""
    return any(True for _ in find_garbled(text))


def _is_another(run: str) -> bool:
    """Tell whether letters are those of a likely text in UTF-8: a capital before a curly quote can be by chance."""
    try:
        return LIKELY.fullmatch(run.translate(BYTES).encode("latin-1").decode("utf-8")) is not None
    except UnicodeError:
        return False


Suspects = Callable[[Table, Field], pa.Array | None]  # one truth value a row; None where no row can be suspect

CONTROL = r"\x00-\x09\x0B\x0C\x0E-\x1F\x7F-\x{9F}"
ALONE_UNSEEN = r"\x{AD}\x{61C}\x{200B}\x{2028}-\x{202E}\x{2060}-\x{2064}\x{2066}-\x{2069}\x{FEFF}\x{FFF9}-\x{FFFB}"
JOINERS = r"\x{200C}-\x{200F}"  # which scripts of Asia need, and emoji
UNSEEN = rf"{ALONE_UNSEEN}{JOINERS}"
UNSEEN_IN_CELL = rf"[{CONTROL}{ALONE_UNSEEN}]|(?:^|[\x00-\x{{24F}}])[{JOINERS}]"
WIDE_SPACES = r"[\x{A0}\x{1680}\x{2000}-\x{200A}\x{202F}\x{205F}\x{3000}]"
STRAY_SPACES = r"^\s|\s$|  "
EDGES = rf"^(?:\s|{WIDE_SPACES})|(?:\s|{WIDE_SPACES})$"
# What a spreadsheet surely runs: behind a sign alone stand handles, telephone numbers, coordinates and ages too.
CALLS = r"^[\t\r ]*(?:[=＝][\t\r ]*[^=＝>\s]|[-+@＋－＠].*(?:[A-Za-z]\(|\|.*!))"
FORMULA_SIGNS = b"=+-@\xef"  # the last begins each of the wide ones
SPACES = b" \t\n\r\f"
# In UTF-8, the bytes that a space of any kind begins and ends with.
FIRST_OF_SPACE = SPACES + b"\xc2\xe1\xe2\xe3"
LAST_OF_SPACE = SPACES + bytes([*range(0x80, 0x8B), 0x9F, 0xA0, 0xAF])
# Others write Greek in units and in names of genes, and in languages of their own: these look like ours.
GREEK = r"\x{391}\x{392}\x{395}-\x{397}\x{399}\x{39A}\x{39C}\x{39D}\x{39F}\x{3A1}\x{3A4}\x{3A5}\x{3A7}\x{3BF}"
CYRILLIC = "аеорсухіјѕАВЕКМНОРСТУХІЈЅ"
OTHER_LETTERS = r"\p{Greek}\p{Cyrillic}\p{Armenian}\p{Cherokee}\x{1D400}-\x{1D7FF}\x{FF10}-\x{FF5A}"
MIXED_WORD = rf"\p{{Latin}}[{OTHER_LETTERS}]|[{OTHER_LETTERS}]\p{{Latin}}"
LETTERS_ALIKE = rf"{GREEK}\p{{Cyrillic}}"
WORD_ALIKE = rf"\p{{Latin}}[{LETTERS_ALIKE}]|[{LETTERS_ALIKE}]\p{{Latin}}"
CODE_ALIKE = rf"^[\x00-\x7F]*[{GREEK}{CYRILLIC}]+[\x00-\x7F{GREEK}{CYRILLIC}]*$"
MIXED_CODE = rf"[{OTHER_LETTERS}\x{{2010}}-\x{{2015}}\x{{2212}}]|[^\x00-\x7F\pL\pM\pP\pZ\pS\pC]"
NOT_SURELY_COMPOSED = r"[\x{300}-\x{2001}\x{20D0}-\x{10FFFF}]"  # outside it Unicode has no other form of a letter
OF_PLAIN = {"stray-spaces", "formulas"}  # rules that find something in plain ASCII too
DELIMITERS = {",": "','", ";": "';'", "\t": say("a tab"), "|": "'|'"}


def found_in_cells(pattern: str, table: Table, field: Field) -> pa.Array:
    """Tell for each cell of a column whether the pattern is found in it."""
    return pc.match_substring_regex(table.text(field.name), pattern)


def content_of(table: Table, field: Field) -> bytes:
    """Give the texts of a column one after the other, in UTF-8: what is not in it, is in no cell."""
    content = table.text(field.name).buffers()[2]
    return b"" if content is None else bytes(content.to_pybytes())


def holds_any(marks: bytes, table: Table, field: Field) -> bool:
    """Tell whether any of the bytes stands in a column, before a closer look at every cell."""
    content = content_of(table, field)
    return any(mark in content for mark in marks)


def may_hold_unseen(table: Table, field: Field) -> bool:
    """Tell the same of characters that cannot be seen: a column with nothing but plain ASCII holds none."""
    content = content_of(table, field)
    return not content.isascii() or len(content) > len(content.translate(None, CONTROLS))


def holds_codes(table: Table, field: Field) -> bool:
    """Tell whether a field holds codes: part of a key, leading to another table, or of one form by its schema."""
    keys = {*table.primary_key, *(name for key in table.foreign_keys for name in key.fields)}
    return field.type == "string" and (field.name in keys or "pattern" in field.descriptor.get("constraints", {}))


def is_print(table: Table, field: Field) -> bool:
    """Tell whether a field repeats a figure exactly as its source prints it."""
    return any(other.property("printedIn") == field.name for other in table.fields)


def garbled(table: Table, field: Field) -> pa.Array:
    """Find mojibake: only cells that could be are read the other way."""
    texts = table.text(field.name)
    suspect = texts.filter(found_in_cells(f"{GARBLED}|{LOST}", table, field)).unique().to_pylist()
    return pc.is_in(texts, value_set=pa.array(list(filter(is_garbled, suspect)), pa.string()))


def unseen(table: Table, field: Field) -> pa.Array:
    """Find characters that take no place on the screen, or that steer it; joiners join emoji and letters of India."""
    return found_in_cells(UNSEEN_IN_CELL, table, field)


def wide_spaces(table: Table, field: Field) -> pa.Array | None:
    """Find spaces of another kind, but for a figure as it is printed."""
    return None if is_print(table, field) else found_in_cells(WIDE_SPACES, table, field)


def formulas(table: Table, field: Field) -> pa.Array | None:
    """Find cells that a spreadsheet would run; a number with a sign is none."""
    if field.type != "string" or not holds_any(FORMULA_SIGNS, table, field):
        return None
    suspect = found_in_cells(FORMULA, table, field)
    return pc.and_not(suspect, found_in_cells(SIGNED_NUMBER, table, field)) if pc.any(suspect).as_py() else None


def calls(table: Table, field: Field) -> pa.Array | None:
    """Find of these only what surely is a formula."""
    is_text = field.type in ("string", "any") and holds_any(FORMULA_SIGNS, table, field)
    return found_in_cells(CALLS, table, field) if is_text else None


def stray_spaces(table: Table, field: Field) -> pa.Array | None:
    """Find spaces at the start or the end of a cell, and two in a row."""
    return found_in_cells(STRAY_SPACES, table, field) if holds_any(SPACES, table, field) else None


def edge_spaces(table: Table, field: Field) -> pa.Array | None:
    """Find spaces of any kind at the start or the end of a cell; within a text they are typography."""
    may_be = holds_any(FIRST_OF_SPACE, table, field) and _may_have_edges(table.text(field.name))
    return found_in_cells(EDGES, table, field) if may_be else None


def _may_have_edges(texts: pa.StringArray) -> bool:
    """Tell whether a cell begins or ends with a byte of a space, before a closer look at all cells."""
    content, ends = text_bytes(texts), text_ends(texts)
    starts, ends = ends[:-1] - ends[0], ends[1:] - ends[0]
    is_filled = starts < ends
    edges = (content[starts[is_filled]], FIRST_OF_SPACE), (content[ends[is_filled] - 1], LAST_OF_SPACE)
    return any(len(found) > len(found.tobytes().translate(None, marks)) for found, marks in edges)


def words_alike(table: Table, field: Field) -> pa.Array | None:
    """Find letters of two scripts in one word, and codes among ours that are made of letters like ours."""
    mixed = found_in_cells(WORD_ALIKE, table, field)
    if not holds_codes(table, field) or not pc.any(found_in_cells("[A-Za-z]", table, field)).as_py():
        return mixed
    return pc.or_(mixed, found_in_cells(CODE_ALIKE, table, field))


def look_alikes(table: Table, field: Field) -> pa.Array | None:
    """Find letters, digits and dashes that only look like those of our alphabet."""
    if not holds_codes(table, field):
        return found_in_cells(MIXED_WORD, table, field)
    suspect = found_in_cells(MIXED_CODE, table, field)
    # A column that is Greek throughout is Greek; one that holds our letters somewhere should hold no others.
    is_mixed = pc.any(suspect).as_py() and pc.any(found_in_cells("[A-Za-z0-9_]", table, field)).as_py()
    return suspect if is_mixed else None


def uncomposed(table: Table, field: Field) -> pa.Array | None:
    """Find accents that stand apart from their letter, so that two equal texts are not equal (Unicode, NFC)."""
    if not pc.any(found_in_cells(NOT_SURELY_COMPOSED, table, field)).as_py():
        return None
    texts = table.text(field.name)
    return pc.not_equal(pc.utf8_normalize(texts, "NFC"), texts)


def find_suspects(
    suspects: Suspects, what: Callable[[str], Message], todo: str, table: Table, *, in_plain: bool = False
) -> Iterator[Problem]:
    """Find the suspect cells of every column; `in_plain` tells that plain characters can be suspect too."""
    for field in table.fields if in_plain or not table.layout.is_plain else ():
        found = suspects(table, field) if in_plain or not content_of(table, field).isascii() else None
        if found is not None:
            texts = table.text(field.name)
            yield from in_rows(table, field.name, wrong_rows(found), lambda row: what(texts[row].as_py()), say(todo))  # noqa: B023  # told at once


def stray(cell: str) -> Message:
    """Say which space, or other character that is none, a text has too many."""
    if cell.strip(" ") != cell.strip() or (cell.strip() and cell[-1:] == "\n"):
        return say("{cell} begins or ends with a line end, a tab or a space of another kind", cell=quoted(cell))
    return say("{cell} has a space too many: at its start or end, or two in a row", cell=quoted(cell))


def check_unseen(table: Table) -> Iterator[Problem]:
    """Name each unseen character, for nobody can look it up."""
    todo = say("remove them; they often come along when text is copied")
    for field in () if table.layout.is_plain else table.fields:
        if may_hold_unseen(table, field):
            rows = wrong_rows(unseen(table, field))
            yield from in_rows(table, field.name, rows, partial(_unseen_in, table, field), todo)


def _unseen_in(table: Table, field: Field, row: int) -> Message:
    names = names_of(table.text(field.name)[row].as_py())
    return say("the cell holds characters that cannot be seen: {names}", names=names)


def names_of(text: str) -> str:
    """Name each character of a text that cannot be seen."""
    found = dict.fromkeys(c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") and c != "\n")
    return ", ".join(f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip() for character in found)


def check_mark(table: Table) -> Iterator[Problem]:
    """Find a byte order mark, which some programs take for part of the first header."""
    if table.layout.has_byte_order_mark:
        what = say("the file starts with a byte order mark")
        yield Problem(table.file, 1, "", what, say("save it as UTF-8 without it (in Excel: not 'CSV UTF-8')"))


def check_line_ends(table: Table) -> Iterator[Problem]:
    """Find a file whose lines end in more than one way: two programs wrote in it."""
    if len(table.layout.line_ends) > 1:
        line = max(table.layout.line_ends)
        what = say("from here on the lines end in another way than before")
        yield Problem(table.file, line, "", what, say("save the file again with one kind of line end"))


def check_last_line(table: Table) -> Iterator[Problem]:
    """Find a file that does not end its last line: it may have been cut off."""
    if not table.layout.ends_with_line and table.header:
        line = table.lines[-1] if table.lines else 1
        what = say("the last line does not end; the file may have been cut off")
        yield Problem(table.file, line, "", what, say("check that the last row is whole, and end it with a new line"))


def check_end(table: Table) -> Iterator[Problem]:
    """Tell the same of a table of others, who may leave it out."""
    for problem in check_last_line(table):
        yield replace(problem, what=say("the last line has no end"), todo=say("end it, for programs that join files"))


def check_delimiter(table: Table) -> Iterator[Problem]:
    """Find a file that separates its cells by something else than the descriptor says."""
    if len(table.header) != 1 or len(table.fields) == 1:
        return
    for delimiter, name in DELIMITERS.items():
        if len(table.header[0].split(delimiter)) == len(table.fields):
            declared = DELIMITERS.get(table.descriptor.get("dialect", {}).get("delimiter", ","), say("another mark"))
            what = say("the cells are separated by {found} and not by {declared}", found=name, declared=declared)
            yield Problem(table.file, 1, "", what, say("save the file again, or declare its delimiter in 'dialect'"))


def cell_rule(
    name: str, suspects: Suspects, what: str | Callable[[str], Message], todo: str, elsewhere: Suspects | None = None
) -> TableRule:
    """Make a rule about single cells, to be asked of every file."""

    def words(cell: str) -> Message:
        return say(what, cell=quoted(cell)) if isinstance(what, str) else what(cell)

    asked = (suspects, elsewhere or suspects)
    ours, theirs = (partial(find_suspects, found, words, todo, in_plain=name in OF_PLAIN) for found in asked)
    return TableRule(name, ours, of_text=True, of_rows=True, elsewhere=theirs)


def check_garbled(table: Table) -> Iterator[Problem]:
    """Find mojibake in the labels of the header and in cells."""
    for place, label in enumerate(table.header):
        if not label.isascii() and is_garbled(label):
            name = table.field_names[place] if place < len(table.fields) else label
            yield Problem(table.file, 1, name, *told_garbled(label))
    yield from find_suspects(garbled, lambda cell: told_garbled(cell)[0], told_garbled("")[1], table)


def told_garbled(text: str) -> tuple[Message, Message]:
    """Say of a text that it is garbled, and what to do about it."""
    pattern = "{cell} holds garbled letters: text was read in another encoding than it was written in"
    return say(pattern, cell=quoted(text)), say("write the letters again, and save the file as UTF-8")


HYGIENE = (
    TableRule("byte-order-mark", check_mark, of_text=True),
    TableRule("line-ends", check_line_ends, of_text=True),
    TableRule("last-line", check_last_line, of_text=True, elsewhere=check_end),
    TableRule("delimiter", check_delimiter, of_text=True, of_rows=True),
    TableRule("unseen-characters", check_unseen, of_text=True, of_rows=True),
    TableRule("mojibake", check_garbled, of_text=True, of_rows=True),
    cell_rule(
        "stray-spaces",
        stray_spaces,
        stray,
        "remove it",
        elsewhere=edge_spaces,
    ),
    cell_rule("no-break-spaces", wide_spaces, "{cell} holds a space of another kind", "write an ordinary space"),
    cell_rule(
        "formulas",
        formulas,
        "{cell} would be run as a formula by a spreadsheet",
        "begin the text with a letter, or leave the sign out",
        elsewhere=calls,
    ),
    cell_rule(
        "look-alikes",
        look_alikes,
        "{cell} holds a letter, digit or dash that only looks like one of ours",
        "type it again with the keyboard",
        elsewhere=words_alike,
    ),
    cell_rule(
        "composed-letters",
        uncomposed,
        "{cell} holds an accent that stands apart from its letter",
        "type the letter again (Unicode calls this form NFC)",
    ),
)
