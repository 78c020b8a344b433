"""A clean table is clean without Frictionless; of any other it says what it says of the whole package."""

import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from frictionless import Error, FrictionlessException
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reference_verdicts import reference_errors
from vierdepijler.core.columnar import forms, scanning, verdicts
from vierdepijler.core.columnar.scanning import ENOUGH, open_table
from vierdepijler.core.columnar.verdicts import (
    FileTask,
    FileVerdict,
    check_table,
    errors_of,
    frictionless,
    table_errors,
    wanted_of,
)

Descriptor = Mapping[str, Any]
Told = list[tuple[str, int | None, str | None, str]]
FIELDS: list[dict[str, Any]] = [{"name": "a"}, {"name": "b", "type": "integer"}]
TO_OTHER = {"fields": "b", "reference": {"resource": "other", "fields": "code"}}
TO_ITSELF = {"fields": "b", "reference": {"resource": "", "fields": "code"}}
OTHER = {"name": "other", "path": "other.csv", "schema": {"fields": [{"name": "code", "type": "integer"}]}}
GOOD = "a,b\n" + "".join(f"x{number},{number % 3}\n" for number in range(150))
CODES = "code\n0\n1\n2\n"


@pytest.fixture(autouse=True)
def small_pieces() -> Iterator[None]:
    """Read in blocks: the first one holds the sample, and there are some behind it."""
    with mock.patch.object(scanning, "PIECE", 900):
        yield


def resource_of(schema: Descriptor, **more: Any) -> dict[str, Any]:
    return {"name": "table", "path": "table.csv", "schema": {"fields": FIELDS, **schema}, **more}


def told(found: Mapping[str, Sequence[Error]]) -> dict[str, Told]:
    return {
        name: [
            (error.type, getattr(error, "row_number", None), getattr(error, "field_name", None), error.note)
            for error in errors
        ]
        for name, errors in found.items()
    }


def write(root: Path, table: str, other: str = CODES) -> None:
    (root / "table.csv").write_text(table, encoding="utf-8", newline="")
    (root / "other.csv").write_text(other, encoding="utf-8", newline="")


def checked(root: Path, resource: Descriptor, table: str, other: str = CODES) -> Told:
    """Give the errors of a table, which are those that Frictionless itself gives."""
    write(root, table, other)
    descriptor = {"resources": [resource, OTHER]}
    found = told(table_errors(descriptor, root))
    assert found == told(reference_errors(descriptor, root))
    return found["table"]


def whole_tables() -> Any:
    """Note the tables that Frictionless is to check all of."""
    real = frictionless()
    return mock.patch.object(real, "errors_of_table", wraps=real.errors_of_table)


@pytest.mark.parametrize(
    "schema",
    [{}, {"primaryKey": "a"}, {"foreignKeys": [TO_OTHER]}, {"primaryKey": ["a", "b"], "missingValues": ["x1"]}],
)
def test_a_clean_table_is_not_shown_to_frictionless(tmp_path: Path, schema: Descriptor) -> None:
    write(tmp_path, GOOD)
    resources = {"table": resource_of(schema), "other": OTHER}
    asked = mock.Mock(side_effect=AssertionError("Frictionless was asked"))
    with mock.patch.object(verdicts, "frictionless", asked):
        tables = {
            name: check_table(
                resource, open_table(tmp_path / resource["path"], resource), wanted_of(resources.values()).get(name, ())
            )
            for name, resource in resources.items()
        }
        assert errors_of({"resources": list(resources.values())}, tmp_path, tables, ["table"]) == {"table": []}


def test_errors_are_those_of_frictionless_with_their_rows(tmp_path: Path) -> None:
    table = GOOD.replace("x7,1", "x7,seven").replace("x140,2", "x140").replace("x141,0", "")
    with whole_tables() as whole:
        found = checked(tmp_path, resource_of({}), table)
    assert [error[:3] for error in found] == [
        ("type-error", 9, "b"),
        ("missing-cell", 142, "b"),
        ("blank-row", 143, None),
    ]
    assert not whole.called


def test_a_key_is_double_however_far_apart_its_rows_stand(tmp_path: Path) -> None:
    found = checked(tmp_path, resource_of({"primaryKey": ["a"]}), GOOD + "x0,1\n")
    assert found == [("primary-key", 152, None, "the same as in the row at position 2")]


def test_a_key_is_double_however_its_values_are_written(tmp_path: Path) -> None:
    fields = [{"name": "a"}, {"name": "b", "type": "datetime"}]
    moments = "a,b\nx,2024-01-01T10:00:00+01:00\ny,2024-01-01T09:00:00Z\n"
    assert len(checked(tmp_path, resource_of({"fields": fields, "primaryKey": "b"}), moments)) == 1
    unique = [{"name": "a"}, {"name": "b", "type": "number", "constraints": {"unique": True}}]
    assert [error[:2] for error in checked(tmp_path, resource_of({"fields": unique}), "a,b\nx,1.50\ny,1.5\nz,1\n")] == [
        ("unique-error", 3)
    ]


