"""Every page of the site in Chromium, without scripts."""

from pathlib import Path

from browsers import Open
from built_pages import names
from vierdepijler.package import Package
from visits import Visitor


def test_no_page_loses_anything_without_scripts(opened: Open, site: Path, address: str, published: Package) -> None:
    visitor = Visitor(opened(java_script_enabled=False), site, address, published)
    found = {name: visitor.visit(name, ["no scripts"], ("lost", "console", "hosts")) for name in names(site)}
    assert len(found) > 200
    assert {name: problems for name, problems in found.items() if problems} == {}
