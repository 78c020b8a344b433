from pathlib import Path

import pytest

from api_answers import api_with_pages
from conftest import PROJECT, Copy
from vierdepijler.site.api.endpoints import write_api
from vierdepijler.site.api.stability import api_addresses, lost
from vierdepijler.writers.formats.archives import files_below


def test_the_addresses_are_those_of_the_files(miniature: Copy, tmp_path: Path) -> None:
    api = api_with_pages(miniature.read())
    write_api(api, tmp_path / "out")
    assert api_addresses(api) == list(files_below(tmp_path / "out"))


def test_what_is_added_breaks_no_promise_and_what_goes_does(miniature: Copy) -> None:
    before = api_addresses(api_with_pages(miniature.read()))
    miniature.replace("data/counts.csv", "2025-02-25,c,,nobody-counts,\n", "2025-02-25,c,7,,7\n2025-02-26,a,1,,1\n")
    added = api_addresses(api_with_pages(miniature.read()))
    assert lost(before, added) == []
    assert set(added) - set(before) >= {"api/v1/figures/counts.2025-02-25.c.persons.json"}
    miniature.replace("data/counts.csv", "2025-02-25,b,521,,521\n", "")
    gone = lost(added, api_addresses(api_with_pages(miniature.read())))
    assert gone == ["api/v1/figures/counts.2025-02-25.b.persons.json"]


def test_an_address_whose_place_says_what_replaced_it_is_not_lost(miniature: Copy) -> None:
    now = api_addresses(api_with_pages(miniature.read()))
    assert lost([*now, "api/v1/tables/old.json"], now) == ["api/v1/tables/old.json"]
    assert lost([*now, "api/v1/tables/old.json"], now, ["api/v1/tables/old.json"]) == []


def test_addresses_outside_the_api_are_the_matter_of_others() -> None:
    assert lost(["index.html", "data/latest/x.csv", "api/v2/index.json"], []) == []


def test_every_address_of_every_release_is_still_there(site: Path) -> None:
    """A file in its place is enough: it answers, or it says what replaced it."""
    listed = sorted((PROJECT / "releases").glob("*/addresses.txt"))
    if not listed:
        pytest.skip("no release with a list of its addresses is kept yet")
    for release in listed:
        assert lost(release.read_text("utf-8").splitlines(), files_below(site)) == [], release.parent.name
