"""The commands of the README where nothing is installed yet, and where a part of what installs is missing."""

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from conftest import PROJECT, copy_project
from small_projects import digests
from vierdepijler.core.package import Package

pytestmark = pytest.mark.long
NOWHERE = "http://127.0.0.1:9/"  # the port where nothing answers


def make(project: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    known = {name: value for name, value in os.environ.items() if name != "PYTEST_XDIST_WORKER"} | environment
    return subprocess.run(["make", *arguments], cwd=project, env=known, capture_output=True, text=True, check=False)


def packages(project: Path) -> set[str]:
    return {path.name.partition("-")[0] for path in (project / ".venv").rglob("*.dist-info")}


def test_each_command_installs_what_it_needs_once_and_works(published: Package, site: Path, tmp_path: Path) -> None:
    """On another path, and with what it installs itself, the machine makes the same files as the tests did."""
    project = copy_project(tmp_path / "clone")
    subprocess.run(["git", "init", "--quiet"], cwd=project, check=True)
    built = make(project, "site")
    assert built.returncode == 0, built.stdout + built.stderr
    assert "Installing what requirements/site.txt lists" in built.stdout
    assert digests(project / "build" / "data") == digests(published.root.parent)
    assert digests(project / "public") == digests(site)
    assert not packages(project) & {"pytest", "mypy", "playwright", "uv", "pip"}
    tests = make(project, "test", "TESTS=tests/unit/core/test_text.py")
    assert tests.returncode == 0, tests.stdout + tests.stderr
    assert "passed" in tests.stdout
    assert "site.txt" not in tests.stdout
    assert "pytest" in packages(project)
    again = make(project, "validate")
    assert (again.returncode, again.stdout.count("Installing")) == (0, 0)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A project that needs nothing of the network: its lists name packages that lie in a folder."""
    project = tmp_path / "project"
    (project / "requirements").mkdir(parents=True)
    (project / "scripts").mkdir()
    shutil.copy(PROJECT / "Makefile", project)
    (project / "scripts" / "validate.py").write_text("import needed\nprint(needed.__name__, 'is here')\n")
    for name in ("package.json", "package-lock.json"):
        (project / name).touch()
    return project


def pack(project: Path, lists: str, name: str, files: dict[str, str]) -> None:
    """Make a package, and name it in a list with its hash."""
    wheel = project / "wheels" / f"{name}-1-py3-none-any.whl"
    wheel.parent.mkdir(exist_ok=True)
    about = f"{name}-1.dist-info"
    described = {
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n",
        f"{about}/WHEEL": "Wheel-Version: 1.0\nGenerator: x\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    names = [*files, *described, f"{about}/RECORD"]
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, text in (files | described | {f"{about}/RECORD": "".join(f"{one},,\n" for one in names)}).items():
            entry = zipfile.ZipInfo(path)
            entry.external_attr = 0o100755 << 16  # a file that may be run
            archive.writestr(entry, text)
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    (project / "requirements" / f"{lists}.txt").write_text(f"{name}==1 --hash=sha256:{digest}\n")


def offline(project: Path, tools: Path | None = None) -> dict[str, str]:
    path = {} if tools is None else {"PATH": str(tools)}
    return {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(project / "wheels"), **path}


def test_where_uv_cannot_run_pip_installs_and_says_so(small: Path) -> None:
    pack(small, "uv", "uv", {"uv-1.data/scripts/uv": "#!python\nraise SystemExit(1)\n"})
    pack(small, "site", "needed", {"needed.py": ""})
    done = make(small, "validate", **offline(small))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "uv cannot be had here, or not run: pip installs" in done.stderr
    assert "needed is here" in done.stdout
    assert packages(small) == {"needed"}


def test_where_no_registry_answers_it_is_said_and_nothing_counts_as_installed(small: Path) -> None:
    for name in ("uv", "site"):
        (small / "requirements" / f"{name}.txt").write_text(f"x==1 --hash=sha256:{'0' * 64}\n")
    registry = {"PIP_INDEX_URL": NOWHERE, "PIP_RETRIES": "0", "PIP_FIND_LINKS": "", "PIP_EXTRA_INDEX_URL": ""}
    done = make(small, "validate", **registry)
    assert done.returncode != 0
    assert "These packages could not be fetched: is there a network" in done.stderr
    assert not (small / ".venv" / ".site").exists()


@pytest.fixture
def without_npm(tmp_path: Path) -> Path:
    """A folder with the programs that the Makefile calls, and no others."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("sh", "bash", "make", "rm", "touch", "test", "echo", "env"):
        if found := shutil.which(name):
            (tools / name).symlink_to(found)
    return tools


def test_where_there_is_no_npm_a_package_brings_it(small: Path, without_npm: Path) -> None:
    pack(small, "uv", "uv", {"uv-1.data/scripts/uv": "#!python\nraise SystemExit(1)\n"})
    pack(small, "site", "needed", {"needed.py": ""})
    npm = "#!python\nimport pathlib, sys\npathlib.Path('node_modules').mkdir()\nprint('npm', *sys.argv[1:])\n"
    pack(small, "node", "brings_npm", {"brings_npm-1.data/scripts/npm": npm})
    done = make(small, "node_modules/.installed", f"PYTHON={sys.executable}", **offline(small, without_npm))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "There is no npm here, so a package brings it" in done.stdout
    assert "npm ci" in done.stdout


def test_where_npm_fails_it_is_said(small: Path, tmp_path: Path) -> None:
    (small / ".venv").mkdir()
    (small / ".venv" / ".site").touch()
    npm = tmp_path / "npm"
    npm.write_text("#!/bin/sh\nexit 1\n")
    npm.chmod(0o755)
    for name in ("uv", "site"):
        (small / "requirements" / f"{name}.txt").touch()
    os.utime(small / ".venv" / ".site")
    done = make(small, "node_modules/.installed", f"NPM={npm}")
    assert done.returncode != 0
    assert "npm could not install what package-lock.json lists" in done.stderr
