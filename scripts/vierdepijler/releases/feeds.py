"""The feeds, in Atom 1.0 (RFC 4287): an entry for each release and for each figure that was corrected, in one language.

Names of entries are tag addresses (RFC 4151), so that they stay what they are when the site moves to another host.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import compress
from operator import not_
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree as ET

from vierdepijler.core.cells import Cell
from vierdepijler.core.messages import LANGUAGES, in_language, say
from vierdepijler.core.package import Package
from vierdepijler.core.tables import Field, cell_text
from vierdepijler.core.text import value_text
from vierdepijler.writers.formats.publication import DOWNLOADS, Publication

from .archives import Release, former_cell
from .corrections import WHOLE_ROW, Correction, corrected_cell, is_of_figure

MOST = 20  # wordings told in one entry
ATOM = "http://www.w3.org/2005/Atom"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
KIND = "application/atom+xml"
UNFIT = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # by XML 1.0, even when escaped


@dataclass(frozen=True)
class FeedEntry:
    """What a reader of a feed sees as one message; `page` is the address to read on, and `day` an ISO date."""

    name: str
    title: str
    day: str
    page: str
    content: str


@dataclass(frozen=True)
class Feed:
    """The feed of a package in one language: what was released and corrected."""

    publication: Publication
    language: str
    releases: Sequence[Release]
    corrections: Sequence[Correction]

    @property
    def pages(self) -> str:
        """The address of the folder with the pages about data, in the language of the feed."""
        root = "" if self.language == self._package.languages[0] else f"{self.language}/"
        return f"{self.publication.url}{root}{DOWNLOADS}/"

    @property
    def entries(self) -> tuple[FeedEntry, ...]:
        """All entries, the newest release first, and in it the release before what it corrected.

        There is none of a release of which nobody says when it was.
        """
        dated = (release for release in reversed(self.releases) if release.released)
        return tuple(entry for release in dated for entry in self._of_release(release))

    def _of_release(self, release: Release) -> Iterator[FeedEntry]:
        own = [one for one in self.corrections if one.version == release.version]
        title = self._say("Release {version}", version=release.version)
        notes = release.notes.get(self.language) or title
        yield self._entry(release, f"release/{release.version}", title, notes, self._page(release))
        is_figure = [is_of_figure(self._package, one) for one in own]
        yield from (self._figure(release, one) for one in compress(own, is_figure))
        if wordings := list(compress(own, map(not_, is_figure))):
            title = self._say("Other cells revised in release {version}", version=release.version)
            lines = [self._told(one) for one in wordings[:MOST]]
            if more := wordings[MOST:]:
                lines.append(self._say("and {count} more", count=len(more)))
            name = f"wording/{release.version}"
            yield self._entry(release, name, title, "\n".join(lines), self._page(release))

    def _figure(self, release: Release, one: Correction) -> FeedEntry:
        name = quote(f"correction/{release.version}/{one.address}", safe="/.,:-_~")
        line = self._told(one)
        title = line if self._is_withdrawn(one) else self._say("Revised: {what}", what=line)
        text = "\n".join(filter(None, [line, one.reasons.get(self.language, "")]))
        cell = corrected_cell(self._package, one)
        place = self.pages if cell is None else f"{self.pages}{cell.table.name}.html#{cell.anchor}"
        return self._entry(release, name, title, text, place)

    def _entry(self, release: Release, name: str, title: str, content: str, page: str) -> FeedEntry:
        return FeedEntry(self.name(name), title, release.released, page, content)

    def _page(self, release: Release) -> str:
        """Give the page of a release; one that is not sealed has none, and is in the page about all data."""
        return self.pages if release.archive is None else f"{self.pages}{release.version}/"

    def name(self, of: str) -> str:
        """Name the feed, or an entry in it: the same wherever and whenever it is published."""
        home = str(self._package.descriptor.get("homepage") or self.publication.url)
        first = next(one.released[:4] for one in self.releases if one.released)
        package = self._package.descriptor.get("name", "package")
        return f"tag:{(urlsplit(home).hostname or 'localhost').lower()},{first}:{package}/{self.language}/{of}"

    def _told(self, one: Correction) -> str:
        """Tell a correction in a line: what it is about, what it was, and what it is now."""
        about = self._about(one)
        if self._is_withdrawn(one):
            return self._say("Withdrawn: {what}", what=about)
        old, new = (self._value(one, text) for text in (one.revision.old, one.revision.new))
        return self._say("{what}: {old} → {new}", what=about, old=old, new=new)

    def _is_withdrawn(self, one: Correction) -> bool:
        return one.revision.field == WHOLE_ROW

    def _about(self, one: Correction) -> str:
        """Name a cell in words: by the titles of its table and its field, and by its key."""
        table = self._package.tables.get(one.revision.table)
        if table is None:
            return one.address
        names = [self._package.title(table, self.language)]
        if one.revision.field in table.field_names:
            names.append(self._package.title(table.field(one.revision.field), self.language))
        return ", ".join(names) + f" ({self._label(one) or one.revision.key})"

    def _label(self, one: Correction) -> str:
        """Give the label of the row that was corrected, or had been withdrawn; empty where it has none."""
        cell = corrected_cell(self._package, one)
        if cell is None and (former := former_cell(self._package, one.address)):
            cell = former[1]
        label = cell.beside(f"label_{self.language}") if cell else None
        return "" if label is None else cell_text(label.value)

    def _value(self, one: Correction, text: str) -> str:
        cell = corrected_cell(self._package, one)
        if not text:
            return self._say("empty")
        return text if cell is None else shown_value(cell, text, self.language)

    @property
    def _package(self) -> Package:
        return self.publication.package

    def _say(self, pattern: str, **values: str | int) -> str:
        return in_language(say(pattern, **values), self.language if self.language in LANGUAGES else "en")


def feed_file(language: str) -> str:
    """Name the file of the feed in a language."""
    return f"feed.{language}.xml"


def feed_address(url: str, language: str) -> str:
    """Give the full address of the feed in a language, on the site at `url`."""
    return f"{url}{DOWNLOADS}/{feed_file(language)}"


def render_feed(feed: Feed) -> str:
    """Write a feed as XML, the same bytes for the same package."""
    ET.register_namespace("", ATOM)
    root = ET.Element(_atom("feed"), {LANGUAGE: feed.language})
    package, entries = feed.publication.package, feed.entries
    _add(root, "id", feed.name("feed"))
    _add(root, "title", package.text(package.descriptor, "title", feed.language) or str(package.path.parent.name))
    if subtitle := package.text(package.descriptor, "description", feed.language):
        _add(root, "subtitle", subtitle)
    _add(root, "updated", _moment(max(entry.day for entry in entries)))
    _add_author(root, feed)
    _link(root, "self", feed_address(feed.publication.url, feed.language), type=KIND)
    _link(root, "alternate", feed.pages, type="text/html", hreflang=feed.language)
    for licence in package.descriptor.get("licenses", ()):
        if licence.get("path"):
            _link(root, "license", str(licence["path"]))
    for entry in entries:
        _add_entry(root, entry, feed.language)
    ET.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _add_author(root: ET.Element, feed: Feed) -> None:
    """Name who publishes; RFC 4287 asks a feed for an author."""
    contributors = feed.publication.package.descriptor.get("contributors") or [{}]
    author = ET.SubElement(root, _atom("author"))
    _add(author, "name", str(contributors[0].get("title") or feed.publication.url))
    _add(author, "uri", feed.publication.url)
    if email := contributors[0].get("email"):
        _add(author, "email", str(email))


def _add_entry(root: ET.Element, entry: FeedEntry, language: str) -> None:
    element = ET.SubElement(root, _atom("entry"))
    _add(element, "id", entry.name)
    _add(element, "title", entry.title)
    _add(element, "updated", _moment(entry.day))
    _add(element, "published", _moment(entry.day))
    _link(element, "alternate", entry.page, type="text/html", hreflang=language)
    content = ET.SubElement(element, _atom("content"), {"type": "text"})
    content.text = clean(entry.content)


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, _atom(name)).text = clean(text)


def clean(text: str) -> str:
    """Leave out what XML 1.0 cannot hold at all, not even escaped."""
    return UNFIT.sub("", text)


def _link(parent: ET.Element, rel: str, href: str, **more: str) -> None:
    ET.SubElement(parent, _atom("link"), {"rel": rel, "href": href, **more})


def _atom(name: str) -> str:
    return f"{{{ATOM}}}{name}"


def shown_value(cell: Cell, text: str, language: str) -> str:
    """Write a value that a cell once had, from the text of a data file, as a reader of a language expects it."""
    return value_text(_typed(text, cell.field), cell.unit, language)


def _typed(text: str, field: Field) -> Decimal | str:
    """Read a number from the text of a data file; any other text stays what it is."""
    try:
        return Decimal(text) if field.is_number and Decimal(text).is_finite() else text
    except InvalidOperation:
        return text
