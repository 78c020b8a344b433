"""Frictionless is asked for a reader only when a cell needs one, and is imported only then."""

from unittest import mock

from fresh_process import run_code
from vierdepijler.core.columnar import verdicts
from vierdepijler.core.columnar.verdicts import reader_of

FIELD = {"name": "a", "type": "integer", "constraints": {"maximum": 5}}


def test_frictionless_is_imported_with_the_first_reader() -> None:
    done = run_code("""
        import sys
        import vierdepijler.core.columnar.verdicts
        from vierdepijler.core.columnar.verdicts import reader_of
        reader = reader_of({}, {"name": "a", "type": "integer"})
        print("frictionless" in sys.modules)
        print(reader()("5")[0], "frictionless" in sys.modules)
    """)
    assert done.said == "False\n5 True\n"


def test_a_reader_gives_the_value_and_what_is_wrong() -> None:
    read = reader_of({}, FIELD)()
    assert read("5") == (5, None)
    assert read("9")[0] == 9
    assert list(read("9")[1]) == ["maximum"]
    assert read("x")[0] is None
    assert list(read("x")[1]) == ["type"]


def test_a_reader_is_made_once() -> None:
    with mock.patch.object(verdicts, "frictionless") as frictionless:
        reader = reader_of({}, FIELD)
        assert not frictionless.called
        assert reader() is reader()
    assert frictionless().cell_reader.call_count == 1


def test_missing_values_are_those_of_the_schema() -> None:
    assert reader_of({"missingValues": ["-"]}, FIELD)()("-") == (None, None)
    assert reader_of({"missingValues": ["x"]}, {"name": "", "type": "any"})()("x") == ("x", None)
