"""What was touched since a commit, so that a check can be limited to that.

Git is asked, and every file name goes between zero bytes: no name is too odd for it.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

from vierdepijler.core.cells import input_addresses
from vierdepijler.core.descriptors import parts_in_files
from vierdepijler.core.package import Package
from vierdepijler.core.problems import Message, UnreadableError, say, unreadable
from vierdepijler.core.tables import Role, Table

# A hook of git gets these, for the folder it runs in; they would lead astray in the folder of a package below it.
OF_A_HOOK = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
CHECK_ALL = say("check without --changed")
INSTALL = say("install git, or check without --changed")


@dataclass(frozen=True)
class Scope:
    """What to check: the names of tables, and the files whose problems are told."""

    tables: frozenset[str]
    files: frozenset[str]


def touched(package: Package, since: str | None = None) -> Scope:
    """Find what differs from the last commit, or from where this branch left `since`, new files included.

    Beside the tables whose file was touched these are the tables tied to them, by a foreign key in either direction
    or by a calculation of our own. Where the descriptor was touched, these are all tables. Raises `UnreadableError`
    outside a git repository, and for a commit that is not there.
    """
    files = changed_files(package.root, since)
    touched_tables = {name for name, table in package.tables.items() if os.path.normpath(table.file) in files}
    parts = {(name, os.path.normpath(file)) for (_, name, _), file in parts_in_files(package.path).items()}
    touched_tables |= {name for name, file in parts if file in files and name in package.tables}
    if package.path.name in files:
        touched_tables = set(package.tables)
    return scope_of(package, touched_tables, files)


def scope_of(package: Package, names: AbstractSet[str], files: AbstractSet[str]) -> Scope:
    """Give what to check where some tables and files were touched: these, and the tables tied to them."""
    tables = names | {other for name in names for other in _tied(package, name)}
    of_tables = {package.tables[name].file for name in tables} | ({package.path.name} if tables else set())
    return Scope(frozenset(tables), frozenset(files | of_tables))


def changed_files(folder: Path, since: str | None = None) -> set[str]:
    """List the files below `folder`, named from there, that differ from the last commit or from `since`."""
    _git(folder, "rev-parse", "--is-inside-work-tree")
    base = _base(folder, since)
    if base is None:
        listed = _git(folder, "ls-files", "-z", "--cached")
    else:
        listed = _git(folder, "diff", "--name-only", "--no-renames", "--no-ext-diff", "--relative", "-z", base, "--")
    new = _git(folder, "ls-files", "-z", "--others", "--exclude-standard")
    return {os.path.normpath(os.fsdecode(name)) for name in (listed + new).split(b"\0") if name}


def _base(folder: Path, since: str | None) -> str | None:
    """Give the commit to compare with; None where there is none yet."""
    if since is None:
        return _commit(folder, "HEAD")
    base = _commit(folder, since)
    if base is None:
        raise _refused(
            folder,
            say("there is no commit '{revision}' here", revision=since),
            say("fetch it first, or name another after --since"),
        )
    shared = _ask(folder, "merge-base", base, "HEAD")
    return base if shared.returncode else shared.stdout.decode().strip()  # a shallow clone does not know


def _commit(folder: Path, revision: str) -> str | None:
    # What looks like an option is a revision all the same.
    found = _ask(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    return None if found.returncode else found.stdout.decode().strip()


def _tied(package: Package, name: str) -> Iterator[str]:
    """Name the tables that a table points to, and those that point to it."""
    for other, table in package.tables.items():
        pointed_at = {key.table for key in table.foreign_keys} | _calculated_from(table)
        if other == name:
            yield from pointed_at & set(package.tables)
        elif name in pointed_at:
            yield other


def _calculated_from(table: Table) -> set[str]:
    """Name the tables that our own figures are calculated from; empty for a table of another kind."""
    if table.role != Role.DERIVED or "inputs" not in table.field_names:
        return set()
    addresses = (address for row in range(table.rows) for address in input_addresses(table, row))
    return {address.partition("[")[0].partition(".")[0] for address in addresses}


def _git(folder: Path, *command: str) -> bytes:
    done = _ask(folder, *command)
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip().partition("\n")[0]
        if command[0] == "rev-parse":
            raise _refused(
                folder,
                say("this folder is in no git repository, or git cannot read it ({reason})", reason=reason),
                say("check without --changed, or run 'git init' first"),
            )
        raise _refused(folder, say("git cannot tell what changed ({reason})", reason=reason), CHECK_ALL)
    return done.stdout


def _ask(folder: Path, *command: str) -> subprocess.CompletedProcess[bytes]:
    environment = {name: value for name, value in os.environ.items() if name not in OF_A_HOOK}
    git = shutil.which("git")
    if git is None:
        raise _refused(folder, say("git is not installed here"), INSTALL)
    return subprocess.run(  # noqa: S603  # no shell, and what a user asks for stands behind --end-of-options
        [git, *command], cwd=folder, capture_output=True, check=False, env=environment
    )


def _refused(folder: Path, what: Message, todo: Message) -> UnreadableError:
    error = unreadable(".", what, todo)  # the folder of the package, and no path of this machine
    error.root = folder
    return error
