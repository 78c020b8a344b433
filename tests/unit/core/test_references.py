import json
from pathlib import Path
from typing import Any

import pytest

from vierdepijler.core.descriptors import read_descriptor
from vierdepijler.core.problems import UnreadableError
from vierdepijler.core.references import Filled, fill, is_table


def filled(folder: Path, *resources: dict[str, Any]) -> Filled:
    path = folder / "datapackage.json"
    path.write_text(json.dumps({"resources": list(resources)}, indent=1), "utf-8")
    return fill(path, read_descriptor(path))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"path": "a.csv"}, True),
        ({"path": ["A.CSV"]}, True),
        ({"path": "a", "format": "csv"}, True),
        ({"path": "a.csv.zip"}, True),
        ({"path": "a.xlsx", "schema": {}}, True),
        ({"path": "a.xlsx", "profile": "tabular-data-resource"}, True),
        ({"path": "a.xlsx", "type": "table"}, True),
        ({"path": "a.csv", "type": "json", "schema": {}}, True),
        ({"path": "a.csv", "type": "file"}, False),
        ({"path": "a.csv", "type": None, "format": None, "profile": None}, True),
        ({"path": "a.xlsx"}, False),
        ({"path": "README.md", "profile": "data-resource"}, False),
    ],
)
def test_what_is_meant_to_be_a_table_is_told_from_what_is_not(said: dict[str, Any], *, expected: bool) -> None:
    assert is_table({"name": "a", **said}) is expected


def test_what_is_no_table_keeps_its_place(tmp_path: Path) -> None:
    found = filled(tmp_path, {"name": "r", "path": "r.pdf"}, {"name": "a", "path": "a.csv", "schema": {}})
    assert [resource["name"] for resource in found.descriptor["resources"]] == ["a"]
    assert {place: resource["name"] for place, resource in found.others.items()} == {0: "r"}


@pytest.mark.parametrize("path", ["../evil.conf", "/etc/hostname", "a/../../x.png", ["r.png", "../x.png"], "a\0.png"])
def test_what_is_no_table_leaves_the_package_no_more_than_a_table_does(tmp_path: Path, path: str | list[str]) -> None:
    with pytest.raises(UnreadableError, match=r"^datapackage\.json:9: the path '.*' of 'r' leaves the package"):
        filled(tmp_path, {"name": "a", "path": "a.csv", "schema": {}}, {"name": "r", "path": path})


def test_a_schema_is_read_from_its_file(tmp_path: Path) -> None:
    (tmp_path / "s.json").write_text('\ufeff{"fields": [{"name": "x"}]}', "utf-8")
    found = filled(tmp_path, {"name": "a", "path": "a.csv", "schema": "s.json"})
    assert found.descriptor["resources"][0]["schema"] == {"fields": [{"name": "x"}]}


@pytest.mark.parametrize("target", ["/etc/hostname", "../s.json"])
def test_a_schema_behind_a_link_that_leaves_the_package_is_refused(tmp_path: Path, target: str) -> None:
    (tmp_path / "s.json").symlink_to(target)
    with pytest.raises(UnreadableError, match="the schema of 'a' is not in the package"):
        filled(tmp_path, {"name": "a", "path": "a.csv", "schema": "s.json"})


def test_a_resource_without_references_stays_as_it_is(tmp_path: Path) -> None:
    resource = {"name": "a", "path": "a.csv", "dialect": {"delimiter": ";"}, "schema": {"fields": []}}
    assert filled(tmp_path, resource).descriptor["resources"] == [resource]


@pytest.mark.parametrize(
    ("said", "text", "delimiter"),
    [
        ({"path": "a.tsv"}, "", "\t"),
        ({"path": "a.tsv", "dialect": {"delimiter": ","}}, "", ","),
        ({"path": "a.csv", "format": "tsv"}, "", "\t"),
        ({"path": "a.csv", "dialect": {"csv": {"delimiter": "|"}}}, "", "|"),
        ({"path": "a.csv"}, "a;b\n1;2\n", ";"),
        ({"path": "a.csv", "schema": {}}, "a;b\n1;2\n", None),
        ({"path": "a.csv"}, "a,b\n1,2\n", None),
        ({"path": "a.csv", "encoding": "utf-9"}, "a;b\n1;2\n", None),
    ],
)
def test_the_delimiter_is_told_by_what_says_it_first(
    tmp_path: Path, said: dict[str, Any], text: str, delimiter: str | None
) -> None:
    (tmp_path / said["path"]).write_text(text, "utf-8")
    (resource,) = filled(tmp_path, {"name": "a", **said}).descriptor["resources"]
    assert resource.get("dialect", {}).get("delimiter") == delimiter


def test_a_name_that_stands_twice_is_refused_also_where_one_is_no_table(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="two tables are called 'a'"):
        filled(tmp_path, {"name": "a", "path": "a.csv"}, {"name": "a", "path": "a.pdf"})
