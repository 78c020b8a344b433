"""The benchmark of validation: the package that it makes, and the page that holds figures against goals."""

import json
import re
import sys
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package

from conftest import PROJECT
from fresh_process import run_code

FOLDER = PROJECT / "benchmarks" / "validation"
CLEAN, SPOILED = "clean", "spoiled"


@pytest.fixture(scope="module", autouse=True)
def _found() -> Any:
    """Let the scripts of the benchmark be imported, here only."""
    sys.path.insert(0, str(FOLDER))
    yield
    sys.path.remove(str(FOLDER))


def made(folder: Path, rows: int, *, spoiled: bool = False) -> Path:
    descriptor: Path = import_module("made_tables").make_package(folder, rows, spoiled=spoiled)
    return descriptor


def test_the_table_has_its_size(tmp_path: Path) -> None:
    file = made(tmp_path / "made", 20_000).with_name("observations.csv")
    lines = file.read_text("utf-8").splitlines()
    assert len(lines) == 20_001
    assert lines[0].count(",") == 6
    assert file.stat().st_size / 20_000 == pytest.approx(72, abs=1)
    assert any(line.endswith('lunch"') for line in lines)
    assert any("é" in line for line in lines)


def test_a_table_is_made_once_and_always_the_same(tmp_path: Path) -> None:
    one, other = (made(tmp_path / name, 300).with_name("observations.csv") for name in ("one", "other"))
    assert one.read_bytes() == other.read_bytes()
    before = one.stat().st_mtime_ns
    made(tmp_path / "one", 300)
    assert one.stat().st_mtime_ns == before
    (tmp_path / "one" / "made_by.txt").write_text("another", "utf-8")
    made(tmp_path / "one", 300)
    assert one.stat().st_mtime_ns != before


def test_rows_do_not_depend_on_where_blocks_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = made(tmp_path / "whole", 300, spoiled=True).with_name("observations.csv")
    monkeypatch.setattr(import_module("made_tables"), "AT_ONCE", 7)
    parts = made(tmp_path / "parts", 300, spoiled=True).with_name("observations.csv")
    assert whole.read_bytes() == parts.read_bytes()


def test_frictionless_finds_nothing_in_the_clean_table(tmp_path: Path) -> None:
    report = Package(str(made(tmp_path / "made", 300))).validate()
    assert report.valid


def test_frictionless_finds_the_seventeen_kinds_where_they_were_planted(tmp_path: Path) -> None:
    planted = import_module("planted")
    report = Package(str(made(tmp_path / "made", 300, spoiled=True))).validate()
    found = planted.by_kind(error for task in report.tasks for error in task.errors)
    expected = planted.planted(300)
    assert len(expected) == 17
    found["primary-key"] = [row for row in found["primary-key"] if row not in expected["blank-row"]]  # it has no key
    assert found == expected


def test_a_key_is_planted_blank_and_twice(tmp_path: Path) -> None:
    file = made(tmp_path / "made", 300, spoiled=True).with_name("observations.csv")
    lines = file.read_text("utf-8").splitlines()
    keys = [lines[row - 1].partition(",")[0] for row in import_module("planted").planted(300)["primary-key"]]
    assert keys.count("") == 3
    assert [sum(line.startswith(key) for line in lines) for key in keys if key] == [2, 2, 2]


def test_a_table_too_short_for_the_errors_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="too short"):
        made(tmp_path / "made", 101, spoiled=True)


def best(checking: float, peak: float = 100, found: Any = None) -> Any:
    measuring = import_module("measuring")
    run = measuring.Run(checking + 1, peak, 0.5, checking, found or {}, steps=(checking / 4,) * 4)
    return measuring.Best((run,))


def figures(**changes: Any) -> Any:
    """Give figures that meet every goal."""
    module = import_module("figures")
    planted = {"minimum": [3, 9], "blank-row": [5]}
    contests = {
        state: {
            module.OURS: best(1, 100, found),
            module.API: best(40, 100, found),
            module.POLARS: best(0.5, 900, found),
            module.COMMAND: best(1),
            module.CLI: best(49),
        }
        for state, found in {CLEAN: {}, SPOILED: planted}.items()
    }
    sweep = {rows: best(rows / 1e6, 1536) for rows in (10_000, 1_000_000, 10_000_000)}
    small = module.Small(1.5, 1.0, (0, 0), 9)
    measured = module.Figures(1_000_000, contests, sweep, small, {"polars": best(1)}, planted, {}, real(), SPREAD)
    return replace(measured, **changes)


SPREAD = {"rows": 320, "files": 16, "alone": 2.0, "together": 1.0, "same": True, "errors": 3}


