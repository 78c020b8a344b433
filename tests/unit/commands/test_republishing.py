from pathlib import Path

import pytest

from small_projects import SmallProject
from vierdepijler.commands.working_copy import republish
from vierdepijler.core.package import Package


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def package(small_site: SmallProject) -> Package:
    return small_site.read()


@pytest.fixture(scope="module")
def published(small_site: SmallProject) -> Package:
    return small_site.read_published()


def test_tables_that_did_not_change_come_out_as_they_were_published(
    package: Package, published: Package, tmp_path: Path
) -> None:
    before = files(published.root)
    again = republish(package, {"counts", "groups"}, published.root.parent, tmp_path)
    assert again.root == tmp_path / "latest"
    assert files(again.root) == before
    assert files(published.root) == before  # what is published was not written to
    assert (tmp_path / "releases.json").read_bytes() == (published.root.parent / "releases.json").read_bytes()


def test_without_links_of_the_file_system_files_are_copied(
    package: Package, published: Package, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr("os.link", refuse)
    again = republish(package, set(), published.root.parent, tmp_path)
    assert files(again.root) == files(published.root)


def test_a_table_that_went_is_in_the_package_no_longer(package: Package, published: Package, tmp_path: Path) -> None:
    again = republish(package.only(["counts"]), set(), published.root.parent, tmp_path)
    assert list(again.tables) == ["counts"]


def test_tables_that_were_read_before_are_taken_over(published: Package, package: Package, tmp_path: Path) -> None:
    kept = {name: table for name, table in published.tables.items() if name != "counts"}
    again = republish(package, {"counts"}, published.root.parent, tmp_path, kept)
    assert {name for name, table in again.tables.items() if table is published.tables[name]} == set(kept)
