"""No input keeps the check busy for ever, or makes it fall over: each gets a sentence and a place."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hostile_inputs import Hostile, deep, dialects, no_files, numbers
from walled_runs import Walls, flaws

QUICK: list[Hostile] = [*no_files(), *deep(), *dialects(), *numbers()]


@pytest.fixture(scope="module")
def walls() -> Iterator[Walls]:
    with Walls() as made:
        yield made


@pytest.mark.parametrize("hostile", QUICK, ids=lambda hostile: hostile.name)
def test_a_hostile_input_is_told_of(hostile: Hostile, walls: Walls, tmp_path: Path) -> None:
    assert list(flaws(hostile, walls, tmp_path)) == []
