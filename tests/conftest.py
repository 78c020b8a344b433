"""What the tests share: the project, a miniature package to spoil, and the site built once."""

import gc
import io
import json
import os
import runpy
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from vierdepijler.checks.checking import check_package
from vierdepijler.commands.publishing import publish_package
from vierdepijler.core.package import Package
from vierdepijler.core.problems import Severity
from vierdepijler.core.reading import read_package
from vierdepijler.releases.archives import Step, read_archives
from vierdepijler.site.building import build_site
from vierdepijler.site.libraries import installed_files

PROJECT = Path(__file__).resolve().parent.parent
MINIATURE, SUPPORT = PROJECT / "tests" / "miniature", PROJECT / "tests" / "support"
SHARED = PROJECT.parent / "shared"
ANSWER = SHARED / "sources" / "answer-173-2025-02-20.txt"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NODE = ("node",), "Node.js", "nodejs"
WORKER = os.environ.get("PYTEST_XDIST_WORKER")
MEASURED = pytest.StashKey[list[str]]()

gc.set_threshold(200_000, 20, 20)  # what is read once is kept: to look through it for rubbish took half of the time

pytest_plugins = ("browsers", "kept_past", "short_answer", "site_copies", "small_projects")  # their fixtures


@dataclass(frozen=True)
class Copy:
    """A copy of a package that a test may spoil."""

    folder: Path

    @property
    def descriptor(self) -> Path:
        return self.folder / "datapackage.json"

    def read(self) -> Package:
        return read_package(self.descriptor)

    def problems(self) -> list[str]:
        return [str(problem) for problem in check_package(self.read()).problems]

    def errors(self) -> list[str]:
        found = check_package(self.read()).problems
        return [str(problem) for problem in found if problem.severity is Severity.ERROR]

    def publish(self, folder: Path) -> Path:
        package = self.read()
        publish_package(package, check_package(package, self.folder / "site"), folder)
        return folder / "latest"

    def write(self, file: str, text: str) -> "Copy":
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
        return self

    def replace(self, file: str, old: str, new: str) -> "Copy":
        text = (self.folder / file).read_text("utf-8")
        assert old in text, f"{file} does not hold {old!r}"
        return self.write(file, text.replace(old, new))

    def change(self, change: Callable[[Any], object]) -> "Copy":
        descriptor = json.loads(self.descriptor.read_text("utf-8"))
        change(descriptor)
        return self.write("datapackage.json", json.dumps(descriptor, indent=2) + "\n")

    def take_next_version(self) -> "Copy":
        """Let rows and tables be added: under a version that was released, nothing may change."""
        package = self.read()
        released = {archive.version: archive.number for archive in read_archives(self.folder)}
        version = str(package.descriptor["version"])
        if version not in released:
            return self
        following = str(released[version].after(Step.MINOR))
        row = f"{following},{package.descriptor['created'][:10]},Meer.,More.\n"
        releases = package.tables["releases"].descriptor["path"]
        self.write(releases, (self.folder / releases).read_text("utf-8") + row)
        return self.change(lambda descriptor: descriptor.update(version=following))


@dataclass(frozen=True)
class Outcome:
    """What a verb said, and its exit code."""

    code: int
    said: str
    complained: str

    @property
    def all(self) -> str:
        return self.said + self.complained


def run_verb(verb: str, *options: str | Path, project: Path = PROJECT, cwd: Path | None = None) -> Outcome:
    """Run a verb of a project as its script does, in this process: starting another takes longer than most verbs."""
    script, said, complained = project / "scripts" / f"{verb}.py", io.BytesIO(), io.BytesIO()
    out, err = (io.TextIOWrapper(stream, "utf-8", write_through=True) for stream in (said, complained))
    asked_to_stop = signal.getsignal(signal.SIGTERM)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", [str(script), *map(str, options)])
        patch.chdir(cwd or project)
        with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as ended:
            runpy.run_path(str(script), run_name="__main__")
    signal.signal(signal.SIGTERM, asked_to_stop)
    return Outcome(int(ended.value.code or 0), said.getvalue().decode(), complained.getvalue().decode())


@pytest.fixture
def miniature(tmp_path: Path) -> Copy:
    shutil.copytree(MINIATURE, tmp_path / "miniature")
    return Copy(tmp_path / "miniature")


