"""Tables that lie in no single CSV file, and packages of which only a part can be read."""

import gzip
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from openpyxl import Workbook
from pyarrow import parquet

from other_packages import ID_NAME, Other, of, one
from vierdepijler.checks.checking import check_package
from vierdepijler.core.problems import UnreadableError
from vierdepijler.core.reading import read_package

SCHEMA = {**ID_NAME, "primaryKey": "id"}
ROWS = "id,name\n1,a\nx,b\n"


def told(path: Path, **options: Any) -> list[str]:
    """Give what is said of a package that is read leniently, by file, line and rule."""
    problems = check_package(read_package(path, leniently=True, **options)).problems
    return [f"{problem.file}:{problem.line} {problem.rule} {problem.severity.value}" for problem in problems]


def zipped(*names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as folder:
        for name in names:
            folder.writestr(name, ROWS)
    return packed.getvalue()


def sheet() -> bytes:
    book, written = Workbook(), io.BytesIO()
    for row in (["id", "name"], [1, "a"], ["x", "b"]):
        book.active.append(row)
    book.save(written)
    return written.getvalue()


def columns() -> bytes:
    written = io.BytesIO()
    parquet.write_table(pa.table({"id": ["1", "x"], "name": ["a", "b"]}), written)
    return written.getvalue()


def table(files: dict[str, str | bytes], path: Any, **about: Any) -> Other:
    return Other([{"name": "a", "path": path, "schema": SCHEMA, **about}], files)


OBJECTS = [{"id": 1.0, "name": "a"}, {"id": "x", "name": None}]
GATHERED: dict[str, tuple[Other, list[str]]] = {
    "several files": (
        table({"a.csv": "id,name\n1,a\n", "b.csv": "id,name\n2,b\nx,c\n1,d\n"}, ["a.csv", "b.csv"]),
        ["b.csv:3 type error", "b.csv:4 primary-key error"],
    ),
    "several files, a cell of two lines in one": (
        table({"a.csv": 'id,name\n1,"a\nb"\ny,c\n', "b.csv": "id,name\nx,c\n"}, ["a.csv", "b.csv"]),
        ["a.csv:4 type error", "b.csv:2 type error"],
    ),
    "several files with a dialect": (
        table({"a.txt": "id|name\n1|a\n", "b.txt": "id|name\nx|b\n"}, ["a.txt", "b.txt"], dialect={"delimiter": "|"}),
        ["b.txt:2 type error"],
    ),
    "a part without a header": (
        table({"a.csv": "id,name\n1,a\n", "b.csv": "2,b\n3,c\n"}, ["a.csv", "b.csv"]),
        ["b.csv:1 header error"],
    ),
    "a compressed file": (table({"a.csv.gz": gzip.compress(ROWS.encode())}, "a.csv.gz"), ["a.csv.gz:3 type error"]),
    "a zip": (table({"a.zip": zipped("b.csv", "README.md")}, "a.zip"), ["a.zip:3 type error"]),
    "JSON": (table({"a.json": json.dumps(OBJECTS)}, "a.json"), ["a.json:3 type error"]),
    "a spreadsheet": (table({"a.xlsx": sheet()}, "a.xlsx"), ["a.xlsx:3 type error"]),
    "Parquet": (table({"a.parquet": columns()}, "a.parquet"), ["a.parquet:3 type error"]),
    "lists in the descriptor": (
        Other([{"name": "a", "data": [["id", "name"], [1, "a"], ["x", None]], "schema": SCHEMA}], {}),
        ["datapackage.json:15 type error"],
    ),
    "objects in the descriptor": (
        Other([{"name": "a", "data": OBJECTS, "schema": SCHEMA}], {}),
        ["datapackage.json:11 type error"],
    ),
}
UNREADABLE: dict[str, tuple[Other, str]] = {
    "no zip": (table({"a.zip": b"x"}, "a.zip"), "a.zip: the file cannot be unpacked"),
    "two tables in a zip": (table({"a.zip": zipped("a.csv", "b.csv")}, "a.zip"), "the zip holds 2 tables, and not one"),
    "cut off": (
        table({"a.csv.gz": gzip.compress(b"a" * 99)[:-9]}, "a.csv.gz"),
        "a.csv.gz: the file cannot be unpacked",
    ),
    "no spreadsheet": (table({"a.xlsx": b"x"}, "a.xlsx"), "the table 'a' cannot be read"),
    "no rows": (Other([{"name": "a", "data": {"x": 1}, "schema": SCHEMA}], {}), "the data of 'a' in the descriptor"),
}


@pytest.mark.parametrize("name", GATHERED)
def test_each_problem_is_told_where_it_is(tmp_path: Path, name: str) -> None:
    other, problems = GATHERED[name]
    assert told(other.write(tmp_path)) == problems


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_gathered_is_told(tmp_path: Path, name: str) -> None:
    other, message = UNREADABLE[name]
    with pytest.raises(UnreadableError, match=message):
        read_package(other.write(tmp_path), leniently=True)


@pytest.mark.parametrize("name", ["several files", "a compressed file", "lists in the descriptor"])
def test_who_publishes_must_have_tables_of_csv(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreadableError):
        read_package(GATHERED[name][0].write(tmp_path))


def test_a_table_that_is_missing_keeps_none_of_the_others_from_being_checked(tmp_path: Path) -> None:
    keys = [{"fields": "id", "reference": {"resource": "b", "fields": "id"}}]
    resources: list[dict[str, Any]] = [
        {"name": "a", "path": "a.csv", "schema": {**SCHEMA, "foreignKeys": keys}},
        {"name": "b", "path": "b.csv", "schema": SCHEMA},
        {"name": "c", "path": "c.csv", "schema": SCHEMA},
        {"name": "d", "path": "https://a.example/d.csv"},
        {"name": "e", "path": "e.geojson", "schema": SCHEMA},
    ]
    assert told(Other(resources, {"a.csv": ROWS, "e.geojson": "{}"}).write(tmp_path)) == [
        "a.csv:3 type error",
        "b.csv:0 readable error",
        "c.csv:0 readable error",
        "datapackage.json:65 readable warning",
        "datapackage.json:69 readable warning",
    ]


@pytest.mark.parametrize(
    ("about", "told_of_it"),
    [
        ({}, []),
        ({"hash": "md5:098f6bcd4621d373cade4e832627b4f6", "bytes": 4}, []),
        ({"hash": "098f6bcd4621d373cade4e832627b4f7"}, ["b.pdf:0 file-size error"]),
        ({"bytes": 5}, ["b.pdf:0 file-size error"]),
        ({"path": "c.pdf"}, ["datapackage.json:23 readable error"]),
    ],
)
def test_a_file_that_is_no_table_must_be_there_as_described(
    tmp_path: Path, about: dict[str, Any], told_of_it: list[str]
) -> None:
    resources = [*one("id,name\n1,a\n", SCHEMA).resources, {"name": "b", "path": "b.pdf", **about}]
    assert told(Other(resources, {"a.csv": "id,name\n1,a\n", "b.pdf": "test"}).write(tmp_path)) == told_of_it


EXTRA, LOST, NONE = "z header", "name header", " header"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("id,name\n1,a\n", {}),
        ("name,id\na,1\n", {"exact": ["id header", "id type", "name header"]}),
        ("id,name,z\n1,a,3\n", {"exact": [EXTRA], "equal": [EXTRA], "superset": [EXTRA]}),
        ("id\n1\n", {"exact": [LOST], "equal": [LOST], "subset": [LOST]}),
        ("z\n1\n", {"superset": [EXTRA], "partial": [NONE], "subset": ["id header", LOST]}),
    ],
)
@pytest.mark.parametrize("match", ["exact", "equal", "subset", "superset", "partial"])
def test_fields_match_the_columns_as_the_schema_says(
    tmp_path: Path, match: str, text: str, wrong: dict[str, list[str]]
) -> None:
    if match not in wrong and text.startswith("z"):
        pytest.skip("told in more than one way")
    schema = of(("id", "integer", {}), ("name", "string", {}), fieldsMatch=match)
    problems = check_package(read_package(one(text, schema).write(tmp_path))).problems
    assert sorted(f"{problem.column} {problem.rule}" for problem in problems) == wrong.get(match, [])


