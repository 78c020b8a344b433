"""The work that is done and not: what a verb loads before it knows what is asked, and what it never needs."""

import json
import shutil
from collections import Counter

import pytest

from conftest import PROJECT
from fresh_process import Process, run_code, run_script
from small_projects import SmallProject
from vierdepijler.checks.checking import check_package
from vierdepijler.core.package import Package

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


def test_our_own_package_is_valid(package: Package) -> None:
    assert check_package(package, PROJECT / "site").problems == ()


@pytest.fixture(scope="module")
def bare(small_site: SmallProject, tmp_path_factory: pytest.TempPathFactory) -> SmallProject:
    """A project without pages: to try those, a check loads what builds them."""
    project = small_site.copy(tmp_path_factory.mktemp("bare") / "project")
    shutil.rmtree(project.folder / "site")
    for settings in project.folder.glob("mkdocs*.yml"):
        settings.unlink()
    return project


@pytest.fixture(scope="module")
def checked(bare: SmallProject) -> Process:
    """A check of a package, and of nothing beside it."""
    done = run_script(SCRIPTS / "validate.py", "--package", bare.descriptor)
    assert done.code == 0, done.said
    assert "no problems found." in done.said
    return done


ONLY_FOR_PROBLEMS = {"pandas", "jinja2", "babel", "pyarrow.acero", "rdflib", "yaml", "mkdocs"}


def test_a_check_without_problems_loads_nothing_that_only_problems_need(checked: Process) -> None:
    assert checked.loaded & ONLY_FOR_PROBLEMS == set()
    assert "vierdepijler.checks.report_formats" not in checked.loaded


def test_a_check_without_problems_needs_no_frictionless(checked: Process) -> None:
    assert "frictionless" not in checked.loaded


def test_each_file_of_the_package_is_opened_once_in_a_check(checked: Process, bare: SmallProject) -> None:
    descriptor = json.loads(bare.descriptor.read_text("utf-8"))
    files = {str(bare.folder / resource["path"]) for resource in descriptor["resources"]}
    assert Counter(path for path in checked.opened if path in files) == dict.fromkeys(files, 1)
