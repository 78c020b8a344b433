import hashlib
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject

from document_files import write_pdf, write_word
from second_answer import SECOND, lost_cells, open_figures, told_changes, traced
from vierdepijler.core.package import Package
from vierdepijler.core.problems import UnreadableError
from vierdepijler.figures.documents import Document, read_document
from vierdepijler.figures.quotations import items_of

ITEMS = ("head", "1", "2", "3", "4", "5", "6-7")


def figures(document: Document) -> list[tuple[str, str]]:
    return [(item, figure.text) for item, text in items_of(document).items() for figure in text.figures]


def test_the_bytes_identify_a_document() -> None:
    document = read_document(SECOND)
    content = SECOND.read_bytes()
    assert (document.sha256, document.size) == (hashlib.sha256(content).hexdigest(), len(content))


def test_lines_belong_to_the_item_that_was_opened_last() -> None:
    document = read_document(SECOND)
    assert document.items == ITEMS
    share = next(line for line in document.lines if line.text.startswith("Cursus"))
    assert (share.item, share.number, share.text) == ("4", 22, "Cursus\t10%")


@pytest.mark.parametrize(("write", "name"), [(write_word, "second.docx"), (write_pdf, "second.pdf")])
def test_word_and_pdf_hold_the_same_figures_at_the_same_items(
    write: Callable[[Path, Path], Path], name: str, tmp_path: Path
) -> None:
    path = write(tmp_path / name, SECOND)
    document = read_document(path)
    assert document.items == ITEMS
    assert figures(document) == figures(read_document(SECOND))


@pytest.mark.parametrize(("write", "name"), [(write_word, "second.docx"), (write_pdf, "second.pdf")])
def test_word_and_pdf_are_traced_like_the_text(
    write: Callable[[Path, Path], Path], name: str, answered: Package, tmp_path: Path
) -> None:
    path = write(tmp_path / name, SECOND)
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
    whole = write_word(tmp_path / "whole.docx", SECOND).read_bytes()
    (tmp_path / "half.docx").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UnreadableError, match="cannot be read as a Word document"):
        read_document(tmp_path / "half.docx")
