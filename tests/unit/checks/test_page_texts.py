from pathlib import Path

import pytest

from conftest import PROJECT
from vierdepijler.site.page_texts import check_page_texts, flaws_of_page


def found(text: str) -> list[str]:
    return [str(problem) for problem in flaws_of_page(text, "site/nl/page.md")]


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("a\nÃ©Ã©n", "2: character 1", "'Ã©Ã©' are garbled letters"),
        ("a\n\ufffd\ufffdn", "2: character 1", "are garbled letters"),
        ("één\u200b b", "1: character 4", "this character cannot be seen: U+200B ZERO WIDTH SPACE"),
        ("a\u00adb", "1: character 2", "U+00AD SOFT HYPHEN"),
        ("a\u200db", "1: character 2", "U+200D"),
        ("a\x07", "1: character 2", "U+0007"),
        ("a\n\ufeffb", "2: character 1", "U+FEFF"),
        ("a\n<<<<<<< HEAD\nb", "2: character 1", "this is a mark of git"),
        ("a\n>>>>>>> main", "2: character 1", "this is a mark of git"),
    ],
)
def test_a_flaw_in_a_page_is_told_at_its_place(text: str, place: str, what: str) -> None:
    (problem,) = found(text)
    assert problem.startswith(f"site/nl/page.md:{place}: ")
    assert what in problem


def test_a_mark_at_the_start_is_told_once() -> None:
    assert found("\ufeff# Kop\n") == [
        "site/nl/page.md:1: the page starts with a byte order mark; save it as UTF-8 without it"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "één – “l’été”\r\n\ttab",
        "vast\u00a0woord",
        "a&shy;b",
        "a <<<<<<< b",
        "Kop\n=======\n",
        "a | b\n==|==",
        "👩\u200d🔬",
    ],
)
def test_a_good_page_has_none(text: str) -> None:
    assert found(text) == []


def test_every_page_source_is_read(tmp_path: Path) -> None:
    (tmp_path / "site" / "nl").mkdir(parents=True)
    for name in ("site/nl/a.md", "site/b.html", "site/nl/_words.yml", "mkdocs.yml", "site/c.css"):
        (tmp_path / name).write_text("\u200b", encoding="utf-8")
    (tmp_path / "site" / "d.md").write_bytes(b"caf\xe9")
    files = [problem.file for problem in check_page_texts(tmp_path / "site")]
    assert files == ["mkdocs.yml", "site/b.html", "site/nl/_words.yml", "site/nl/a.md"]


def test_our_own_pages_have_no_flaws() -> None:
    assert list(check_page_texts(PROJECT / "site")) == []
