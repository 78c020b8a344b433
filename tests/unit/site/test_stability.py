"""The promise that addresses last: what was there in a release is still there, or something says what replaced it."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from api_answers import api_with_pages
from conftest import PROJECT, Copy
from vierdepijler.site.api.endpoint import ROOT, Api
from vierdepijler.site.api.endpoints import ENDPOINTS, write_api
from vierdepijler.writers.formats.publication import files_below


def api_addresses(api: Api) -> list[str]:
    return sorted(ROOT + path for endpoint in ENDPOINTS for path in endpoint.paths(api))


def lost(before: Iterable[str], now: Iterable[str]) -> list[str]:
    """Give the addresses of the API that a release had, and that are not there now."""
    return sorted({address for address in before if address.startswith(ROOT)} - set(now))


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


def test_every_address_of_every_release_is_still_there(site: Path) -> None:
    """A file in its place is enough: it answers, or it says what replaced it."""
    listed = sorted((PROJECT / "releases").glob("*/addresses.txt"))
    if not listed:
        pytest.skip("no release with a list of its addresses is kept yet")
    for release in listed:
        assert lost(release.read_text("utf-8").splitlines(), files_below(site)) == [], release.parent.name
