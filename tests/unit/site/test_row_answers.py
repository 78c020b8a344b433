import pytest

from api_answers import api_with_pages
from conftest import Copy
from vierdepijler.api import endpoint
from vierdepijler.api.endpoint import Api
from vierdepijler.api.row_answers import answer_row, row_names, row_path
from vierdepijler.package import Package


@pytest.fixture
def api(miniature: Copy) -> Api:
    return api_with_pages(Copy(miniature.publish(miniature.folder.parent / "out")).read())


def test_a_row_is_found_by_its_key_and_explains_itself(api: Api) -> None:
    answer = answer_row(api, "counts", "2025-02-25.a")
    assert answer.data["key"] == {"day": "2025-02-25", "group": "a"}
    assert answer.data["record"]["persons"] == 3290
    assert answer.data["labels"] == {"group": {"nl": "Groep één", "en": "Group one"}}
    assert answer.data["units"]["persons"]["label"]["nl"] == "personen"
    assert answer.data["figures"]["persons"] == {
        "id": "counts.2025-02-25.a.persons",
        "address": "https://miniature.example/api/v1/figures/counts.2025-02-25.a.persons.json",
        "passport": {
            language: f"https://miniature.example/{language}/passport/counts.html#2025-02-25.a.persons"
            for language in ("nl", "en")
        },
    }
    assert answer.page is not None
    assert answer.page["nl"] == "https://miniature.example/nl/table/counts.html#2025-02-25.a"


def test_an_empty_cell_is_null_with_its_reason_beside_it_and_is_no_figure(api: Api) -> None:
    data = answer_row(api, "counts", "2025-02-25.c").data
    assert data["record"]["persons"] is None
    assert data["empty"]["persons"]["unknown_id"] == "nobody-counts"
    assert data["figures"] == {}


def test_every_row_of_every_table_has_a_name_of_its_own(published: Package) -> None:
    names = list(row_names(api_with_pages(published)))
    assert len({(table.lower(), row.lower()) for table, row in names}) == len(names)
    assert len(names) == sum(table.rows for table in published.tables.values())


def test_a_row_of_a_table_that_is_too_long_has_no_path(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = api.package.tables["counts"]
    assert row_path(counts, 0) == "tables/counts/rows/2025-02-25.a.json"
    monkeypatch.setattr(endpoint, "ROW_FILES", 2)
    assert row_path(counts, 0) is None
    assert [table for table, _ in row_names(api) if table == "counts"] == []
