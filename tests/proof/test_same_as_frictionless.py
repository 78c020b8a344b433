"""Our validation gives what Frictionless gives, on generated packages; `benchmarks/differential.py` tries many more."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from frictionless import Error, errors

from differential_run import Tally, run_cases
from field_kinds import KINDS
from generated_packages import ERRORS_TOLD, FILES, STANDARD, Case
from reference_verdicts import Verdict, differences, reference_errors, verdict_of
from small_pieces import table_errors_in_pieces

pytestmark = pytest.mark.long
Found = dict[str, list[Error]]
CASES = 500
TYPES = {kind.type or "no type" for group in KINDS for kind in group}
CONSTRAINTS = (
    "required",
    "unique",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minLength",
    "maxLength",
)
ERRORS = (
    *("type-error", "constraint-error", "unique-error", "primary-key", "foreign-key", "blank-row", "extra-cell"),
    *("missing-cell", "incorrect-label", "missing-label", "extra-label", "duplicate-label", "blank-label"),
    *("source-error", "encoding-error", "scheme-error", "hash-count", "byte-count"),
)
DIALECTS = ("delimiter", "quoteChar", "doubleQuote", "escapeChar", "skipInitialSpace", "header")
FEATURES = (
    *(f"type {name}" for name in sorted(TYPES)),
    *(f"constraint {name}" for name in (*CONSTRAINTS, "pattern", "enum")),
    *(f"dialect {name}" for name in DIALECTS),
    *(f"schema {name}" for name in ("primaryKey", "foreignKeys", "missingValues", "fieldsMatch")),
    *(f"resource {name}" for name in ("encoding", "bytes", "hash", "dialect")),
    *("integer bareNumber", "number decimalChar", "number groupChar", "number bareNumber", "number floatNumber"),
    *("boolean trueValues", "date format", "datetime format", "time format", "string format", "integer missingValues"),
)
DESCRIPTOR = {
    "$schema": STANDARD,
    "name": "package",
    "resources": [
        {
            "name": "one",
            "path": FILES[0],
            "schema": {"fields": [{"name": "a", "type": "integer"}, {"name": "b", "constraints": {"required": True}}]},
        }
    ],
}
BROKEN = Case(DESCRIPTOR, {FILES[0]: b"a,b\n1,x\ny,x\n3,\n"})


@pytest.fixture(scope="module")
def tally(tmp_path_factory: pytest.TempPathFactory) -> Tally:
    """Compare once, for what the cases reach is counted on the way."""
    return run_cases(table_errors_in_pieces, tmp_path_factory.mktemp("generated"), CASES)


@pytest.fixture
def reached(tally: Tally) -> Tally:
    """Count only a whole run: a difference ends it, and the first test tells of that."""
    if tally.difference:
        pytest.skip("a difference ended the run")
    return tally


def test_generated_packages_give_the_same_errors(tally: Tally) -> None:
    assert not tally.difference, tally.difference
    assert tally.cases >= CASES * 0.9


def test_the_generated_packages_reach_every_error(reached: Tally) -> None:
    print(*reached.lines(), sep="\n")
    assert [name for name in ERRORS if not reached.errors[name]] == []


def test_the_generated_packages_reach_every_feature(reached: Tally) -> None:
    assert [name for name in FEATURES if not reached.features[name]] == []


def test_about_half_of_the_generated_packages_are_clean(reached: Tally) -> None:
    print(reached.verdicts)
    assert 0.3 < reached.verdicts["clean"] / reached.cases < 0.65
    assert reached.verdicts["broken"] > 0.3 * reached.cases
    assert reached.verdicts["refused"] < 0.05 * reached.cases


def without_errors(descriptor: Mapping[str, Any], _: Path) -> Found:
    return {resource["name"]: [] for resource in descriptor["resources"]}


def without_last_error(descriptor: Mapping[str, Any], root: Path) -> Found:
    return {name: found[:-1] for name, found in reference_errors(descriptor, root).items()}


def with_rows_shifted(descriptor: Mapping[str, Any], root: Path) -> Found:
    return {name: list(map(_shifted, found)) for name, found in reference_errors(descriptor, root).items()}


def _shifted(error: Error) -> Error:
    if isinstance(error, errors.RowError):
        error.row_number += 1
    return error


def with_another_note(descriptor: Mapping[str, Any], root: Path) -> Found:
    found = reference_errors(descriptor, root)
    for error in _all(found):
        error.note += "."
    return found


def with_another_field(descriptor: Mapping[str, Any], root: Path) -> Found:
    found = reference_errors(descriptor, root)
    for error in _all(found):
        if isinstance(error, errors.CellError):
            error.field_name += "x"
    return found


def in_another_order(descriptor: Mapping[str, Any], root: Path) -> Found:
    return {name: found[::-1] for name, found in reference_errors(descriptor, root).items()}


def without_tables(_: Mapping[str, Any], __: Path) -> Found:
    return {}


def that_raises(_: Mapping[str, Any], __: Path) -> Found:
    raise LookupError


def _all(found: Mapping[str, Sequence[Error]]) -> Iterator[Error]:
    for errors_ in found.values():
        yield from errors_


WRONG = (
    *(without_errors, without_last_error, with_rows_shifted, with_another_note, with_another_field),
    *(in_another_order, without_tables, that_raises),
)


@pytest.mark.parametrize("engine", WRONG)
def test_an_engine_that_is_wrong_is_caught(engine: Any, tmp_path: Path) -> None:
    BROKEN.write(tmp_path)
    reference = verdict_of(reference_errors, BROKEN, tmp_path)
    assert [told.type for told in reference.tables["one"]] == ["type-error", "constraint-error"]
    assert differences(verdict_of(engine, BROKEN, tmp_path), reference)
    assert not differences(reference, reference)


def test_a_wrong_engine_is_caught_by_the_generated_packages_with_a_small_case(tmp_path: Path) -> None:
    found = run_cases(without_errors, tmp_path, 60)
    assert "0 errors, should be 1; error 1\n  is        nothing" in found.difference
    assert len(found.difference) < 2000


def test_more_errors_than_frictionless_tells_are_left_out_in_the_same_way(tmp_path: Path) -> None:
    full = Case(DESCRIPTOR, {FILES[0]: b"a,b\n" + b"x,\n" * (ERRORS_TOLD + 40)})
    full.write(tmp_path)
    reference = verdict_of(reference_errors, full, tmp_path)
    assert len(reference.tables["one"]) == ERRORS_TOLD
    assert not differences(verdict_of(table_errors_in_pieces, full, tmp_path), reference)


def test_a_refused_package_may_be_refused_or_told_nothing_of() -> None:
    refused, clean = Verdict(refused=True), Verdict({"one": []})
    assert not differences(refused, refused)
    assert not differences(clean, refused)
    assert differences(refused, clean)
    assert differences(Verdict(raised="TypeError"), refused)
    assert differences(Verdict(raised="TypeError"), Verdict(raised="KeyError"))


def test_asking_does_not_change_the_descriptor(tmp_path: Path) -> None:
    before = json.dumps(DESCRIPTOR)
    BROKEN.write(tmp_path)
    verdict_of(table_errors_in_pieces, BROKEN, tmp_path)
    assert json.dumps(DESCRIPTOR) == before
