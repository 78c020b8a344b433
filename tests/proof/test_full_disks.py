"""A disk that is full, one that may only be read, and a whole disk to write on: each is named, and nothing is lost.

What is tried is mounted here (tmpfs), which takes root, and a system that lets it.
"""

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from conftest import Outcome, cannot_run, run_verb
from small_projects import SmallProject, digests
from vierdepijler.core.writing import write_file

VISITS = "group,visits\na,12\nb,30\n"


@dataclass(frozen=True)
class Disk:
    """A small disk of its own, at a folder."""

    folder: Path

    def remount(self, options: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{options}", str(self.folder)], check=True, capture_output=True)

    def fill(self, left: int) -> None:
        """Leave so many bytes on it, and no more."""
        with (self.folder / "filling").open("wb") as file:
            file.write(bytes(shutil.disk_usage(self.folder).free - left))

    def forbid(self) -> None:
        self.remount("ro")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    folder = tmp_path / "disk"
    folder.mkdir()
    if shutil.which("mount") is None:
        cannot_run("there is no program to mount a disk with")
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(folder)], check=False, capture_output=True, text=True
    )
    if done.returncode:
        pytest.skip(f"no disk can be mounted here, which takes root and a system that lets it: {done.stderr.strip()}")
    yield Disk(folder)
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@dataclass(frozen=True)
class Try:
    """A verb on a disk: its options, of which `{out}` is a folder there, and whether the project is there as well."""

    verb: str
    options: tuple[str, ...]
    within: bool = False

    def run(self, project: SmallProject, disk: Disk) -> Outcome:
        options = [option.format(out=disk.folder / "out") for option in self.options]
        return run_verb(self.verb, *options, project=project.folder)


TRIES = (
    Try("publish", ("--out", "{out}")),
    Try("build_site", ("--out", "{out}")),
    Try("validate", ("--save", "json={out}.json")),
    Try("new_table", ("visits.csv", "--no-questions"), within=True),
    Try("release", (), within=True),
)


def project_on(disk: Disk, project: SmallProject, attempt: Try) -> SmallProject:
    project.write("visits.csv", VISITS)
    if not attempt.within:
        return project
    for folder in (project.folder / "build", project.public):
        shutil.rmtree(folder)
    return project.copy(disk.folder / "project")


@pytest.mark.parametrize("attempt", TRIES, ids=lambda attempt: attempt.verb)
@pytest.mark.parametrize("left", [0, 6000, 60_000])
def test_a_full_disk_is_named_and_loses_nothing(
    disk: Disk, small_project: SmallProject, attempt: Try, left: int
) -> None:
    project = project_on(disk, small_project, attempt)
    disk.fill(left)
    before = digests(disk.folder)
    outcome = attempt.run(project, disk)
    if outcome.code == 0:
        assert left, "what was written on a full disk?"
        return
    assert outcome.code == 2, outcome.all
    assert f"{disk.folder}" in outcome.complained
    assert "the disk of this folder is full; make room on it" in outcome.complained
    assert "Traceback" not in outcome.complained
    assert len([line for line in outcome.complained.splitlines() if ": warning: " not in line]) == 1
    assert digests(disk.folder) == before


@pytest.mark.parametrize("attempt", TRIES, ids=lambda attempt: attempt.verb)
def test_a_disk_that_may_only_be_read_is_named(disk: Disk, small_project: SmallProject, attempt: Try) -> None:
    project = project_on(disk, small_project, attempt)
    before = digests(disk.folder)
    disk.forbid()
    outcome = attempt.run(project, disk)
    assert outcome.code == 2, outcome.all
    place = disk.folder / ("project" if attempt.within else "")
    assert f"{place}: the folder cannot be written (Read-only file system)" in outcome.complained
    assert len(outcome.complained.splitlines()) == 1
    assert digests(disk.folder) == before


def test_what_was_published_before_stays_where_the_disk_is_full(disk: Disk, small_project: SmallProject) -> None:
    assert run_verb("publish", "--out", disk.folder / "out", project=small_project.folder).code == 0
    small_project.append("site/nl/index.md", "\nMeer.\n")  # or nothing would be published anew
    disk.fill(60_000)
    before = digests(disk.folder)
    assert run_verb("publish", "--out", disk.folder / "out", project=small_project.folder).code == 2
    assert digests(disk.folder) == before


def test_a_table_stays_where_the_disk_is_full(disk: Disk) -> None:
    (disk.folder / "table.csv").write_text("id\n")
    disk.fill(0)
    before = digests(disk.folder)
    with pytest.raises(Exception, match="the disk of this folder is full"):
        write_file(disk.folder / "table.csv", "id,name\n")
    assert digests(disk.folder) == before


@pytest.mark.parametrize("verb", ["publish", "build_site"])
def test_a_whole_disk_is_not_replaced(disk: Disk, small_project: SmallProject, verb: str) -> None:
    for folder in (Path("/"), disk.folder):
        outcome = run_verb(verb, "--out", folder, project=small_project.folder)
        assert outcome.code == 2
        assert f"{folder}: this is a whole disk, which cannot be replaced; choose another folder" in outcome.complained