def test_a_packed_file_that_is_not_there_is_told_as_any_other(tmp_path: Path) -> None:
    path = one(b"", path="a.csv.gz").write(tmp_path)
    (tmp_path / "a.csv.gz").unlink()
    with pytest.raises(UnreadableError, match="check the path, and that the file is there"):
        read_package(path, leniently=True)


def test_a_way_to_match_fields_that_is_none_is_told_with_those_there_are(tmp_path: Path) -> None:
    path = one(ROWS, of(("id", "integer", {}), fieldsMatch="same")).write(tmp_path)
    with pytest.raises(UnreadableError, match='choose one of: "exact", "equal", "subset", "superset", "partial"'):
        read_package(path)


@pytest.mark.parametrize("place", ["a.example/s/t.json", "s/t.json", "t.json"])
def test_a_schema_at_an_address_is_read_from_a_copy(tmp_path: Path, place: str) -> None:
    copy = tmp_path / "copies" / place
    copy.parent.mkdir(parents=True)
    copy.write_text(json.dumps(SCHEMA), "utf-8")
    path = one(ROWS, "https://a.example/s/t.json").write(tmp_path)
    assert told(path) == ["datapackage.json:5 readable warning"]
    assert told(path, copies=tmp_path / "copies") == ["a.csv:3 type error"]


def test_a_descriptor_and_its_schemas_may_be_written_in_yaml(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,day\n1,2020-01-01\nx,2020-01-01\n")
    (tmp_path / "s.yaml").write_text(
        "fields:\n- name: id\n  type: integer\n- name: day\n  type: date\n  contraints: {}\n"
    )
    descriptor = tmp_path / "datapackage.yaml"
    descriptor.write_text("name: p\ncreated: 2020-01-01\nresources:\n- name: a\n  path: a.csv\n  schema: s.yaml\n")
    assert told(descriptor) == ["a.csv:3 type error", "s.yaml:6 properties error"]
    descriptor.write_text("name: [\n")
    with pytest.raises(UnreadableError, match=r"datapackage\.yaml"):
        read_package(descriptor)


@pytest.mark.parametrize("comments", ["# about\n", "# about, more\n#\n"])
def test_a_header_may_stand_behind_comments(tmp_path: Path, comments: str) -> None:
    path = one(f"{comments}id,name\n1,a\n#x\nx,b\n", SCHEMA, dialect={"commentChar": "#"}).write(tmp_path)
    assert told(path) == [f"a.csv:{4 + comments.count(chr(10))} type error"]
