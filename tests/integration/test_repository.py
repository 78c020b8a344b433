"""The repository: its checks, its layers, its lock file, its documents, and its two commands on a fresh machine."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import PROJECT, copy_project

PYTHON_FOLDERS = ("scripts", "tests")
# In pieces, so that this file does not name what no file may name.
FOREIGN = ("py" + "pi.org", "python" + "hosted", "registry." + "npm", "deb." + "debian", "/wo" + "rk/", "/ro" + "ot/")
BINARIES = {".woff", ".woff2", ".ttf", ".otf", ".png", ".jpg", ".gif", ".ico", ".xlsx", ".zip", ".jar", ".pdf"}


def run(*command: str, cwd: Path = PROJECT, **environment: str) -> subprocess.CompletedProcess[str]:
    known = {**os.environ, **environment}
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, env=known)


def tool(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


def committed() -> list[Path]:
    listed = run("git", "ls-files", "--cached", "--others", "--exclude-standard").stdout.splitlines()
    assert listed, "this is no checkout"
    return [PROJECT / name for name in listed if (PROJECT / name).is_file()]


@pytest.mark.parametrize(
    "command",
    [("ruff", "check"), ("ruff", "format", "--check"), ("mypy",)],
    ids=["linter", "formatter", "type checker"],
)
def test_the_code_is_clean(command: tuple[str, ...]) -> None:
    done = run(tool(command[0]), *command[1:])
    assert done.returncode == 0, done.stdout + done.stderr


def test_imports_point_down_only() -> None:
    done = run(tool("lint-imports"), PYTHONPATH="scripts")
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_import_that_points_up_is_caught(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    module = project / "scripts" / "vierdepijler" / "text.py"
    module.write_text(module.read_text("utf-8") + "\nfrom .site import building\n", encoding="utf-8")
    assert run(tool("lint-imports"), cwd=project, PYTHONPATH="scripts").returncode == 1


def test_modules_fit_in_the_head() -> None:
    # One that is handed on with the data is one file, so that it runs wherever it lies, also with `python3 -I`.
    handed_on = {"verify.py": 500}
    for path in (PROJECT / "scripts").rglob("*.py"):
        assert len(path.read_text("utf-8").splitlines()) <= handed_on.get(path.name, 260), path.name


def test_each_module_has_its_tests() -> None:
    modules = {path.stem for path in (PROJECT / "scripts" / "vierdepijler").rglob("*.py")} - {"__init__"}
    tested = {path.stem.removeprefix("test_") for path in (PROJECT / "tests").rglob("test_*.py")}
    assert modules <= tested


def test_dependencies_are_locked_with_hashes_and_without_addresses() -> None:
    lock = (PROJECT / "requirements.txt").read_text("utf-8")
    pinned = re.findall(r"^([a-z0-9_.-]+)==\S+", lock, re.MULTILINE)
    assert len(pinned) > 40
    assert len(re.findall(r"^[a-z0-9_.-]+==[^\n]* \\\n    --hash=sha256:", lock, re.MULTILINE)) == len(pinned)
    assert "://" not in lock
    assert "--index" not in lock
    asked = re.findall(r"^([a-z0-9-]+)", (PROJECT / "requirements.in").read_text("utf-8"), re.MULTILINE)
    assert set(asked) <= set(pinned)
    assert re.search(r"^mkdocs==1\.", lock, re.MULTILINE)


def test_no_file_names_a_registry_or_a_path_of_a_machine() -> None:
    for path in committed():
        text = path.read_text("utf-8")
        for name in FOREIGN:
            assert name not in text, f"{path.relative_to(PROJECT)} names {name}"


def test_no_file_was_committed_half_joined() -> None:
    left = re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE)  # by git, where it could not join two versions
    assert [path.name for path in committed() if left.search(path.read_text("utf-8"))] == []
    assert left.search("a\n<<<<<<< HEAD\nb")


def test_no_binary_is_committed() -> None:
    assert [path.name for path in committed() if path.suffix in BINARIES] == []


def test_what_is_built_is_not_committed() -> None:
    done = run("git", "check-ignore", "public/", "build/", ".venv/", ".public.1.tmp", ".public.contents")
    assert done.stdout.split() == ["public/", "build/", ".venv/", ".public.1.tmp", ".public.contents"]


WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def test_the_documents_tell_what_is_true() -> None:
    readme = (PROJECT / "README.md").read_text("utf-8")
    for command in re.findall(r"^make ([a-z]+)", readme, re.MULTILINE):
        assert re.search(rf"^{command}:", (PROJECT / "Makefile").read_text("utf-8"), re.MULTILINE), command
    for document in ("README.md", "CONTRIBUTING.md"):
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", (PROJECT / document).read_text("utf-8")):
            assert (PROJECT / target).exists(), f"{document} leads to {target}"
    package = json.loads((PROJECT / "datapackage.json").read_text("utf-8"))
    assert f"{len(package['resources'])} tables in {WORDS[len(package['groups'])]} groups" in readme
    version = re.search(r'^version = "(.+)"', (PROJECT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    assert version is not None
    assert f"## {version[1]}" in (PROJECT / "CHANGELOG.md").read_text("utf-8")


def test_the_words_for_authors_are_all_in_contributing() -> None:
    source = (PROJECT / "scripts" / "vierdepijler" / "site" / "vocabulary.py").read_text("utf-8")
    block = source.partition("def names(self)")[2].partition("def row(")[0]
    words = set(re.findall(r'^            "([a-z_]+)":', block, re.MULTILINE)) - {"_presenter"}
    assert len(words) > 10
    guide = (PROJECT / "CONTRIBUTING.md").read_text("utf-8")
    assert [word for word in sorted(words) if f"`{word}" not in guide] == []


def test_continuous_integration_calls_the_test_command_of_the_readme() -> None:
    script = (PROJECT / ".ci" / "run").read_text("utf-8")
    assert re.search(r"^make test$", script, re.MULTILINE)
    assert "make test" in (PROJECT / "README.md").read_text("utf-8")
    assert os.access(PROJECT / ".ci" / "run", os.X_OK)


def test_make_says_what_to_install_where_python_is_too_old(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    done = run("make", "site", "PYTHON=", cwd=project)
    assert done.returncode != 0
    assert "Python 3.11 or newer is needed" in done.stderr
    (tmp_path / "broken").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "broken").chmod(0o755)
    done = run("make", "site", f"PYTHON={tmp_path / 'broken'}", cwd=project)
    assert "apt install python3-venv" in done.stderr


def test_the_two_commands_work_on_a_fresh_machine(tmp_path: Path) -> None:
    """A copy of what is committed, in an empty folder, with a virtual environment of its own."""
    project = copy_project(tmp_path / "clone")
    run("git", "init", "--quiet", cwd=project)
    site = run("make", "site", cwd=project)
    assert site.returncode == 0, site.stdout + site.stderr
    assert "Open public/index.html" in site.stdout
    assert (project / "public" / "en" / "index.html").is_file()
    assert "Installing" in site.stdout
    again = run("make", "site", cwd=project)
    assert again.returncode == 0
    assert "Installing" not in again.stdout
    tests = run("make", "test", "TESTS=tests/unit/core/test_text.py", cwd=project)
    assert tests.returncode == 0, tests.stdout + tests.stderr
    assert "passed" in tests.stdout
