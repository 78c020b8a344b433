"""Repositories of git, whatever the settings of who runs the tests."""

import subprocess
from pathlib import Path


def git(folder: Path, *command: str) -> str:
    author = ["-c", "user.name=Test", "-c", "user.email=test@vierde-pijler.example", "-c", "commit.gpgsign=false"]
    return subprocess.run(["git", *author, *command], cwd=folder, check=True, capture_output=True, text=True).stdout


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--no-verify", "--message", "change")
