from conftest import Copy
from vierdepijler.core.cells import select
from vierdepijler.core.package import Package
from vierdepijler.site.links import Backlinks, Chart, Usage


def test_a_page_that_shows_a_figure_twice_is_noted_once(miniature: Copy) -> None:
    cell = select(miniature.read(), "counts.persons[2025-02-25,a]").cells[0]
    found = Usage()
    for page in ("home", "results", "home"):
        found.show(cell, page)
    assert found.pages == {cell.address: ["home", "results"]}


def test_a_page_made_from_a_pattern_does_not_count(miniature: Copy) -> None:
    cell = select(miniature.read(), "counts.persons[2025-02-25,a]").cells[0]
    found = Usage()
    found.show(cell, "")
    found.draw([cell], Chart("", "chart-counts", "How many?"))
    assert found == Usage()


def test_a_chart_is_noted_with_every_cell_it_draws(miniature: Copy) -> None:
    cells = select(miniature.read(), "counts.persons").cells[:2]
    found = Usage()
    chart = Chart("home", "chart-counts", "How many?")
    found.draw(cells, chart)
    found.draw(cells, chart)
    assert found.charts == {cell.address: [chart] for cell in cells}


def backlinks(package: Package) -> Backlinks:
    return Backlinks(package, Usage(), {})


def test_from_a_figure_one_finds_the_sums_that_use_it(package: Package) -> None:
    users = backlinks(package).users
    table = package.tables["derived_figures"]
    named = {address: [table.row_keys[row][0] for row in rows] for address, rows in users.items()}
    assert named["completions.persons[2025-02-25,all]"] == ["share_obliged", "share_entitled"]
    assert named["activity_hours.share_percent[S00,sport]"] == ["share_total", "activity_type_count"]
    assert named["networks.lead_partner"] == ["lead_partner_known"]


def test_from_a_figure_one_finds_its_history(package: Package, miniature: Copy) -> None:
    assert len(backlinks(package).history["completions.persons[2025-02-25,all]"]) >= 1
    assert backlinks(miniature.read()).history == {}


def test_a_package_without_sums_has_no_users(miniature: Copy) -> None:
    miniature.change(lambda descriptor: descriptor["resources"].pop(2))
    assert backlinks(miniature.read()).users == {}
