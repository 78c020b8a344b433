from typing import Any

import pytest

from api_answers import api_with_pages
from conftest import Copy
from vierdepijler.api.endpoint import Api
from vierdepijler.api.labels import label_of, reason_of, record_of, row_texts, source_of, unit_of
from vierdepijler.cells import Cell
from vierdepijler.package import Package


@pytest.fixture
def api(miniature: Copy) -> Api:
    return api_with_pages(miniature.read())


def cell(api: Api, field: str, row: int, table: str = "counts") -> Cell:
    found = api.package.tables[table]
    return Cell(found, row, found.field(field))


def test_a_code_has_its_label_in_each_language_and_nothing_else_has(api: Api) -> None:
    assert label_of(api, cell(api, "group", 0)) == {"nl": "Groep één", "en": "Group one"}
    assert label_of(api, cell(api, "persons", 0)) is None


def test_a_code_that_leads_nowhere_has_no_label(miniature: Copy) -> None:
    api = api_with_pages(miniature.replace("data/counts.csv", "2025-02-25,a,", "2025-02-25,z,").read())
    assert label_of(api, cell(api, "group", 0)) is None


def test_a_unit_has_its_label_where_there_is_a_list(api: Api, miniature: Copy) -> None:
    assert unit_of(api, "persons") == {"code": "persons", "label": {"nl": "personen", "en": "people"}}
    assert unit_of(api, "unheard-of") == {"code": "unheard-of", "label": None}
    assert unit_of(api, None) is None
    miniature.change(lambda descriptor: descriptor["resources"].pop(3))
    assert unit_of(api_with_pages(miniature.read()), "persons") == {"code": "persons", "label": None}


def test_an_empty_cell_has_its_reason(api: Api, package: Package) -> None:
    assert reason_of(api, cell(api, "persons", 0)) is None
    assert reason_of(api, cell(api, "persons", 2)) == {
        "unknown_id": "nobody-counts", "label": None, "reason": None, "reason_label": None,
    }  # fmt: skip
    full = api_with_pages(package)
    assert reason_of(full, cell(full, "reference_date", 0, "activity_hours")) == {
        "unknown_id": "hours-reference-date",
        "label": {"nl": "Over welke periode de uren gaan", "en": "The period that the hours cover"},
        "reason": "not_stated",
        "reason_label": {"nl": "Niet vermeld", "en": "Not stated"},
    }


def test_a_record_has_numbers_as_numbers_days_as_text_and_null_for_nothing(api: Api) -> None:
    assert record_of(api.package.tables["counts"], 2) == {
        "day": "2025-02-25", "group": "c", "persons": None, "unknown_id": "nobody-counts", "as_printed": None,
    }  # fmt: skip
    assert record_of(api.package.tables["derived_figures"], 1)["value"] == 86.3


def test_a_text_that_is_there_in_one_language_only_is_given_in_that_one(miniature: Copy) -> None:
    def rename(descriptor: Any) -> None:
        descriptor["resources"][1]["schema"]["fields"][2]["name"] = "other"

    miniature.replace("data/groups.csv", "label_en", "other").change(rename)
    api = api_with_pages(miniature.read())
    assert row_texts(api, api.package.tables["groups"], 0, "label") == {"nl": "Groep één"}
    assert row_texts(api, api.package.tables["groups"], 0, "description") is None


def test_a_row_says_which_item_of_which_source_it_comes_from(api: Api, package: Package) -> None:
    assert source_of(api, api.package.tables["counts"], 0) is None
    full = api_with_pages(package)
    assert source_of(full, package.tables["completions"], 0) == {
        "source_id": "S00",
        "title": "Antwoord op vraag nr. 173 van 20 februari 2025",
        "source_item": "5",
        "item_label": {"nl": "Wie klaar is", "en": "Who has finished"},
        "page": {
            "nl": "https://vierde-pijler.example/nl/sources.html#S00.5",
            "en": "https://vierde-pijler.example/en/sources.html#S00.5",
        },
    }
