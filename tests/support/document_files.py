"""The text of an answer in files of other kinds."""

import json
from itertools import groupby
from pathlib import Path

import docx
import typst

PRINTED = b"""
#set text(hyphenate: false, ligatures: false)
#for part in json(bytes(sys.inputs.content)) {
  if type(part) == array { table(columns: 2, ..part) } else { par(part) }
}
"""


def write_word(path: Path, answer: Path) -> Path:
    """Write an answer as Word makes it: numbers before items by itself, the shares in a table."""
    document = docx.Document()
    table = None
    for line in answer.read_text("utf-8").splitlines():
        if "\t" in line:
            table = table or document.add_table(rows=0, cols=2)
            for cell, text in zip(table.add_row().cells, line.split("\t"), strict=True):
                cell.text = text
        elif line[:2] in ("1.", "2.", "3.", "4.", "5."):
            document.add_paragraph(line[3:], style="List Number")
        elif line:
            document.add_paragraph(line)
    document.save(str(path))
    return path


def write_pdf(path: Path, answer: Path) -> Path:
    """Write an answer as a printed page: lines that end where the page ends, the shares in a table."""
    parts: list[str | list[str]] = []
    for is_table, lines in groupby(answer.read_text("utf-8").splitlines(), lambda line: "\t" in line):
        if is_table:
            parts.append("\t".join(lines).split("\t"))
        else:
            parts.extend(filter(None, lines))
    path.write_bytes(typst.compile(PRINTED, sys_inputs={"content": json.dumps(parts)}, ignore_system_fonts=True))
    return path