def real(**changes: Any) -> Any:
    """Give what was measured of real tables; of one of each kind another figure, if asked."""
    module = import_module("figures")
    flights = {"COMMAND": best(1, 350), "PANDERA": best(1), "POLARS": best(0), "CLI": best(29)}
    small = {"COMMAND": best(0.4), "CLI": best(1)}
    kinds = {("FLIGHTS", "1"): flights, ("BARE", "1"): {"COMMAND": best(2)}, ("PACKAGE", "one"): small}
    return {
        (getattr(module, kind), name): {getattr(module, who): of for who, of in {**of, **changes.get(kind, {})}.items()}
        for (kind, name), of in kinds.items()
    }


def met(of: Any) -> list[bool]:
    return [goal.is_met for goal in import_module("figures").goals(of)]


def changed(state: str, **of_one: Any) -> Any:
    """Give the contests with other figures for some contestants."""
    module = import_module("figures")
    contests = {name: dict(bests) for name, bests in figures().contests.items()}
    contests[state].update({getattr(module, name): value for name, value in of_one.items()})
    return contests


def test_goals_are_met_up_to_their_limits() -> None:
    assert met(figures()) == [True] * 19


@pytest.mark.parametrize(
    ("goal", "changes"),
    [
        (0, lambda: {"contests": changed(CLEAN, API=best(39.9))}),
        (1, lambda: {"contests": changed(SPOILED, API=best(39.9, found=figures().planted))}),
        (2, lambda: {"contests": changed(CLEAN, POLARS=best(0.49))}),
        (3, lambda: {"contests": changed(SPOILED, POLARS=best(0.49))}),
        (4, lambda: {"contests": changed(CLEAN, OURS=best(1, 101))}),
        (5, lambda: {"contests": changed(SPOILED, OURS=best(1, 101, figures().planted))}),
        (6, lambda: {"sweep": {**figures().sweep, 10_000_000: best(10, 1537)}}),
        (7, lambda: {"sweep": {**figures().sweep, 10_000_000: best(12.6, 100)}}),
        (8, lambda: {"small": import_module("figures").Small(1.51, 1.0, (0, 0), 9)}),
        (8, lambda: {"small": import_module("figures").Small(1.0, 1.0, (1, 0), 9)}),
        (9, lambda: {"contests": changed(CLEAN, OURS=best(1, found={"minimum": [4]}))}),
        (9, lambda: {"contests": changed(SPOILED, OURS=best(1, found={"minimum": [3, 9]}))}),
        (9, lambda: {"contests": changed(CLEAN, OURS=best(1, found={"enum": [4]}), API=best(40, found={"enum": [4]}))}),
        (9, lambda: {"planted": {**figures().planted, "enum": [7]}}),
        (10, lambda: {"contests": changed(CLEAN, CLI=best(48.9))}),
        (11, lambda: {"contests": changed(SPOILED, COMMAND=best(1.1))}),
        (12, lambda: {"real": real(FLIGHTS={"CLI": best(28.9)})}),
        (13, lambda: {"real": real(FLIGHTS={"PANDERA": best(0.9)})}),
        (14, lambda: {"real": real(FLIGHTS={"POLARS": best(-0.1)})}),
        (15, lambda: {"real": real(FLIGHTS={"COMMAND": best(1, 351)})}),
        (16, lambda: {"real": real(BARE={"COMMAND": best(2.1)})}),
        (17, lambda: {"real": real(PACKAGE={"CLI": best(0.9)})}),
        (18, lambda: {"spread": {**SPREAD, "same": False}}),
    ],
)
def test_a_goal_that_is_missed_is_said_to_be(goal: int, changes: Any) -> None:
    assert [place for place, is_met in enumerate(met(figures(**changes()))) if not is_met] == [goal]


def test_what_was_not_measured_is_not_met() -> None:
    measuring = import_module("measuring")
    failed = measuring.Best((measuring.Run(0.1, 9, failure="did not run (ModuleNotFoundError)"),))
    gone = {state: {import_module("figures").OURS: failed} for state in (CLEAN, SPOILED)}
    gone_too: dict[str, Any] = {"real": {}, "spread": None}
    nothing = figures(contests=gone, sweep={10_000: failed}, small=None, engines={"polars": failed}, **gone_too)
    assert met(nothing) == [False] * 19
    page = import_module("results_page").page(nothing)
    assert "Not everything ran, so there is no answer yet; 0 of 19 goals are met." in page
    assert page.count("did not run (ModuleNotFoundError)") == 4
    assert page.count("| not measured | no |") == 19


def test_the_page_tells_what_the_figures_say() -> None:
    page = import_module("results_page").page(figures(machine={"processor": "abacus"}, versions={"polars": "2.1"}))
    assert "takes 1.000 seconds: 40.0 times as fast" in page
    assert "2.00 times the time of the same checks by hand in polars; 19 of 19 goals are met." in page
    assert len(re.findall(r"\| yes \|$", page, re.MULTILINE)) == 19
    assert "- processor: abacus" in page
    assert "- versions: polars 2.1" in page
    assert "| 10,000,000 | 0.0 | 10.0 | 1.00 | 1,000,000 | 1.00 | 1,536 |" in page
    worse = import_module("results_page").page(figures(contests=changed(CLEAN, API=best(10))))
    assert "| 10.0 times | no |" in worse
    assert "18 of 19 goals are met" in worse


