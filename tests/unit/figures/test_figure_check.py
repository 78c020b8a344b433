"""Every figure of our own package is found again in the notation that the site shows, and no other number is."""

import re
from typing import Any

import pytest

from vierdepijler.lookup.figure_check import check_values, fits
from vierdepijler.lookup.findings import Document, Judgement
from vierdepijler.lookup.lookup_files import made_lookup
from vierdepijler.lookup.readings import mentions
from vierdepijler.package import Package


@pytest.fixture(scope="module")
def index(package: Package) -> Document:
    return made_lookup(package)[0]


def held(judgement: Judgement) -> set[str]:
    return {finding.cell for answer in judgement.answers for finding in answer.findings if finding.state == "unchanged"}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_figure_is_unchanged_in_the_notation_of_the_site(index: Document, language: str) -> None:
    for figure in index["figures"]:
        shown = figure["shown"][language]
        for text in (shown, f"({shown})", f"Er waren {shown}, zei men.", shown.replace("\u00a0", " "), figure["value"]):
            judgement = check_values(text, index)
            assert figure["cell"] in held(judgement), text
            assert judgement.state != "unknown", text  # another figure may have had the same value once
    assert len(index["figures"]) >= 45


def changed(text: str, place: int) -> str:
    return f"{text[:place]}{(int(text[place]) + 1) % 10}{text[place + 1 :]}"


def test_a_figure_with_one_digit_changed_is_not_that_figure(index: Document) -> None:
    tried, unknown = 0, 0
    for figure in index["figures"]:
        for language, shown in figure["shown"].items():
            for digit in re.finditer("[0-9]", shown):
                text = changed(shown, digit.start())
                judgement = check_values(text, index)
                assert figure["cell"] not in held(judgement), (language, text)
                tried, unknown = tried + 1, unknown + (judgement.state in ("unknown", "unreadable"))
    assert unknown > 0.8 * tried > 150  # the others are figures too: 3 is a changed 2


def test_a_figure_is_asked_for_in_its_own_unit() -> None:
    def asked(text: str, **figure: Any) -> bool:
        return fits(mentions(text)[0], {"type": "integer", "unit": "", **figure})

    assert asked("45%", unit="percent")
    assert asked("45", unit="percent")
    assert asked("-47%", unit="percent_change")
    assert not asked("45%", unit="persons")
    assert not asked("45 euro", unit="percent")
    assert not asked("45", type="string")
    assert asked("2025-02-25", type="date")
    assert not asked("2025-02-25")
