"""The work that is done and not: what a verb loads before it knows what is asked, and what it never needs."""

import pytest

from conftest import PROJECT
from fresh_process import run_code, run_script

SCRIPTS = PROJECT / "scripts"
VERBS = ("validate", "publish", "build_site", "compare", "serve", "trace", "seed_errors")
# What takes long to load, or belongs to one part of the work.
HEAVY = {
    "pandas", "numpy", "pyarrow", "frictionless", "jsonschema", "yaml", "packaging", "subprocess", "jinja2", "babel",
    "mkdocs", "altair", "docx", "pypdf",
}  # fmt: skip


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_explains_itself_before_it_loads_what_does_the_work(verb: str) -> None:
    done = run_script(SCRIPTS / f"{verb}.py", "--help")
    assert done.code == 0
    assert "usage:" in done.said
    assert done.loaded & HEAVY == set()


def test_an_option_that_means_nothing_is_refused_before_the_work_is_loaded() -> None:
    done = run_script(SCRIPTS / "validate.py", "--format", "telegram")
    assert done.code == 2
    assert done.loaded & HEAVY == set()


def test_what_is_loaded_and_opened_is_seen() -> None:
    done = run_code("import csv; open(csv.__file__); open(csv.__file__)")
    assert "csv" in done.loaded
    assert [path.endswith("csv.py") for path in done.opened].count(True) >= 2


def test_a_check_of_our_own_package_loads_nothing_that_only_problems_need() -> None:
    done = run_script(SCRIPTS / "validate.py")
    assert done.code == 0, done.said
    assert done.loaded & {"pandas", "jsonschema", "yaml", "jinja2", "babel", "pyarrow.acero"} == set()
    assert "vierdepijler.reporting.report_formats" not in done.loaded
