import pytest

from charted import CHART, FILE
from conftest import Copy
from vierdepijler.core.cells import AddressError
from vierdepijler.core.problems import ContentError
from vierdepijler.site.chart_view import Gallery
from vierdepijler.site.figures import Presenter
from vierdepijler.site.templates import Templates
from vierdepijler.site.vocabulary import Vocabulary

WORDS = {"own_computation": "x", "source": "bron", "chart_source": "Bron", "chart_date": "Op", "chart_edition": "Uit"}


def gallery(copy: Copy, chart: str = CHART, language: str = "nl") -> tuple[Gallery, Vocabulary]:
    copy.write(FILE, chart).write("site/nl/page.md", "# Kop\n")
    package = copy.read()
    presenter = Presenter(package, language, WORDS, lambda page: f"{page}.html", set(), "home")
    return Gallery(package, Templates(copy.folder / "site", language)), Vocabulary(package, presenter)


def test_a_chart_is_found_by_its_name_with_the_cells_of_its_sentence_bound(miniature: Copy) -> None:
    charts, said = gallery(miniature)
    found = charts.chart("people", said)
    quote = found.fill("quote")
    assert 'data-cell="counts.persons[2025-02-25,a]">3.290</data>' in quote
    assert next(charts.drawings(said)).title == "Hoeveel mensen zijn er?"


def test_a_finding_says_what_the_data_say_now_and_leads_nowhere(miniature: Copy) -> None:
    text = CHART + 'finding_nl: Er zijn {{ row("counts", group="a").persons }} mensen\n'
    charts, said = gallery(miniature, text)
    assert charts.chart("people", said).finding == (
        'Er zijn <data value="3290" data-cell="counts.persons[2025-02-25,a]">3.290</data> mensen'
    )
    drawing = next(charts.drawings(said))
    assert (drawing.finding, drawing.title) == ("Er zijn 3.290 mensen", "Hoeveel mensen zijn er?")


def test_a_chart_that_is_not_there_is_refused_with_those_there_are(miniature: Copy) -> None:
    charts, said = gallery(miniature)
    with pytest.raises(AddressError, match=r"there is no chart 'x' \(there are: people\)"):
        charts.chart("x", said)


def test_a_mistake_in_its_sentence_is_told_with_the_file_of_the_chart(miniature: Copy) -> None:
    charts, said = gallery(miniature, CHART.replace('group="a"', 'group="z"', 1))
    with pytest.raises(ContentError) as refusal:
        charts.chart("people", said).fill("quote")
    assert str(refusal.value).startswith(f"{FILE}:7: 0 rows of the table 'counts' fit")


def test_a_chart_that_no_page_shows_stands_with_its_table(miniature: Copy) -> None:
    charts, _ = gallery(miniature)
    assert charts.on_no_page("counts") == ["people"]
    assert charts.on_no_page("groups") == []
    miniature.write("site/nl/other.md", '{{ show.chart("people") }}\n')
    assert Gallery(miniature.read(), charts.templates).on_no_page("counts") == []
