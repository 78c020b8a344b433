"""The work that is done and not: what a verb loads before it knows what is asked, and what it never needs."""

import json
import shutil
from collections import Counter

import pytest

from conftest import PROJECT
from fresh_process import Process, run_code, run_script
from small_projects import SmallProject

SCRIPTS = PROJECT / "scripts"
VERBS = ("validate", "publish", "build_site", "compare", "serve", "trace")
# What takes long to load, or belongs to one part of the work.
HEAVY = {
    "pandas", "numpy", "pyarrow", "frictionless", "jsonschema", "yaml", "packaging", "subprocess", "jinja2", "babel",
    "mkdocs", "docx", "pypdf", "rdflib",
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


@pytest.fixture(scope="module")
def checked() -> Process:
    """A check of our own package."""
    return run_script(SCRIPTS / "validate.py")


def test_our_own_package_is_valid(checked: Process) -> None:
    assert checked.code == 0, checked.said
    assert "no problems found." in checked.said


ONLY_FOR_PROBLEMS = {"pandas", "jinja2", "babel", "pyarrow.acero", "rdflib"}


def test_a_check_without_problems_loads_nothing_that_only_problems_need(checked: Process) -> None:
    assert checked.loaded & ONLY_FOR_PROBLEMS == set()
    assert "vierdepijler.checks.reporting.report_formats" not in checked.loaded


def test_a_check_reads_yaml_for_pages_and_for_nothing_else(checked: Process, small_project: SmallProject) -> None:
    shutil.rmtree(small_project.folder / "site")
    for settings in small_project.folder.glob("mkdocs*.yml"):
        settings.unlink()
    done = run_script(SCRIPTS / "validate.py", "--package", small_project.descriptor)
    assert done.code == 0, done.said
    assert "yaml" in checked.loaded
    assert done.loaded & {*ONLY_FOR_PROBLEMS, "yaml"} == set()


def test_a_check_without_problems_needs_no_frictionless(checked: Process) -> None:
    assert "frictionless" not in checked.loaded


def test_each_file_of_the_package_is_opened_once_in_a_check(checked: Process) -> None:
    descriptor = json.loads((PROJECT / "datapackage.json").read_text("utf-8"))
    files = {str(PROJECT / resource[part]) for resource in descriptor["resources"] for part in ("path", "schema")}
    assert Counter(path for path in checked.opened if path in files) == dict.fromkeys(files, 1)
