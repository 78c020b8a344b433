import re

import pytest
from test_vocabulary import WORDS

from conftest import Copy
from vierdepijler.core.cells import AddressError
from vierdepijler.core.package import Package
from vierdepijler.site.figures import Presenter
from vierdepijler.site.terms import Terms, as_in_a_sentence


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
