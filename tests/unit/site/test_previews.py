"""Single pages against those of the site that was built whole: the same, byte for byte."""

from pathlib import Path

import pytest

from conftest import PROJECT
from vierdepijler.package import Package
from vierdepijler.problems import ContentError
from vierdepijler.site.previews import Preview
from working_project import change, line_of, working_project

PAGES = (
    "index.html",
    "en/results.html",
    "bronnen.html",
    "data/completions.html",
    "paspoort/completions.html",
    "en/data/0.3.0/index.html",
)


@pytest.fixture(scope="module")
def preview(published: Package) -> Preview:
    return Preview(published, PROJECT)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_that_of_the_whole_site(preview: Preview, site: Path, path: str) -> None:
    assert preview.page(path) == (site / path).read_bytes()


def test_the_pages_are_those_of_the_whole_site(preview: Preview, site: Path) -> None:
    assert {path for path in preview.paths if not (site / path).is_file()} == set()
    assert {"index.html", "en/index.html", "data/completions.html"} <= preview.paths
    assert preview.page("404.html") is None


def test_the_pages_of_a_source_are_its_own_and_its_translation(preview: Preview) -> None:
    assert preview.paths_of(PROJECT / "site" / "nl" / "geld.md") == ["geld.html", "en/funding.html"]
    assert preview.paths_of(PROJECT / "site" / "blocks" / "blocks.html") == []


def test_files_are_our_assets_and_the_package_itself(preview: Preview, published: Package) -> None:
    assert list(preview.files("en/assets/search.js")) == [PROJECT / "site" / "assets" / "search.js"]
    assert list(preview.files("data/latest/completions.csv")) == [published.root / "completions.csv"]
    assert list(preview.files("sitemap.xml")) == []


def test_a_page_that_fails_is_refused_with_its_line_each_time_it_is_asked_for(
    published: Package, tmp_path: Path
) -> None:
    project = working_project(tmp_path, published)
    path = change(project / "site" / "nl" / "geld.md", "\n{% set", "\n\n{{ row('nothing') }}\n{% set")
    preview = Preview(published, project)
    refusals = []
    for _ in range(2):
        with pytest.raises(ContentError) as caught:
            preview.page("geld.html")
        refusals.append(caught.value)
    assert str(refusals[0].problems[0]).startswith(
        f"site/nl/geld.md:{line_of(path, 'nothing')}: there is no table 'nothing'"
    )
    assert refusals[0] is refusals[1]
    assert preview.page("en/funding.html")


def test_a_link_that_leads_nowhere_is_refused_with_its_line(published: Package, tmp_path: Path) -> None:
    project = working_project(tmp_path, published)
    page = project / "site" / "nl" / "over.md"
    page.write_text(page.read_text("utf-8") + "\n[Verder](nergens.md)\n", encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        Preview(published, project).page("over.html")
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == ("site/nl/over.md", len(page.read_text("utf-8").splitlines()))
    assert "nergens.md" in problem.what
