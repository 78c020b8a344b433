"""Rules about releases: archives stay as they are, the version follows from the changes, corrections explain them."""

import csv
import io
from collections.abc import Iterator, Sequence

from vierdepijler.core.cells import key_in_address
from vierdepijler.core.messages import Message, say
from vierdepijler.core.package import Package
from vierdepijler.core.problems import Problem, quoted
from vierdepijler.core.tables import Role, Table
from vierdepijler.releases.archives import Step, check_archives, read_archives, version_of
from vierdepijler.releases.corrections import (
    WHOLE_ROW,
    Passage,
    Revision,
    corrections_by_version,
    differences_of,
    holds_corrections,
    is_meaning,
    passages,
    step_of,
)
from vierdepijler.releases.differences import Differences

from .rule import PackageRule, is_whole

FEW = 3


def check_kept(package: Package) -> Iterator[Problem]:
    """Find files of earlier releases that are not as they were published."""
    yield from check_archives(package.root)


def check_step(package: Package) -> Iterator[Problem]:
    """Find a version that is not the one that the changes since the last release ask for."""
    archives = read_archives(package.root)
    version = version_of(str(package.descriptor.get("version", "")))
    if not archives or version is None or not is_whole(package) or any(check_archives(package.root)):
        return
    last = archives[-1]
    differences = differences_of(last.package, package)
    right = last.number.after(step_of(differences))
    if version == right:
        return
    what = say(
        "the version is {version}, but after release {last} it is {right}: {changed}",
        version=str(version),
        last=last.version,
        right=str(right),
        changed=_reason(differences),
    )
    todo = say("write {right}, and add its row to the table of releases, or undo the change", right=str(right))
    yield package.problem(("version",), "version", what, todo)


def _reason(found: Differences) -> Message:
    """Say what asks for the step, with the first few names."""
    tables = found.tables
    match step_of(found):
        case Step.NONE:
            return say("nothing changed")
        case Step.MAJOR:
            gone = [f"{change.table.name}.{name}" for change in tables for name in change.columns_removed]
            other = [f"{text.table}.{name}" for text in found.texts for name in text.names if is_meaning(name)]
            keys = [change.table.name for change in tables if change.is_rekeyed]
            names = [*found.tables_removed, *gone, *keys, *other]
            return say("a table or column went or means something else ({names})", names=_few(names))
        case Step.MINOR:
            columns = [f"{change.table.name}.{name}" for change in tables for name in change.columns_added]
            rows = [f"{change.table.name}[{','.join(key)}]" for change in tables for key in change.rows_added]
            return say("tables, columns or rows came ({names})", names=_few([*found.tables_added, *columns, *rows]))
        case _:
            names = [cell.cell.address for change in tables for cell in change.cells]
            names += [f"{change.table.name}[{','.join(key)}]" for change in tables for key in change.rows_removed]
            names += [f"{text.table or 'datapackage.json'}: {', '.join(text.names)}" for text in found.texts]
            return say("values or texts changed ({names})", names=_few(names))


def _few(names: Sequence[str]) -> str:
    return ", ".join(names[:FEW]) + (" …" if len(names) > FEW else "")


def check_corrections(package: Package) -> Iterator[Problem]:
    """Find changes of a released cell that no correction explains, and corrections that explain no such change."""
    table = package.table_of(Role.CORRECTIONS)
    if not is_whole(package) or any(check_archives(package.root)):
        return
    if table is not None and not holds_corrections(table):
        return
    explained = {} if table is None else corrections_by_version(table)
    for passage in passages(package):
        rows = explained.get(passage.version, {})
        missing = (change for change in passage.revisions if change not in rows)
        yield from (_unexplained(package, passage.version, change) for change in missing)
        for change in sorted(rows.keys() - set(passage.revisions)):
            yield _needless(table, rows[change], passage)


def _unexplained(package: Package, version: str, change: Revision) -> Problem:
    table, corrections = package.tables.get(change.table), package.table_of(Role.CORRECTIONS)
    name = corrections.name if corrections else Role.CORRECTIONS
    file, line = (name, 0) if table is None else (table.file, _line(table, change.key))
    row = io.StringIO()
    parts = (version, change.table, change.key, change.field, change.old, change.new)
    csv.writer(row, lineterminator="").writerow([*parts, "…", "…", "…"])
    what = say("the released value {old} is {new} now, and no correction explains it",
               old=quoted(change.old), new=quoted(change.new))  # fmt: skip
    if change.field == WHOLE_ROW:
        what = say("the released row {key} is gone, and no correction explains it", key=quoted(change.key))
    todo = say("add the row {row} to the table {table}", row=row.getvalue(), table=name)
    return Problem(file, line, change.field, what, todo)


def _line(table: Table, key: str) -> int:
    found = {",".join(key_in_address(known)): row for known, row in table.keys.items()}
    return table.lines[found[key]] if key in found else 0


def _needless(table: Table | None, row: int, passage: Passage) -> Problem:
    file, line = ("", 0) if table is None else (table.file, table.lines[row])
    what = say("this explains a change that there was not since release {version}", version=passage.old.version)
    return Problem(file, line, "new", what, say("correct the row, or take it out"))


RULES = (
    PackageRule("release-archives", check_kept),
    PackageRule("release-version", check_step),
    PackageRule("corrections", check_corrections),
)
