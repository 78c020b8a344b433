"""Everything that was measured, as values, and the goals that follow from it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from measuring import Best
from planted import Found

OURS, API, CLI, POLARS = "ours", "frictionless, API", "frictionless, command", "polars by hand"
COMMAND, PANDERA = "ours, command", "pandera on polars"
FLIGHTS, BARE, PACKAGE = "flights", "flights without a schema", "package"
COMMAND_TIMES, REAL_TIMES = 25, 15  # times as fast as `frictionless validate`
SMALL_REAL, CLIFF = 0.7, 1.5
ROOM = 350  # MiB, for a table of any size
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
    real: Mapping[tuple[str, str], Mapping[str, Best]] = field(
        default_factory=dict
    )  # by what it is, and its size or name
    spread: Mapping[str, float] | None = None  # what `in_files.py` tells
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
    for state in (CLEAN, SPOILED):
        ratio = walls(figures.best(state, CLI), figures.best(state, COMMAND))
        yield _at_least(
            f"the command, cold: at least {COMMAND_TIMES} times as fast as `frictionless validate`, {state} table",
            ratio,
            COMMAND_TIMES,
        )
    yield from _real_goals(figures)


def walls(more: Best, less: Best) -> float | None:
    """Say how many times as long one process takes as another, from start to end."""
    return None if more.failure or less.failure else more.wall / less.wall


def _real_goals(figures: Figures) -> Iterator[Goal]:
    """Hold what was measured on real tables, and in many files, against the goals."""
    flights = [bests for (kind, _), bests in figures.real.items() if kind == FLIGHTS]
    small = [bests for (kind, _), bests in figures.real.items() if kind == PACKAGE]
    bare = [bests for (kind, _), bests in figures.real.items() if kind == BARE]
    none = Best(())
    ours = [bests.get(COMMAND, none) for bests in flights]
    ratios = [walls(bests[CLI], bests[COMMAND]) for bests in flights if CLI in bests]
    real = "real table of flights, the command"
    yield _at_least(
        f"{real}: at least {REAL_TIMES} times as fast as `frictionless validate`", _least(ratios), REAL_TIMES
    )
    ratios = [walls(bests.get(COMMAND, none), bests.get(PANDERA, none)) for bests in flights]
    yield _at_most(f"{real}: ahead of pandera at every size", _most(ratios), 1)
    ratios = [walls(bests.get(COMMAND, none), bests.get(POLARS, none)) for bests in flights]
    yield _at_most(f"{real}: at most {TIMES_POLARS} times polars by hand at every size", _most(ratios), TIMES_POLARS)
    peak = None if not ours or any(best.failure for best in ours) else max(best.peak for best in ours)
    told = "not measured" if peak is None else f"{peak:,.0f} MiB"
    yield Goal(f"{real}: at most {ROOM} MiB at every size", told, peak is not None and peak <= ROOM)
    ratio = walls(bare[0].get(COMMAND, none), ours[0]) if bare and ours else None
    yield _at_most(f"without a schema: at most {CLIFF} times the time with one", ratio, CLIFF)
    ratios = [walls(bests.get(COMMAND, none), bests.get(CLI, none)) for bests in small]
    yield _at_most(
        f"small real packages: at most {SMALL_REAL} times `frictionless validate`", _most(ratios), SMALL_REAL
    )
    spread = figures.spread
    told = "not measured" if spread is None else "the same" if spread["same"] else "not the same"
    yield Goal("a table in many files, by Dask on two workers: the same errors", told, bool(spread and spread["same"]))


def _most(ratios: Sequence[float | None]) -> float | None:
    known = [ratio for ratio in ratios if ratio is not None]
    return max(known) if known and len(known) == len(ratios) else None


def _least(ratios: Sequence[float | None]) -> float | None:
    known = [ratio for ratio in ratios if ratio is not None]
    return min(known) if known and len(known) == len(ratios) else None


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
