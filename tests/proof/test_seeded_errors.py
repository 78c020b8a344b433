"""The errors that we make ourselves: each in a copy of our own package, checked like any other."""

import csv
from collections.abc import Callable

import pytest

from conftest import ANSWER, PROJECT
from vierdepijler.quality.seeding import COLUMNS, TRACED, outcome_record, read_seeds, try_seeds

pytestmark = pytest.mark.long
SEEDS = read_seeds(PROJECT / "tests" / "seeded_errors.yml")
TABLE = PROJECT / "data" / "checks" / "seeded_errors.csv"


def recorded() -> dict[str, tuple[str, ...]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["seed_id"]: tuple(row[name] for name in COLUMNS) for row in csv.DictReader(file)}


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
