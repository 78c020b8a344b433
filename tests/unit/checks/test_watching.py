"""A table that is seen only once has the same problems as one that is held, as far as these can be seen so."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Copy, run_verb
from vierdepijler.checks.checking import OWN_RULES, check_package
from vierdepijler.checks.rules.rule import HOUSE
from vierdepijler.core.columnar import scanning
from vierdepijler.core.problems import Problem, UnreadableError
from vierdepijler.core.progress import Progress
from vierdepijler.core.reading import read_package

NEED_ALL = {rule.name for rule in OWN_RULES if not (getattr(rule, "of_rows", False) or getattr(rule, "of_keys", False))}
Told = set[tuple[str, int, str, str, str]]


@pytest.fixture
def labels(tmp_path: Path) -> Copy:
    """Give a package with one table of labels, and a small one that leads to it."""
    (tmp_path / "data").mkdir()
    fields = [{"name": name, "type": "string"} for name in ("code", "label_nl", "label_en")]
    key = {"fields": ["code"], "reference": {"resource": "groups", "fields": ["code"]}}
    resources = [
        {"name": "chosen", "path": "data/chosen.csv", "schema": {"fields": fields[:1], "foreignKeys": [key]}},
        {"name": "groups", "path": "data/groups.csv", "schema": {"fields": fields, "primaryKey": ["code"]}},
    ]
    descriptor = {"name": "labels", "licenses": [{"name": "CC0-1.0"}], "resources": resources}
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    (tmp_path / "data" / "chosen.csv").write_text("code\na\ng999\n", "utf-8")
    return Copy(tmp_path)


def told(copy: Copy, held: int | None) -> Told:
    found = check_package(read_package(copy.descriptor, held)).problems
    return {place(problem) for problem in found if problem.rule not in NEED_ALL}


def place(problem: Problem) -> tuple[str, int, str, str, str]:
    return problem.file, problem.line, problem.column, problem.what, problem.rule


def many_rows(*odd: str) -> str:
    """Give a table of groups of a thousand rows, among them some odd ones, far from each other."""
    rows = [f"g{row},groep {row},group {row}" for row in range(1000)]
    for number, row in enumerate(odd):
        rows[100 + 170 * number] = row
    return "\n".join(["code,label_nl,label_en", *rows, "a,een,one", "b,twee,two", ""])


SPOILED: dict[str, tuple[str, ...]] = {
    "nothing": (),
    "a key twice": ("g7,zeven,seven",),
    "a formula": ("g100,=1+1,one",),
    "a space too many": ("g100, zeven,seven",),
    "mojibake": ("g100,Ã©Ã©n,one",),
    "a cell of two lines, and mistakes behind it": ('g100,"twee\nregels",two', "g270,=1,one", "g7,zeven,seven"),
    "a missing cell": ("g100,een",),
    "an extra cell": ("g100,een,one,more", "g270,=1,one"),
    "an empty line": ("", "g270,=1,one"),
    "a stray quote": ('g100,een"twee,one', "g270,=1,one"),
    "a quote within quotes": ('g100,"een ""en"" twee",one', "g270,=1,one"),
}


@pytest.mark.parametrize("rows", SPOILED.values(), ids=list(SPOILED))
@pytest.mark.parametrize("size", [400, 1 << 22])
def test_the_same_is_found_in_parts(
    labels: Copy, rows: tuple[str, ...], size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanning, "PIECE", size)
    labels.write("data/groups.csv", many_rows(*rows))
    assert told(labels, held=0) == told(labels, held=None)
    assert bool(told(labels, held=0)) == bool(rows)


def test_unique_keys_are_compared_over_all_parts(labels: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanning, "PIECE", 400)
    labels.change(lambda d: d["resources"][1]["schema"].update(uniqueKeys=[["label_nl", "label_en"], ["code"]]))
    labels.write("data/groups.csv", many_rows("g100,groep 7,group 7", "g270,groep 900,group 900"))
    found = {(line, rule) for _, line, _, _, rule in told(labels, held=0)}
    assert found == {(102, "unique-keys"), (902, "unique-keys")}
    assert told(labels, held=0) == told(labels, held=None)


def test_a_problem_of_very_many_rows_is_told_a_thousand_times(labels: Copy) -> None:
    rows = [f"g{row},=1+{row},x" for row in range(3000)]
    labels.write("data/groups.csv", "\n".join(["code,label_nl,label_en", *rows, "a,een,one", "b,twee,two", ""]))
    assert sum(rule == "formulas" for *_, rule in told(labels, held=0)) == 1000


def test_rows_and_cells_are_counted_as_those_of_held_tables(labels: Copy) -> None:
    labels.write("data/groups.csv", many_rows("g100,een,one,more", "g270,een"))
    reports = [check_package(read_package(labels.descriptor, held)) for held in (None, 0)]
    assert len({(report.tables, report.rows, report.cells, report.schema_rules) for report in reports}) == 1


def test_what_is_not_asked_of_a_large_table_is_told(labels: Copy) -> None:
    labels.write("data/groups.csv", many_rows())
    report = check_package(read_package(labels.descriptor, 100))
    assert report.in_parts == ("data/groups.csv",)
    assert report.unasked == len(NEED_ALL - HOUSE) > 0
    run = run_verb("validate", "--package", labels.descriptor, "--hold", "0")
    assert "data/groups.csv: too large to hold in memory" in run.all
    assert f"{len(NEED_ALL - HOUSE)} rules of our own" in run.all
    dutch = run_verb("validate", "--package", labels.descriptor, "--hold", "0", "--language", "nl")
    assert "te groot" in dutch.all


def test_a_rule_about_values_is_silent_where_a_table_does_not_fit_its_schema(labels: Copy) -> None:
    labels.change(lambda d: d["resources"][1]["schema"]["fields"][1].update(categories=["een", "twee"]))
    labels.write("data/groups.csv", many_rows("g7,zeven,seven"))
    assert {rule for *_, rule in told(labels, held=0)} == {"primary-key"}


@pytest.mark.parametrize("size", [400, 1 << 22])
@pytest.mark.parametrize(
    ("row", "said"),
    [
        (b'g100,"een,one', "102: this is not a CSV file that can be read"),
        (b'g100,"een"e,one', "102: this is not a CSV file that can be read"),
        (b"g100,\xe9\xe9n,one", "102: the text is not UTF-8: byte 0xe9"),
    ],
)
def test_a_text_that_cannot_be_read_is_refused_at_its_line(
    labels: Copy, row: bytes, said: str, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanning, "PIECE", size)
    labels.write("data/groups.csv", many_rows("REPLACED"))
    path = labels.folder / "data" / "groups.csv"
    path.write_bytes(path.read_bytes().replace(b"REPLACED", row))
    for held in (None, 0):
        with pytest.raises(UnreadableError, match=f"groups.csv:{said}"):
            told(labels, held)


class Heard(Progress):
    """A progress that keeps what it is told."""

    def __init__(self) -> None:
        self.rows = self.size = 0

    def advance(self, rows: int, size: int) -> None:
        self.rows += rows
        self.size += size


@pytest.mark.parametrize("held", [None, 0])
def test_progress_hears_of_every_row_and_about_every_byte(labels: Copy, held: int | None) -> None:
    labels.write("data/groups.csv", many_rows())
    heard = Heard()
    package = read_package(labels.descriptor, held)
    report = check_package(package, progress=heard)
    size = sum((package.root / head.file).stat().st_size for head in package.heads)
    assert heard.rows == report.rows
    assert 0.9 * size < heard.size <= size


CHANGES: dict[str, Callable[[str], str]] = {
    "with a mark": lambda text: f"\ufeff{text}",
    "in CRLF": lambda text: text.replace("\n", "\r\n"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=list(CHANGES))
def test_a_large_file_is_read_whatever_its_mark_and_line_ends(labels: Copy, change: Callable[[str], str]) -> None:
    path = labels.folder / "data" / "groups.csv"
    path.write_bytes(change(many_rows("g7,zeven,seven")).encode())
    assert told(labels, held=0) == told(labels, held=None) != set()
