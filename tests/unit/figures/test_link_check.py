"""What became of what a link leads to; the cases of test_judgements have the rest."""

from conftest import Copy
from invented_past import with_past
from vierdepijler.lookup.findings import Judgement
from vierdepijler.lookup.link_check import check_links, histories
from vierdepijler.lookup.links import leads
from vierdepijler.lookup.lookup_files import made_lookup


def judged(miniature: Copy, text: str) -> Judgement:
    index, tables = made_lookup(with_past(miniature).read())
    return check_links(leads(text, index), index, tables)


def test_a_table_of_a_release_is_compared_with_what_it_was_then(miniature: Copy) -> None:
    (answer,) = judged(miniature, "/data/1.0.0/derived_figures.csv").answers
    assert [(finding.cell, finding.old, finding.new) for finding in answer.findings] == [
        ("derived_figures.value[total]", "3801", "3811"),
        ("derived_figures.value[how_many]", "4", "3"),
        ("derived_figures.value[more]", "2759", "2769"),
    ]


def test_a_cell_that_came_later_did_not_change_since(miniature: Copy) -> None:
    miniature.write("x", "")
    copy = with_past(miniature)
    copy.replace(
        "data/figure_history.csv", "derived_figures.value[total],1.0.0,3801", "derived_figures.value[per_b],1.0.0,6"
    )
    copy.replace(
        "data/figure_history.csv", "derived_figures.value[per_b],1.0.0,6.3", "derived_figures.value[per_b],1.1.0,6.3"
    )
    index, tables = made_lookup(copy.read())
    (answer,) = check_links(leads("/data/1.0.0/derived_figures.csv", index), index, tables).answers
    assert [finding.cell for finding in answer.findings] == [
        "derived_figures.value[how_many]",
        "derived_figures.value[per_b]",
        "derived_figures.value[more]",
    ]


def test_the_cells_with_a_history_are_figures_and_corrected_ones(miniature: Copy) -> None:
    index, _ = made_lookup(with_past(miniature).read())
    assert [cell["cell"] for cell in histories(index, "groups")] == ["groups.label_nl[a]", "groups.*[e]"]
    assert len(histories(index, "counts")) == 4
