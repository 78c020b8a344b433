import pytest

from conftest import Copy
from registers import later, register
from vierdepijler.core.cells import Cell
from vierdepijler.core.times import answer_to, unknown_said_by


@pytest.mark.parametrize(
    ("address", "answer"),
    [
        ("counts.persons[*,c]", "counts.persons[2026-01-31,c]"),
        ("counts.persons[2026-01-31,c]", "counts.persons[2026-01-31,c]"),
        ("counts.persons[2027-01-31,c]; counts.persons[*,c]", "counts.persons[2026-01-31,c]"),
        ("counts.persons[2025-02-25,c]", None),
        ("to_come.persons", None),
        ("counts.people[*,c]", None),
        ("", None),
    ],
)
def test_an_entry_is_answered_by_the_first_cell_that_says_it(miniature: Copy, address: str, answer: str | None) -> None:
    before, after = register(miniature, address).read(), later(miniature).read()
    assert answer_to(before, 0) is None
    found = answer_to(after, 0)
    assert (found and found.address) == answer


def test_an_entry_about_every_row_is_answered_by_the_last_of_them(miniature: Copy) -> None:
    register(miniature, "groups.label_nl[*]")
    found = answer_to(miniature.read(), 0)
    assert found is not None
    assert found.field.name == "label_nl"
    assert answer_to(miniature.replace("data/groups.csv", "b,Groep twee", "b,").read(), 0) is None


def test_a_text_that_stands_on_the_same_words_says_what_the_entry_says(miniature: Copy) -> None:
    package = register(miniature, "", "").read()
    table = package.tables["unknowns"]
    assert unknown_said_by(package, Cell(table, 1, table.field("unknown_id"))) == 0
    counts = package.tables["counts"]
    assert unknown_said_by(package, Cell(counts, 0, counts.field("persons"))) is None
