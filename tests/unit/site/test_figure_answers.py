from typing import Any

import pytest

from api_answers import api_with_pages
from conftest import Copy
from vierdepijler.core.package import Package
from vierdepijler.site.api.endpoint import Api
from vierdepijler.site.api.figure_answers import (
    answer_figure,
    answer_release,
    list_figures,
    list_releases,
    versions,
)


@pytest.fixture(scope="module")
def api(published: Package) -> Api:
    return api_with_pages(published)


def figure(api: Api, name: str) -> Any:
    return answer_figure(api, name).data


def test_a_figure_has_all_that_its_passport_says(api: Api) -> None:
    data = figure(api, "completions.2025-02-25.obliged.persons")
    assert (data["value"], data["unit"], data["date"], data["as_printed"]) == (3290, "persons", "2025-02-25", "3.290")
    assert data["meaning"]["en"] == "How many people had finished."
    assert [about["label"]["nl"] for about in data["about"]] == ["Verplichte inburgeraars"]
    assert data["source"]["source_item"] == "5"
    assert data["history"][0]["value"] == 3290
    assert data["passport"]["en"].endswith("/en/passport/completions.html#2025-02-25.obliged.persons")
    assert data["calculation"] is None


def test_the_sentence_is_filled_in_for_readers_of_each_language(api: Api) -> None:
    sentence = figure(api, "completions.2025-02-25.obliged.persons")["sentence"]
    assert sentence["nl"].startswith("Op 25 februari 2025 waren 3.290 mensen klaar")
    assert sentence["en"].startswith("On 25 February 2025, 3,290 people had finished")
    assert "(verplichte inburgeraars)" in sentence["nl"]


def test_a_figure_of_our_own_has_its_calculation_and_no_source(api: Api) -> None:
    data = figure(api, "derived_figures.share_obliged.value")
    assert (data["value"], data["date"], data["source"]) == (86.3, "2025-02-25", None)
    assert data["calculation"]["kind"] == "share"
    assert data["calculation"]["inputs"] == [
        "completions.persons[2025-02-25,obliged]", "completions.persons[2025-02-25,all]",
    ]  # fmt: skip
    assert data["name"]["en"] == "Share of obliged participants among those who finished"


def test_a_figure_without_a_day_says_null(api: Api) -> None:
    assert figure(api, "activity_hours.~s00.sport.share_percent")["date"] is None


def test_the_list_has_each_figure_once_with_its_value(api: Api) -> None:
    listed = list_figures(api).data
    assert [one["id"] for one in listed] == list(api.figures)
    assert len({one["cell"] for one in listed}) == len(listed) > 40


def test_a_figure_that_was_revised_and_withdrawn_tells_each_value(miniature: Copy) -> None:
    names = ("cell", "version", "value", "reason_nl", "reason_en")
    history = {
        "name": "figure_history", "role": "figure-history", "path": "data/history.csv",
        "schema": {
            "fields": [{"name": name, "type": "string"} for name in names],
            "primaryKey": ["cell", "version"],
        },
    }  # fmt: skip
    cell = '"counts.persons[2025-02-25,a]"'
    rows = f"{cell},1.0.0,12,Eerst.,First.\n{cell},1.1.0,,Weg.,Gone.\n{cell},1.2.0,3290,Terug.,Back.\n"
    miniature.write("data/history.csv", f"cell,version,value,reason_nl,reason_en\n{rows}")
    miniature.change(lambda descriptor: descriptor["resources"].append(history))
    data = figure(api_with_pages(miniature.read()), "counts.2025-02-25.a.persons")
    assert [record["value"] for record in data["history"]] == [12, None, 3290]
    assert data["history"][1]["reason"] == {"nl": "Weg.", "en": "Gone."}


def test_each_release_is_there_with_its_day_and_its_changes(published: Package) -> None:
    api = api_with_pages(published)
    first = list_releases(api).data[0]
    assert (first["version"], first["released"]) == ("0.1.0", "2026-11-23")
    assert first["changes"]["en"].startswith("First release")
    assert first["address"] == "https://vierde-pijler.example/api/v1/releases/0.1.0.json"
    assert [one["version"] for one in list_releases(api).data] == versions(api)


def test_a_release_names_the_figures_that_it_brought(published: Package) -> None:
    data = answer_release(api_with_pages(published), "0.1.0").data
    named = {figure["cell"]: figure["value"] for figure in data["figures"]}
    assert named["completions.persons[2025-02-25,obliged]"] == 3290
    assert named["completions.reference_date[2025-02-25,obliged]"] == "2025-02-25"


def test_a_package_without_a_table_of_releases_has_none(miniature: Copy) -> None:
    api = api_with_pages(miniature.read())
    assert list_releases(api).data == []
    assert versions(api) == []
    with pytest.raises(LookupError):
        answer_release(api, "1.0.0")
