"""The HTML of single pages: what Markdown makes, what stands as it was made, and what is refused."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from small_projects import SmallProject
from vierdepijler.core.problems import ContentError
from vierdepijler.site.html_pages import STAND_IN, HtmlPages, keep_out, put_back
from vierdepijler.site.page_model import Page
from vierdepijler.site.search import INDEX
from vierdepijler.site.site_context import Site
from vierdepijler.site.sources import read_sources
from vierdepijler.writers.metadata.describing import catalogue_of

URL = "https://cijfers.example/"
HOME = Page("home", "index.md", "Een", "Eerste", "Tekst.\n")


@pytest.fixture
def single(small_site: SmallProject) -> HtmlPages:
    published = small_site.read_published()
    sources = read_sources(small_site.folder / "site", published.languages)
    catalogue = catalogue_of(published.descriptor, published.root)
    names = [Page(name, source.path, "", "", "") for name, source in sources.pages["nl"].items()]
    names = [*names, Page("deep", "diep/er.md", "", "", "")]
    return HtmlPages(Site(small_site.folder, sources, URL, {"nl": names, "en": []}, catalogue), "nl")


def test_a_page_leads_to_others_that_are_only_names(single: HtmlPages) -> None:
    made = single.html(Page("deep", "diep/er.md", "Diep", "Heel diep", "Naar [huis](../index.md).\n"))
    assert '<a href="../index.html">huis</a>' in made
    assert "<title>Diep" in made
    assert f'<link rel="canonical" href="{URL}diep/er.html">' in made


def test_each_page_is_made_by_itself(single: HtmlPages) -> None:
    first = single.html(HOME)
    assert single.html(Page("home", "index.md", "Twee", "Tweede", "Tekst.\n")) != first
    assert single.html(HOME) == first


def test_what_mkdocs_warns_of_stops_that_page_and_no_other(single: HtmlPages) -> None:
    with pytest.raises(ContentError, match=r"nergens\.md"):
        single.html(Page("home", "index.md", "Een", "Eerste", "[Verder](nergens.md)\n"))
    assert "Tekst." in single.html(HOME)


def test_the_sources_are_left_alone(single: HtmlPages, small_site: SmallProject) -> None:
    before = sorted(small_site.folder.rglob("*"))
    single.html(HOME)
    assert sorted(small_site.folder.rglob("*")) == before


FENCED = "```\n<p>code</p>\n```"


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("# Kop\n\n<div><div>a</div>\n\n</div>\n\nTekst.", ["<div><div>a</div>\n\n</div>"]),
        ("<p>een</p>\n<p>twee</p>", ["<p>een</p>", "<p>twee</p>"]),
        ("<p>een</p> en *twee*", []),  # what follows on the line is Markdown
        ("Tekst <div>a</div>\n", []),
        ("<pre>open", []),
        ("<div>open\n\n<p>dicht</p>\n", ["<p>dicht</p>"]),
        (f"{FENCED}\n\n<p>dicht</p>", ["<p>dicht</p>"]),
        (f"<pre>```</pre>\n{FENCED}", ["<pre>```</pre>"]),
    ],
)
def test_only_whole_blocks_of_html_are_kept_out_of_markdown(text: str, blocks: list[str]) -> None:
    left, kept = keep_out(text)
    assert kept == blocks
    assert left.count(STAND_IN) == len(blocks)
    assert put_back(left, kept) == text


def test_what_is_kept_out_is_what_markdown_would_have_left(single: HtmlPages, monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"# Kop\n<p>een</p>\nTekst *twee*\n\n<ul>\n<li>a & b</li>\n\n</ul>\n<div>c</div> *d*\n\n{FENCED}\n"
    page = Page("home", "index.md", "Een", "Eerste", text)
    made = single.html(page)
    monkeypatch.setattr("vierdepijler.site.html_pages.keep_out", lambda text: (text, []))
    assert made == single.html(page)


def test_a_page_that_is_html_alone_is_not_read_as_markdown(single: HtmlPages, monkeypatch: pytest.MonkeyPatch) -> None:
    page = replace(HOME, markdown='<h1 id="een">Een</h1>\n\n<p>Twee</p>\n')
    made = single.html(page)
    monkeypatch.delattr("mkdocs.structure.pages.Page.render")
    assert single.html(page) == made
    assert page.markdown.strip() in made


def test_a_link_can_lead_to_a_place_within_what_is_kept_out(single: HtmlPages, tmp_path: Path) -> None:
    page = replace(HOME, markdown='[Daar](index.md#daar)\n\n<div id="daar">\n</div>\n')
    single.html(page)
    single.write_search(tmp_path)
    single.html(replace(page, markdown=page.markdown.replace("#daar", "#ginds")))
    with pytest.raises(ContentError, match=r"'index\.md#ginds', but there is no such"):
        single.write_search(tmp_path)


def test_the_search_reads_the_words_of_a_page_without_marks_of_sources_and_form(
    single: HtmlPages, tmp_path: Path
) -> None:
    table = "<table><tr><td><a href='#'>12</a><sup>[5]</sup></td> <td>mensen</td></tr></table>"
    single.html(replace(HOME, markdown=f"# Kop <sup>[3]</sup> {{: #kop }}\n\nEen *zin*.\n\n{table}\n"))
    single.write_search(tmp_path)
    (entry,) = json.loads((tmp_path / INDEX).read_text("utf-8"))["docs"]
    assert (entry["location"], entry["title"]) == ("index.html", "Kop")
    assert entry["text"].split() == ["<p>Een", "zin.</p>", "12", "mensen"]
