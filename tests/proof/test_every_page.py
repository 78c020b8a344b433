"""Every page of the site in Chromium: in each look, and without scripts."""

from pathlib import Path

from browsers import Open
from built_pages import names, sample
from vierdepijler.package import Package
from visits import QUESTIONS, WITH_SCRIPTS, Visitor

# What a template makes alike is asked of the sample; of the others what their cells and texts can change.
OF_EACH = tuple(question for question in QUESTIONS if question != "focus")


def test_every_page_has_no_problem_in_any_look(opened: Open, site: Path, address: str, published: Package) -> None:
    visitor, some = Visitor(opened(), site, address, published), sample(site)
    every = sorted(names(site), key=lambda name: name not in some)
    found = {name: visitor.visit(name, WITH_SCRIPTS, None if name in some else OF_EACH) for name in every}
    assert len(found) > 200
    assert {name: problems for name, problems in found.items() if problems} == {}