def tables_of(page: str) -> list[list[str]]:
    return [part.splitlines() for part in page.split("\n\n") if part.startswith("|")]


def test_every_row_of_the_page_is_as_wide_as_its_head() -> None:
    write = import_module("results_page").page
    measuring = import_module("measuring")
    failed = measuring.Best((measuring.Run(0.1, 9, failure="did not run"),))
    gone = figures(contests={CLEAN: {"one": failed}}, sweep={10_000: failed}, engines={"polars": failed})
    for page in map(write, (figures(), gone)):
        assert len(tables_of(page)) == 7
        for lines in tables_of(page):
            assert {line.count("|") for line in lines} == {lines[0].count("|")}, lines[0]


def test_what_a_contestant_misses_and_finds_besides_is_told() -> None:
    told = import_module("figures").told_of
    planted = {"minimum": [3, 9], "blank-row": [5]}
    assert told(best(1, found=planted), planted) == "2 of 2"
    assert told(best(1, found={"minimum": [3], "blank-row": [5]}), planted) == "1 of 2, not minimum"
    more = {**planted, "primary-key": [5, 6, 7]}
    assert told(best(1, found=more), planted) == "2 of 2; 1 more in the same rows; 2 in rows without an error"


def test_of_several_runs_the_shortest_times_and_the_largest_peak_count() -> None:
    measuring = import_module("measuring")
    both = measuring.Best((measuring.Run(3, 50, 1, 2), measuring.Run(4, 40, 2, 1)))
    assert (both.wall, both.importing, both.checking, both.peak) == (3, 1, 1, 50)


MEASURED = """
import json, sys
from dataclasses import asdict
from pathlib import Path
sys.path.insert(0, {folder!r})
from measuring import Contestant, measure
runs = [measure(Contestant("one", (sys.executable, "-c", code), 1), Path({within!r})) for code in {codes!r}]
print(json.dumps([asdict(run) for run in runs]))
"""


def test_a_contestant_is_measured_as_a_process(tmp_path: Path) -> None:
    """By one that loaded next to nothing, as in the benchmark: the peak of who starts a process counts for it too."""
    say = 'import sys; sys.stdout.write(\'{"checking": 0.5, "importing": 0.25, "found": {"enum": [4]}}\')'
    codes = (say, "raise ImportError('not there')", f"held = b'x' * (200 << 20); {say}")
    done = run_code(MEASURED.format(folder=str(FOLDER), within=str(tmp_path), codes=codes))
    ran, failed, large = json.loads(done.said)
    assert (ran["checking"], ran["importing"], ran["found"], ran["failure"]) == (0.5, 0.25, {"enum": [4]}, "")
    assert 1 < ran["peak"] < 100
    assert 200 < large["peak"] < 300
    assert failed["failure"] == "did not run (ImportError: not there)"


def test_the_lock_has_hashes_and_the_versions_of_our_own() -> None:
    lock, own = (path.read_text("utf-8") for path in (FOLDER / "requirements.txt", PROJECT / "requirements/site.txt"))
    pinned = re.findall(r"^([a-z0-9-]+)==(\S+)[^\n]* \\\n    --hash=sha256:", lock, re.MULTILINE)
    assert {"frictionless", "polars", "duckdb", "pandera", "pyarrow", "pandas"} <= set(dict(pinned))
    assert len(pinned) == len(re.findall(r"^[^\s#]", lock, re.MULTILINE))
    assert "://" not in lock
    ours = re.findall(r"^([a-z0-9-]+)==(\S+)", own, re.MULTILINE)
    assert [pin for pin in pinned if pin[0] in dict(ours) and pin not in ours] == []


def test_the_readme_quotes_what_was_measured_last() -> None:
    answer = (PROJECT / "benchmarks" / "RESULTS.md").read_text("utf-8").split("\n\n")[1]
    quoted = re.sub(r"\s*\n>\s*", " ", (PROJECT / "README.md").read_text("utf-8"))
    assert answer in quoted


def test_the_readme_tells_how_many_generated_packages_were_compared() -> None:
    told = (PROJECT / "benchmarks" / "DIFFERENTIAL.md").read_text("utf-8")
    cases = re.search(r"- cases: (\d+),", told)
    assert cases
    assert int(cases[1]) >= 20_000
    assert "**differences: 0**" in told
    assert f"{int(cases[1]):,} generated packages" in (PROJECT / "README.md").read_text("utf-8")
