"""A pasted table beside ours: every table of our own package is unchanged in every form that we publish it in."""

from typing import Any

import pytest

from vierdepijler.lookup.judgements import judge
from vierdepijler.lookup.lookup_files import read_lookup
from vierdepijler.lookup.table_check import normal
from vierdepijler.package import Package


def test_every_table_of_ours_is_unchanged_in_every_form_that_is_text(published: Package) -> None:
    index, tables = read_lookup(published.root.parent)
    tried = 0
    for name in published.tables:
        for path in (published.root / f"{name}{suffix}" for suffix in (".csv", ".nl.csv", ".json")):
            if path.is_file():
                judgement = judge(path.read_text("utf-8"), index, tables)
                assert judgement.comparison, path.name
                assert judgement.comparison.table == name, path.name
                assert (judgement.state, judgement.comparison.unknown_columns) == ("unchanged", ()), path.name
                tried += 1
    assert tried >= 2 * len(published.tables)


def test_every_table_of_an_older_release_is_known_and_all_that_changed_in_it_is_explained(published: Package) -> None:
    index, tables = read_lookup(published.root.parent)
    old = [path for path in sorted(published.root.parent.glob("[0-9]*/*.csv")) if path.with_suffix(".json").is_file()]
    assert len(old) > 60
    for path in old:
        judgement = judge(path.read_text("utf-8"), index, tables)
        assert judgement.comparison, path
        assert judgement.comparison.table == path.stem, path
        assert judgement.state in ("unchanged", "revised", "withdrawn"), path
        assert all(finding.reason for answer in judgement.answers for finding in answer.findings), path


def test_a_digit_changed_in_an_old_file_is_told(published: Package) -> None:
    index, tables = read_lookup(published.root.parent)
    text = (published.root / "completions.csv").read_text("utf-8").replace(",3290,", ",3291,")
    judgement = judge(text, index, tables)
    assert judgement.state == "differs"
    (finding,) = judgement.answers[0].findings
    assert (finding.cell, finding.old, finding.new) == ("completions.persons[2025-02-25,obliged]", "3291", "3290")


@pytest.mark.parametrize(
    ("text", "kind", "is_local", "value"),
    [
        ("3.290", "integer", True, "3290"),
        ("3 290", "integer", True, "3290"),
        ("3290,0", "number", True, "3290"),
        ("3.290,5", "number", True, "3290.5"),
        ("86.3", "number", True, "86.3"),
        ("3.290", "number", False, "3.29"),
        ("3,290", "number", False, "3,290"),
        ("\u22125", "integer", False, "-5"),
        ("veel", "integer", False, "veel"),
        ("", "integer", True, ""),
        (".", "number", False, "."),
        ("25/02/2025", "date", True, "2025-02-25"),
        ("gisteren", "date", False, "gisteren"),
        ("WAAR", "boolean", True, "true"),
        ("Nee", "boolean", True, "false"),
        ("Groep één", "string", True, "a"),
        (" a\r\nb ", "string", False, "a\nb"),
    ],
)
def test_a_cell_is_read_as_our_files_write_it(text: str, kind: str, value: str, *, is_local: bool) -> None:
    field: dict[str, Any] = {"type": kind, "labels": {"Groep één": "a"}}
    assert normal(text, field, is_local=is_local) == value
