"""Single pages against those of the site that was built whole: the same, byte for byte."""

from pathlib import Path

import pytest

from small_projects import SmallProject
from vierdepijler.core.problems import ContentError
from vierdepijler.site.previews import Preview


def preview_of(project: SmallProject) -> Preview:
    return Preview(project.read_published(), project.folder)


@pytest.fixture(scope="module")
def preview(small_site: SmallProject) -> Preview:
    return preview_of(small_site)


def built(site: Path) -> set[str]:
    """Give the pages that were built, but for those that stand in other sites, or for what is not there."""
    every = (path.relative_to(site).as_posix() for path in site.rglob("*.html") if path.parent.name != "embed")
    return set(every) - {"404.html"}


def test_each_page_is_that_of_the_whole_site(preview: Preview, small_site: SmallProject) -> None:
    assert preview.paths == built(small_site.public)
    for path in preview.paths:
        assert preview.page(path) == (small_site.public / path).read_bytes(), path
    assert preview.page("404.html") is None


def test_a_part_of_a_long_table_has_the_rows_that_the_whole_site_leads_to(
    small_project: SmallProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vierdepijler.site.pages.ROWS_SHOWN", 1)
    small_project.build()
    for path in ("data/counts.html", "paspoort/counts.html", "en/data/counts.html"):
        assert preview_of(small_project).page(path) == (small_project.public / path).read_bytes(), path


def test_the_pages_of_a_source_are_its_own_and_its_translation(preview: Preview, small_site: SmallProject) -> None:
    pages = small_site.folder / "site"
    assert preview.paths_of(pages / "nl" / "tellingen.md") == ["tellingen.html", "en/counts.html"]
    assert preview.paths_of(pages / "blocks" / "blocks.html") == []


def test_files_are_our_assets_and_the_package_itself(preview: Preview, small_site: SmallProject) -> None:
    assert list(preview.files("en/assets/search.js")) == [small_site.folder / "site" / "assets" / "search.js"]
    assert list(preview.files("data/latest/counts.csv")) == [small_site.published / "latest" / "counts.csv"]
    assert list(preview.files("sitemap.xml")) == []


def test_a_page_that_fails_is_refused_with_its_line_each_time_it_is_asked_for(small_project: SmallProject) -> None:
    small_project.append("site/nl/tellingen.md", "\n{{ row('nothing') }}\n")
    preview = preview_of(small_project)
    refusals = []
    for _ in range(2):
        with pytest.raises(ContentError) as caught:
            preview.page("tellingen.html")
        refusals.append(caught.value)
    line = small_project.lines("site/nl/tellingen.md")
    assert str(refusals[0].problems[0]).startswith(f"site/nl/tellingen.md:{line}: there is no table 'nothing'")
    assert refusals[0] is refusals[1]
    assert preview.page("en/counts.html")


def test_a_link_that_leads_nowhere_is_refused_with_its_line(small_project: SmallProject) -> None:
    small_project.append("site/nl/uitgaven.md", "\n[Verder](nergens.md)\n")
    with pytest.raises(ContentError) as caught:
        preview_of(small_project).page("uitgaven.html")
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == ("site/nl/uitgaven.md", small_project.lines("site/nl/uitgaven.md"))
    assert "nergens.md" in problem.what
