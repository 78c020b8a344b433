"""Running generated cases through Frictionless and the engine, and counting what the cases reach."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings

from generated_packages import ERRORS_TOLD, Case, packages
from reference_verdicts import Engine, Verdict, differences, reference_errors, verdict_of

FULL = "table with as many errors as Frictionless tells"


@dataclass
class Tally:
    """What a run has met: cases, verdicts, and the features of their schemas; and the smallest case that differs."""

    cases: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    features: Counter[str] = field(default_factory=Counter)
    difference: str = ""

    def count(self, case: Case, verdict: Verdict) -> None:
        """Count a case with the verdict of the reference."""
        self.cases += 1
        self.verdicts[_name_of(verdict)] += 1
        self.errors.update(told.type for table in verdict.tables.values() for told in table)
        self.features[FULL] += sum(len(told) >= ERRORS_TOLD for told in verdict.tables.values())
        for resource in case.descriptor["resources"]:
            self.features.update(set(features_of(resource)))

    def lines(self) -> Iterator[str]:
        """Tell what was counted, the most frequent first."""
        for what in ("verdicts", "errors", "features"):
            counts: Counter[str] = getattr(self, what)
            yield f"{what}: " + ", ".join(f"{name} {count}" for name, count in counts.most_common())


def _name_of(verdict: Verdict) -> str:
    if verdict.refused:
        return "refused"
    if verdict.raised:
        return f"raised {verdict.raised}"
    return "clean" if verdict.clean else "broken"


def features_of(resource: Mapping[str, Any]) -> Iterator[str]:
    """Name what the description of a table asks for: types, formats, constraints, keys, dialects and encodings."""
    schema = resource["schema"]
    yield from (f"schema {name}" for name in schema if name != "fields")
    yield from (f"dialect {name}" for name in resource.get("dialect", {}))
    yield from (f"resource {name}" for name in resource if name not in {"name", "path", "schema"})
    for field_ in schema["fields"]:
        kind = field_.get("type", "no type")
        yield f"type {kind}"
        yield from (f"{kind} {name}" for name in field_ if name not in {"name", "type", "constraints"})
        yield from (f"constraint {name}" for name in field_.get("constraints", {}))


def run_cases(engine: Engine, folder: Path, cases: int, *, start: int | None = None) -> Tally:
    """Compare the engine with Frictionless on so many cases, until one differs: that one is made as small as can be.

    The cases are always the same ones, unless a start for the chance is given.
    """
    tally = Tally()

    def compare(case: Case) -> None:
        case.write(folder)
        reference = verdict_of(reference_errors, case, folder)
        found = differences(verdict_of(engine, case, folder), reference)
        if not tally.difference:
            tally.count(case, reference)
        if found:
            tally.difference = "\n".join((*found, str(case)))
            raise AssertionError(tally.difference)

    try:
        _generated(compare, cases, start)()
    except AssertionError:
        if not tally.difference:
            raise
    return tally


def _generated(compare: Callable[[Case], None], cases: int, start: int | None) -> Callable[[], None]:
    """Let hypothesis make the cases; the smallest one that fails is the last one that it tries."""
    checks = list(HealthCheck)
    phases = (Phase.generate, Phase.shrink)
    run = given(packages())(compare)
    if start is not None:
        run = seed(start)(run)
    settled: Callable[[], None] = settings(
        max_examples=cases,
        deadline=None,
        derandomize=start is None,
        database=None,
        suppress_health_check=checks,
        phases=phases,
        print_blob=False,
    )(run)
    return settled
