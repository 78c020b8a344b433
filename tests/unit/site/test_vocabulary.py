import re

import pytest

from conftest import Copy
from vierdepijler.core.cells import AddressError, Cell
from vierdepijler.core.package import Package
from vierdepijler.site.figures import Presenter
from vierdepijler.site.quotes import without_links
from vierdepijler.site.vocabulary import Terms, Vocabulary, as_in_a_sentence, as_written

WORDS = {"own_computation": "x", "source": "bron", "other_tables": "Andere", "unit_beside": "in", "type_date": "datum"}


def speak(package: Package, language: str = "nl") -> Vocabulary:
    presenter = Presenter(package, language, WORDS, lambda page: f"{page.rpartition(':')[2]}.html", set())
    return Vocabulary(package, presenter)


def test_a_row_gives_its_cells_by_name_and_in_the_language_of_the_page(miniature: Copy) -> None:
    package = miniature.read()
    row = speak(package, "en").row("groups", code="a")
    assert isinstance(row.code, Cell)
    assert row.label.value == "Group one"
    assert row.label_nl.value == "Groep één"
    assert row.anchor_ == "a"


def test_no_row_and_several_rows_are_refused(miniature: Copy) -> None:
    with pytest.raises(AddressError, match=r"0 rows of the table 'groups' fit \(code=z\)"):
        speak(miniature.read()).row("groups", code="z")
    with pytest.raises(AddressError, match=r"3 rows of the table 'groups' fit \(no condition\)"):
        speak(miniature.read()).row("groups")


def test_a_heading_is_the_title_of_the_field_without_its_language(miniature: Copy) -> None:
    assert speak(miniature.read()).heading("groups", "label") == "Naam"
    assert ">Personen<" in speak(miniature.read()).heading("counts", "persons")


def test_tables_are_grouped_and_those_of_no_group_come_last(miniature: Copy) -> None:
    def group(descriptor: dict[str, list[dict[str, str]]]) -> None:
        descriptor["groups"] = [{"name": "one", "title": "Eén", "title_en": "One"}]
        descriptor["resources"][0]["group"] = "one"
        descriptor["resources"][1]["group"] = "elsewhere"

    said = speak(miniature.change(group).read(), "en")
    assert list(said.groups()) == [("one", "One"), ("", "Andere")]
    assert [table.name for table in said.tables("one")] == ["counts"]
    assert [table.name for table in said.tables("")] == ["groups", "derived_figures", "units"]
    assert len(said.tables()) == 4


def test_the_figures_of_an_item_are_all_found(package: Package) -> None:
    found = [cell.address for cell in speak(package).observed("S00", "5")]
    assert len(found) == 6
    assert "completions.persons[2025-02-25,entitled]" in found


def test_the_figures_noted_from_a_source_are_all_found(package: Package) -> None:
    found = {cell.address for cell in speak(package).noted("S01")}
    assert found == {"trajectory_rules.value[minimum-hours]", "policy_events.event_date[trajectory-starts]"}
    assert speak(package).noted("S00") == []


def test_a_figure_is_about_the_names_of_its_codes_or_the_label_of_its_row(package: Package) -> None:
    said = speak(package)
    persons = said.row("completions", participant_group="obliged").persons
    assert [part.striptags() for part in said.about(persons)] == ["Verplichte inburgeraars"]
    end = said.row("support_terms", term="end_year").value
    assert [part.striptags() for part in said.about(end)] == ["Einde van de periode"]


def test_the_escape_escapes() -> None:
    assert as_written("<2>") == '<span class="as-written">&lt;2&gt;</span>'


def test_a_text_of_a_source_is_said_with_the_mark_of_that_source(package: Package) -> None:
    said = speak(package)
    feature = said.row("features", feature_id="aim")
    assert (
        said.said(feature.description)
        == f"{said.presenter.value(feature.description)} {said.presenter.mark(feature.description)}"
    )
    with pytest.raises(AddressError, match="says nothing of a source"):
        said.said(said.row("terms", code="vgc").label)


def test_a_number_that_a_caveat_forbids_to_put_forward_is_refused_as_a_key_figure_and_in_a_quote(
    miniature: Copy,
) -> None:
    said = speak(miniature.change(lambda d: d["resources"][0].update(forbids=["ratio"])).read())
    cell = said.row("derived_figures", figure_id="per_b").value
    assert ">6,3<" in said.presenter.figure(cell)  # in a text it stands as what it is
    for put_forward in (said.number, without_links(said).presenter.figure):
        with pytest.raises(AddressError, match="forbids to put"):
            put_forward(cell)


def explainer(package: Package, language: str = "nl") -> Terms:
    words = {**WORDS, "all_terms": "Alle begrippen"}
    return Terms(Presenter(package, language, words, lambda page: f"{page}.html", set()))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_term_is_explained_by_its_row_of_the_glossary(package: Package, language: str) -> None:
    shown = explainer(package, language).term("call")
    row = package.tables["terms"].keys[("call",)]
    explanation = package.tables["terms"].value(row, f"description_{language}")
    assert f'data-cell="terms.description_{language}[call]">{explanation}</span>' in shown
    assert 'href="glossary.html#call"' in shown


def test_the_button_opens_the_explanation_that_stands_beside_it(package: Package) -> None:
    shown = explainer(package).term("call", "oproepen")
    opens = re.search(r'<button [^>]*popovertarget="([^"]+)">oproepen</button><small [^>]*id="([^"]+)" popover', shown)
    assert opens
    assert opens[1] == opens[2]


def test_a_term_is_explained_once_on_a_page(package: Package) -> None:
    page = explainer(package)
    assert "popover" in page.term("call")
    assert page.term("call", "oproepen") == "oproepen"
    assert "popover" in explainer(package).term("call")


def test_a_term_stands_in_a_sentence_as_words_do() -> None:
    assert as_in_a_sentence("Lokaal bestuur") == "lokaal bestuur"
    assert as_in_a_sentence("AMIF") == "AMIF"


def test_a_term_that_the_glossary_does_not_have_is_refused_and_those_it_has_are_named(package: Package) -> None:
    with pytest.raises(AddressError, match=r"no term 'oproep' \(there are: trajectory, .*call"):
        explainer(package).term("oproep")


def test_a_package_without_a_glossary_explains_nothing(miniature: Copy) -> None:
    with pytest.raises(AddressError, match="terms"):
        explainer(miniature.read()).term("call")


def test_a_word_with_a_number_is_refused(package: Package) -> None:
    with pytest.raises(AddressError, match="'3 oproepen' for the term 'call' has a number in it"):
        explainer(package).term("call", "3 oproepen")
