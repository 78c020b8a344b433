"""The hook in a repository of somebody else, installed by pre-commit from a copy of this project."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from conftest import MINIATURE, PROJECT, Copy, cannot_run, copy_project

UNREACHABLE = ("No matching distribution", "NewConnectionError", "Could not fetch URL", "ConnectTimeout", "ReadTimeout")


def run(folder: Path, *command: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Run a command as a person in that folder would, with the tools of this environment at hand."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "PRE_COMMIT_HOME": str(home),
        "GIT_CONFIG_GLOBAL": os.devnull,
        **{
            f"GIT_{who}_{what}": "test@vierde-pijler.example"
            for who in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        },
    }
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=environment)


@dataclass(frozen=True)
class Repository(Copy):
    """A package under version control, with the hook installed."""

    home: Path

    def commit(self) -> subprocess.CompletedProcess[str]:
        assert run(self.folder, "git", "add", "--all", home=self.home).returncode == 0
        return run(self.folder, "git", "commit", "--message", "change", home=self.home)


@pytest.fixture(scope="module")
def hook(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str, Path]:
    """This project as a repository to install from: its address, its commit, and the folder of pre-commit."""
    project, home = copy_project(tmp_path_factory.mktemp("tool")), tmp_path_factory.mktemp("pre-commit")
    for command in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message", "tool"]):
        done = run(project, "git", *command, home=home)
        assert done.returncode == 0, done.stderr
    return str(project), run(project, "git", "rev-parse", "HEAD", home=home).stdout.strip(), home


@pytest.fixture(scope="module")
def installed(hook: tuple[str, str, Path], tmp_path_factory: pytest.TempPathFactory) -> Repository:
    address, revision, home = hook
    folder = tmp_path_factory.mktemp("theirs") / "package"
    shutil.copytree(MINIATURE, folder)
    config = {"repos": [{"repo": address, "rev": revision, "hooks": [{"id": "validate-data-package"}]}]}
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    run(folder, "git", "init", "--quiet", home=home)
    done = run(folder, "pre-commit", "install", "--install-hooks", home=home)
    if done.returncode and any(reason in done.stdout + done.stderr for reason in UNREACHABLE):
        cannot_run("the hook installs packages, and no registry of Python packages can be reached from here")
    assert done.returncode == 0, done.stdout + done.stderr
    repository = Repository(folder, home)
    first = repository.commit()
    assert first.returncode == 0, first.stdout + first.stderr
    return repository


def test_a_commit_with_a_mistake_is_refused_with_its_line_and_a_good_one_goes_through(installed: Repository) -> None:
    installed.replace("data/counts.csv", "521,,521", "many,,521")
    refused = installed.commit()
    assert refused.returncode != 0
    assert "data/counts.csv:3: persons: 'many' is not a whole number" in refused.stdout + refused.stderr
    assert "1 error found" in refused.stdout + refused.stderr
    log = run(installed.folder, "git", "log", "--oneline", home=installed.home).stdout.splitlines()
    assert len(log) == 1

    installed.replace("data/counts.csv", "many,,521", "521,,521").replace("data/groups.csv", "Groep twee", "Groep 2")
    accepted = installed.commit()
    assert accepted.returncode == 0, accepted.stdout + accepted.stderr
    assert "Passed" in accepted.stdout + accepted.stderr


def test_the_tool_brings_only_what_a_check_loads(installed: Repository) -> None:
    brought = {path.name.partition("-")[0] for path in installed.home.rglob("*.dist-info")}
    assert "frictionless" in brought
    assert not brought & {"pandas", "mkdocs", "rdflib", "xlsxwriter", "pytest"}


def test_a_table_that_is_removed_is_missed(installed: Repository) -> None:
    content = (installed.folder / "data" / "units.csv").read_text("utf-8")
    (installed.folder / "data" / "units.csv").unlink()
    refused = installed.commit()
    assert refused.returncode != 0
    assert "data/units.csv: the file cannot be read" in refused.stdout + refused.stderr
    installed.write("data/units.csv", content)


def test_the_hook_looks_at_a_commit_whatever_files_it_names() -> None:
    (hook,) = yaml.safe_load((PROJECT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert (hook["entry"], hook["args"]) == ("validate-data-package", ["--changed"])
    assert (hook["pass_filenames"], hook["always_run"]) == (False, True)
