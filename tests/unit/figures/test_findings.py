"""What became of a value, by the records of its cell."""

from typing import Any

from vierdepijler.lookup.findings import judged_cell, judged_value, overall


def cell(now: str | None, *values: str | None) -> dict[str, Any]:
    records: list[dict[str, Any]] = [
        {"version": f"{number}.0.0", "released": f"2026-01-0{number}", "value": value, "kind": "", "reason": {}}
        for number, value in enumerate(values, start=1)
    ]
    return {"cell": "t.f[k]", "value": now, "records": records}


def test_a_value_that_came_back_is_unchanged_since_it_came_back() -> None:
    found = judged_value(cell("10", "10", "12", "10"), "10")
    assert found
    assert (found.state, found.version) == ("unchanged", "3.0.0")


def test_a_value_that_was_revised_twice_was_replaced_by_the_release_after_it() -> None:
    found = judged_value(cell("14", "10", "12", "14"), "10")
    assert found
    assert (found.state, found.new, found.version) == ("revised", "14", "2.0.0")


def test_a_value_that_never_was_gets_no_finding() -> None:
    assert judged_value(cell("14", "10", "14"), "11") is None


def test_a_change_that_no_release_tells_of_has_no_date_and_no_reason() -> None:
    found = judged_value(cell("14", "10"), "10")
    assert found
    assert (found.state, found.version, found.reason) == ("revised", "", None)
    assert judged_cell(cell("14", "10")).state == "differs"


def test_a_cell_without_records_is_as_far_as_known_unchanged() -> None:
    found = judged_cell(cell("14"))
    assert (found.state, found.version) == ("unchanged", "")


def test_what_changed_weighs_more_than_what_did_not() -> None:
    assert overall(["unchanged", "unknown", "revised"]) == "revised"
    assert overall(["unchanged", "withdrawn", "differs"]) == "withdrawn"
    assert overall(["unchanged", "unknown"]) == "unknown"
    assert overall(["unchanged"]) == "unchanged"
    assert overall([]) == "unknown"
