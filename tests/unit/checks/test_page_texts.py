from pathlib import Path

import pytest

from conftest import PROJECT
from vierdepijler.checks.pages.prose import check_page_texts, flaws_of_page


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


@pytest.mark.parametrize(
    ("text", "character", "what"),
    [
        ("<script>alert(a)</script>", 1, "a page may not hold <script>"),
        ("Tekst <SCRIPT src=a.js>", 7, "a page may not hold <script>"),
        ("<!--> <script>a</script> -->", 7, "a page may not hold <script>"),
        ("`<iframe src=a.html>`", 2, "a page may not hold <iframe>"),
        ("<object data=a>", 1, "a page may not hold <object>"),
        ("<p><img src=a.svg alt='>' OnError = 'a'>", 4, "'onerror'"),
        ('<img src="a.svg"onload="a">', 1, "'onload'"),
        ("Tekst <img src=a onerror=a ", 7, "'onerror'"),
        ('<b title="> <i onclick=a> ">', 13, "'onclick'"),
        ("<svg/onload=a>", 1, "'onload'"),
        ('Tekst {: .lede onclick="a" }', 7, "'onclick'"),
        ("# Kop { onfocus=a }", 7, "'onfocus'"),
        ("Tekst {: title=> onclick=a }", 7, "'onclick'"),
        ("[a](javascript:a)", 3, "nobody may be led to 'javascript:a'"),
        ("[a]( <JavaScript:a>)", 3, "nobody may be led to 'JavaScript:a'"),
        ("![a](data:image/png;base64,AA)", 4, "nobody may be led to 'data:image/png;base64,AA'"),
        ("[a](javascript&#58;a)", 3, "nobody may be led to 'javascript:a'"),
        ("[a]: vbscript:a", 1, "nobody may be led to 'vbscript:a'"),
        ("[a](b){: href=javascript:a }", 7, "nobody may be led to 'javascript:a'"),
        ('<a href="java&#115;cript:a">', 1, "nobody may be led to 'javascript:a'"),
        ("<a href='&#x1;javascript:a' href=a>", 1, "nobody may be led to 'javascript:a'"),
        ('<a href="java{{ plain(a) }}script:a">', 1, "nobody may be led to 'java"),
        ("<form action=javascript:a>", 1, "nobody may be led to 'javascript:a'"),
        ("<svg><animate values='javascript:a'>", 6, "nobody may be led to 'javascript:a'"),
    ],
)
def test_what_would_run_in_a_page_is_told_at_its_place(text: str, character: int, what: str) -> None:
    (problem,) = found(f"# Kop\n\n{text}\n")
    assert problem.startswith(f"site/nl/page.md:3: character {character}: ")
    assert what in problem


def test_an_address_over_two_lines_is_told_too() -> None:
    assert "nobody may be led to" in found("[a](java\nscript:a)")[0]


@pytest.mark.parametrize(
    ("text", "flaws"),
    [
        ('<script src="{{ address("site:assets/a.js") }}" defer></script>', 0),
        ('<script type="application/json">{{ index() }}</script>', 0),
        ("<script>a()</script>", 1),
        ("<script type=module>a()</script>", 1),
        ("<script src='data:text/javascript,a()'></script>", 1),
        ("<iframe src=a.html></iframe>", 1),
        ("<button onclick='a()'>", 1),
    ],
)
def test_a_template_may_load_our_own_code_and_hold_none(text: str, flaws: int) -> None:
    assert len(list(flaws_of_page(text, "site/blocks/part.html"))) == flaws


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
        "{% set one = row(a) %}{{ '<script>' }}",
        "<a href=\"{{ address('data') }}\" class=a>JavaScript: een taal</a>",
        "[a](https://a.be 'b: c'), [b](mailto:a@b.be), [c](a.md#b:c), (d: e), <a@b.be>",
        "kinds: { data: alles, one: twee }",
        "<code>&lt;script&gt;</code> a < b onclick=",
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
