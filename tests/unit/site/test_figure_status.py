"""The list of all figures on the page where one is looked up by hand, and the index in the same page."""

import json
from pathlib import Path

from built_pages import every, first, places, read
from conftest import PROJECT, Copy
from invented_past import with_past
from vierdepijler.core.package import Package
from vierdepijler.figures.figure_records import figure_index
from vierdepijler.site.figure_status import figure_statuses, index_for_script
from vierdepijler.site.figures import Presenter
from vierdepijler.site.sources import passport_folders, read_sources
from vierdepijler.site.vocabulary import Vocabulary
from vierdepijler.writers.formats.publication import publication_of

PAGES = {"nl": "klopt-mijn-getal.html", "en": "en/does-my-number-hold.html"}

PASSPORTS = passport_folders(PROJECT / "site", ("nl", "en"))


def said(package: Package) -> Vocabulary:
    words = read_sources(PROJECT / "site", ("nl", "en")).words["nl"]
    return Vocabulary(package, Presenter(package, "nl", words, lambda target: f"{target}.html", set()))


def test_every_figure_is_in_the_list_with_its_passport_and_its_release(site: Path, package: Package) -> None:
    figures = figure_index(publication_of(package), PASSPORTS)["figures"]
    for language, page in PAGES.items():
        rows = every(read(site / page), "table.standings tbody tr")
        assert len(rows) == len(figures)
        gone = "th [data-cell^='figure_history.cell']"
        links = {first(row, "td a").attrib["href"].rpartition("/")[2] for row in rows if not every(row, gone)}
        passports = {figure["page"][language].rpartition("/")[2] for figure in figures if figure["page"]}
        assert links == passports
        assert all(every(row, "td:last-child [data-cell]") for row in rows)


def test_the_page_holds_the_index_that_is_published(site: Path, package: Package) -> None:
    published = json.loads((site / "data" / "figures" / "figures.json").read_text("utf-8"))
    for language, page in PAGES.items():
        told = json.loads(places(site / page)["check-figures"].text)
        assert told["tables"] == published["tables"]
        for name in ("figures", "corrected"):  # in the words of the page alone
            assert [one["about"] for one in told[name]] == [
                {language: one["about"][language]} for one in published[name]
            ]
            for one, whole in zip(told[name], published[name], strict=True):
                assert (one["cell"], one["value"]) == (whole["cell"], whole["value"])
                assert [record["value"] for record in one["records"]] == [
                    record["value"] for record in whole["records"]
                ]
    assert published == figure_index(publication_of(package), PASSPORTS)


def test_a_revised_and_a_withdrawn_figure_say_since_when(miniature: Copy) -> None:
    found = {" ".join(standing.names): standing for standing in figure_statuses(said(with_past(miniature).read()))}
    revised = next(standing for name, standing in found.items() if "Groep één" in name)
    assert (revised.is_there, revised.is_revised) == (True, True)
    assert ">1.1.0<" in revised.release
    gone = [standing for standing in found.values() if not standing.is_there]
    assert ["40" in standing.value or "13" in standing.value for standing in gone] == [True, True]
    assert all(">1.2.3<" in standing.release for standing in gone)


def test_a_figure_without_a_history_says_no_release(miniature: Copy) -> None:
    assert {str(standing.release) for standing in figure_statuses(said(miniature.read()))} == {""}


def test_no_text_of_the_package_can_end_the_element_that_holds_the_index(miniature: Copy) -> None:
    miniature.replace("data/groups.csv", "Groep één", "</script><b>")
    text = index_for_script(publication_of(miniature.read()), PASSPORTS, "nl")
    assert "<" not in text
    assert "</script><b>" in json.dumps(json.loads(text))
