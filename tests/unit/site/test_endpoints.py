import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import ValidationError

from api_answers import api_with_pages, validator
from conftest import Copy
from vierdepijler.core.package import Package
from vierdepijler.site.api.endpoints import ENDPOINTS, component, write_api
from vierdepijler.writers.formats.publication import files_below

ADDRESS = "https://vierde-pijler.example/"


@pytest.fixture(scope="module")
def written(published: Package, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("api")
    write_api(api_with_pages(published), folder)
    return folder


def read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def test_every_file_fits_the_shape_that_is_promised_for_it(written: Path, published: Package) -> None:
    api, described, checked = api_with_pages(published), read(written / "api/v1/openapi.json"), 0
    for endpoint in ENDPOINTS:
        shape = validator(described, component(endpoint))
        for path in endpoint.paths(api):
            shape.validate(read(written / "api" / "v1" / path))
            checked += 1
    assert checked == len(files_below(written)) > 250


def test_an_answer_that_lacks_or_adds_something_does_not_fit(written: Path) -> None:
    shape = validator(read(written / "api/v1/openapi.json"), "FigureAnswer")
    answer = read(written / "api/v1/figures/completions.2025-02-25.obliged.persons.json")
    shape.validate(answer)
    for wrong in ({"value": None}, {"date": "25/02/2025"}, {"new": 1}, {"links": 3}, {"about": [{"field": "x"}]}):
        with pytest.raises(ValidationError):
            shape.validate({**answer, "data": {**answer["data"], **wrong}})
    with pytest.raises(ValidationError):
        shape.validate({name: item for name, item in answer.items() if name != "licence"})


def addresses(content: Any) -> list[str]:
    """Give every address of ours in an answer, whatever stands around it."""
    if isinstance(content, dict):
        return [found for item in content.values() for found in addresses(item)]
    if isinstance(content, list):
        return [found for item in content for found in addresses(item)]
    return [content] if isinstance(content, str) and content.startswith(ADDRESS) else []


def test_each_answer_says_its_own_address_and_leads_only_to_answers_that_are_there(written: Path) -> None:
    files, checked = files_below(written), 0
    for name, path in files.items():
        content = read(path)
        if "links" in content:
            assert content["links"]["self"] == ADDRESS + name
            checked += 1
        inside = {address.removeprefix(ADDRESS) for address in addresses(content) if "/api/v1/" in address}
        assert inside - {"api/v1"} <= set(files), name
    assert checked == len(files) - 1


def test_the_index_has_an_example_of_every_endpoint(written: Path) -> None:
    listed = read(written / "api/v1/index.json")["data"]["endpoints"]
    assert [one["name"] for one in listed] == [endpoint.name for endpoint in ENDPOINTS]
    assert {one["example"].removeprefix(ADDRESS) for one in listed} <= set(files_below(written))


def test_the_same_package_gives_the_same_bytes(written: Path, published: Package, tmp_path: Path) -> None:
    write_api(api_with_pages(published), tmp_path)
    for name, path in files_below(written).items():
        assert (tmp_path / name).read_bytes() == path.read_bytes()


def test_names_differ_where_capitals_count_for_nothing(miniature: Copy, tmp_path: Path) -> None:
    miniature.replace("data/counts.csv", "2025-02-25,c,,nobody-counts,", "2025-02-25,A,7,,7")
    write_api(api_with_pages(miniature.read()), tmp_path)
    names = [f"api/v1/figures/counts.2025-02-25.{group}.persons.json" for group in ("a", "~a")]
    assert set(names) <= set(files_below(tmp_path))
    assert [read(tmp_path / name)["data"]["value"] for name in names] == [3290, 7]


def test_a_table_that_is_added_is_in_the_api(miniature: Copy, tmp_path: Path) -> None:
    fields = [{"name": "code", "type": "string"}, {"name": "long", "type": "integer"}]
    table = {"name": "more", "path": "data/more.csv", "schema": {"fields": fields, "primaryKey": "code"}}
    miniature.write("data/more.csv", "code,long\nx,9007199254740993\n")
    miniature.change(lambda descriptor: descriptor["resources"].append(table))
    write_api(api_with_pages(miniature.read()), tmp_path)
    assert read(tmp_path / "api/v1/tables/more.json")["data"]["records"] == [{"code": "x", "long": 9007199254740993}]
    assert (tmp_path / "api/v1/codes/more.json").is_file()
