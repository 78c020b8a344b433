"""Beside each part of a translated page, what it was translated from: letters and offices use those words.

A part is a heading with what follows it up to the next; two parts are the same by the identifier of their heading.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from itertools import takewhile

from lxml.etree import strip_elements, strip_tags
from lxml.html import HtmlElement, fragment_fromstring, tostring
from lxml.html.builder import CLASS, DETAILS, DIV, SUMMARY

HEADINGS = ("h1", "h2", "h3")
LEFT_OUT = ("sup", "small", "script", "nav")  # marks, explanations, and what works on the page itself
KEPT = {"data-cell", "data-property", "value", "datetime"}


def with_beside(own: str, other: str, language: str, word: str, roots: Mapping[str, str]) -> str:
    """Put the parts of the page in another language beside those of a page, under a word that unfolds them.

    `roots` are the addresses of the folders of languages as the page sees them, the nearest first; a link that leads
    to another one says which language is there.
    """
    page, twin = (fragment_fromstring(text, create_parent="div") for text in (own, other))
    known = dict(_parts(twin))
    for name, part in [*_parts(page)]:
        if len(known.get(name, ())) > 1:  # of a heading alone there is nothing to compare
            _put_beside(part, [deepcopy(one) for one in known[name]], language, word)
    for link in page.iter("a"):
        place = link.get("href", "")
        there = next((one for one, root in roots.items() if place.startswith(root)), "") if ".html" in place else ""
        if there:
            link.set("hreflang", there)
    return "".join(tostring(child, encoding="unicode") for child in page)


def _parts(page: HtmlElement) -> Iterator[tuple[str, list[HtmlElement]]]:
    """Give each part of a page by its name; the first has none, for its heading has no identifier of its author."""
    for heading in page.iter(*HEADINGS):
        rest = takewhile(lambda one: not _has_heading(one) and one.tag != "section", heading.itersiblings())
        yield "" if heading.tag == "h1" else heading.get("id", ""), [heading, *rest]


def _has_heading(element: HtmlElement) -> bool:
    return next(element.iter(*HEADINGS), None) is not None or "path__trail" in element.classes


def _put_beside(part: list[HtmlElement], copied: list[HtmlElement], language: str, word: str) -> None:
    """Put a part in a box, and the copy of its other half beside it: a text, that leads nowhere."""
    box, own, other = DIV(CLASS("beside")), DIV(), DIV(*copied, lang=language, dir="ltr")
    part[0].addprevious(box)
    own.extend(part)
    strip_elements(other, *LEFT_OUT, with_tail=False)
    strip_tags(other, "a", "button")
    for element in other.iterdescendants():
        for name in set(element.attrib) - KEPT:
            del element.attrib[name]
        if element.tag in HEADINGS:
            element.tag = "p"
            element.set("class", "beside__title")
    box.extend([own, DETAILS(CLASS("beside__other"), SUMMARY(word), other)])
