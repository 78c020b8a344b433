import hashlib
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject

from document_files import write_pdf, write_word
from short_answer import SHORT, lost_cells, open_figures, told_changes, traced
from vierdepijler.core.package import Package
from vierdepijler.core.problems import UnreadableError
from vierdepijler.figures.documents import Document, read_document, word_lines
from vierdepijler.figures.quotations import items_of

ITEMS = ("head", "1", "2", "3", "4", "5", "6-7")


def figures(document: Document) -> list[tuple[str, str]]:
    return [(item, figure.text) for item, text in items_of(document).items() for figure in text.figures]


def test_the_bytes_identify_a_document() -> None:
    document = read_document(SHORT)
    content = SHORT.read_bytes()
    assert (document.sha256, document.size) == (hashlib.sha256(content).hexdigest(), len(content))


def test_lines_belong_to_the_item_that_was_opened_last() -> None:
    document = read_document(SHORT)
    assert document.items == ITEMS
    share = next(line for line in document.lines if line.text.startswith("Cursus"))
    assert (share.item, share.number, share.text) == ("4", 22, "Cursus\t10%")


@pytest.mark.parametrize(("write", "name"), [(write_word, "second.docx"), (write_pdf, "second.pdf")])
def test_word_and_pdf_hold_the_same_figures_at_the_same_items(
    write: Callable[[Path, Path], Path], name: str, tmp_path: Path
) -> None:
    path = write(tmp_path / name, SHORT)
    document = read_document(path)
    assert document.items == ITEMS
    assert figures(document) == figures(read_document(SHORT))


@pytest.mark.parametrize(("write", "name"), [(write_word, "second.docx"), (write_pdf, "second.pdf")])
def test_word_and_pdf_are_traced_like_the_text(
    write: Callable[[Path, Path], Path], name: str, answered: Package, tmp_path: Path
) -> None:
    path = write(tmp_path / name, SHORT)
    trace = traced(answered, path)
    assert (open_figures(trace), lost_cells(trace), told_changes(trace)) == ([], {}, [])
    assert "this is another file than that of S98" in str(trace.note)
    assert trace.is_complete


def test_a_lower_number_or_a_year_at_the_start_of_a_line_opens_no_item(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("Kop\n3. Drie\n1. in een lijst\n2025. Een jaar\n60. Een oproep\n4) Vier\n", encoding="utf-8")
    assert read_document(path).items == ("head", "3", "4")


def test_letters_with_a_separate_accent_are_read(tmp_path: Path) -> None:
    path = tmp_path / "accent.txt"
    path.write_text("e\u0301e\u0301n netwerk", encoding="utf-8")
    assert figures(read_document(path)) == [("head", "één")]


def write_nothing(path: Path) -> None:
    assert not path.exists()


def write_blank(path: Path, password: str = "") -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    writer.write(str(path))


def write_locked(path: Path) -> None:
    write_blank(path, "secret")


def write_scan(path: Path) -> None:
    writer = PdfWriter()
    page = writer.add_blank_page(100, 100)
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): DictionaryObject()})
    writer.write(str(path))


# A page whose text refers to an object, of which pypdf is sure that it never does.
REFERRING = b"""%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>> endobj
4 0 obj <</Length 28>> stream
BT /F 12 Tf 5 0 R (a) Tj ET
endstream endobj
5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj
trailer <</Root 1 0 R>>
startxref
0
%%EOF
"""
FAR = REFERRING.replace(b"startxref\n0", b"startxref\n" + b"1" * 40)  # further than any file is long


@pytest.mark.parametrize(
    ("name", "write", "told"),
    [
        ("a.txt", write_nothing, "the file cannot be read"),
        ("a.txt", lambda path: path.mkdir(), "this is a folder; name a file in it"),
        ("a.txt", lambda path: path.write_bytes(b""), "the document holds no text"),
        ("a.txt", lambda path: path.write_bytes(b"1. goed\ncaf\xe9"), "not UTF-8: byte 0xe9"),
        ("a.doc", lambda path: path.write_bytes(b"x"), r"\.doc is not a kind of document"),
        ("a", lambda path: path.write_bytes(b"x"), "a is not a kind of document"),
        ("a.docx", lambda path: path.write_bytes(b"x"), "cannot be read as a Word document"),
        ("a.docx", lambda path: path.write_bytes(b""), "cannot be read as a Word document"),
        ("a.pdf", lambda path: path.write_bytes(b"x"), "cannot be read as a PDF document"),
        ("a.pdf", lambda path: path.write_bytes(b""), "cannot be read as a PDF document"),
        ("a.pdf", lambda path: path.write_bytes(b"%PDF-1.7\n1 0 obj <<"), "cannot be read as a PDF document"),
        ("a.pdf", lambda path: path.write_bytes(FAR), r"cannot be read as a PDF document \(Python int"),
        ("a.pdf", lambda path: path.write_bytes(REFERRING), r"cannot be read as a PDF document \(AssertionError\)"),
        ("a.pdf", write_locked, "the document asks for a password"),
        ("a.pdf", write_blank, "the document holds no text"),
        ("a.pdf", write_scan, "page 1 is a picture"),
    ],
)
def test_what_cannot_be_read_is_told(name: str, write: Callable[[Path], object], told: str, tmp_path: Path) -> None:
    write(tmp_path / name)
    with pytest.raises(UnreadableError, match=told):
        read_document(tmp_path / name)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_word_file_with_a_spoiled_part_is_told(method: int, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "spoiled.docx", "w", method) as archive:
        archive.writestr(spoiled := zipfile.ZipInfo("[Content_Types].xml"), bytes(range(256)) * 4, method)
    content = bytearray((tmp_path / "spoiled.docx").read_bytes())
    start = spoiled.header_offset + 30 + len(spoiled.filename) + 12  # behind what tells how it was made small
    content[start : start + 200] = b"\xff" * 200
    (tmp_path / "spoiled.docx").write_bytes(content)
    with pytest.raises(UnreadableError, match="cannot be read as a Word document"):
        read_document(tmp_path / "spoiled.docx")