def test_a_foreign_key_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    found = checked(tmp_path, resource_of({"foreignKeys": [TO_OTHER]}), GOOD + "y,7\nz,\nu,01\n")
    assert [error[:2] for error in found] == [("foreign-key", 152)]
    assert checked(tmp_path, resource_of({"foreignKeys": [TO_OTHER]}), GOOD + "y,7\n", CODES + "07\n") == []


def test_a_wrong_header_without_rows_is_told_where_keys_lead_elsewhere(tmp_path: Path) -> None:
    found = checked(tmp_path, resource_of({"foreignKeys": [TO_OTHER]}), "a,wrong\n")
    assert [error[0] for error in found] == ["incorrect-label"]


def test_a_long_number_leads_only_to_itself(tmp_path: Path) -> None:
    fields = [{"name": "a"}, {"name": "b", "type": "number"}]
    other = {**OTHER, "schema": {"fields": [{"name": "code", "type": "number"}]}}
    write(tmp_path, f"a,b\nx,+1{'0' * 40}2\ny,+1{'0' * 40}1\n", f"code\n01{'0' * 40}1\n")
    descriptor = {"resources": [resource_of({"fields": fields, "foreignKeys": [TO_OTHER]}), other]}
    found = told(table_errors(descriptor, tmp_path))
    assert found == told(reference_errors(descriptor, tmp_path))
    assert [error[:2] for error in found["table"]] == [("foreign-key", 2)]


def test_a_text_does_not_lead_to_a_number(tmp_path: Path) -> None:
    fields = [{"name": "a"}, {"name": "b"}]
    found = checked(tmp_path, resource_of({"fields": fields, "foreignKeys": [TO_OTHER]}), "a,b\nx,1\n")
    assert [error[:2] for error in found] == [("foreign-key", 2)]


def test_a_foreign_key_may_lead_to_its_own_table(tmp_path: Path) -> None:
    fields = [{"name": "code", "type": "integer"}, {"name": "b", "type": "integer"}]
    rows = "code,b\n" + "".join(f"{number},{number + 1}\n" for number in range(300))
    found = checked(tmp_path, resource_of({"fields": fields, "foreignKeys": [TO_ITSELF]}), rows)
    assert [error[:2] for error in found] == [("foreign-key", 301)]


@pytest.mark.parametrize("rows", [ENOUGH, 3 * ENOUGH])
def test_of_very_many_errors_the_first_thousand_are_told(tmp_path: Path, rows: int) -> None:
    table = GOOD + "".join(f"y{number},bad\n" for number in range(rows))
    assert len(checked(tmp_path, resource_of({"primaryKey": "a"}, bytes=1), table)) == ENOUGH


def test_of_very_many_errors_frictionless_sees_few_rows(tmp_path: Path) -> None:
    real = frictionless()
    with mock.patch.object(real, "errors_of_rows", wraps=real.errors_of_rows) as asked:
        checked(tmp_path, resource_of({}), GOOD + "y,bad\n" * 3 * ENOUGH)
    assert [len(call.args[3]) for call in asked.call_args_list if call.args[0]["name"] == "table"] == [2 * ENOUGH]


def test_double_keys_behind_very_many_rows_that_share_one_are_told(tmp_path: Path) -> None:
    with mock.patch.object(verdicts, "FIRST_SHARE", 4):
        found = checked(tmp_path, resource_of({"primaryKey": "a"}), GOOD + GOOD.partition("\n")[2])
    assert [row for _, row, *_ in found] == list(range(152, 302))


@pytest.mark.parametrize(
    ("more", "text"),
    [
        ({"schema": {"fields": []}}, GOOD),
        ({"encoding": "utf-16"}, GOOD),
        ({"dialect": {"header": False}}, GOOD),
        ({"schema": {"fields": [{"name": "a"}, {"name": "b", "type": "array"}], "primaryKey": "b"}}, GOOD),
        ({}, GOOD.replace("a,b\n", "a, b\n", 1).replace(",", ", ")),
        ({}, ""),
    ],
)
def test_what_cannot_be_read_in_columns_is_left_to_frictionless(tmp_path: Path, more: Descriptor, text: str) -> None:
    with whole_tables() as whole:
        try:
            checked(tmp_path, {**resource_of({}), **more}, text)
        except TypeError:
            assert "primaryKey" in more["schema"]  # a list in a key, on which Frictionless itself breaks off
    assert "table" in [call.args[1] for call in whole.call_args_list]


def test_odd_text_is_read_in_columns_with_care(tmp_path: Path) -> None:
    odd = GOOD.replace("x149,2", 'x"1"49,bad')
    with whole_tables() as whole:
        found = checked(tmp_path, resource_of({}), odd)
    assert [error[:3] for error in found] == [("type-error", 151, "b")]
    assert not whole.called


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text(CODES)
    descriptor = {"resources": [resource_of({}), OTHER]}
    assert [error[0] for error in told(table_errors(descriptor, tmp_path))["table"]] == ["scheme-error"]


def test_a_wrong_header_and_a_wrong_size_are_told_of_a_table_whose_rows_are_clean(tmp_path: Path) -> None:
    found = checked(tmp_path, resource_of({}, bytes=5, hash="0"), GOOD.replace("a,b", "a,c", 1))
    assert [error[0] for error in found] == ["incorrect-label", "hash-count", "byte-count"]


