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
    answers = [*map(ask_pip, lists), ask_npm()]
    asked, found = sum(number for number, _ in answers), [line for _, lines in answers for line in lines]
    print("\n".join(found) or f"No vulnerability is known of the {asked:,} packages that were asked about.")
    return 1 if found else 0


def ask_pip(path: Path) -> tuple[int, list[str]]:
    """Ask about the packages of one list; give of how many something was known, and each vulnerability."""
    packages = _ask(path.name, *PIP, "--requirement", str(path)).get("dependencies", [])
    unknown = [one["name"] for one in packages if "vulns" not in one]
    if unknown:
        print(f"{NOTICE}{path.name}: nobody could say anything about {len(unknown)} of {len(packages)} packages")
    found = [f"{path.name}: {one['name']}: {known['id']}" for one in packages for known in one.get("vulns", ())]
    return len(packages) - len(unknown), found


def ask_npm() -> tuple[int, list[str]]:
    """Ask about the libraries for the browser; give of how many something was known, and each vulnerability."""
    answer = _ask("package-lock.json", *NPM)
    asked: int = answer.get("metadata", {}).get("dependencies", {}).get("total", 0)
    known = answer.get("vulnerabilities", {})
    return asked, [f"package-lock.json: {name}: {one['severity']}" for name, one in known.items()]


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
