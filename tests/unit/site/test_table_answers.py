from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker, ValidationError

from api_answers import api_with_pages
from conftest import Copy
from vierdepijler.core.package import Package
from vierdepijler.site.api.endpoint import Api
from vierdepijler.site.api.table_answers import (
    answer_codes,
    answer_schema,
    answer_table,
    code_lists,
    list_codes,
    list_tables,
    record_schema,
)


@pytest.fixture
def api(out: Path) -> Api:
    return api_with_pages(Copy(out).read())


def test_the_list_leads_to_each_table(api: Api) -> None:
    first = list_tables(api).data[0]
    assert (first["name"], first["rows"]) == ("counts", 3)
    assert first["title"] == {"nl": "Tellingen", "en": "Counts"}
    assert first["address"] == "https://miniature.example/api/v1/tables/counts.json"


def test_a_table_has_its_fields_its_records_its_files_and_the_reasons_of_its_empty_cells(api: Api) -> None:
    answer = answer_table(api, "counts")
    persons = answer.data["fields"][2]
    assert (persons["name"], persons["unit"]["code"], persons["reason_in"]) == ("persons", "persons", "unknown_id")
    assert answer.data["fields"][1]["codes"] == "groups"
    assert [record["persons"] for record in answer.data["records"]] == [3290, 521, None]
    assert set(answer.data["reasons"]) == {"nobody-counts"}
    assert {file["format"] for file in answer.data["files"]} >= {"csv", "json"}
    assert answer.csv == "https://miniature.example/data/latest/counts.csv"
    assert answer.page == {
        language: f"https://miniature.example/{language}/table/counts.html" for language in ("nl", "en")
    }


def test_lists_of_codes_are_the_tables_with_that_key(api: Api) -> None:
    assert code_lists(api) == ["groups", "units"]
    assert [(one["name"], one["codes"]) for one in list_codes(api).data] == [("groups", 3), ("units", 4)]


def test_a_list_has_each_code_in_each_language_and_who_uses_it(api: Api) -> None:
    data = answer_codes(api, "groups").data
    assert data["codes"][0] == {"code": "a", "label": {"nl": "Groep één", "en": "Group one"}, "description": None}
    assert data["used_by"] == [{"table": "counts", "field": "group"}]


def test_the_schema_is_that_of_the_descriptor(api: Api) -> None:
    data = answer_schema(api, "counts").data
    assert data["table_schema"] == api.package.tables["counts"].descriptor["schema"]


def test_every_record_fits_the_schema_that_is_given_for_it(published: Package) -> None:
    api = api_with_pages(published)
    for name, table in published.tables.items():
        validator = Draft202012Validator(dict(record_schema(table)), format_checker=FormatChecker())
        for record in answer_table(api, name).data["records"]:
            validator.validate(record)


def test_a_record_with_a_key_that_is_empty_or_a_number_as_text_does_not_fit(api: Api) -> None:
    validator = Draft202012Validator(dict(record_schema(api.package.tables["counts"])))
    record: dict[str, Any] = dict(answer_table(api, "counts").data["records"][0])
    for wrong in ({"group": None}, {"persons": "3290"}, {"other": 1}):
        with pytest.raises(ValidationError):
            validator.validate({**record, **wrong})
