import pytest

from vierdepijler.site.escaping import escape


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a_b", "a&#95;b"),
        ("<b>", "&lt;b&gt;"),
        ("[x](y)", "&#91;x&#93;(y)"),
        ("# *een* `twee`", "&#35; &#42;een&#42; &#96;twee&#96;"),
        ("L'été à 5 %", "L'été à 5 %"),
    ],
)
def test_neither_html_nor_markdown_reads_anything_into_a_text(text: str, escaped: str) -> None:
    assert escape(text) == escaped
