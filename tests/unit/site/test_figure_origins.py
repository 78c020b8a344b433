import pytest

from conftest import Copy
from vierdepijler.core.cells import Cell, select
from vierdepijler.core.package import Package
from vierdepijler.site.figure_origins import release_day, sources_of, time_of

ANSWER = "Antwoord op vraag nr. 173 van 20 februari 2025 [in Dutch]"
REGISTER = "Vierde Pijler, ‘What do we not know?’"


def cell(package: Package, address: str) -> Cell:
    return select(package, address).cells[0]


def test_the_day_the_year_or_the_period_of_a_figure_is_said(package: Package) -> None:
    assert time_of(cell(package, "completions.persons[2025-02-25,all]"), "en") == "25 February 2025"
    assert time_of(cell(package, "context_counts.value[contracts-flanders-brussels-2022]"), "nl") == "2022"
    assert time_of(cell(package, "co_financing.amount_eur[S00,flanders]"), "nl") == ""


def test_a_source_is_named_once_with_what_is_known_of_it(package: Package) -> None:
    cells = [cell(package, f"completions.persons[2025-02-25,{group}]") for group in ("all", "obliged")]
    (line,) = sources_of(package, cells, "nl")
    assert line.title == "Antwoord op vraag nr. 173 van 20 februari 2025"
    assert (line.publisher, line.published, line.address) == ("Hilde Crevits, Vlaams minister", "", "")


def test_a_source_on_the_web_has_its_day_and_its_address(package: Package) -> None:
    (line,) = sources_of(package, [cell(package, "trajectory_rules.value[price-trajectory]")], "en")
    assert line.published == "7 June 2023"
    assert line.address.startswith("https://")


def test_a_cell_has_the_source_of_its_own_where_the_row_has_another(package: Package) -> None:
    (line,) = sources_of(package, [cell(package, "networks.label_nl[N18]")], "nl")
    assert "referentieregio" in line.title


@pytest.mark.parametrize(
    ("figure", "named"),
    [
        ("share_obliged", [ANSWER]),  # of figures of the answer
        ("lead_partner_unknown", [ANSWER, "Vierde Pijler, ‘Which networks are there?’"]),  # less our count
        ("unknown_count", [REGISTER]),  # the cells that are counted name the answer, which says nothing of them
        ("not_found_count", [REGISTER]),
        ("rule_count", ["Vierde Pijler, ‘Rules of the checks’"]),
    ],
)
def test_a_figure_of_our_own_has_the_sources_of_what_it_is_computed_from(
    package: Package, figure: str, named: list[str]
) -> None:
    lines = sources_of(package, [cell(package, f"derived_figures.value[{figure}]")], "en")
    assert [line.title for line in lines] == named


def test_a_package_without_a_table_of_sources_names_none(miniature: Copy) -> None:
    package = miniature.read()
    assert sources_of(package, [cell(package, "counts.persons[2025-02-25,a]")], "nl") == []


def test_the_day_of_a_release_is_that_of_the_descriptor(miniature: Copy) -> None:
    assert release_day(miniature.read(), "nl") == "2 januari 2026"
