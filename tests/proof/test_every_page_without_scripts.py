"""Pages of every kind in Chromium, without scripts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from built_pages import sample
from vierdepijler.core.package import Package
from visits import Visitor

pytestmark = pytest.mark.long
PARTS = 10  # so that one that fails names a few pages


@pytest.fixture(scope="module")
def visitor(browser: Browser, site: Path, address: str, published: Package) -> Iterator[Visitor]:
    with browser.new_context(java_script_enabled=False) as context:
        yield Visitor(context.new_page(), site, address, published)


@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_loses_anything_without_scripts(visitor: Visitor, site: Path, part: int) -> None:
    found = {
        name: visitor.visit(name, ["no scripts"], ("lost", "console", "hosts")) for name in sample(site)[part::PARTS]
    }
    assert len(found) > 5
    assert {name: problems for name, problems in found.items() if problems} == {}
