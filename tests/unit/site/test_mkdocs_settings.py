import logging
from dataclasses import replace
from pathlib import Path

import pytest

from conftest import PROJECT
from vierdepijler.core.package import Package
from vierdepijler.core.problems import ContentError
from vierdepijler.site.html_pages import HtmlPages, refusing, settings
from vierdepijler.site.site_context import Site
from vierdepijler.site.sources import read_sources
from vierdepijler.writers.metadata.describing import catalogue_of

URL = "https://cijfers.example/"


@pytest.fixture
def site(published: Package) -> Site:
    sources = read_sources(PROJECT / "site", published.languages)
    return Site(PROJECT, sources, URL, {"nl": [], "en": []}, catalogue_of(published.descriptor, published.root))


def test_warnings_are_gathered_in_their_order_and_remarks_are_not(site: Site) -> None:
    before = list(logging.getLogger("mkdocs").handlers)

    def tell() -> None:
        logging.getLogger("mkdocs.structure.nav").warning("the page %r is not there", "een.md")
        logging.getLogger("mkdocs").info("building")
        logging.getLogger("mkdocs.commands").error("it cannot be written")
        logging.getLogger("another").warning("not of MkDocs")

    with pytest.raises(ContentError) as caught, refusing(site, "nl"):
        tell()
    logging.getLogger("mkdocs").warning("too late")
    warnings = [problem.what for problem in caught.value.problems]
    assert warnings == ["the page 'een.md' is not there", "it cannot be written"]
    assert logging.getLogger("mkdocs").handlers == before


def test_nothing_is_gathered_after_a_build_that_failed(site: Site) -> None:
    before = list(logging.getLogger("mkdocs").handlers)
    with pytest.raises(ContentError, match="no page"), refusing(site, "nl"):
        raise ValueError("no page")
    assert logging.getLogger("mkdocs").handlers == before


def test_each_language_has_its_settings_and_what_searches_its_index(site: Site) -> None:
    for language, root in (("nl", ""), ("en", "en/")):
        config = settings(site, language)
        assert config.theme["language"] == language
        assert config.site_url == URL + root
        assert config.extra["search_library"].startswith(f"{'../' if root else ''}assets/lib/minisearch-")


def test_a_failure_is_told_as_that_of_the_settings_where_no_page_is_to_blame(site: Site) -> None:
    with pytest.raises(ContentError) as caught, refusing(site, "en"):
        raise ValueError("nothing works")
    assert str(caught.value.problems[0]).startswith("mkdocs.en.yml: MkDocs fails: nothing works")


def test_a_failure_after_a_warning_is_told_by_the_warning_with_the_line_of_the_link(site: Site) -> None:
    def warn_and_stop() -> None:
        logging.getLogger("mkdocs").warning("Doc file 'geld.md' contains a link 'Wie betaalt', but that is none")
        raise ValueError("strict")

    with pytest.raises(ContentError) as caught, refusing(site, "nl"):
        warn_and_stop()
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == ("site/nl/geld.md", 3)


def test_a_mistake_in_content_stays_what_it_is(site: Site) -> None:
    mistake = ContentError([])
    with pytest.raises(ContentError) as caught, refusing(site, "nl"):
        raise mistake
    assert caught.value is mistake


@pytest.mark.parametrize(
    ("change", "said", "at"),
    [
        (("\nnav:\n", "\nnav: [\n"), "MkDocs fails: expected", "Het traject"),
        (("traject.md", "nergens.md"), "A reference to 'nergens.md'", "nergens.md"),
        (("  - tables", "  - tablez"), "Failed to load extension 'tablez'", "- tablez"),
    ],
)
def test_a_mistake_in_the_settings_is_told_with_its_line(
    site: Site, tmp_path: Path, change: tuple[str, str], said: str, at: str
) -> None:
    text = (PROJECT / "mkdocs.yml").read_text("utf-8")
    (tmp_path / "mkdocs.yml").write_text(text.replace(*change, 1), "utf-8")
    lines = (tmp_path / "mkdocs.yml").read_text("utf-8").splitlines()
    for name in ("site", "package.json"):
        (tmp_path / name).symlink_to(PROJECT / name)
    spoiled = replace(site, project=tmp_path)
    with pytest.raises(ContentError) as caught, refusing(spoiled, "nl"):
        HtmlPages(spoiled, "nl").not_found()
    problem = next(problem for problem in caught.value.problems if said in problem.what)
    assert problem.file == "mkdocs.yml"
    assert at in lines[problem.line - 1]
    assert str(tmp_path) not in problem.what
