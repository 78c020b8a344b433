"""Every verb that writes is killed before each file operation that it makes, and loses nothing.

Where a file was opened there is a second moment, when it is still empty: what is written in the place of another shows
there. Verbs with hundreds of operations in their workshops, where nobody looks, are killed at some of each kind; the
steps at which a new table and a release take their places are killed at every one outside, without what goes before.
Screenshots are written as publications are, which is not tried again.
"""

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import pytest

from killed_runs import Operation, Runner, operations, runner, said, temporary
from small_projects import SmallProject, digests
from vierdepijler.core.reading import read_package
from vierdepijler.core.staging import JOURNAL

pytestmark = pytest.mark.long
KILLED = -9
VISITS = "group,visits\na,12\nb,30\n"
SCORES = "metric,outcome,points,maximum\nm,not_full,0,1\nn,full,1,1\n"


@dataclass(frozen=True)
class Case:
    """A verb, what is put in the project for it, what of it was made before, and how often it is killed."""

    verb: str
    files: Mapping[str, str] = field(default_factory=dict)
    made: tuple[str, ...] = ()
    aside: int = 2  # how many operations of each kind in a workshop
    others: int = 1000  # and elsewhere

    def prepare(self, project: SmallProject) -> None:
        for folder in {"build", "public"}.difference(self.made):
            shutil.rmtree(project.folder / folder)
        for file, text in self.files.items():
            project.write(file, text)
        if self.verb == "publish":
            project.change(lambda descriptor: descriptor.update(title_en="Something else"))
        if self.verb == "build_site":
            project.append("site/en/counts.md", "\nMore words.\n")


CASES = (
    Case("publish", made=("build",), aside=1, others=4),
    Case("build_site", made=("build", "public"), aside=0, others=4),
    Case("release", aside=0, others=3),
    Case("keep", made=("build",)),
    Case("new_table", {"visits.csv": VISITS}, aside=0, others=6),
    Case("add"),
    Case("validate", {"report.json": "{}"}),
    Case("score", {"data/metadata_points.csv": SCORES}),
)


@pytest.fixture(scope="module")
def running() -> Iterator[Runner]:
    with runner() as started:
        yield started


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.verb)
def test_a_verb_that_is_killed_loses_nothing(
    running: Runner, small_project: SmallProject, tmp_path: Path, case: Case, say_at_the_end: Callable[[str], None]
) -> None:
    case.prepare(small_project)
    whole = small_project.copy(tmp_path / "whole").folder
    old = digests(small_project.folder)
    assert running.run(case.verb, whole) == 0, said(whole)
    new, all_done = digests(whole), operations(whole)
    assert new != old
    assert left_over(whole) == []
    moments = chosen(all_done, case)
    codes = []
    for moment in moments:
        killed = small_project.copy(tmp_path / f"killed-{moment}").folder
        codes.append(running.run(case.verb, killed, moment))
        assert codes[-1] == KILLED or (moment == moments[-1] and codes[-1] == 0), said(killed)
        Judge(killed, case, old, new).judge(all_done[moment], running)
    # What is made side by side takes an operation more or less from one run to the next: the last may not come.
    assert KILLED in codes
    say_at_the_end(f"{case.verb}: killed at {len(moments)} of {len(all_done)} moments")


@dataclass(frozen=True)
class Judge:
    """Looks at a project in which a run was killed: what was there before, or what comes instead."""

    project: Path
    case: Case
    old: Mapping[str, str]
    new: Mapping[str, str]

    def judge(self, moment: Operation, running: Runner) -> None:
        found = digests(self.project)
        for name in self.old.keys() | self.new.keys():
            if not is_list(name):
                assert found.get(name) in {self.old.get(name), self.new.get(name)}, f"{name} is torn after {moment}"
        surplus = [name for name in found.keys() - self.old.keys() - self.new.keys() if not is_aside(name)]
        assert surplus == [], f"{surplus} came at {moment}"
        read_package(self.project / "datapackage.json")  # as every verb begins
        state = self.states(digests(self.project))
        is_done = state == self.states(self.new)
        assert is_done or state == self.states(self.old), f"neither as before nor as it must become: {moment}"
        code = running.run(self.case.verb, self.project)
        assert code == 0 or (code == 1 and is_done), f"after {moment}: {said(self.project)}"
        assert digests(self.project) == self.new, f"after {moment} and another run"
        assert left_over(self.project) == [], f"after {moment} and another run"

    def states(self, files: Mapping[str, str]) -> Mapping[str, str]:
        return {name: digest for name, digest in files.items() if not is_aside(name) and not is_list(name)}


def is_aside(name: str) -> bool:
    return any(part == JOURNAL or (part.startswith(".") and part.endswith(".tmp")) for part in name.split("/"))


def is_list(name: str) -> bool:
    """Tell whether a file lists what was made in the folder beside it: for a moment it lists old and new."""
    return name.rpartition("/")[2].startswith(".") and name.endswith(".contents")


def left_over(project: Path) -> list[str]:
    """Give what a run left, folders too, beside what it was asked for."""
    found = [*temporary(project).rglob("*"), *(path for path in project.rglob("*") if is_aside(path.name))]
    return [str(path) for path in found]


def chosen(all_done: Sequence[Operation], case: Case) -> list[int]:
    """Choose moments, evenly over those of a kind in a workshop, and over those elsewhere."""
    places = range(len(all_done))
    elsewhere = [place for place in places if not all_done[place].is_aside]
    aside = sorted((place for place in places if all_done[place].is_aside), key=lambda place: all_done[place].event)
    kinds = [list(group) for _, group in groupby(aside, key=lambda place: all_done[place].event)]
    return sorted({*evenly(elsewhere, case.others), *(place for kind in kinds for place in evenly(kind, case.aside))})


def evenly(places: Sequence[int], most: int) -> Sequence[int]:
    if len(places) <= most:
        return places
    return [places[round(number * (len(places) - 1) / max(most - 1, 1))] for number in range(most)]


@pytest.mark.parametrize(("most", "taken"), [(0, []), (1, [5]), (2, [5, 9]), (3, [5, 7, 9]), (9, [5, 6, 7, 8, 9])])
def test_moments_are_taken_evenly(most: int, taken: list[int]) -> None:
    assert list(evenly([5, 6, 7, 8, 9], most)) == taken
