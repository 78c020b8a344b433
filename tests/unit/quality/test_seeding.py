"""The errors that we make ourselves: each in a copy of the package, checked like any other."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ANSWER, PROJECT, run_verb
from vierdepijler.package import Package
from vierdepijler.problems import Problem
from vierdepijler.rules.rule import explanations
from vierdepijler.seeding import (
    COLUMNS,
    TRACED,
    Outcome,
    Seed,
    outcome_record,
    read_seeds,
    try_seed,
    try_seeds,
)

SEEDS = read_seeds(PROJECT / "tests" / "seeded_errors.yml")
TABLE = PROJECT / "data" / "checks" / "seeded_errors.csv"
# What the issue of these checks asks to be made, by the name of a seed.
ASKED = {
    "mojibake", "control-character", "zero-width-in-code", "leading-space", "mixed-line-ends", "byte-order-mark",
    "no-last-line-end", "formula", "decimal-comma", "no-break-space", "cyrillic-in-code", "header-only",
    "duplicate-row-without-key", "unused-code", "rows-out-of-order", "other-delimiter", "empty-free-column",
    "unique-key", "category", "nan", "infinity", "out-of-range", "times-ten", "times-thousand", "too-many-decimals",
    "share-above-hundred", "wrong-total", "shares-not-hundred", "wrong-count", "deleted-row", "date-after-source",
    "amount-out-of-range", "unused-source", "unlisted-source", "no-source", "no-item", "derived-differs",
    "misspelt-field-property", "unknown-package-property", "no-licence", "nonsense-licence", "one-language",
    "nonsense-version", "unnamed-file", "leaving-path", "required", "unique", "minimum", "maximum", "exclusive-minimum",
    "exclusive-maximum", "min-length", "max-length", "pattern", "enum", "swapped-header", "swapped-cells",
    "shifted-row", "shifted-column", "transposed", "plausible", "other-encoding", "truncated-in-row",
    "truncated-after-row",
}  # fmt: skip


def recorded() -> dict[str, tuple[str, ...]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["seed_id"]: tuple(row[name] for name in COLUMNS) for row in csv.DictReader(file)}


def test_the_catalogue_holds_what_was_asked_and_more() -> None:
    names = [seed.name for seed in SEEDS]
    assert len(names) == len(set(names)) >= 60
    assert set(names) >= ASKED
    assert set(explanations()) >= {seed.rule for seed in SEEDS} - {""}
    assert set(explanations()) <= {seed.rule for seed in SEEDS}, "a rule that no seeded error tries"


def test_every_error_that_can_be_caught_is_caught(say_at_the_end: Callable[[str], None]) -> None:
    """Each by the rule meant for it, in the right file and on the right line; the table of them says the same."""
    document = ANSWER if ANSWER.is_file() else None
    outcomes = try_seeds(PROJECT, SEEDS, document)
    caught = sum(outcome.is_caught for outcome in outcomes)
    say_at_the_end(
        f"seeded errors: {caught} of {len(outcomes)} caught, {len(outcomes) - caught} that no rule can catch"
    )
    assert [str(outcome) for outcome in outcomes if not outcome.is_as_expected] == []
    known = recorded()
    assert [seed.name for seed in SEEDS] == list(known)
    for outcome in outcomes:
        assert outcome_record(outcome) == known[outcome.seed.name], "run 'make seeds'"
    if document is None:
        skipped = sum(seed.descriptor["kind"] == TRACED for seed in SEEDS)
        say_at_the_end(f"seeded errors: {skipped} not tried, for the source document is not on this machine")


def test_what_no_rule_can_catch_has_its_reason(package: Package) -> None:
    table = package.tables["seeded_errors"]
    for row in range(len(table.frame)):
        has_rule, has_reason = (table.value(row, name) is not None for name in ("rule", "why_not_nl"))
        assert has_rule != has_reason
        assert (table.value(row, "why_not_nl") is None) == (table.value(row, "why_not_en") is None)


def seed(**descriptor: object) -> Seed:
    return Seed("try", {"nl": "x", "en": "x", "kind": "value", **descriptor})


def test_an_error_that_its_rule_misses_is_told() -> None:
    wrong = seed(file="data/trajectory/coverage.csv", edit={"replace": ["230", "231"]}, rule="totals", at="231")
    outcome = try_seed(PROJECT, None, wrong)
    assert not outcome.is_caught
    assert str(outcome).startswith("try: missed by totals (found: printed at data/trajectory/coverage.csv:2")


def test_an_error_found_on_another_line_does_not_count() -> None:
    wrong = seed(
        file="data/trajectory/coverage.csv",
        edit={"replace": [",230,written", ",231,written"]},
        rule="printed",
        at="local",
    )
    assert not try_seed(PROJECT, None, wrong).is_caught


def test_an_error_that_nothing_should_catch_but_something_does_is_told() -> None:
    problem = Problem("a.csv", 2, "", "what", "todo", "totals")
    assert not Outcome(seed(file="a.csv", edit={}), caught=None, problems=(problem,)).is_as_expected


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        ({"replace": ["not there", "x"]}, "the edit changes nothing"),
        ({"nonsense": ["a", "b"]}, "an edit is one of"),
        ({"replace": ["230", "231"], "append": "x"}, "an edit is one of"),
    ],
)
def test_an_error_that_cannot_be_made_is_a_mistake_in_the_catalogue(edit: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        try_seed(PROJECT, None, seed(file="data/trajectory/coverage.csv", edit=edit, rule="printed", at="2"))


def test_without_the_document_nothing_is_written(tmp_path: Path) -> None:
    outcome = run_verb("seed_errors", "--document", tmp_path / "none.txt", "--out", tmp_path / "out.csv")
    assert outcome.code == 2
    assert "none.txt: the source document is not there; name the source document" in outcome.complained
    assert not (tmp_path / "out.csv").exists()


def test_the_verb_says_what_caught_each_error_and_where(tmp_path: Path) -> None:
    catalogue, document = tmp_path / "errors.yml", tmp_path / "answer.txt"
    lines = (PROJECT / "tests" / "seeded_errors.yml").read_text("utf-8").splitlines()
    catalogue.write_text("\n".join(line for line in lines if "seed: times-ten" in line or "seed: wrong-unit" in line))
    document.write_text("")
    outcome = run_verb("seed_errors", "--catalogue", catalogue, "--document", document, "--out", tmp_path / "out.csv")
    assert outcome.code == 0
    assert "times-ten: caught by printed at data/trajectory/completions.csv:3\n" in outcome.said
    assert "Seeded 2 errors: 1 caught by the rule meant for it, 0 not as expected." in outcome.said
    assert (tmp_path / "out.csv").read_text("utf-8").count("\n") == 3


def test_the_package_itself_is_never_touched(tmp_path: Path) -> None:
    before = TABLE.stat().st_mtime_ns, (PROJECT / "datapackage.json").read_bytes()
    try_seed(PROJECT, None, seed(file="datapackage.json", edit={"write": ""}, rule="readable"))
    assert before == (TABLE.stat().st_mtime_ns, (PROJECT / "datapackage.json").read_bytes())
    assert not list(tmp_path.iterdir())
