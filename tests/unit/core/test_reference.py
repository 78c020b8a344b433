"""Frictionless is asked about a few rows as if it had read the whole file, and says the same as when it has."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from frictionless import Error, FrictionlessException
from frictionless.fields import StringField

from vierdepijler.core.columnar.reference import (
    cell_reader,
    errors_of_file,
    errors_of_rows,
    errors_of_table,
    limits_without_value,
    opened,
)
from vierdepijler.core.columnar.scanning import ENOUGH, ForeignKey

Descriptor = Mapping[str, Any]
Told = tuple[str, int | None, str]
LABELS = ("a", "b")
SCHEMA: dict[str, Any] = {
    "fields": [{"name": "a"}, {"name": "b", "type": "integer"}],
    "primaryKey": ["a"],
    "foreignKeys": [{"fields": "b", "reference": {"resource": "other", "fields": "code"}}],
}
TABLE: dict[str, Any] = {"name": "table", "path": "table.csv", "schema": SCHEMA}
OTHER: dict[str, Any] = {
    "name": "other",
    "path": "other.csv",
    "schema": {"fields": [{"name": "code", "type": "integer"}]},
}
KEY = ForeignKey(("b",), "other", ("code",), (1,))
ROWS = {2: ["x", "1"], 9: ["y", "bad"], 12: ["z", "3"], 40: ["x", "1"], 41: ["v"], 50: ["w", "1", "2"], 99: ["", "1"]}


def told(errors: Sequence[Error]) -> list[Told]:
    return [(error.type, getattr(error, "row_number", None), error.note) for error in errors]


def asked(rows: Mapping[int, Sequence[str]], known: Sequence[int], labels: Sequence[str] = LABELS) -> list[Told]:
    return told(errors_of_rows(TABLE, {"other": OTHER}, labels, rows, {KEY: known}))


def whole(root: Path, resource: Descriptor, rows: Mapping[int, Sequence[str]]) -> list[Told]:
    """Let Frictionless read a file that has these rows among others that are clean."""
    lines = ["a,b", *(f"clean {number},1" for number in range(2, max(rows) + 1))]
    for number, cells in rows.items():
        lines[number - 1] = ",".join(cells)
    (root / "table.csv").write_text("\n".join(lines) + "\n")
    (root / "other.csv").write_text("code\n1\n7\n")
    return told(errors_of_table(opened({"resources": [resource, OTHER]}, root), "table"))


def test_some_rows_give_the_errors_that_the_whole_file_gives(tmp_path: Path) -> None:
    expected = whole(tmp_path, TABLE, ROWS)
    assert {row for _, row, _ in expected} == {9, 12, 40, 41, 50, 99}
    assert asked(ROWS, [number for number in ROWS if number != 12]) == expected


def test_rows_have_their_own_numbers_also_in_what_is_told_of_them() -> None:
    found = asked({7: ["x", "1"], 900: ["x", "1"]}, [7, 900])
    assert found == [("primary-key", 900, "the same as in the row at position 7")]


def test_a_key_that_leads_somewhere_is_known_though_the_other_table_is_not_read() -> None:
    assert asked({5: ["x", "1"], 6: ["y", "3"]}, [5, 6]) == []
    assert [error[:2] for error in asked({5: ["x", "1"], 6: ["y", "3"]}, [5])] == [("foreign-key", 6)]
    assert [error[:2] for error in asked({6: ["y", "3"]}, [])] == [("foreign-key", 6)]


def test_a_key_to_the_table_itself_is_known_too() -> None:
    numbers = [{"name": "a", "type": "integer"}, {"name": "b", "type": "integer"}]
    own = {"fields": numbers, "foreignKeys": [{"fields": "a", "reference": {"resource": "", "fields": "b"}}]}
    resource = {**TABLE, "schema": own}
    key = ForeignKey(("a",), "table", ("b",), (0,))
    rows = {5: ["7", "1"], 6: ["8", "bad"], 8: ["9", "2"]}
    found = told(errors_of_rows(resource, {"table": resource}, LABELS, rows, {key: [5, 6]}))
    assert [error[:2] for error in found] == [("type-error", 6), ("foreign-key", 8)]


def test_a_schema_is_held_to_the_standard_once(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    validate = StringField.metadata_validate

    def validated(field: dict[str, Any], **kept: Any) -> Any:
        seen.append(field["name"])
        return validate(field, **kept)

    monkeypatch.setattr(StringField, "metadata_validate", validated)
    names = [f"f{number}" for number in range(20)]
    fields = [{"name": name, "type": "string", "constraints": {"required": True}} for name in names]
    rows = {3: ["x"] * 19 + [""]}
    found = errors_of_rows({"name": "t", "schema": {"fields": fields}}, {}, names, rows, {})
    assert [(error.type, error.note) for error in found] == [("constraint-error", 'constraint "required" is "True"')]
    assert seen == names


@pytest.mark.parametrize("labels", [("a", "a"), ("a", ""), ("b", "a"), ("a",), ("a", "b", "c"), ("a", "c")])
def test_a_header_that_is_not_as_the_schema_says_is_told_of(tmp_path: Path, labels: tuple[str, ...]) -> None:
    fields = {"fields": [{"name": "a", "type": "string"}, {"name": "b", "type": "string"}]}
    (tmp_path / "t.csv").write_text(",".join(labels) + "\n")
    resource = {"name": "t", "path": "t.csv", "schema": fields}
    expected = told(errors_of_table(opened({"resources": [resource]}, tmp_path), "t"))
    assert told(errors_of_rows(resource, {}, labels, {}, {})) == expected != []


def test_more_rows_than_the_sample_of_frictionless_keep_their_numbers() -> None:
    rows = {2 * number: [f"x{number}", "bad"] for number in range(1, 301)}
    assert [row for _, row, _ in asked(rows, list(rows))] == list(rows)


def test_the_header_is_looked_at_where_there_are_no_rows() -> None:
    assert asked({}, []) == []
    assert [kind for kind, _, _ in asked({}, [], ("a", "c"))] == ["incorrect-label"]
    assert [kind for kind, _, _ in asked({}, [], ("a", "b", "b"))] == ["extra-label"]


def test_a_cell_is_read_with_its_type_its_constraints_and_its_missing_values() -> None:
    field = {"name": "a", "type": "integer", "constraints": {"maximum": 5}}
    read = cell_reader(field, {"missingValues": ["-"]})
    assert [read(text)[0] for text in ("5", "+7", "-", "x")] == [5, 7, None, None]
    assert [bool(read(text)[1]) for text in ("5", "+7", "-", "x")] == [False, True, False, True]


def test_the_constraints_of_the_second_version_are_known() -> None:
    read = cell_reader({"name": "a", "type": "integer", "constraints": {"exclusiveMaximum": 5}}, {})
    assert [bool(read(text)[1]) for text in ("4", "5")] == [False, True]


def test_a_file_is_compared_with_its_size_and_its_hash(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b"a,b\n")
    md5, sha256 = hashlib.md5(b"a,b\n").hexdigest(), hashlib.sha256(b"a,b\n").hexdigest()  # noqa: S324 - as declared
    for right in ({}, {"bytes": 4}, {"hash": md5}, {"hash": f"md5:{md5}"}, {"hash": f"sha256:{sha256}", "bytes": 4}):
        assert errors_of_file(right, path) == []
    wrong = errors_of_file({"bytes": 5, "hash": "sha256:0"}, path)
    assert told(wrong) == [
        ("hash-count", None, f'expected is "0" and actual is "{sha256}"'),
        ("byte-count", None, 'expected is "5" and actual is "4"'),
    ]


@pytest.mark.parametrize("declared", [{"bytes": 5}, {"hash": "0"}, {"hash": "sha256:0", "bytes": 9}])
def test_a_file_is_compared_as_frictionless_does(tmp_path: Path, declared: Descriptor) -> None:
    found = whole(tmp_path, {**TABLE, **declared}, {2: ["x", "1"]})
    assert len(found) == len(declared)
    assert told(errors_of_file(declared, tmp_path / "table.csv")) == found


def test_the_defaults_of_the_standard_are_not_guessed(tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_text("a,b;c\nx;y,é\n", encoding="utf-8")
    package = opened({"resources": [{"name": "table", "path": "table.csv"}]}, tmp_path)
    table: Any = package.get_resource("table")  # which is declared to be no table
    assert table.encoding == "utf-8"
    assert table.read_cells() == [["a", "b;c"], ["x;y", "é"]]


def test_what_else_a_descriptor_says_is_not_read(tmp_path: Path) -> None:
    extra = {"type": "json", "format": "xlsx", "compression": "gz", "profile": "x", "scheme": "http"}
    assert whole(tmp_path, {**TABLE, **extra}, {2: ["x", "bad"]}) == whole(tmp_path, TABLE, {2: ["x", "bad"]})


def test_a_descriptor_that_frictionless_refuses_is_told(tmp_path: Path) -> None:
    schema = {"fields": [{"name": "a", "type": "unheard-of"}]}
    with pytest.raises(FrictionlessException):
        opened({"resources": [{**TABLE, "schema": schema}]}, tmp_path)


def test_a_limit_that_is_no_value_is_told() -> None:
    limit = {"name": "a", "type": "date", "constraints": {"minimum": "soon"}}
    good = {"name": "b", "type": "date", "constraints": {"minimum": "2024-01-01"}}
    year = {"name": "c", "type": "year", "constraints": {"maximum": 10_000}}
    assert limits_without_value({"fields": [good]}) == []
    assert limits_without_value({"fields": [limit, good, year]}) == ["a", "c"]
    with pytest.raises(FrictionlessException):
        limits_without_value({"fields": [{"name": "a", "type": "array", "constraints": {"minimum": 1}}]})


def test_frictionless_stops_after_a_thousand_errors() -> None:
    rows = {number: [f"x{number}", "bad"] for number in range(2, ENOUGH + 50)}
    found = errors_of_rows(TABLE, {"other": OTHER}, LABELS, rows, {KEY: list(rows)})
    assert len(found) == ENOUGH


def test_a_copy_of_a_field_says_what_it_was_given_and_what_it_is_given_later() -> None:
    field = StringField(name="a", title="A", constraints={"minLength": 1})
    copied = field.to_copy()
    copied.description = "later"
    assert copied.to_descriptor() == {**field.to_descriptor(), "description": "later"}
    assert "description" not in field.to_descriptor()
