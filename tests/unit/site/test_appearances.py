from conftest import Copy
from vierdepijler.core.cells import select
from vierdepijler.site.appearances import Appearances, Chart


def test_a_page_that_shows_a_figure_twice_is_noted_once(miniature: Copy) -> None:
    cell = select(miniature.read(), "counts.persons[2025-02-25,a]").cells[0]
    found = Appearances()
    for page in ("home", "results", "home"):
        found.show(cell, page)
    assert found.pages == {cell.address: ["home", "results"]}


def test_a_page_made_from_a_pattern_does_not_count(miniature: Copy) -> None:
    cell = select(miniature.read(), "counts.persons[2025-02-25,a]").cells[0]
    found = Appearances()
    found.show(cell, "")
    found.draw([cell], Chart("", "chart-counts", "How many?"))
    assert found == Appearances()


def test_a_chart_is_noted_with_every_cell_it_draws(miniature: Copy) -> None:
    cells = select(miniature.read(), "counts.persons").cells[:2]
    found = Appearances()
    chart = Chart("home", "chart-counts", "How many?")
    found.draw(cells, chart)
    found.draw(cells, chart)
    assert found.charts == {cell.address: [chart] for cell in cells}
