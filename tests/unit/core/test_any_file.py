"""Whatever stands in a file, its reader reads it or tells what is wrong with it: nothing else ever comes of it."""

import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import MINIATURE, PROJECT
from document_files import write_word
from small_projects import PAGES
from vierdepijler.checks.checking import check_package
from vierdepijler.core.problems import ContentError
from vierdepijler.core.reading import read_package
from vierdepijler.figures.documents import read_document

SIGNS = rb"""\" ' , ; \ { } [ ] {{ }} {% %} {# #} < > &# ]( {: *a &a null true 1e999 -0 NaN ../ "type": "path": "a":{"""
BYTES = (b"\n", b"\r", b"\0", b"\xef\xbb\xbf", b"\xff\xfe", b"\xe9", b"<a ", b"---\n", b": ", b"- ", b"9" * 400)
PIECES = (*SIGNS.split(), *BYTES)
# A file that was fine, in which some bytes are others: where they begin, how many go, and what comes instead.
Splices = list[tuple[float, int, bytes]]
SPLICE = st.tuples(st.floats(0, 1), st.integers(0, 60), st.sampled_from(PIECES) | st.binary(max_size=8))
SPLICES = st.lists(SPLICE, min_size=1, max_size=4)
ALWAYS = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def spliced(content: bytes, splices: Splices) -> bytes:
    for share, length, piece in splices:
        start = int(share * len(content))
        content = content[:start] + piece + content[start + length :]
    return content


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("any") / "project"
    shutil.copytree(MINIATURE, folder)
    shutil.copytree(PAGES / "site", folder / "site")
    write_word(folder / "answer.docx", PROJECT / "tests" / "answers" / "second.txt")
    (folder / "answer.txt").write_text("1. Er waren 3.290 mensen.\n\n2. En 521 andere.\n", encoding="utf-8")
    return folder


def check(folder: Path) -> None:
    check_package(read_package(folder / "datapackage.json"), folder / "site")


READERS: dict[str, Callable[[Path], object]] = {
    "data/counts.csv": check,
    "datapackage.json": check,
    "site/nl/index.md": check,
    "site/charts/people.yml": check,
    "answer.txt": lambda folder: read_document(folder / "answer.txt"),
    "answer.docx": lambda folder: read_document(folder / "answer.docx"),
}


@pytest.mark.parametrize("name", READERS)
@given(splices=SPLICES)
@ALWAYS
def test_a_file_with_anything_in_it_is_read_or_told_of(folder: Path, name: str, splices: Splices) -> None:
    path = folder / name
    before = path.read_bytes()
    path.write_bytes(spliced(before, splices))
    try:
        with suppress(ContentError):
            READERS[name](folder)
    finally:
        path.write_bytes(before)
