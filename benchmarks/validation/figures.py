"""Everything that was measured, as values, and the goals that follow from it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from measuring import Best
from planted import Found

OURS, API, CLI, POLARS = "ours", "frictionless, API", "frictionless, command", "polars by hand"
CLEAN, SPOILED = "clean", "spoiled"
TIMES_FRICTIONLESS = 40
TIMES_POLARS = 2
TIMES_SMALL = 1.5
TEN_MILLION = 10_000_000
CEILING = 1536  # MiB, for ten million rows
# What counts as linear: from one size to the next, the seconds grow at most so many times as much as the rows.
BEND = 1.25


@dataclass(frozen=True)
class Small:
    """The check of our own package, as a cold process: medians in seconds, and exit codes."""

    ours: float
    frictionless: float
    codes: tuple[int, int]
    rounds: int


@dataclass(frozen=True)
class Figures:
    """What was measured; `contests` by the state of the table, `sweep` and `sizes` (MB) by the number of rows."""

    rows: int
    contests: Mapping[str, Mapping[str, Best]]
    sweep: Mapping[int, Best]
    small: Small | None
    engines: Mapping[str, Best]
    planted: Found
    sizes: Mapping[int, float]
    versions: Mapping[str, str] = field(default_factory=dict)
    machine: Mapping[str, str] = field(default_factory=dict)

    def best(self, state: str, name: str) -> Best:
        """Give what was measured of a contestant."""
        return self.contests.get(state, {}).get(name, Best(()))


@dataclass(frozen=True)
class Goal:
    """A goal, what was measured of it, and whether it is met; what was not measured is not met."""

    goal: str
    measured: str
    is_met: bool


def times(more: Best, less: Best) -> float | None:
    """Say how many times as long one takes as another, by what they tell of their own work."""
    if more.failure or less.failure or more.checking is None or not less.checking:
        return None
    return more.checking / less.checking


def goals(figures: Figures) -> Iterator[Goal]:
    """Hold what was measured against the goals."""
    for state in (CLEAN, SPOILED):
        yield _at_least(
            f"at least {TIMES_FRICTIONLESS} times as fast as Frictionless's API, {state} table",
            times(figures.best(state, API), figures.best(state, OURS)),
            TIMES_FRICTIONLESS,
        )
    for state in (CLEAN, SPOILED):
        yield _at_most(
            f"at most {TIMES_POLARS} times the time of the same checks by hand in polars, {state} table",
            times(figures.best(state, OURS), figures.best(state, POLARS)),
            TIMES_POLARS,
        )
    yield from map(_memory, (CLEAN, SPOILED), (figures, figures))
    yield _ceiling(figures)
    yield _linear(figures)
    small = figures.small
    ratio = small.ours / small.frictionless if small and small.codes == (0, 0) else None
    yield _at_most(
        f"our own package, cold, all rules: at most {TIMES_SMALL} times `frictionless validate`", ratio, TIMES_SMALL
    )
    yield _same(figures)


def _at_least(goal: str, ratio: float | None, limit: float) -> Goal:
    return Goal(goal, _times(ratio), ratio is not None and ratio >= limit)


def _at_most(goal: str, ratio: float | None, limit: float) -> Goal:
    return Goal(goal, _times(ratio), ratio is not None and ratio <= limit)


def _times(ratio: float | None) -> str:
    return "not measured" if ratio is None else f"{ratio:.2f} times" if ratio < 10 else f"{ratio:.1f} times"


def _memory(state: str, figures: Figures) -> Goal:
    goal = f"peak memory at most that of Frictionless, {state} table"
    ours, theirs = figures.best(state, OURS), figures.best(state, API)
    if ours.failure or theirs.failure:
        return Goal(goal, "not measured", is_met=False)
    return Goal(goal, f"{ours.peak:,.0f} MiB, Frictionless {theirs.peak:,.0f} MiB", ours.peak <= theirs.peak)


def _ceiling(figures: Figures) -> Goal:
    goal = "10 million rows within 1.5 GiB (1,536 MiB)"
    best = figures.sweep.get(TEN_MILLION, Best(()))
    if best.failure:
        return Goal(goal, "not measured", is_met=False)
    return Goal(goal, f"{best.peak:,.0f} MiB", best.peak <= CEILING)


def _linear(figures: Figures) -> Goal:
    """Look for a bend upwards in the steps from 10 thousand rows to 10 million."""
    goal = f"linear from 10 thousand to 10 million rows: the time grows at most {BEND} times as much as the rows"
    steps = list(growths(figures))
    spans = 10_000 in figures.sweep and TEN_MILLION in figures.sweep
    if not spans or None in steps:
        return Goal(goal, "not measured", is_met=False)
    worst = max(step for step in steps if step is not None)
    return Goal(goal, f"at most {worst:.2f} times as much", worst <= BEND)


def growths(figures: Figures) -> Iterator[float | None]:
    """Give, for each size but the first, how much the seconds grew beside the rows."""
    for (rows, before), (more, after) in pairwise(sorted(figures.sweep.items())):
        ratio = times(after, before)
        yield None if ratio is None else ratio / (more / rows)


def _same(figures: Figures) -> Goal:
    goal = (
        f"finds what Frictionless finds, row by row: all {len(figures.planted)} kinds, and nothing in the clean table"
    )
    pairs = [(figures.best(state, OURS), figures.best(state, API)) for state in (CLEAN, SPOILED)]
    if any(ours.failure or theirs.failure for ours, theirs in pairs):
        return Goal(goal, "not measured", is_met=False)
    same = all(ours.found == theirs.found for ours, theirs in pairs) and not pairs[0][0].found
    kinds = sum(set(rows) <= set(pairs[1][0].found.get(kind, ())) for kind, rows in figures.planted.items())
    return Goal(
        goal, f"{kinds} kinds, {'the same' if same else 'not the same'}", same and kinds == len(figures.planted)
    )


def told_of(best: Best, planted: Found) -> str:
    """Say which of the planted kinds were found, each in all its rows, and what was found besides."""
    missed = [kind for kind, rows in planted.items() if not set(rows) <= set(best.found.get(kind, ()))]
    spoilt = {row for rows in planted.values() for row in rows}
    besides = [row for kind, rows in best.found.items() for row in set(rows) - set(planted.get(kind, ()))]
    wrong = sum(row not in spoilt for row in besides)
    said = f"{len(planted) - len(missed)} of {len(planted)}"
    said += f", not {', '.join(missed)}" if missed else ""
    said += f"; {len(besides) - wrong} more in the same rows" if len(besides) > wrong else ""
    return said + (f"; {wrong} in rows without an error" if wrong else "")
