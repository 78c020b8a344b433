"""The feeds, as a reader of feeds takes them (feedparser) and as RFC 4287 asks."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import feedparser
import pytest
from test_feed_entries import feed_of

from conftest import Copy
from vierdepijler.releases.feeds import clean, feed_address, render_feed

A = "{http://www.w3.org/2005/Atom}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:\S+")


def defects(text: str) -> Iterator[str]:
    """Find what RFC 4287 does not allow, or asks for in vain."""
    feed = ET.fromstring(text)  # noqa: S314 - our own output
    entries = feed.findall(f"{A}entry")
    if feed.tag != f"{A}feed":
        yield "the root is no feed"
    if not feed.get("{http://www.w3.org/XML/1998/namespace}lang"):
        yield "no language"
    if not any(link.get("rel") == "self" for link in feed.findall(f"{A}link")):
        yield "no link to itself"
    if feed.find(f"{A}author") is None and any(entry.find(f"{A}author") is None for entry in entries):
        yield "no author"
    for element in (feed, *entries):
        yield from _defects_of(element)
    names = [element.findtext(f"{A}id") for element in (feed, *entries)]
    if len(set(names)) != len(names):
        yield "an id stands twice"


def _defects_of(element: ET.Element) -> Iterator[str]:
    for name in ("id", "title", "updated"):
        found = element.findall(f"{A}{name}")
        if len(found) != 1 or not (found[0].text or "").strip():
            yield f"not one {name}"
    if not ADDRESS.fullmatch(element.findtext(f"{A}id") or ""):
        yield "an id is no address"
    for name in ("updated", "published"):
        if any(not MOMENT.fullmatch(one.text or "") for one in element.findall(f"{A}{name}")):
            yield f"{name} is no moment"
    links = [(one.get("rel"), one.get("type"), one.get("hreflang")) for one in element.findall(f"{A}link")]
    if len(links) != len(set(links)) or any(
        not ADDRESS.fullmatch(one.get("href", "")) for one in element.findall(f"{A}link")
    ):
        yield "links are not right"
    if (
        element.tag == f"{A}entry"
        and element.find(f"{A}content") is None
        and ("alternate",) not in {one[:1] for one in links}
    ):
        yield "an entry without content or page"


@pytest.fixture
def text(kept_past: Copy) -> str:
    return render_feed(feed_of(kept_past, "nl"))


def test_a_reader_of_feeds_takes_it(text: str) -> None:
    read = feedparser.parse(text.encode())
    assert not read.bozo
    assert read.version == "atom10"
    assert read.feed.language == "nl"
    assert (read.feed.title, read.feed.author_detail.name) == ("Miniatuur", "Test")
    assert read.feed.updated == "2026-03-01T00:00:00Z"
    assert [entry.title for entry in read.entries][-1] == "Uitgave 1.0.0"
    assert all(entry.content[0].type == "text/plain" for entry in read.entries)


def test_text_is_text_and_no_markup(text: str) -> None:
    assert "Eerste &lt;uitgave&gt; &amp; meer." in text
    assert "<uitgave>" not in text


def test_it_is_as_the_standard_asks(text: str) -> None:
    assert list(defects(text)) == []


@pytest.mark.parametrize(
    ("old", "new", "defect"),
    [
        (' xml:lang="nl"', "", "no language"),
        ('rel="self"', 'rel="related"', "no link to itself"),
        ("<title>Uitgave 1.0.0</title>", "", "not one title"),
        ("<updated>2026-01-01T00:00:00Z", "<updated>2026-01-01", "updated is no moment"),
        ("/nl/release/1.0.0<", "/nl/release/1.1.0<", "an id stands twice"),
        ("tag:miniature.example,2026:miniature/nl/feed", "feed", "an id is no address"),
        ('href="https://elders.example/map/data/1.0.0/"', 'href="data/"', "links are not right"),
        ("<name>Test</name>", "<name>Test</name></author><author>", "no author"),
    ],
)
def test_what_is_not_is_caught(text: str, old: str, new: str, defect: str) -> None:
    assert old in text
    spoiled = text.replace(old, new)
    if defect == "no author":
        spoiled = re.sub(r"<author>.*</author>", "", text, flags=re.DOTALL)
    assert defect in list(defects(spoiled))


def test_it_is_the_same_to_the_byte(kept_past: Copy, text: str) -> None:
    assert render_feed(feed_of(kept_past, "nl")) == text
    assert feed_address("https://x.example/", "nl") in render_feed(feed_of(kept_past, "nl")).replace(
        "https://elders.example/map/", "https://x.example/"
    )


def test_what_xml_cannot_hold_is_left_out() -> None:
    assert clean("a\x00b\x1fc\ud800\td\ufffe") == "abc\td"
