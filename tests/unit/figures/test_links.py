"""Where links and addresses lead, whatever host they name."""

import pytest

from vierdepijler.lookup.links import has_link, leads

INDEX = {"tables": {"counts": {"key": ["day", "group"]}, "units": {"key": ["code"]}}}


def found(text: str) -> list[tuple[str, tuple[str, ...], str, str]]:
    return [(lead.table, lead.key, lead.field, lead.version) for lead in leads(text, INDEX)]


@pytest.mark.parametrize(
    ("link", "lead"),
    {
        "https://x.example/paspoort/counts.html#2025-02-25.a.persons": ("counts", ("2025-02-25", "a"), "persons", ""),
        "file:///home/me/public/en/passport/units.html#a~2Eb.label": ("units", ("a.b",), "label", ""),
        "../data/counts.html#2025-02-25.a": ("counts", ("2025-02-25", "a"), "", ""),
        "/data/0.1.0/counts.nl.csv": ("counts", (), "", "0.1.0"),
        "/data/latest/counts.csv-metadata.json": ("counts", (), "", ""),
        "/data/latest/subsets/counts/day/2025.csv": ("counts", (), "", ""),
        "/api/v1/tables/counts/rows/2025-02-25.~a.json": ("counts", ("2025-02-25", "A"), "", ""),
        "/api/v1/tables/units/rows/~~2c~0.json": ("units", (",",), "", ""),
        "/api/v1/figures/counts.2025-02-25.a.persons.json": ("counts", ("2025-02-25", "a"), "persons", ""),
        "/api/v1/tables/counts.json": ("counts", (), "", ""),
        "units.label[a%2Cb]": ("units", ("a,b",), "label", ""),
    }.items(),
)
def test_a_link_leads_to_its_table_row_or_cell(link: str, lead: tuple[str, tuple[str, ...], str, str]) -> None:
    assert found(link) == [lead]


@pytest.mark.parametrize(
    "link", ["https://x.example/", "/data/others.csv", "/counts.html", "/resultaten.html#deel", "/api/v1/", "/data/"]
)
def test_a_link_to_something_else_leads_nowhere(link: str) -> None:
    assert found(link) == []


def test_marks_around_a_link_are_no_part_of_it() -> None:
    assert found("Zie (https://x.example/data/latest/units.csv).") == [("units", (), "", "")]
    assert found("‘counts.persons[2025-02-25,a]’, nog eens counts.persons[2025-02-25,a]") == [
        ("counts", ("2025-02-25", "a"), "persons", "")
    ]


def test_only_a_text_of_one_link_is_nothing_but_a_link() -> None:
    assert has_link(" https://x.example/a ")
    assert has_link("others.persons[a]")
    assert not has_link("3.290 https://x.example/a")
    assert not has_link("25/2/2025")