def test_half_a_word_file_is_told(tmp_path: Path) -> None:
    whole = write_word(tmp_path / "whole.docx", SHORT).read_bytes()
    (tmp_path / "half.docx").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UnreadableError, match="cannot be read as a Word document"):
        read_document(tmp_path / "half.docx")


def lines_of(document: Any) -> list[str]:
    stream = BytesIO()
    document.save(stream)
    return word_lines(stream.getvalue())


def add(document: Any, xml: str) -> None:
    document.element.body.insert_element_before(parse_xml(xml), "w:sectPr")


def paragraph(content: str) -> str:
    return f"<w:p {nsdecls('w')}>{content}</w:p>"


def test_paragraphs_and_tables_keep_their_order() -> None:
    document = docx.Document()
    document.add_paragraph("Voor\tde tabel")
    table = document.add_table(rows=2, cols=2)
    cells = [cell for row in table.rows for cell in row.cells]
    for cell, text in zip(cells, ("Soort", "%", "Sport", "6%"), strict=True):
        cell.text = text
    document.add_paragraph("Na")
    assert lines_of(document) == ["Voor\tde tabel", "Soort\t%", "Sport\t6%", "Na"]


def test_numbers_that_word_sets_by_itself_are_written_out() -> None:
    document = docx.Document()
    for style, text in (
        ("List Number", "een"),
        ("List Bullet", "punt"),
        ("List Number", "twee"),
        ("Normal", "gewoon"),
        ("List Number", "drie"),
    ):
        document.add_paragraph(text, style=style)
    assert lines_of(document) == ["1. een", "- punt", "2. twee", "gewoon", "3. drie"]


def add_list(document: Any, *levels: tuple[str, str]) -> None:
    """Add a list whose levels are numbered in the forms given, each with the text of its mark."""
    numbering = document.part.numbering_part.element
    numbering.insert(
        0,
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">'
            + "".join(
                f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
                f'<w:lvlText w:val="{text}"/></w:lvl>'
                for level, (kind, text) in enumerate(levels)
            )
            + "</w:abstractNum>"
        ),
    )
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="91"><w:abstractNumId w:val="90"/></w:num>'),
    )


def add_points(document: Any, *levels: int) -> None:
    for level in levels:
        mark = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="91"/></w:numPr></w:pPr>'
        add(document, paragraph(f"{mark}<w:r><w:t>x</w:t></w:r>"))


def test_deeper_levels_and_letters_count_on_their_own() -> None:
    document = docx.Document()
    add_list(document, ("decimal", "%1."), ("lowerLetter", "%1%2)"))
    add_points(document, 0, 1, 1, 0, 1)
    assert lines_of(document) == ["1. x", "1a) x", "1b) x", "2. x", "2a) x"]


def test_roman_numbers_are_written_as_such() -> None:
    document = docx.Document()
    add_list(document, ("upperRoman", "%1."), ("lowerRoman", "%2)"))
    add_points(document, 0, 0, 0, 0, 1, 1)
    assert lines_of(document) == ["I. x", "II. x", "III. x", "IV. x", "i) x", "ii) x"]


def test_what_was_inserted_is_read_and_what_was_deleted_is_not() -> None:
    document = docx.Document()
    changes = (
        '<w:del w:id="1" w:author="a"><w:r><w:delText>18</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="a"><w:r><w:t>19</w:t></w:r></w:ins>'
    )
    add(document, paragraph(f"<w:r><w:t>Van </w:t></w:r>{changes}"))
    assert lines_of(document) == ["Van 19"]


def test_a_footnote_stands_in_brackets_where_it_is_called() -> None:
    document = docx.Document()
    add(document, paragraph('<w:r><w:t>Er zijn 18</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'))
    notes = (
        f'<w:footnotes {nsdecls("w")}><w:footnote w:id="2">{paragraph("<w:r><w:t>in 2025</w:t></w:r>")}</w:footnote>'
        "</w:footnotes>"
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, notes.encode(), document.part.package)
    document.part.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes")
    assert lines_of(document) == ["Er zijn 18 (in 2025)"]


def test_a_text_box_is_read_once() -> None:
    document = docx.Document()
    box = f"<w:txbxContent {nsdecls('w')}>{paragraph('<w:r><w:t> 230</w:t></w:r>')}</w:txbxContent>"
    choice = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>'
    )
    add(document, paragraph(f"<w:r><w:t>Kader:</w:t></w:r><w:r>{choice}</w:r>"))
    assert lines_of(document) == ["Kader: 230"]
