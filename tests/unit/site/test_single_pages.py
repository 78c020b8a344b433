import pytest

from small_projects import SmallProject
from vierdepijler.core.problems import ContentError
from vierdepijler.site.drafts import Page
from vierdepijler.site.single_pages import SinglePages
from vierdepijler.site.sites import Site
from vierdepijler.site.sources import read_sources
from vierdepijler.writers.metadata.describing import catalogue_of

URL = "https://cijfers.example/"
HOME = Page("home", "index.md", "Een", "Eerste", "Tekst.\n")


@pytest.fixture
def single(small_site: SmallProject) -> SinglePages:
    published = small_site.read_published()
    sources = read_sources(small_site.folder / "site", published.languages)
    catalogue = catalogue_of(published.descriptor, published.root)
    names = [Page(name, source.path, "", "", "") for name, source in sources.pages["nl"].items()]
    names = [*names, Page("deep", "diep/er.md", "", "", "")]
    return SinglePages(Site(small_site.folder, sources, URL, {"nl": names, "en": []}, catalogue), "nl")


def test_a_page_leads_to_others_that_are_only_names(single: SinglePages) -> None:
    made = single.html(Page("deep", "diep/er.md", "Diep", "Heel diep", "Naar [huis](../index.md).\n"))
    assert '<a href="../index.html">huis</a>' in made
    assert "<title>Diep" in made
    assert f'<link rel="canonical" href="{URL}diep/er.html">' in made


def test_each_page_is_made_by_itself(single: SinglePages) -> None:
    first = single.html(HOME)
    assert single.html(Page("home", "index.md", "Twee", "Tweede", "Tekst.\n")) != first
    assert single.html(HOME) == first


def test_what_mkdocs_warns_of_stops_that_page_and_no_other(single: SinglePages) -> None:
    with pytest.raises(ContentError, match=r"nergens\.md"):
        single.html(Page("home", "index.md", "Een", "Eerste", "[Verder](nergens.md)\n"))
    assert "Tekst." in single.html(HOME)


def test_the_sources_are_left_alone(single: SinglePages, small_site: SmallProject) -> None:
    before = sorted(small_site.folder.rglob("*"))
    single.html(HOME)
    assert sorted(small_site.folder.rglob("*")) == before
