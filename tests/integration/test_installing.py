"""What is installed as a tool: the check and nothing that it does not need."""

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

from conftest import PROJECT
from vierdepijler.checks.reports import FORMS

PACKAGE = PROJECT / "scripts" / "vierdepijler"
SETTINGS = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))


# What tries the pages: asked only where it is installed.
OF_PAGES = {PACKAGE / "commands" / "working_copy.py", PACKAGE / "site" / "previews.py"}


def file_of(module: Path) -> Path:
    """Give the file of a module, which of a package is its face."""
    return module / "__init__.py" if module.is_dir() else module.with_suffix(".py")


def reached(path: Path, known: set[Path]) -> set[str]:
    """Gather the modules of ours that a module imports, and theirs in turn; gives the others it needs."""
    if path in known:
        return set()
    known.add(path)
    path = path if path.is_file() else path.with_suffix("") / "__init__.py"
    others: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.ImportFrom(level=1, module=str(ours)):
                others |= reached(file_of(path.parent / ours.replace(".", "/")), known)
            case ast.ImportFrom(level=0, module=str(name)) if name.startswith("vierdepijler."):
                others |= reached(file_of(PACKAGE.parent / name.replace(".", "/")), known)
            case ast.ImportFrom(level=0, module=str(name)):
                others.add(name.partition(".")[0])
            case ast.Import(names=names):
                others |= {alias.name.partition(".")[0] for alias in names}
            case _:
                pass
    return others


def name_of(requirement: str) -> str:
    return re.split(r"[^A-Za-z0-9_.-]", requirement, maxsplit=1)[0].lower()


def test_what_the_tool_needs_is_declared_and_nothing_more() -> None:
    provided = packages_distributions()
    known = set(OF_PAGES)
    needed = reached(PACKAGE / "commands" / "validating.py", known)
    for module, _ in FORMS.values():  # which are imported by their name
        needed |= reached(PACKAGE / "checks" / f"{module}.py", known)
    needed -= set(sys.stdlib_module_names)
    assert {provided[name][0].lower() for name in needed} == set(map(name_of, SETTINGS["project"]["dependencies"]))


def test_what_is_declared_is_in_step_with_the_project_itself() -> None:
    lines = (PROJECT / "requirements" / "check.in").read_text("utf-8").splitlines()
    assert SETTINGS["project"]["dependencies"] == [line for line in lines if not line.startswith("#")]
    assert "-r check.in" in (PROJECT / "requirements" / "site.in").read_text("utf-8").splitlines()


def test_every_file_that_the_check_reads_is_packed() -> None:
    packing = SETTINGS["tool"]["setuptools"]
    folders = [path.parent for path in PACKAGE.rglob("__init__.py")]  # what setuptools finds
    patterns = ["*.py", *packing["package-data"]["*"]]
    packed = {path for folder in folders for pattern in patterns for path in folder.glob(pattern)}
    assert {path for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts} <= packed


def test_the_command_of_the_tool_is_there(tmp_path: Path) -> None:
    module, _, function = SETTINGS["project"]["scripts"]["validate-data-package"].partition(":")
    code = f"import sys; sys.argv = ['x', '--help']; from {module} import {function}; sys.exit({function}())"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env={"PYTHONPATH": str(PACKAGE.parent)}, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "--changed" in done.stdout