@pytest.fixture(scope="session")
def package() -> Package:
    return read_package(PROJECT / "datapackage.json")


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Give a folder with what is expensive, made by the first worker that asks, for all; no test may change it."""
    return _made_once(_shared(factory), name, make)


def _shared(factory: pytest.TempPathFactory) -> Path:
    return factory.getbasetemp().parent if WORKER else factory.getbasetemp()


def _made_once(shared: Path, name: str, make: Callable[[Path], object]) -> Path:
    folder = shared / name
    with FileLock(shared / f"{name}.lock"):
        if not (folder / "made").exists():
            shutil.rmtree(folder, ignore_errors=True)  # of a test run that failed while it made this
            folder.mkdir()
            make(folder)
            (folder / "made").touch()
    return folder


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Package:
    return _published(_shared(tmp_path_factory))


def _published(shared: Path) -> Package:
    def publish(folder: Path) -> None:
        package = read_package(PROJECT / "datapackage.json")
        publish_package(package, check_package(package, PROJECT / "site"), folder / "data")

    folder = _made_once(shared, "published", publish)
    return read_package(folder / "data" / "latest" / "datapackage.json")


@pytest.fixture(scope="session")
def published_miniature(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder with all that is published of the miniature, made once for all; no test may change it."""
    folder = made_once(tmp_path_factory, "published_miniature", lambda folder: Copy(MINIATURE).publish(folder / "out"))
    return folder / "out"


@pytest.fixture
def out(published_miniature: Path, tmp_path: Path) -> Path:
    """Give what is published of the miniature in a folder of its own, beside what may follow it."""
    return copy_output(published_miniature, tmp_path / "out") / "latest"


@pytest.fixture(scope="session")
def site(published: Package, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _site(_shared(tmp_path_factory), published)


def _site(shared: Path, published: Package) -> Path:
    return _made_once(shared, "site", lambda folder: build_site(published, PROJECT, folder / "public")) / "public"


def build_for_all(shared: Path) -> None:
    """Make the site for the tests of all workers, which come to it last: it gives way to what they do meanwhile."""
    published = _published(shared)
    os.nice(5)
    _site(shared, published)


@pytest.fixture(scope="session", autouse=True)
def site_builder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Have the site made by a process of its own, where several workers have tests and some of these need it."""
    if WORKER != "gw0" or not any(map(_needs_site, request.session.items)):
        yield
        return
    code = "import sys, conftest, pathlib; conftest.build_for_all(pathlib.Path(sys.argv[1]))"
    found = {"PYTHONPATH": os.pathsep.join(map(str, (PROJECT / "scripts", PROJECT / "tests", SUPPORT)))}
    command = [sys.executable, "-c", code, str(_shared(tmp_path_factory))]
    nobody = subprocess.DEVNULL  # where it fails, the first test that needs the site tries again, and tells
    with subprocess.Popen(command, env={**os.environ, **found}, stdout=nobody, stderr=nobody) as builder:
        yield
        builder.terminate()


def _needs_site(item: pytest.Item) -> bool:
    return "site" in getattr(item, "fixturenames", ())


def installed(programs: tuple[str, ...], name: str, package: str) -> str:
    places = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])  # a package may have brought it
    executable = next((found for one in programs if (found := shutil.which(one, path=places))), None)
    if executable is None:
        cannot_run(f"there is no {name} on this machine (apt install {package})")
    return str(executable)


def copy_output(folder: Path, target: Path) -> Path:
    """Copy a folder that was made here, with the list of its files that stands beside it."""
    shutil.copytree(folder, target)
    shutil.copy(folder.with_name(f".{folder.name}.contents"), target.with_name(f".{target.name}.contents"))
    return target


def copy_project(target: Path) -> Path:
    """Copy what git would commit: the files it tracks, and the new ones that it does not ignore."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=PROJECT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    for name in filter(None, listed.split("\0")):
        if (PROJECT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(PROJECT / name, target / name)
    return target


def with_libraries(target: Path) -> Path:
    """Give a copy of the project the libraries for the browser that are installed here, so that it can be built."""
    for path in installed_files(PROJECT):
        copy = target / path.relative_to(PROJECT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, copy)
    return target


@pytest.fixture(scope="session")
def project_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_libraries(copy_project(tmp_path_factory.mktemp("project")))


def cannot_run(reason: str) -> None:
    """Skip a test whose tool is not on this machine; where CI runs, that is a failure."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the long files at the head, and those that need the site at the end, the longest first.

    So nobody waits for the build of the site, and no long file is left over when all others are done.
    """
    tests = Counter(item.path for item in items)
    site = {item.path for item in items if _needs_site(item)}
    long = {item.path: -1.0 if item.path in site else -2.0 for item in items if item.get_closest_marker("long")}
    places = {path: 1 + 1 / tests[path] for path in site} | long
    items.sort(key=lambda item: places.get(item.path, 0))


@pytest.fixture(scope="session")
def say_at_the_end(pytestconfig: pytest.Config) -> Callable[[str], None]:
    """Let a test say what it measured, below all else: how many errors were caught, how many figures traced."""
    return pytestconfig.stash.setdefault(MEASURED, []).append


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over what the tests of a worker measured."""
    node.config.stash.setdefault(MEASURED, []).extend(getattr(node, "workeroutput", {}).get("measured", []))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand on what was measured here, where this is a worker."""
    if WORKER:
        vars(session.config)["workeroutput"]["measured"] = session.config.stash.get(MEASURED, [])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for line in config.stash.get(MEASURED, []):
        terminalreporter.write_line(line)
