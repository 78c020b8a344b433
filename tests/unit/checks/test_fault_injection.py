"""Errors that are seeded: what is said of each, tried on a small package; our own is in the proof."""

import os
import subprocess
import sys

import pytest

from conftest import PROJECT, SUPPORT
from fault_injection import Seed, Trial, read_seeds, try_seed
from small_projects import SmallProject
from vierdepijler.checks.rules.rule import explanations
from vierdepijler.core.package import Package
from vierdepijler.core.problems import Problem

SEEDS = read_seeds()
COUNTS = "data/counts.csv"
# What the issue of these checks asks to be made, by the name of a seed.
ASKED = {
    "mojibake", "control-character", "zero-width-in-code", "leading-space", "mixed-line-ends", "byte-order-mark",
    "no-last-line-end", "formula", "decimal-comma", "no-break-space", "cyrillic-in-code", "header-only",
    "duplicate-row-without-key", "unused-code", "rows-out-of-order", "other-delimiter", "empty-free-column",
    "unique-key", "category", "nan", "infinity", "out-of-range", "times-ten", "times-thousand", "too-many-decimals",
    "share-above-hundred", "wrong-total", "shares-not-hundred", "wrong-count", "deleted-row", "date-after-source",
    "amount-out-of-range", "unused-source", "unlisted-source", "no-source", "no-item", "derived-differs",
    "misspelt-field-property", "unknown-package-property", "no-licence", "nonsense-licence", "one-language",
    "nonsense-version", "unnamed-file", "leaving-path", "required", "unique", "minimum", "maximum", "exclusive-minimum",
    "exclusive-maximum", "min-length", "max-length", "pattern", "enum", "swapped-header", "swapped-cells",
    "shifted-row", "shifted-column", "transposed", "plausible", "other-encoding", "truncated-in-row",
    "truncated-after-row",
}  # fmt: skip


def test_the_catalogue_holds_what_was_asked_and_more() -> None:
    names = [seed.name for seed in SEEDS]
    assert len(names) == len(set(names)) >= 60
    assert set(names) >= ASKED
    assert set(explanations()) >= {seed.rule for seed in SEEDS} - {""}
    assert set(explanations()) <= {seed.rule for seed in SEEDS}, "a rule that no seeded error tries"


def test_what_no_rule_can_catch_has_its_reason(package: Package) -> None:
    table = package.tables["seeded_errors"]
    for row in range(table.rows):
        has_rule, has_reason = (table.value(row, name) is not None for name in ("rule", "why_not_nl"))
        assert has_rule != has_reason
        assert (table.value(row, "why_not_nl") is None) == (table.value(row, "why_not_en") is None)


def seed(**descriptor: object) -> Seed:
    return Seed("try", {"nl": "x", "en": "x", "kind": "value", "file": COUNTS, **descriptor})


WRONG = {"replace": ["521,,521", "522,,521"]}


def test_an_error_that_its_rule_finds_on_its_line_is_caught(small_site: SmallProject) -> None:
    trial = try_seed(small_site.folder, None, seed(edit=WRONG, rule="printed", at="522"))
    assert str(trial) == f"try: caught by printed at {COUNTS}:3"
    assert trial.is_as_expected


def test_an_error_that_its_rule_misses_is_told(small_site: SmallProject) -> None:
    trial = try_seed(small_site.folder, None, seed(edit=WRONG, rule="totals", at="522"))
    assert not trial.is_caught
    assert str(trial).startswith(f"try: missed by totals (found: printed at {COUNTS}:3")


def test_an_error_found_on_another_line_does_not_count(small_site: SmallProject) -> None:
    assert not try_seed(small_site.folder, None, seed(edit=WRONG, rule="printed", at="3290")).is_caught


def test_an_error_that_nothing_should_catch_but_something_does_is_told() -> None:
    problem = Problem("a.csv", 2, "", "what", "todo", "totals")
    assert not Trial(seed(edit={}), caught=None, problems=(problem,)).is_as_expected


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        ({"replace": ["not there", "x"]}, "the edit changes nothing"),
        ({"nonsense": ["a", "b"]}, "an edit is one of"),
        ({"replace": ["521", "522"], "append": "x"}, "an edit is one of"),
    ],
)
def test_an_error_that_cannot_be_made_is_a_mistake_in_the_catalogue(
    small_site: SmallProject, edit: dict[str, object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        try_seed(small_site.folder, None, seed(edit=edit, rule="printed", at="2"))


def test_the_package_itself_is_never_touched(small_project: SmallProject) -> None:
    before = small_project.descriptor.read_bytes()
    try_seed(small_project.folder, None, seed(file="datapackage.json", edit={"write": ""}, rule="readable"))
    assert small_project.descriptor.read_bytes() == before


KILLED = """
import os, signal
from concurrent.futures import ProcessPoolExecutor
from fault_injection import _end_with_parent
pool = ProcessPoolExecutor(2, initializer=_end_with_parent)
print(*pool.map(abs, range(4)), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_no_worker_outlives_a_run_that_is_killed() -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (PROJECT / "scripts", SUPPORT)))}
    # What is said ends when the last who could say something has ended, or the time is up.
    done = subprocess.run(
        [sys.executable, "-c", KILLED], capture_output=True, check=False, env=environment, timeout=60, text=True
    )
    assert (done.returncode, done.stdout) == (-9, "0 1 2 3\n"), done.stderr
