from io import BytesIO
from typing import Any

import docx
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from vierdepijler.figures.documents import word_lines


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
