"""The feeds as files: Atom 1.0 (RFC 4287)."""

import re
from xml.etree import ElementTree as ET

from vierdepijler.writers.formats.publication import DOWNLOADS

from .feed_entries import DAY, Entry, Feed

ATOM = "http://www.w3.org/2005/Atom"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
KIND = "application/atom+xml"
UNFIT = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # by XML 1.0, even when escaped


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
    _add(root, "updated", _moment(max((entry.day for entry in entries), default=DAY)))
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


def _add_entry(root: ET.Element, entry: Entry, language: str) -> None:
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