def test_progress_is_told_by_the_block(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    heard: list[int] = []
    source = open_table(tmp_path / "table.csv", resource_of({}))
    table = check_table(resource_of({}), source, (), lambda block: lambda: heard.append(block.rows))
    assert table is not None
    assert len(heard) > 1
    assert sum(heard) == 150


def test_a_descriptor_that_frictionless_refuses_is_told(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    with pytest.raises(FrictionlessException):
        table_errors({"resources": [resource_of({"name": "["})]}, tmp_path)


def test_the_fields_that_keys_lead_to_are_wanted_once() -> None:
    resources = [resource_of({"foreignKeys": [TO_OTHER, TO_OTHER]}), {**OTHER, "schema": {"foreignKeys": [TO_OTHER]}}]
    assert wanted_of(resources) == {"other": (("code",),)}


ROW = st.tuples(st.sampled_from(["x", "y", "x1", "", '"q\nr"', "é"]), st.sampled_from(["0", "1", "9", "", "1a", "2,3"]))
KEYED = {"fields": [{**FIELDS[0], "constraints": {"unique": True}}, FIELDS[1]], "primaryKey": ["a", "b"]}
ALL = resource_of({**KEYED, "foreignKeys": [TO_OTHER]})


@given(st.lists(ROW, min_size=1, max_size=40), st.lists(st.integers(0, 40), max_size=4), st.integers(8, 200))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_table_in_any_number_of_files_and_blocks_has_the_errors_of_the_whole(
    tmp_path: Path, rows: list[tuple[str, str]], cuts: list[int], size: int
) -> None:
    lines = [f"{','.join(row)}\n" for row in rows]
    write(tmp_path, "a,b\n" + "".join(lines))
    whole = told(table_errors({"resources": [ALL, OTHER]}, tmp_path))
    places = [0, *sorted(cuts), len(lines)]
    names = [f"part{number}.csv" for number in range(len(places) - 1)]
    for name, (start, end) in zip(names, pairwise(places), strict=True):
        (tmp_path / name).write_text("a,b\n" + "".join(lines[start:end]), encoding="utf-8", newline="")
    with mock.patch.object(scanning, "PIECE", size), mock.patch.object(forms, "SAMPLE", 1), whole_tables() as asked:
        found = table_errors({"resources": [{**ALL, "path": names}, OTHER]}, tmp_path, each=elsewhere)
    assert told(found) == whole
    assert not asked.called


def elsewhere(look: Callable[[FileTask], FileVerdict | None], tasks: Sequence[FileTask]) -> list[FileVerdict | None]:
    """Call a function as another process does, which knows only what is sent to it; the last file first."""
    sent = [pickle.loads(pickle.dumps(task)) for task in reversed(tasks)]  # noqa: S301 - our own
    return [pickle.loads(pickle.dumps(look(task))) for task in sent][::-1]  # noqa: S301 - our own


def test_files_of_one_table_are_read_in_columns_and_their_keys_compared(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    for name in ("one", "two"):
        (tmp_path / f"{name}.csv").write_text(GOOD + f"{name},7\n", "utf-8")
    resource = {**ALL, "path": ["one.csv", "two.csv"]}
    with whole_tables() as whole:
        found = told(table_errors({"resources": [resource, OTHER]}, tmp_path))["table"]
    assert not whole.called
    assert [row for kind, row, *_ in found if kind == "foreign-key"] == [152, 303]
    assert [row for kind, row, *_ in found if kind == "primary-key"] == list(range(153, 303))


def test_files_with_other_headers_are_left_to_frictionless(tmp_path: Path) -> None:
    write(tmp_path, GOOD, CODES)
    (tmp_path / "two.csv").write_text(GOOD.replace("a,b", "a,c", 1), "utf-8")
    with whole_tables() as whole:
        table_errors({"resources": [{**resource_of({}), "path": ["table.csv", "two.csv"]}]}, tmp_path)
    assert whole.called


@pytest.mark.parametrize(
    "table",
    [
        GOOD + "x,text\n" + ",\n",
        "a,a,\n" + "1,.5,y\n" * 120 + "x,2.5e3,\n1,2,\n1,2,3,4\n",
        "a,b\n" + "true,1\n" * 60 + "no,1.5\n" * 60,
        "a,b\n" + ",\n" * 99 + "1,2\n",
        "a,b\n",
    ],
)
def test_a_table_without_a_schema_is_read_in_columns_too(tmp_path: Path, table: str) -> None:
    bare = {"name": "table", "path": "table.csv"}
    with whole_tables() as whole:
        checked(tmp_path, bare, table)
    assert not whole.called


def test_a_table_without_a_schema_may_be_in_several_files(tmp_path: Path) -> None:
    write(tmp_path, GOOD, "a,b\nx,one\n")
    found = told(table_errors({"resources": [{"name": "table", "path": ["table.csv", "other.csv"]}]}, tmp_path))
    assert [error[:3] for error in found["table"]] == [("type-error", 152, "b")]
