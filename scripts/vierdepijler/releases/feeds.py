"""The feeds, in Atom 1.0 (RFC 4287): an entry for each release and for each figure that was corrected, in one language.

Names of entries are tag addresses (RFC 4151), so that they stay what they are when the site moves to another host.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import compress
from operator import not_
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree as ET

from vierdepijler.core.cells import Cell
from vierdepijler.core.package import Package
from vierdepijler.core.problems import LANGUAGES, in_language, say
from vierdepijler.core.tables import Descriptor, cell_text
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
        version, day = release.version, release.released
        # The page of a release; one that is not sealed has none, and is in the page about all data.
        page = self.pages if release.archive is None else f"{self.pages}{version}/"
        title = self._say("Release {version}", version=version)
        notes = release.notes.get(self.language) or title
        yield FeedEntry(self.name(f"release/{version}"), title, day, page, notes)
        own = [one for one in self.corrections if one.version == version]
        is_figure = [is_of_figure(self._package, one) for one in own]
        yield from (self._figure(release, one) for one in compress(own, is_figure))
        if wordings := list(compress(own, map(not_, is_figure))):
            title = self._say("Other cells revised in release {version}", version=version)
            lines = [self._told(one) for one in wordings[:MOST]]
            if more := wordings[MOST:]:
                lines.append(self._say("and {count} more", count=len(more)))
            yield FeedEntry(self.name(f"wording/{version}"), title, day, page, "\n".join(lines))

    def _figure(self, release: Release, one: Correction) -> FeedEntry:
        name = quote(f"correction/{release.version}/{one.address}", safe="/.,:-_~")
        line = self._told(one)
        title = line if one.revision.field == WHOLE_ROW else self._say("Revised: {what}", what=line)
        text = "\n".join(filter(None, [line, one.reasons.get(self.language, "")]))
        cell = corrected_cell(self._package, one)
        place = self.pages if cell is None else f"{self.pages}{cell.table.name}.html#{cell.anchor}"
        return FeedEntry(self.name(name), title, release.released, place, text)

    def name(self, of: str) -> str:
        """Name the feed, or an entry in it: the same wherever and whenever it is published."""
        home = str(self._package.descriptor.get("homepage") or self.publication.url)
        first = next(one.released[:4] for one in self.releases if one.released)
        package = self._package.descriptor.get("name", "package")
        return f"tag:{(urlsplit(home).hostname or 'localhost').lower()},{first}:{package}/{self.language}/{of}"

    def _told(self, one: Correction) -> str:
        """Tell a correction in a line: what it is about, what it was, and what it is now."""
        about = self._about(one)
        if one.revision.field == WHOLE_ROW:
            return self._say("Withdrawn: {what}", what=about)
        old, new = (self._value(one, text) for text in (one.revision.old, one.revision.new))
        return self._say("{what}: {old} → {new}", what=about, old=old, new=new)

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
    package, entries, language = feed.publication.package, feed.entries, feed.language
    # RFC 4287 asks a feed for an author.
    who: Descriptor = next(iter(package.descriptor.get("contributors") or ()), {})
    root = ET.Element(f"{{{ATOM}}}feed", {LANGUAGE: language})
    _add(root, "id", feed.name("feed"))
    _add(root, "title", package.text(package.descriptor, "title", language) or str(package.path.parent.name))
    if subtitle := package.text(package.descriptor, "description", language):
        _add(root, "subtitle", subtitle)
    _add(root, "updated", _moment(max(entry.day for entry in entries)))
    author = _add(root, "author")
    _add(author, "name", str(who.get("title") or feed.publication.url))
    _add(author, "uri", feed.publication.url)
    if email := who.get("email"):
        _add(author, "email", str(email))
    _add(root, "link", rel="self", href=feed_address(feed.publication.url, language), type=KIND)
    _add(root, "link", rel="alternate", href=feed.pages, type="text/html", hreflang=language)
    for licence in package.descriptor.get("licenses", ()):
        if licence.get("path"):
            _add(root, "link", rel="license", href=str(licence["path"]))
    for entry in entries:
        element = _add(root, "entry")
        _add(element, "id", entry.name)
        _add(element, "title", entry.title)
        _add(element, "updated", _moment(entry.day))
        _add(element, "published", _moment(entry.day))
        _add(element, "link", rel="alternate", href=entry.page, type="text/html", hreflang=language)
        _add(element, "content", entry.content, type="text")
    ET.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    element.text = clean(text) or None
    return element


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"


def clean(text: str) -> str:
    """Leave out what XML 1.0 cannot hold at all, not even escaped."""
    return UNFIT.sub("", text)


def shown_value(cell: Cell, text: str, language: str) -> str:
    """Write a value that a cell once had, from the text of a data file, as a reader of a language expects it."""
    value: Decimal | str = text
    with suppress(InvalidOperation):
        value = Decimal(text) if cell.field.is_number and Decimal(text).is_finite() else text
    return value_text(value, cell.unit, language)
