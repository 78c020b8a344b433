"""Fault injection: what the checks catch, tried rather than promised. `make seeds` runs it, and so do the tests.

A catalogue lists errors, each with how to make it and the rule that must catch it. Every error is made in a copy of
the package, which is then checked like any other. It counts as caught when that rule finds it in the right file, on
the right line.
"""

import csv
import io
import json
import os
import shutil
import sys
import threading
from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing import parent_process
from pathlib import Path
from typing import Any

from mutations import Edit, mutate
from vierdepijler.checks.checking import check_package
from vierdepijler.core.cells import select
from vierdepijler.core.descriptors import parts_in_files
from vierdepijler.core.package import Package
from vierdepijler.core.problems import ContentError, Problem
from vierdepijler.core.reading import read_package
from vierdepijler.core.writing import scratch, write_file
from vierdepijler.core.yaml_texts import read_texts
from vierdepijler.figures.documents import read_document
from vierdepijler.figures.traces import find_source, trace_document

PROJECT = Path(__file__).resolve().parents[2]
CATALOGUE, TABLE = PROJECT / "tests" / "seeded_errors.yml", PROJECT / "data" / "checks" / "seeded_errors.csv"
ANSWER = PROJECT.parent / "shared" / "sources" / "answer-173-2025-02-20.txt"
DESCRIPTOR = "datapackage.json"
PAGES = "site"
RELEASES = "releases"
DOCUMENT = "document.txt"
TRACE, TRACED = "trace", "document"  # the rule that needs the document, and the kind of error that only it sees
COLUMNS = ("seed_id", "kind", "label_nl", "label_en", "file", "rule", "why_not_nl", "why_not_en")


@dataclass(frozen=True)
class Seed:
    """An error to make: what it is, in which files and how, and where which rule must find it."""

    name: str
    descriptor: Mapping[str, Any]

    @property
    def file(self) -> str:
        """The file that is changed."""
        return str(self.descriptor["file"])

    @property
    def found_in(self) -> str:
        """The file in which the error shows."""
        return str(self.descriptor.get("in", self.file))

    @property
    def rule(self) -> str:
        """The rule that must catch it; empty where nothing can."""
        return str(self.descriptor.get("rule", ""))

    @property
    def edits(self) -> Iterator[tuple[str, Edit]]:
        """Every change that together makes the error, with its file."""
        for part in (self.descriptor, *self.descriptor.get("also", ())):
            yield str(part["file"]), part["edit"]


@dataclass(frozen=True)
class Trial:
    """What became of one error: the problem that its rule found where it should, and all that was found."""

    seed: Seed
    caught: Problem | None
    problems: tuple[Problem, ...]

    @property
    def is_caught(self) -> bool:
        """Whether the rule meant for it found it, in the right file and on the right line."""
        return self.caught is not None

    @property
    def is_as_expected(self) -> bool:
        """Whether it was caught where that is possible, and by no rule at all where it is not."""
        return self.is_caught if self.seed.rule else not self.problems

    def __str__(self) -> str:
        """Say it in one line, with what was found instead where the error was missed."""
        if self.caught is not None:
            return f"{self.seed.name}: caught by {self.seed.rule} at {self.caught.file}:{self.caught.line}"
        found = "; ".join(f"{problem.rule} at {problem.file}:{problem.line}" for problem in self.problems[:5])
        wanted = f"missed by {self.seed.rule}" if self.seed.rule else "cannot be caught"
        return f"{self.seed.name}: {wanted} (found: {found or 'nothing'})"


def read_seeds() -> list[Seed]:
    """Read the catalogue of errors; every text in it stays the text it is."""
    return [Seed(entry["seed"], entry) for entry in read_texts(CATALOGUE.read_text("utf-8"))]


def try_seeds(project: Path, seeds: list[Seed], document: Path | None, workers: int = 2) -> list[Trial]:
    """Make every error in a copy of the package of its own, check that, and tell what was caught.

    Errors that only the source document can show are left out where there is no `document`.
    """
    possible = [seed for seed in seeds if document is not None or seed.descriptor["kind"] != TRACED]
    with ProcessPoolExecutor(workers, initializer=_end_with_parent) as pool:
        return list(pool.map(partial(try_seed, project, document), possible, chunksize=4))


def _end_with_parent() -> None:
    """Let a worker not outlive the run that it works for: one that is killed cannot say that it has ended."""
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def try_seed(project: Path, document: Path | None, seed: Seed) -> Trial:
    """Make one error in a copy of the package, and check that; raises `ValueError` where it cannot be made."""
    with scratch() as folder:
        copy_package(project, folder, document)
        if "archived" in seed.descriptor:  # beside an archive every change is noticed, which would prove little
            shutil.copytree(project / RELEASES, folder / RELEASES)
        for file, edit in seed.edits:
            mutate(folder / file, edit, seed.name)
        problems = _check(project, folder, {file for file, _ in seed.edits})
        if document is not None and seed.rule == TRACE:
            problems.extend(_trace(folder, find_source(_package(project), read_document(document), None)))
        lines = _expected_lines(folder / seed.found_in, seed)
    found = (problem for problem in problems if (problem.rule, problem.file) == (seed.rule, seed.found_in))
    return Trial(seed, next((problem for problem in found if problem.line in lines), None), tuple(problems))


