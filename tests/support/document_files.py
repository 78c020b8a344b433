"""The text of an answer in files of other kinds."""

from pathlib import Path

import docx
from fpdf import FPDF


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
    page = FPDF()
    page.add_page()
    page.set_font("Helvetica", size=12)
    rows: list[list[str]] = []
    for line in answer.read_text("utf-8").splitlines():
        if "\t" in line:
            rows.append(line.split("\t"))
        else:
            if rows:
                write_table(page, rows)
                rows.clear()
            page.multi_cell(0, 6, line, new_x="LMARGIN", new_y="NEXT")
    page.output(str(path))
    return path


def write_table(page: FPDF, rows: list[list[str]]) -> None:
    with page.table() as table:
        for cells in rows:
            row = table.row()
            for cell in cells:
                row.cell(cell)
