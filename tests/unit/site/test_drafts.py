import pytest

from small_projects import SmallProject
from vierdepijler.site.pages import Renderer
from vierdepijler.site.sources import read_sources

URL = "https://cijfers.example/"


@pytest.fixture
def renderer(small_site: SmallProject) -> Renderer:
    package = small_site.read_published()
    return Renderer(package, read_sources(small_site.folder / "site", package.languages), "nl", URL)


def test_each_page_can_be_made_by_itself_and_is_named_before_it_is_made(renderer: Renderer) -> None:
    drafts = {draft.path: draft for draft in renderer.drafts()}
    for path in ("tellingen.md", "data/counts.md", "data/1.0.0/index.md"):
        page = drafts[path].render()
        assert (page.identifier, page.path) == (drafts[path].identifier, path)
        assert not drafts[path].needs_all


def test_a_passport_names_the_pages_that_show_its_figures_so_these_must_be_made_first(renderer: Renderer) -> None:
    passport = next(draft for draft in renderer.drafts() if draft.path == "paspoort/counts.md")
    assert passport.needs_all
    alone = passport.render().markdown
    list(renderer.render_written())
    assert 'href="../tellingen.html"' not in alone
    assert 'href="../tellingen.html"' in passport.render().markdown
