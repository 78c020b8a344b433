"""No input keeps the check busy for ever, fills the memory or makes it fall over: each gets a sentence and a place."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from hostile_inputs import Hostile, deep, dialects, many, no_files, numbers, patterns, tables
from walled_runs import GIGABYTE, SECONDS, Walled, Walls

QUICK: list[Hostile] = [*patterns(), *no_files(), *deep(), *dialects(), *numbers(), *tables(), *many()]
LONGEST = 600  # characters of a message


@pytest.fixture(scope="module")
def walls() -> Iterator[Walls]:
    with Walls() as made:
        yield made


COUNTED = re.compile(r"Checked \d|\d+ (?:error|warning|note)")  # the line above all messages


def told(done: Walled) -> list[str]:
    return [line for line in done.said.splitlines() if line and not COUNTED.match(line)]


def test_there_are_as_many_as_we_say() -> None:
    assert len({hostile.name for hostile in QUICK}) == len(QUICK) >= 150


@pytest.mark.parametrize("hostile", QUICK, ids=lambda hostile: hostile.name)
def test_a_hostile_input_is_told_of(hostile: Hostile, walls: Walls, tmp_path: Path) -> None:
    hostile.write(tmp_path)
    done = walls.run(hostile.verb, [*hostile.options, "--package", "datapackage.json"], tmp_path)
    assert done.code in (1, 2), done
    assert "Traceback" not in done.said
    assert (done.seconds < SECONDS, done.memory < GIGABYTE) == (True, True)
    lines = told(done)
    assert 1 <= len(lines) <= hostile.most + 1, done.said[:3000]
    assert lines[0].startswith(hostile.place), lines[0]
    assert hostile.told in done.said
    assert max(map(len, lines)) < LONGEST
