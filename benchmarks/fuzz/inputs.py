"""What each reader begins with, and the Word file that is made of an input."""

import io
import sys
import zipfile
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT / "tests" / "support"))

from hostile_inputs import deep, dialects, many, no_files, numbers, patterns, tables

SMALL, ANSWER = PROJECT / "tests" / "miniature", PROJECT / "tests" / "answers" / "second.txt"
PAGE = PROJECT / "tests" / "miniature_site" / "site" / "nl" / "index.md"
HOSTILE = (patterns, no_files, deep, dialects, numbers, tables, many)
SUFFIXES: Mapping[str, str] = {"csv": ".csv", "descriptor": ".json", "page": ".md", "document": ".txt"}
LONGEST: Mapping[str, int] = {"csv": 512, "descriptor": 4096, "page": 512, "document": 2048}  # bytes of an input
PARTS = ("document", "numbering", "styles", "footnotes")
CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"
LEADS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = b"\0".join(  # its parts
    f'<w:{part} xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{text}</w:{part}>'.encode()
    for part, text in {
        "document": '<w:body><w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r>'
        '<w:t>Gent</w:t><w:tab/><w:footnoteReference w:id="2"/></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:pPr>'
        '<w:pStyle w:val="a"/></w:pPr><w:r><w:t>12</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body>',
        "numbering": '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt'
        ' w:val="lowerRoman"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId'
        ' w:val="0"/></w:num>',
        "styles": '<w:style w:styleId="a"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>',
        "footnotes": '<w:footnote w:id="2"><w:p><w:r><w:t>noot</w:t></w:r></w:p></w:footnote>',
    }.items()
)
PDF = b"""%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/Resources<</Font<</F 4 0 R>>>>/Contents 5 0 R>> endobj
4 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>> endobj
5 0 obj <</Length 48>> stream
BT /F 12 Tf 72 720 Td (1. Gent telt 12.) Tj T* (2. Aalst) Tj ET
endstream endobj
trailer <</Root 1 0 R>>
startxref
0
%%EOF
"""


def seeds(name: str) -> Iterator[bytes]:
    """Give what a reader begins with; a first byte tells which kind of document it is."""
    if name == "document":
        yield from (b"\0" + ANSWER.read_bytes(), b"\1" + packed(WORD), b"\2" + PDF, b"\3" + WORD)
    elif name == "page":
        yield b"\0" + PAGE.read_bytes()
    else:
        yield from (b"\0" + path.read_bytes() for path in SMALL.rglob(f"*{SUFFIXES[name]}"))
    for hostile in chain.from_iterable(kind() for kind in HOSTILE):
        for file, content in hostile.files.items():
            if file.endswith(SUFFIXES[name]) and isinstance(content, str | bytes) and len(content) < LONGEST[name]:
                yield b"\0" + (content.encode() if isinstance(content, str) else content)


def packed(data: bytes) -> bytes:
    """Make a Word file of the XML of its parts, with NULs between: a sum tells of what is spoiled in a whole file."""
    parts = dict(zip(PARTS, data.split(b"\0"), strict=False))
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{CONTENT}.{name}{".main" * (name == PARTS[0])}+xml"/>'
        for name in parts
    )
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{types}</Types>",
        "_rels/.rels": _relations(("word/document.xml", "officeDocument")),
        "word/_rels/document.xml.rels": _relations(*((f"{name}.xml", name) for name in [*parts][1:])),
        **{f"word/{name}.xml": content for name, content in parts.items()},
    }
    with zipfile.ZipFile(file := io.BytesIO(), "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return file.getvalue()


def _relations(*leads: tuple[str, str]) -> str:
    led = "".join(
        f'<Relationship Id="r{n}" Type="{LEADS}/{kind}" Target="{to}"/>' for n, (to, kind) in enumerate(leads)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{led}</Relationships>'
