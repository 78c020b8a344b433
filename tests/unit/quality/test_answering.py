"""Which addresses answer, asked of a server on this machine."""

from pathlib import Path

import pytest

from vierdepijler.quality.scoring.answering import answered

URL = "https://site.example/folder/"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a table.csv").write_text("a\n1\n")
    (tmp_path / "data" / "index.html").write_text("<p>")
    return tmp_path


def test_files_and_folders_with_a_first_page_answer(folder: Path) -> None:
    addresses = {f"{URL}data/a%20table.csv", f"{URL}data/", f"{URL}data/index.html#part"}
    assert answered(folder, URL, addresses) == addresses


def test_what_is_not_there_does_not_answer(folder: Path) -> None:
    assert answered(folder, URL, [f"{URL}data/b.csv", f"{URL}data/index.html"]) == {f"{URL}data/index.html"}


def test_other_sites_are_not_asked(folder: Path) -> None:
    assert answered(folder, URL, ["https://other.example/data/", "https://site.example/"]) == frozenset()


def test_nothing_outside_the_folder_answers(folder: Path) -> None:
    assert answered(folder / "data", URL, [f"{URL}../data/index.html", f"{URL}%2e%2e/secret"]) <= {
        f"{URL}../data/index.html"
    }
