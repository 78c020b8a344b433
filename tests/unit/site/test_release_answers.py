import pytest

from api_answers import api_with_pages
from conftest import Copy
from vierdepijler.core.package import Package
from vierdepijler.site.api.release_answers import answer_release, list_releases, versions


def test_each_release_is_there_with_its_day_and_its_changes(published: Package) -> None:
    api = api_with_pages(published)
    first = list_releases(api).data[0]
    assert (first["version"], first["released"]) == ("0.1.0", "2026-11-23")
    assert first["changes"]["en"].startswith("First release")
    assert first["address"] == "https://vierde-pijler.example/api/v1/releases/0.1.0.json"
    assert [one["version"] for one in list_releases(api).data] == [name for (name,) in versions(api)]


def test_a_release_names_the_figures_that_it_brought(published: Package) -> None:
    data = answer_release(api_with_pages(published), "0.1.0").data
    named = {figure["cell"]: figure["value"] for figure in data["figures"]}
    assert named["completions.persons[2025-02-25,obliged]"] == 3290
    assert named["completions.reference_date[2025-02-25,obliged]"] == "2025-02-25"


def test_a_package_without_a_table_of_releases_has_none(miniature: Copy) -> None:
    api = api_with_pages(miniature.read())
    assert list_releases(api).data == []
    assert list(versions(api)) == []
    with pytest.raises(LookupError):
        answer_release(api, "1.0.0")
