"""Plant faults in a copy of the project, one at a time, and see that a test fails for each.

Every table of the TOML files in this folder is a mutant: in the one file whose path ends in `file`, the text `old`
becomes `new`; `fault` says what that stands for, and `caught_by` which test must see it: the end of its path, and after
`::` its name. So files may move between folders. Where the named test sees nothing, all others are asked.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import ChainMap, Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
TIERS = {"test": ("tests/unit", "tests/integration", "tests/browser"), "proof": ("tests/proof",)}
FAILED = re.compile(r"^(?:FAILED|ERROR) (tests/[^ :]+(?:::\w+)?)", re.MULTILINE)


@dataclass(frozen=True)
class Mutant:
    """A fault to plant, and the test that is known to see it."""

    name: str
    file: str
    old: str
    new: str
    fault: str
    caught_by: str


def read_mutants(folder: Path) -> list[Mutant]:
    """Read all mutants, each called after its file and its table."""
    read = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.toml"))}
    return [Mutant(f"{stem}/{name}", **said) for stem, tables in read.items() for name, said in tables.items()]


@cache
def files_of(project: Path) -> tuple[str, ...]:
    """List the files that git tracks, and the new ones that it does not ignore."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=project, capture_output=True, check=True, text=True).stdout.split("\0")
    return tuple(name for name in listed if (project / name).is_file())


def find(project: Path, name: str) -> str:
    """Give the one file whose path ends in a name, with what follows `::`; raises `LookupError` for none or several.

    A name that starts with a slash is that of a file at the top.
    """
    end, sign, test = name.partition("::")
    found = [file for file in files_of(project) if f"/{file}" == end or f"/{file}".endswith(f"/{end}")]
    if len(found) != 1:
        raise LookupError(f"{len(found)} files are called {end}")
    return f"{found[0]}{sign}{test}"


def flaw(project: Path, mutant: Mutant) -> str:
    """Say why a mutant cannot be planted, or its test not be asked; empty where nothing is wrong."""
    try:
        file, _, test = find(project, mutant.caught_by).partition("::")
        if test and f"def {test}(" not in (project / file).read_text("utf-8"):
            return f"{mutant.name}: there is no {test} in {file}"
        times = (project / find(project, mutant.file)).read_bytes().count(mutant.old.encode())
    except LookupError as error:
        return f"{mutant.name}: {error}"
    return "" if times == 1 else f"{mutant.name}: its old text stands {times} times in {mutant.file}, and not once"


def copy_project(project: Path, folder: Path) -> Path:
    """Copy a project into an empty folder, as a repository of its own that shares what is installed."""
    copy = folder / "project"
    for name in files_of(project):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(project / name, copy / name)
    subprocess.run(["git", "init", "--quiet"], cwd=copy, check=True)
    subprocess.run(["git", "add", "--all"], cwd=copy, check=True)
    for name in (".venv", "node_modules", "../shared"):
        if (project / name).exists():
            (copy / name).symlink_to((project / name).resolve())
    return copy


def failing(project: Path, tests: Sequence[str]) -> str:
    """Run tests, and give the first that fails; empty where none does."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--tb=short", "-p", "no:cacheprovider"]
    command += ["--basetemp", str(project.parent / "temp"), *tests]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    found = FAILED.search(done.stdout) if done.returncode == 1 else None  # another code: they could not be asked
    if done.returncode and not found:
        raise RuntimeError(f"pytest cannot run {' '.join(tests)}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return found[1] if found else ""


def write(path: Path, content: bytes) -> None:
    """Write a source, and remove what Python made of it, which it would trust within the same second."""
    path.write_bytes(content)
    for compiled in path.parent.glob(f"__pycache__/{path.stem}.*"):
        compiled.unlink()


def try_mutants(project: Path, mutants: Sequence[Mutant], *, is_named_only: bool = False) -> dict[str, str]:
    """Give the test that fails for each mutant, in one copy: the named one or else the first of all; empty for none.

    Raises `RuntimeError` where a named test fails without any mutant.
    """
    caught = {}
    with tempfile.TemporaryDirectory() as folder:
        copy = copy_project(project, Path(folder))
        named = {mutant.name: find(copy, mutant.caught_by) for mutant in mutants}
        if unfit := failing(copy, list(dict.fromkeys(named.values()))):
            raise RuntimeError(f"{unfit} fails without any mutant")
        for mutant in mutants:
            path = copy / find(copy, mutant.file)
            content = path.read_bytes()
            write(path, content.replace(mutant.old.encode(), mutant.new.encode()))
            asked = ((named[mutant.name],), *(() if is_named_only else TIERS.values()))
            found = next(filter(None, (failing(copy, tests) for tests in asked)), "")
            write(path, content)
            caught[mutant.name] = found
            print(f"{mutant.name}: {f'caught by {found}' if found else 'MISSED'}", flush=True)
    return caught


def main() -> int:
    """Try the mutants: exit code 0 all caught, 1 some missed, 2 some cannot be planted."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--only", default="", metavar="TEXT", help="those with this text in their names")
    parser.add_argument("--jobs", type=int, default=1, help="how many side by side, each in a copy of its own")
    parser.add_argument("--named-only", action="store_true", help="ask only the tests that are named")
    options = parser.parse_args()
    mutants = [mutant for mutant in read_mutants(Path(__file__).parent) if options.only in mutant.name]
    if flaws := list(filter(None, (flaw(PROJECT, mutant) for mutant in mutants))):
        print(*flaws, sep="\n", file=sys.stderr)
        return 2
    parts = filter(None, (mutants[job :: options.jobs] for job in range(options.jobs)))
    with ThreadPoolExecutor(options.jobs) as pool:
        found = ChainMap(*pool.map(partial(try_mutants, PROJECT, is_named_only=options.named_only), parts))
    missed = [name for name, test in found.items() if not test]
    counts = Counter("proof" if test.startswith(TIERS["proof"]) else "test" for test in found.values() if test)
    print(*(f"missed: {name}\n" for name in missed), sep="", end="")
    print(f"caught in test: {counts['test']}, in proof: {counts['proof']}, missed: {len(missed)}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
