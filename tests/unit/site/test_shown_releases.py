"""Releases as pages show them, read from what was published."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from conftest import PROJECT, Copy
from vierdepijler.core.package import Package
from vierdepijler.core.reading import read_package
from vierdepijler.site.figures import Presenter
from vierdepijler.site.pages import Renderer
from vierdepijler.site.shown_releases import listed_releases, shown_releases
from vierdepijler.site.sources import read_sources
from vierdepijler.site.vocabulary import Vocabulary


@pytest.fixture
def small(past_made: Path, tmp_path: Path) -> Package:
    return read_package(Path(shutil.copytree(past_made / "out", tmp_path / "out")) / "latest" / "datapackage.json")


def said(package: Package) -> Vocabulary:
    return Vocabulary(package, Presenter(package, "nl", {}, lambda target: target, set()))


def test_the_newest_release_comes_first_and_has_no_page_before_it_is_sealed(small: Package) -> None:
    newest, first = shown_releases(said(small))
    assert (newest.version, newest.level, newest.is_sealed, newest.page) == ("1.1.0", "minor", False, "")
    assert (first.version, first.level, first.is_sealed, first.page) == ("1.0.0", "first", True, "release:1.0.0")
    assert newest.row is not None
    assert newest.row.cell_("version").value == "1.1.0"


def test_what_changed_is_named_and_leads_to_the_whole(small: Package) -> None:
    newest, first = shown_releases(said(small))
    told = {kind: [str(name) for name in names] for kind, names in newest.changes}
    assert list(told) == ["tables_added", "rows_removed", "cells_changed"]
    counts, groups = told["cells_changed"]
    assert (counts, groups.partition(">")[0]) == (
        '<a href="table:counts"><span data-property="resources/counts/title">Tellingen</span></a>',
        '<a href="table:groups"',
    )
    assert newest.diff == "site:data/changes/1.0.0..1.1.0.json"
    assert (first.changes, first.diff) == ((), "")


def test_files_stand_with_what_they_hold_in_the_words_of_their_release(small: Package) -> None:
    groups = shown_releases(said(small))[-1].files
    assert [kind for kind, *_ in groups] == ["table"] * (len(groups) - 1) + ["other"]
    newest = shown_releases(said(small))[0].files
    assert newest[0][0] == "whole"  # a zip and a workbook, which older releases have no more
    files = next(files for _, title, files in groups if title == "Tellingen")
    names = {name.partition(">")[2].partition("<")[0] for _, name in files}
    assert {"counts.csv", "counts.nl.csv", "counts.json"} <= names


def test_only_files_that_are_there_are_listed(small: Package) -> None:
    (small.root.parent / "1.0.0" / "counts.csv").unlink()
    first = shown_releases(said(small))[-1]
    addresses = {str(address) for *_, files in first.files for address, _ in files}
    assert {"site:data/1.0.0/groups.csv", "site:data/1.0.0/SHA256SUMS"} <= addresses
    assert "site:data/1.0.0/counts.csv" not in addresses


def test_a_package_that_was_not_published_has_no_releases_to_show(miniature: Copy) -> None:
    unpublished = miniature.read()
    assert listed_releases(unpublished.root) == ()
    assert shown_releases(said(unpublished)) == []


def test_a_release_that_the_table_does_not_tell_of_is_shown_all_the_same(small: Package) -> None:
    without = replace(small, tables={name: one for name, one in small.tables.items() if name != "releases"})
    assert [(one.version, one.row) for one in shown_releases(said(without))] == [("1.1.0", None), ("1.0.0", None)]


@pytest.mark.parametrize(("language", "title"), [("nl", "Uitgave"), ("en", "Release")])
def test_every_sealed_release_has_a_page_in_its_folder(published: Package, language: str, title: str) -> None:
    sources = read_sources(PROJECT / "site", published.languages)
    drafts = {page.identifier: page for page in Renderer(published, sources, language, "https://x.example/").drafts()}
    sealed = [one["version"] for one in listed_releases(published.root) if one["sealed"]]
    assert {"0.1.0", "0.2.0"} <= set(sealed)
    for version in sealed:
        page = drafts[f"release:{version}"].render()
        assert (page.address, page.title) == (f"data/{version}/index.html", f"{title} {version}")
        assert "completions.csv" in page.markdown
    assert {name for name in drafts if name.startswith("release:")} == {f"release:{version}" for version in sealed}


def test_a_change_in_the_published_list_is_what_is_shown(small: Package) -> None:
    path = small.root.parent / "releases.json"
    listed = json.loads(path.read_text("utf-8"))
    shutil.copy(path, path.with_suffix(".before"))
    listed["releases"][-1]["level"] = "major"
    path.write_text(json.dumps(listed), encoding="utf-8")
    assert shown_releases(said(small))[0].level == "major"
