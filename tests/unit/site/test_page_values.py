import pytest

from conftest import Copy
from vierdepijler.core.cells import AddressError
from vierdepijler.site.page_values import descriptor_value, escape


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("version", "1.2.3"),
        ("resources/counts/schema/fields/persons/unit", "persons"),
        ("licenses/CC0-1.0/name", "CC0-1.0"),
    ],
)
def test_a_value_of_the_descriptor_is_found_by_its_path(miniature: Copy, path: str, value: str) -> None:
    assert descriptor_value(miniature.read().descriptor, path) == value


@pytest.mark.parametrize("path", ["nothing", "resources/nowhere/name", "version/more", "resources/counts/nothing"])
def test_a_path_that_leads_nowhere_is_told(miniature: Copy, path: str) -> None:
    with pytest.raises(AddressError, match="has nothing at"):
        descriptor_value(miniature.read().descriptor, path)


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
