"""Ask whether a package that we lock has a known vulnerability: exit code 1 where one has, 2 where we cannot ask.

pip-audit asks about the lists in `requirements/`, npm about `package-lock.json`. Where nobody answers, as without a
network, or only about some packages, that is said, and is no failure: it proves nothing either way.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
PIP = (str(Path(sys.executable).with_name("pip-audit")), "--disable-pip", "--format=json", "--progress-spinner=off")
NPM = ("npm", "audit", "--json", "--package-lock-only")
NOTICE = "::warning::" if "GITHUB_ACTIONS" in os.environ else ""  # how GitHub shows a line on top of the job


def main() -> int:
    """Ask about every list, tell what is said, and give the exit code."""
    if not Path(PIP[0]).is_file():
        print("There is no pip-audit beside this Python: make a venv, and install requirements/audit.txt in it.")
        return 2
    lists = sorted((PROJECT / "requirements").glob("*.txt"))
    found = [line for path in lists for line in ask_pip(path)] + ask_npm()
    print("\n".join(found) or "No vulnerability is known of what could be asked about.")
    return 1 if found else 0


def ask_pip(path: Path) -> list[str]:
    """Ask about the packages of one list, and give what is known of each."""
    packages = _ask(path.name, *PIP, "--requirement", str(path)).get("dependencies", [])
    unknown = [one["name"] for one in packages if "vulns" not in one]
    if unknown:
        print(f"{NOTICE}{path.name}: nobody could say anything about {len(unknown)} of {len(packages)} packages")
    return [f"{path.name}: {one['name']}: {known['id']}" for one in packages for known in one.get("vulns", ())]


def ask_npm() -> list[str]:
    """Ask about the libraries for the browser, and give what is known of each."""
    known = _ask("package-lock.json", *NPM).get("vulnerabilities", {})
    return [f"package-lock.json: {name}: {one['severity']}" for name, one in known.items()]


def _ask(about: str, *command: str) -> dict[str, Any]:
    """Run what answers in JSON; where it does not, say its last word, and give nothing."""
    try:
        done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
        answer: dict[str, Any] = json.loads(done.stdout)
    except (OSError, ValueError) as error:
        answer = {"message": str(error) if isinstance(error, OSError) else done.stderr.strip().rpartition("\n")[2]}
    if "message" in answer:
        print(f"{NOTICE}{about}: nobody could be asked, so nothing is known (is there a network?): {answer['message']}")
    return answer


if __name__ == "__main__":
    sys.exit(main())
