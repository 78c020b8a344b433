"""Plain Dutch: how long the sentences are of all that a visitor reads, and of what the site says without showing it.

No sentence has more than thirty words, and on average one has fewer than fifteen, on every page by itself. Every block
of text is measured: paragraphs, items, explanations, captions, headings, cells, the notes and the foot of each page.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from lxml.html import HtmlElement

from built_pages import every, names, parse, read
from conftest import PROJECT

LONGEST, AVERAGE = 30, 15
BLOCKS = re.compile(
    "address|article|aside|blockquote|body|button|caption|d[dlt]|details|div|fieldset|figcaption|figure|footer|form|h[1-6]"
    "|header|label|legend|li|main|nav|[ou]l|p|section|small|summary|table|tbody|t[dhr]|thead"
)
NO_TEXT = {"script", "style", "pre", "svg", "select", "datalist", "sup"}
SPOKEN = ("alt", "title", "aria-label", "placeholder", "data-none", "content")
END = re.compile(r"(?<=[.!?…])[”’\"')]*\s+(?=[^a-zà-ÿ])")
ADDRESS = re.compile(r"\S*[_\[\]/@]\S*")  # of a cell, a file or a page: no words
WORD = re.compile(r"[^\W\d_][\w'’-]*")
MANY_LINKS = 3  # a list of names in one item is no sentence


def sentences(text: str) -> Iterator[str]:
    yield from (part for part in END.split(" ".join(text.split())) if WORD.search(part))


def words(sentence: str) -> int:
    return len(WORD.findall(ADDRESS.sub("", sentence)))


def is_whole(sentence: str) -> bool:
    """Tell a sentence from a label: a list of short names would hide how long the sentences are."""
    return sentence.rstrip("”’\"') ").endswith((".", "!", "?"))


def texts(page: HtmlElement) -> Iterator[str]:
    """Give the text of every block, each without those of the blocks in it, and every text that is only spoken."""
    yield "".join(own_text(page))
    for element in page.iter("*"):
        if BLOCKS.fullmatch(element.tag) and not is_other(element):
            yield "".join(own_text(element))
        if element.tag != "meta" or element.get("name") == "description":
            yield from (element.attrib[name] for name in SPOKEN if name in element.attrib)


def own_text(element: HtmlElement) -> Iterator[str]:
    is_list = element.tag == "li" and len(every(element, "a")) > MANY_LINKS
    if element.text:
        yield element.text
    for child in element:
        if is_inline(child) and not is_other(child):
            yield ". ".join(own_text(child)) if is_list and child.tag != "a" else "".join(own_text(child))
            yield ". " if is_list and child.tag == "a" else ""
        if child.tail:
            yield child.tail


def is_inline(element: HtmlElement) -> bool:
    is_comment = not isinstance(element.tag, str)
    return not is_comment and element.tag not in NO_TEXT and not BLOCKS.fullmatch(element.tag)


def is_other(element: HtmlElement) -> bool:
    """Tell what is in another language."""
    around = (one.get("lang", "nl") for one in element.iterancestors())
    return element.get("lang", "nl") != "nl" or not all(language.startswith("nl") for language in around)


def dutch_pages(site: Path) -> Iterator[Path]:
    yield from (site / name for name in names(site) if not name.startswith("en/"))


def lengths(found: Iterator[str]) -> tuple[list[str], list[int]]:
    """Give the sentences that are too long, and the lengths of all that are whole."""
    every = [sentence for text in found for sentence in sentences(text)]
    return [one for one in every if words(one) > LONGEST], [words(one) for one in every if is_whole(one)]


def test_the_sentences_of_every_dutch_page_are_short(site: Path) -> None:
    for path in dutch_pages(site):
        page = read(path)
        if page.get("lang") != "nl" or path.stem == "source_sentences":  # there each word is hidden
            continue
        too_long, counts = lengths(texts(page))
        assert too_long == [], path.relative_to(site).as_posix()
        assert not counts or sum(counts) / len(counts) < AVERAGE, path.relative_to(site).as_posix()


def leaves(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            yield from (text for part in value.values() for text in leaves(part))
        case list():
            yield from (text for part in value for text in leaves(part))


def test_the_words_that_scripts_and_charts_say_are_short() -> None:
    configuration = yaml.safe_load((PROJECT / "mkdocs.yml").read_text("utf-8"))
    spoken = list(leaves(yaml.safe_load((PROJECT / "site" / "nl" / "_words.yml").read_text("utf-8"))))
    spoken += leaves(configuration["extra"]["words"])
    for path in sorted((PROJECT / "site" / "charts").glob("*.yml")):
        spoken += [text for name, text in yaml.safe_load(path.read_text("utf-8")).items() if name.endswith("_nl")]
    too_long, counts = lengths(re.sub(r"\{%.*?%\}", "", re.sub(r"\{\{.*?\}\}", "x", text)) for text in spoken)
    assert too_long == []
    assert sum(counts) / len(counts) < AVERAGE


LONG = " ".join(["woord"] * 31) + "."


@pytest.mark.parametrize(
    "html",
    [
        f"<p>{LONG}</p>",
        f"<dl><dt>Begrip</dt><dd>{LONG}</dd></dl>",
        f"<figure><figcaption>{LONG}</figcaption></figure>",
        f"<table><caption>{LONG}</caption></table>",
        f"<div>{LONG}<p>Kort.</p></div>",
        f"<p>Kort. <small popover>{LONG}</small></p>",
        f"<footer><p>Kort: {LONG}</p></footer>",
        f'<button aria-label="{LONG}">Kort</button>',
        f'<meta name="description" content="{LONG}">',
    ],
)
def test_a_sentence_that_is_too_long_is_found_wherever_it_stands(html: str) -> None:
    too_long, _ = lengths(texts(parse(f"<body>{html}</body>")))
    assert len(too_long) == 1


def test_names_in_a_list_of_links_and_other_languages_are_no_sentence() -> None:
    links = "".join(f"<a href='x'>{' '.join(['naam'] * 9)}</a>, " for _ in range(4))
    page = parse(f"<body><ul><li>Nieuw: {links}</li></ul><p lang='en'>{LONG}</p></body>")
    assert lengths(texts(page))[0] == []


def test_labels_do_not_shorten_the_average() -> None:
    page = parse("<body><p>Dit zijn vier woorden.</p><p>Excel</p><p>CSV</p></body>")
    assert lengths(texts(page))[1] == [4]
