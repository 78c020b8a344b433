from conftest import PROJECT
from vierdepijler.package import Package
from vierdepijler.site.pages import Renderer
from vierdepijler.site.sources import read_sources

URL = "https://cijfers.example/"


def test_each_page_can_be_made_by_itself_and_is_named_before_it_is_made(published: Package) -> None:
    sources = read_sources(PROJECT / "site", published.languages)
    drafts = {draft.path: draft for draft in Renderer(published, sources, "nl", URL).drafts()}
    for path in ("geld.md", "data/completions.md", "data/0.3.0/index.md"):
        page = drafts[path].render()
        assert (page.identifier, page.path) == (drafts[path].identifier, path)
        assert not drafts[path].needs_all


def test_a_passport_names_the_pages_that_show_its_figures_so_these_must_be_made_first(published: Package) -> None:
    sources = read_sources(PROJECT / "site", published.languages)
    renderer = Renderer(published, sources, "nl", URL)
    passport = next(draft for draft in renderer.drafts() if draft.path == "paspoort/completions.md")
    assert passport.needs_all
    alone = passport.render().markdown
    list(renderer.render_written())
    assert 'href="../resultaten.html"' not in alone
    assert 'href="../resultaten.html"' in passport.render().markdown
