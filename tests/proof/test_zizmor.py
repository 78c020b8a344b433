"""The workflows and the action, as zizmor sees what somebody else could do with them."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import PROJECT, installed

KEPT = (".github/workflows", ".github/zizmor.yml", "action.yml")


def found(folder: Path) -> set[str]:
    zizmor = installed(("zizmor",), "zizmor", "pipx")
    command = [zizmor, "--offline", "--no-progress", "--format=json", "--no-exit-codes", "."]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return {one["ident"] for one in json.loads(done.stdout)}


def test_zizmor_finds_nothing() -> None:
    assert found(PROJECT) == set()


@pytest.mark.parametrize(
    ("file", "old", "new", "audit"),
    [
        (".github/workflows/deploy.yml", "@d6db90164ac5ed86f2b6aed7e0febac5b3c0c03e # v4.0.5", "@v4", "unpinned-uses"),
        (".github/workflows/build.yml", "  pull_request:", "  pull_request_target:", "dangerous-triggers"),
        (".github/workflows/validate.yml", "$BASE", "${{ github.head_ref }}", "template-injection"),
        ("action.yml", "$SINCE", "${{ inputs.since }}", "template-injection"),
    ],
)
def test_a_weak_spot_is_found(tmp_path: Path, file: str, old: str, new: str, audit: str) -> None:
    for name in KEPT:
        copy = shutil.copytree if (PROJECT / name).is_dir() else shutil.copy
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        copy(PROJECT / name, tmp_path / name)
    text = (tmp_path / file).read_text("utf-8")
    assert old in text
    (tmp_path / file).write_text(text.replace(old, new), encoding="utf-8")
    assert audit in found(tmp_path)
