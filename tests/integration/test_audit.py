"""What asks whether a locked package has a known vulnerability: what it says, and when it fails."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import PROJECT

CLEAN = json.dumps({"dependencies": [{"name": "uv", "version": "1", "vulns": []}]})
KNOWN = json.dumps({"dependencies": [{"name": "uv", "version": "1", "vulns": [{"id": "PYSEC-1"}]}]})
SKIPPED = json.dumps({"dependencies": [{"name": "uv", "skip_reason": "not found"}, {"name": "b", "vulns": []}]})
NPM = json.dumps({"metadata": {"dependencies": {"total": 7}}, "vulnerabilities": {}})
REFUSED = json.dumps({"message": "405 Method Not Allowed", "error": {}})
UNREACHED = "Traceback (most recent call last):\nConnectionError: no route"
Audit = Callable[[str, str], subprocess.CompletedProcess[str]]


@pytest.fixture
def audit(tmp_path: Path) -> Audit:
    """Give the script in a project with one list, beside programs that answer what a test wants."""
    tools = tmp_path / "bin"
    tools.mkdir()
    (tools / "python").symlink_to(sys.executable)
    (tmp_path / "project" / "requirements").mkdir(parents=True)
    (tmp_path / "project" / "requirements" / "uv.txt").touch()
    script = shutil.copy(PROJECT / ".ci" / "audit.py", tmp_path / "project" / "requirements" / "audit.py")

    def run(pip: str, npm: str) -> subprocess.CompletedProcess[str]:
        for name, answer in (("pip-audit", pip), ("npm", npm)):
            stream, code = (1, int("PYSEC" in answer)) if answer.startswith("{") else (2, 1)
            (tools / name).write_text(f"#!/bin/sh\ncat >&{stream} <<'END'\n{answer}\nEND\nexit {code}\n")
            (tools / name).chmod(0o755)
        known = {"PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"}
        return subprocess.run([tools / "python", script], env=known, capture_output=True, text=True, check=False)

    return run


@pytest.mark.parametrize(
    ("pip", "npm", "code", "said"),
    [
        (CLEAN, NPM, 0, "No vulnerability is known of the 8 packages that were asked about"),
        (KNOWN, "{}", 1, "uv.txt: uv: PYSEC-1"),
        (CLEAN, '{"vulnerabilities": {"d3": {"severity": "high"}}}', 1, "package-lock.json: d3: high"),
        (SKIPPED, "{}", 0, "uv.txt: nobody could say anything about 1 of 2 packages"),
        (UNREACHED, REFUSED, 0, "of the 0 packages that were asked about"),
        (UNREACHED, "{}", 0, "uv.txt: nobody could be asked, so nothing is known (is there a network?): Connection"),
        (CLEAN, REFUSED, 0, "package-lock.json: nobody could be asked, so nothing is known (is there a network?): 405"),
    ],
)  # fmt: skip
def test_a_known_vulnerability_fails_and_silence_is_said(
    audit: Audit, pip: str, npm: str, code: int, said: str
) -> None:
    done = audit(pip, npm)
    assert (done.returncode, done.stderr) == (code, "")
    assert said in done.stdout


def test_without_pip_audit_nothing_seems_to_be_fine() -> None:
    done = subprocess.run([sys.executable, PROJECT / ".ci" / "audit.py"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "install requirements/audit.txt" in done.stdout
