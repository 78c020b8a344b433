"""The errors that we make ourselves: each in a copy of our own package, checked like any other."""

import csv
from collections.abc import Callable

import pytest

from fault_injection import ANSWER, COLUMNS, PROJECT, TABLE, TRACED, read_seeds, trial_record, try_seeds

pytestmark = pytest.mark.long
SEEDS = read_seeds()


def recorded() -> dict[str, tuple[str, ...]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["seed_id"]: tuple(row[name] for name in COLUMNS) for row in csv.DictReader(file)}


def test_every_error_that_can_be_caught_is_caught(say_at_the_end: Callable[[str], None]) -> None:
    """Each by the rule meant for it, in the right file and on the right line; the table of them says the same."""
    document = ANSWER if ANSWER.is_file() else None
    trials = try_seeds(PROJECT, SEEDS, document)
    caught = sum(trial.is_caught for trial in trials)
    say_at_the_end(f"seeded errors: {caught} of {len(trials)} caught, {len(trials) - caught} that no rule can catch")
    assert [str(trial) for trial in trials if not trial.is_as_expected] == []
    known = recorded()
    assert [seed.name for seed in SEEDS] == list(known)
    for trial in trials:
        assert trial_record(trial) == known[trial.seed.name], "run 'make seeds'"
    if document is None:
        skipped = sum(seed.descriptor["kind"] == TRACED for seed in SEEDS)
        say_at_the_end(f"seeded errors: {skipped} not tried, for the source document is not on this machine")
