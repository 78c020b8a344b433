from typing import Any

import pytest

from conftest import Copy
from vierdepijler.writers.formats.file_formats import check_formulas


def told(copy: Copy) -> list[str]:
    return [str(problem) for problem in check_formulas(copy.read())]


def test_a_good_package_has_nothing_that_runs(miniature: Copy) -> None:
    assert told(miniature) == []


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "-A1", '"x;=A1"', '"x\n=A1"', "\t=A1"])
def test_a_cell_that_would_run_is_told_with_its_place(miniature: Copy, cell: str) -> None:
    miniature.write("data/groups.csv", f"code,label_nl,label_en\na,A,A\nb,{cell},B\n")
    (problem,) = told(miniature)
    assert problem.startswith("data/groups.csv:3: label_nl: '")
    assert problem.endswith(
        "would be run as a formula by a spreadsheet; begin the text with a letter, or leave the sign out"
    )


def test_headers_titles_and_descriptions_that_would_run_are_told(miniature: Copy) -> None:
    def spoil(descriptor: Any) -> None:
        descriptor["title_en"] = "=1+1"
        descriptor["resources"][1]["description"] = "+A1"
        field = descriptor["resources"][1]["schema"]["fields"][2]
        field.update(name="=label", title="@x", unit="-y")

    problems = told(miniature.change(spoil))
    assert [problem.split(": ")[1] for problem in problems] == [
        "miniature.title_en", "groups.description", "groups.=label.name", "groups.=label.title", "groups.=label.unit",
    ]  # fmt: skip
    assert all(int(problem.split(":")[1]) > 0 for problem in problems)