@cache
def _package(project: Path) -> Package:
    """Read the package as it is once, for all errors that are made in copies of it."""
    return read_package(project / DESCRIPTOR)


def copy_package(project: Path, folder: Path, document: Path | None) -> None:
    """Copy what a check looks at: the descriptor, the tables it names, the pages, and the document of a source."""
    for file in (table.file for table in _package(project).tables.values()):
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(project / file, folder / file)
    (folder / DESCRIPTOR).write_text(_whole_descriptor(project), encoding="utf-8", newline="\n")
    shutil.copytree(project / PAGES, folder / PAGES)
    if document is not None:
        shutil.copyfile(document, folder / DOCUMENT)


@cache
def _whole_descriptor(project: Path) -> str:
    """Write the descriptor with the schemas that stand in files of their own, so that each error is one of one file."""
    path = project / DESCRIPTOR
    descriptor = json.loads(path.read_text("utf-8"))
    for (place, _, part), file in parts_in_files(path).items():
        descriptor["resources"][place][part] = json.loads((project / file).read_text("utf-8"))
    return json.dumps(descriptor, indent=2, ensure_ascii=False) + "\n"


def _check(project: Path, folder: Path, mutated: Collection[str]) -> list[Problem]:
    sound = {name: table for name, table in _package(project).tables.items() if table.file not in mutated}
    try:
        package = read_package(folder / DESCRIPTOR, known=sound)
    except ContentError as error:
        return list(error.problems)
    return list(check_package(package, folder / PAGES).problems)


def _trace(folder: Path, source: str) -> Iterator[Problem]:
    """Trace the document of the copy, and tell what is open as problems of the document or of a cell."""
    package = read_package(folder / DESCRIPTOR)
    trace = trace_document(package, read_document(folder / DOCUMENT), source)
    for change in trace.changes:
        yield Problem(DOCUMENT, change.line, "", change.what, "", TRACE)
    for traced in trace.figures:
        if traced.is_open:
            yield Problem(DOCUMENT, traced.figure.line.number, "", "not accounted for", "", TRACE)
    for cell in trace.cells:
        if cell.problem is not None:
            file, line = _place(package, cell.address)
            yield Problem(file, line, cell.address, cell.problem, "", TRACE)


def _place(package: Package, address: str) -> tuple[str, int]:
    cell = select(package, address).cells[0]
    return cell.table.file, cell.table.lines[cell.row]


def _expected_lines(path: Path, seed: Seed) -> set[int]:
    """Give the lines that hold the text `at`; every line for a file that is gone, or where no text is given."""
    at, at_last = seed.descriptor.get("at"), seed.descriptor.get("at_last")
    if not path.is_file() or (at is None and at_last is None):
        return {0, 1}
    wanted = str(at or at_last)
    lines = [number for number, line in enumerate(_decoded(path).split("\n"), 1) if wanted in line]
    if not lines:
        raise ValueError(f"{seed.name}: no line of {seed.found_in} holds {wanted!r}")
    return {lines[0] if at else lines[-1]}


def _decoded(path: Path) -> str:
    content = path.read_bytes()
    for encoding in ("utf-8", "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def write_trials(trials: list[Trial], path: Path) -> None:
    """Write the table of seeded errors: what was made, in which file, and which rule caught it, or why none can."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([COLUMNS, *map(trial_record, trials)])
    write_file(path, text.getvalue())


def trial_record(trial: Trial) -> tuple[str, ...]:
    """Give the row of one seeded error, as the table of them has it."""
    seed = trial.seed.descriptor
    caught_by = trial.seed.rule if trial.is_caught else ""
    texts = (seed["nl"], seed["en"], trial.seed.file, caught_by, seed.get("not_nl", ""), seed.get("not_en", ""))
    return (trial.seed.name, str(seed["kind"]), *map(str, texts))


def main() -> int:
    """Make every error, and write down which rule caught it: exit code 0 all that can be caught, 1 one was missed."""
    if not ANSWER.is_file():
        print(f"{ANSWER.name} is not in the folder of sources, and some errors show only beside it.", file=sys.stderr)
        return 2
    trials = try_seeds(PROJECT, read_seeds(), ANSWER)
    missed = [trial for trial in trials if not trial.is_as_expected]
    print(*trials, sep="\n")
    caught = sum(trial.is_caught for trial in trials)
    print(f"Seeded {len(trials)} errors: {caught} caught by the rule meant for it, {len(missed)} not as expected.")
    write_trials(trials, TABLE)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
