"""Every page of the site in Chromium: one of each kind in each look, and the others where there is least room."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from built_pages import names, sample
from vierdepijler.core.package import Package
from visits import QUESTIONS, WITH_SCRIPTS, Visitor

pytestmark = pytest.mark.long
PARTS = 20  # so that one that fails names a few pages


@pytest.fixture(scope="module")
def visitor(browser: Browser, site: Path, address: str, published: Package) -> Iterator[Visitor]:
    with browser.new_context() as context:
        yield Visitor(context.new_page(), site, address, published)


# Asked of the sample, where everything a template makes is met; links and numbers of every page are in its HTML.
OF_EACH = tuple(question for question in QUESTIONS if question not in {"focus", "links", "numbers"})
# In which text may be too wide for a page, and axe judges once; colours, paper and outlines are those of the template.
TIGHT = ("phone light", "wide text", "large text")


@pytest.mark.parametrize("part", range(PARTS))
def test_pages_of_every_kind_have_no_problem_in_any_look(visitor: Visitor, site: Path, part: int) -> None:
    found = {name: visitor.visit(name, WITH_SCRIPTS) for name in sample(site)[part::PARTS]}
    assert found
    assert {name: problems for name, problems in found.items() if problems} == {}


@pytest.mark.parametrize("part", range(PARTS))
def test_no_other_page_has_a_problem_where_it_is_tight(visitor: Visitor, site: Path, part: int) -> None:
    others = [name for name in names(site) if name not in sample(site)]
    found = {name: visitor.visit(name, TIGHT, OF_EACH) for name in others[part::PARTS]}
    assert len(found) > 5
    assert {name: problems for name, problems in found.items() if problems} == {}
