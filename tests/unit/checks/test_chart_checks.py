import pytest

from charted import CHART, FILE
from conftest import Copy
from vierdepijler.checks.checking import check_package
from vierdepijler.checks.pages.chart_specs import charts_of, check_charts
from vierdepijler.core.problems import ContentError

SOUND = "also:\n- table: counts\n  period: day\n"


def flaws(copy: Copy, text: str) -> list[str]:
    copy.write(FILE, text)
    return [str(flaw) for flaw in check_charts(copy.folder / "site", copy.read())]


def test_a_chart_that_can_be_drawn_has_no_flaw(miniature: Copy) -> None:
    assert flaws(miniature, CHART) == []
    assert charts_of(miniature.folder / "site", miniature.read()).keys() == {"people"}


def test_a_field_that_is_there_once_per_language_is_a_field(miniature: Copy) -> None:
    assert flaws(miniature, CHART + "columns: [group, day]\n") == []
    tiles = CHART.replace("counts", "groups").replace("category: group", "category: label")
    assert not [flaw for flaw in flaws(miniature, tiles) if "'label'" in flaw]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("table: counts", "table: count", ":1: table: there is no table 'count' (there are: counts, groups"),
        ("value: persons", "value: people", ":4: value: the table 'counts' has no field 'people' (it has: day"),
        ("value: persons", "value: as_printed", ":4: value: the field 'as_printed' holds no numbers"),
        ("value: persons\n", "", ":1: value: a chart of the kind 'bars' needs 'value'; write 'value: …'"),
        ("kind: bars", "kind: events", "a chart of the kind 'events' needs 'date'"),
        ("title_en: How many people are there?\n", "", "title_en: the chart has no 'title_en'"),
        ("kind: bars", "kind: bars\ncolumns: [group, heads]", ":3: columns: the table 'counts' has no field 'heads'"),
        ("kind: bars", "kind: bars\nonly: {heads: [a]}", ":3: heads: the table 'counts' has no field 'heads'"),
        ("kind: bars", "kind: bars\nonly: {group: [z]}", ":3: only: no row of the table 'counts' is left"),
        ("kind: bars", "kind: bars\nshown: {group: [z]}", ":3: shown: no row of the table 'counts' is left"),
        ("kind: bars", "kind: bars\nalso:\n- table: x\n  period: day", ":4: table: there is no table 'x'"),
    ],
)
def test_what_a_chart_names_that_is_not_there_is_told_with_its_line(
    miniature: Copy, old: str, new: str, said: str
) -> None:
    found = flaws(miniature, CHART.replace(old, new))
    assert any(said in flaw and flaw.startswith(FILE) for flaw in found), found


def test_a_chart_that_cannot_be_drawn_stops_the_pages(miniature: Copy) -> None:
    miniature.write(FILE, CHART.replace("table: counts", "table: count"))
    with pytest.raises(ContentError, match="there is no table 'count'"):
        charts_of(miniature.folder / "site", miniature.read())


def test_validation_tells_of_charts_and_of_numbers_typed_in_their_texts(miniature: Copy) -> None:
    text = CHART.replace("zijn er?", "waren er in 2025?") + "only:\n  day: [2025-02-26]\n"
    report = check_package(miniature.write(FILE, text).read(), miniature.folder / "site")
    found = {(problem.line, problem.rule) for problem in report.problems if problem.file == FILE}
    assert found == {(5, "typed-numbers"), (10, "properties")}
