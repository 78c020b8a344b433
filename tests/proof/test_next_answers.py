"""A second and a third answer, added to a copy of our package by the recipe, and taken back.

Where each figure belongs is stated by hand beside the answers; nothing may stand elsewhere.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Copy
from next_answers import AFTER_NEXT, LEFT, NEXT, OPEN, RIGHT, WRONG, counted
from short_answer import copy_package
from vierdepijler.commands.answering import add_answer, take_back

pytestmark = pytest.mark.long


def files_of(copy: Copy) -> dict[str, bytes]:
    return {str(path.relative_to(copy.folder)): path.read_bytes() for path in copy.folder.rglob("*") if path.is_file()}


def test_two_answers_are_added_and_taken_back(
    tmp_path: Path, say_at_the_end: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    copy = copy_package(tmp_path / "package").take_next_version()
    errors, at_first = copy.errors(), files_of(copy)
    for answer, source, least in ((NEXT, "S200", 0.8), (AFTER_NEXT, "S201", 0.6)):
        assert add_answer(copy.descriptor, answer, source, None, "en") == 1
        assert f"Added {source}" in capsys.readouterr().out
        found = counted(copy.read(), answer, source)
        say_at_the_end(f"{answer.stem} answer: {dict(found)}")
        assert found[WRONG] == 0
        assert found[OPEN] == 0
        assert found[RIGHT] / (found[RIGHT] + found[LEFT]) >= least
    new = [error for error in copy.errors() if error not in errors]
    # The shares with decimals of the third, and our own figures of the last answer, which newer ones left behind.
    told = ("activity_hours.csv", "add a row that is computed from these in the same way")
    assert new
    assert [error for error in new if not any(words in error for words in told)] == []
    for source in ("S200", "S201"):
        assert take_back(copy.descriptor, source, "en") == 0
    assert files_of(copy) == at_first
