"""What Frictionless finds in a package, what the engine finds, and where the two are not the same."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from frictionless import Error, FrictionlessException
from frictionless import Package as FrictionlessPackage

from generated_packages import STANDARD, Case

Engine = Callable[[Mapping[str, Any], Path], Mapping[str, Sequence[Error]]]
READ = ("name", "path", "schema", "bytes", "hash")


class Told(NamedTuple):
    """One error, as far as it must be the same; the message holds the cells and the keys that it speaks of."""

    type: str
    row: int | None
    field: str | None
    note: str
    message: str


@dataclass(frozen=True)
class Verdict:
    """What was found in each table, in order; or that the package was refused, or the exception that came of it."""

    tables: Mapping[str, Sequence[Told]] = field(default_factory=dict)
    refused: bool = False
    raised: str = ""

    @property
    def clean(self) -> bool:
        """Whether all went well and nothing was found."""
        return not self.refused and not self.raised and not any(self.tables.values())


def reference_errors(descriptor: Mapping[str, Any], root: Path) -> dict[str, list[Error]]:
    """Give what Frictionless finds in each table; raises what it raises, FrictionlessException for a bad package."""
    opened = FrictionlessPackage.from_descriptor(_with_defaults(descriptor), basepath=str(root))
    report = opened.validate()
    if report.errors:
        raise FrictionlessException(report.errors[0])
    return {task.name: list(task.errors) for task in report.tasks}


def _with_defaults(descriptor: Mapping[str, Any]) -> dict[str, Any]:
    """Write out the standard's defaults, so that Frictionless does not guess an encoding or a delimiter."""
    resources = [
        {
            **{name: resource[name] for name in READ if name in resource},
            "type": "table",
            "format": "csv",
            "encoding": resource.get("encoding", "utf-8"),
            "dialect": {"delimiter": ",", **resource.get("dialect", {})},
        }
        for resource in descriptor["resources"]
    ]
    return {"$schema": STANDARD, "name": "package", "resources": resources}


def verdict_of(engine: Engine, case: Case, folder: Path) -> Verdict:
    """Ask an engine about a case whose files are in the folder."""
    descriptor = json.loads(json.dumps(case.descriptor))
    try:
        found = engine(descriptor, folder)
    except FrictionlessException:
        return Verdict(refused=True)
    except Exception as failure:  # noqa: BLE001 (whatever Frictionless itself raises must come of the engine too)
        return Verdict(raised=type(failure).__name__)
    return Verdict({name: [_told(error) for error in errors] for name, errors in found.items()})


def _told(error: Error) -> Told:
    row, name = getattr(error, "row_number", None), getattr(error, "field_name", None)
    return Told(error.type, row, name, error.note, error.message)


def differences(ours: Verdict, reference: Verdict) -> list[str]:
    """Say where two verdicts differ; of a package that is refused nothing may be told, or it is refused as well."""
    if reference.refused:
        return [] if ours.refused or ours.clean else [f"should be refused, but gives {_short(ours)}"]
    if ours.refused or ours.raised != reference.raised:
        return [f"gives {_short(ours)}, should give {_short(reference)}"]
    if list(ours.tables) != list(reference.tables):
        return [f"the tables are {list(ours.tables)}, should be {list(reference.tables)}"]
    return [line for name, told in reference.tables.items() for line in _between(name, ours.tables[name], told)]


def _short(verdict: Verdict) -> str:
    if verdict.refused:
        return "a refusal"
    return verdict.raised or f"{sum(len(told) for told in verdict.tables.values())} errors"


def _between(table: str, ours: Sequence[Told], reference: Sequence[Told]) -> list[str]:
    """Say where the errors of a table first differ: those after it may only have moved."""
    if list(ours) == list(reference):
        return []
    same = next((n for n, pair in enumerate(zip(ours, reference, strict=False)) if pair[0] != pair[1]), None)
    first = min(len(ours), len(reference)) if same is None else same
    counts = f"{table}: {len(ours)} errors, should be {len(reference)}; error {first + 1}"
    return [f"{counts}\n  is        {_at(ours, first)}\n  should be {_at(reference, first)}"]


def _at(told: Sequence[Told], place: int) -> str:
    return repr(tuple(told[place])) if place < len(told) else "nothing"
