"""Packages of others, checked by the command that compares us with Frictionless on any folder of them."""

import subprocess
import sys
from pathlib import Path

from conftest import PROJECT
from other_packages import GOOD, ID_NAME, one

RUN = PROJECT / "benchmarks" / "strangers" / "run.py"


INSTALLED = RUN.parent / "node_modules"
WITHOUT_TABLES = "spam-assassin"  # six thousand messages, for which Frictionless takes half a minute


def run(*folders: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(RUN), *map(str, folders), "--show"]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)


def test_the_packages_of_a_registry_get_the_verdict_of_frictionless() -> None:
    packages = {file.parent for file in INSTALLED.rglob("datapackage.json")}
    assert packages, "make proof installs them"
    done = run(*sorted(package for package in packages if package.name != WITHOUT_TABLES))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert "56 packages; 50 valid by Frictionless; the same verdict on 56\n0 of those" in done.stdout


def test_no_package_that_is_valid_fails_here(tmp_path: Path) -> None:
    for number, other in enumerate(GOOD.values()):
        other.write(tmp_path / str(number))
    done = run(tmp_path)
    assert done.returncode == 0, done.stderr
    assert f"{len(GOOD)} packages; " in done.stdout
    assert int(done.stdout.split(" packages; ")[1].split(" valid")[0]) >= 20
    assert "0 of those that are valid fail here" in done.stdout


def test_one_that_fails_is_named_with_the_rules_and_the_remarks(tmp_path: Path) -> None:
    descriptor = one("id,name\n1,cafÃ©\n", ID_NAME).write(tmp_path)
    done = run(tmp_path)
    assert "1 packages; 1 valid by Frictionless; the same verdict on 0" in done.stdout
    assert f"  {descriptor}: mojibake" in done.stdout
    assert "1 mojibake (error)" in done.stdout
    assert "holds garbled letters" in done.stdout
