import shutil
from pathlib import Path
from typing import Any

import pytest

from conftest import MINIATURE, Copy
from vierdepijler.core.package import Package
from vierdepijler.core.reading import read_package
from vierdepijler.releases.archives import Step
from vierdepijler.releases.corrections import Revision, corrections_by_version, differences_of, revisions_of, step_of


@pytest.fixture
def before(tmp_path: Path) -> Package:
    return read_package(shutil.copytree(MINIATURE, tmp_path / "before") / "datapackage.json")


def step(before: Package, copy: Copy) -> Step:
    return step_of(differences_of(before, copy.read()))


def test_what_did_not_change_asks_no_step(miniature: Copy, before: Package) -> None:
    assert step(before, miniature) is Step.NONE
    assert (
        step(before, miniature.change(lambda d: d.update(version="9.9.9", created="2027-01-01T00:00:00Z"))) is Step.NONE
    )


def test_another_value_is_a_patch_and_has_to_be_explained(miniature: Copy, before: Package) -> None:
    miniature.replace("data/counts.csv", "b,521,", "b,522,")
    assert step(before, miniature) is Step.PATCH
    found = list(revisions_of(differences_of(before, miniature.read())))
    assert found == [Revision("counts", "2025-02-25,b", "persons", "521", "522")]


def test_a_row_that_went_is_a_patch_and_has_to_be_explained(miniature: Copy, before: Package) -> None:
    lines = (miniature.folder / "data" / "counts.csv").read_text("utf-8").splitlines(keepends=True)
    miniature.write("data/counts.csv", "".join(line for line in lines if ",b," not in line))
    assert step(before, miniature) is Step.PATCH
    found = list(revisions_of(differences_of(before, miniature.read())))
    assert found == [Revision("counts", "2025-02-25,b", "*", "", "")]


def test_another_text_is_a_patch(miniature: Copy, before: Package) -> None:
    assert step(before, miniature.change(lambda d: d.update(title="Anders"))) is Step.PATCH


def test_new_rows_columns_and_tables_are_minor(miniature: Copy, before: Package) -> None:
    text = (miniature.folder / "data" / "groups.csv").read_text("utf-8")
    assert step(before, miniature.write("data/groups.csv", text + "z,zet,zed\n")) is Step.MINOR
    assert list(revisions_of(differences_of(before, miniature.read()))) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d["resources"].pop(3),
        lambda d: d["resources"][0]["schema"]["fields"].pop(4),
        lambda d: d["resources"][0]["schema"].update(primaryKey=["group"]),
        lambda d: d["resources"][0]["schema"]["fields"][2].update(unit="items"),
        lambda d: d["resources"][0]["schema"]["fields"][4].update(type="any"),
    ],
    ids=["table", "column", "key", "unit", "type"],
)
def test_what_goes_or_means_something_else_is_major(miniature: Copy, before: Package, change: Any) -> None:
    assert step(before, miniature.change(change)) is Step.MAJOR


def test_rows_and_cells_of_bookkeeping_do_not_count(miniature: Copy, before: Package) -> None:
    miniature.replace("data/counts.csv", "b,521,", "b,522,")
    assert step(before, miniature.change(lambda d: d["resources"][0].update(bookkeeping=True))) is Step.NONE
    assert list(revisions_of(differences_of(before, miniature.read()))) == []


def test_corrections_are_read_by_their_release(package: Package) -> None:
    found = corrections_by_version(package.tables["corrections"])
    assert found["0.3.0"][Revision("derived_figures", "rule_count", "value", "59", "62")] > 0
