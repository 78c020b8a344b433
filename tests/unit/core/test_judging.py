"""The cells of a column are sure, or Frictionless's reader is asked: once for each distinct text."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

import pyarrow as pa
import pytest

from vierdepijler.core.columnar import judging
from vierdepijler.core.columnar.judging import Judge, Judged, Reader, UncomparableError
from vierdepijler.core.columnar.verdicts import reader_of

Descriptor = Mapping[str, Any]
REQUIRED = {"name": "a", "type": "integer", "constraints": {"required": True}}


@dataclass
class Asked:
    """A reader that takes words for numbers, and notes what it is asked."""

    texts: list[str] = field(default_factory=list)
    readers: int = 0

    def reader(self) -> Reader:
        self.readers += 1
        return self.read

    def read(self, text: str) -> tuple[Any, Any]:
        self.texts.append(text)
        known = {"one": 1, "+1": 1, "two": 2, "01": 1}
        if text == "list":
            return [1], None
        if text == "150":
            return 150, {"maximum": "is too much"}
        return (known[text], None) if text in known else (None, {"type": "is no number"})


@pytest.fixture
def asked() -> Asked:
    return Asked()


def column_of(
    descriptor: Descriptor, reader: Callable[[], Reader], schema: Descriptor | None = None, *, is_key: bool = False
) -> Judge:
    return Judge.of({"name": "a", "type": "integer", **descriptor}, schema or {}, reader, is_key=is_key)


def texts(*cells: str | None) -> pa.StringArray:
    return pa.array(cells, pa.string())


def listed(judged: Judged) -> tuple[list[str | None], list[bool] | None]:
    return judged.texts.to_pylist(), None if judged.wrong is None else judged.wrong.tolist()


def test_nothing_is_asked_where_all_is_sure(asked: Asked) -> None:
    judged = column_of({}, asked.reader).judge(texts("1", "", "22", None))
    assert listed(judged) == (["1", None, "22", None], None)
    assert (asked.readers, asked.texts) == (0, [])


def test_each_distinct_odd_text_is_asked_once_in_all_blocks(asked: Asked) -> None:
    column = column_of({}, asked.reader)
    first = column.judge(texts("one", "1", "x", "one", "", "x"))
    second = column.judge(texts("x", "two", "one", "3"))
    assert listed(first) == (["one", "1", None, "one", None, None], [False, False, True, False, False, True])
    assert listed(second) == ([None, "two", "one", "3"], [True, False, False, False])
    assert asked.texts == ["one", "x", "two"]


def test_what_is_remembered_has_a_limit(asked: Asked) -> None:
    column = column_of({}, asked.reader)
    with mock.patch.object(judging, "KEPT", 2):
        column.judge(texts("one", "two", "x"))
        assert listed(column.judge(texts("y", "x"))) == ([None, None], [True, True])
    assert asked.texts == ["one", "two", "x", "y", "x"]
    assert set(column.verdicts) == {"x", "y"}


def test_a_value_that_breaks_a_constraint_is_wrong_but_still_a_value(asked: Asked) -> None:
    column = column_of({"constraints": {"maximum": 100}}, asked.reader)
    assert listed(column.judge(texts("100", "150"))) == (["100", "150"], [False, True])


def test_in_a_key_values_are_written_in_one_way(asked: Asked) -> None:
    judged = column_of({}, asked.reader, is_key=True).judge(texts("1", "+1", "01", "two", "x", ""))
    assert listed(judged) == (["1", "1", "1", "2", None, None], [False] * 4 + [True, False])


def test_outside_keys_cells_stay_as_they_are(asked: Asked) -> None:
    assert listed(column_of({}, asked.reader).judge(texts("+1", "007"))) == (["+1", "007"], None)


def test_a_value_that_cannot_be_compared_is_told_in_a_key_only(asked: Asked) -> None:
    assert listed(column_of({}, asked.reader).judge(texts("list"))) == (["list"], None)
    with pytest.raises(UncomparableError):
        column_of({}, asked.reader, is_key=True).judge(texts("list"))


def test_missing_values_are_those_of_the_field_and_else_of_the_schema(asked: Asked) -> None:
    cells = texts("", "-", "NA", "1")
    in_schema = column_of({}, asked.reader, {"missingValues": ["", "-", "NA"]})
    assert listed(in_schema.judge(cells)) == ([None, None, None, "1"], None)
    in_field = column_of({"missingValues": ["NA"]}, asked.reader, {"missingValues": ["-"]})
    assert listed(in_field.judge(cells)) == ([None, None, None, "1"], [True, True, False, False])
    assert asked.texts == ["", "-"]


def test_missing_values_may_be_written_with_a_label(asked: Asked) -> None:
    column = column_of({}, asked.reader, {"missingValues": [{"value": "-", "label": "unknown"}]})
    assert listed(column.judge(texts("-", "1"))) == ([None, "1"], None)


def test_an_empty_list_of_missing_values_makes_an_empty_cell_a_text(asked: Asked) -> None:
    assert listed(column_of({"type": "string"}, asked.reader, {"missingValues": []}).judge(texts("", "a"))) == (
        ["", "a"],
        None,
    )


def test_a_required_cell_that_is_empty_or_not_there_is_wrong(asked: Asked) -> None:
    column = column_of(REQUIRED, asked.reader)
    assert listed(column.judge(texts("1", "", None, "x"))) == (["1", None, None, None], [False, True, True, True])
    assert listed(column.judge(texts("1", "2"))) == (["1", "2"], None)
    assert not column_of({}, asked.reader).is_required


def test_cells_of_a_slice_are_those_of_the_slice(asked: Asked) -> None:
    judged = column_of({}, asked.reader, is_key=True).judge(texts("x", "x", "two", "", "5").slice(2))
    assert listed(judged) == (["2", None, "5"], None)


def test_no_cells_are_nothing(asked: Asked) -> None:
    assert listed(column_of(REQUIRED, asked.reader).judge(texts())) == ([], None)


def test_the_reader_of_frictionless_judges_as_it_does() -> None:
    descriptor = {"name": "a", "type": "date", "constraints": {"minimum": "2024-01-01"}}
    column = Judge.of(descriptor, {}, reader_of({}, descriptor), is_key=True)
    judged = column.judge(texts("2024-02-29", "2023-02-29", "2023-01-01", "2024-1-1", ""))
    assert listed(judged) == (["2024-02-29", None, "2023-01-01", "2024-01-01", None], [False, True, True, False, False])
