from pathlib import Path
from typing import Any

import pytest

from conftest import Copy
from rule_checks import package_of, table
from vierdepijler.checks.rules.sentences import SentencePart, check_sentences, parts, sentence_of
from vierdepijler.core.cells import Cell, select
from vierdepijler.core.package import Package
from vierdepijler.core.problems import UnreadableError


def with_sentences(copy: Copy, **sentences: str) -> Copy:
    def add(descriptor: Any) -> None:
        descriptor["resources"][0]["schema"]["fields"][2].update(sentences)

    return copy.change(add)


def found(copy: Copy) -> list[str]:
    return [str(problem) for problem in check_sentences(copy.read())]


def test_a_sentence_is_read_in_parts() -> None:
    assert parts("Op {day} {group:lower}.") == (
        SentencePart("Op ", "day", is_lower=False),
        SentencePart(" ", "group", is_lower=True),
        SentencePart(".", "", is_lower=False),
    )


def test_good_sentences_in_both_languages_are_fine(miniature: Copy) -> None:
    assert found(with_sentences(miniature, sentence="Er waren {persons}.", sentence_en="There were {persons}.")) == []


@pytest.mark.parametrize(
    ("sentence", "what"),
    [
        ("Er waren {heads} van {persons}.", "the table 'counts' has no field 'heads'"),
        ("Er waren {persons.", "this sentence cannot be read"),
        ("Er waren {persons:upper}.", "this sentence cannot be read"),
        ("Er waren {persons!r}.", "this sentence cannot be read"),
        ("Er waren {}.", "the sentence does not name its figure"),
        ("Er waren er {group}.", "the sentence does not name its figure"),
        ("In 2025 waren er {persons}.", "a number is typed in this sentence"),
    ],
)
def test_a_sentence_that_cannot_be_right_is_told(miniature: Copy, sentence: str, what: str) -> None:
    problems = found(with_sentences(miniature, sentence=sentence, sentence_en="{persons}"))
    assert [problem for problem in problems if what in problem]
    assert problems[0].startswith("datapackage.json:")
    assert "counts.persons.sentence: " in problems[0]


def test_a_sentence_in_one_language_only_is_told(miniature: Copy) -> None:
    problems = found(with_sentences(miniature, sentence="Er waren {persons}."))
    assert len(problems) == 1
    assert problems[0].endswith("counts.persons.sentence_en: this sentence is missing; write it in 'en'")


def test_the_sentence_of_a_row_is_checked_like_that_of_a_field(miniature: Copy) -> None:
    def add(descriptor: Any) -> None:
        texts = {"title": "t", "title_en": "t", "description": "d", "description_en": "d", "type": "string"}
        descriptor["resources"][0]["schema"]["fields"] += [
            {"name": "sentence_nl", **texts}, {"name": "sentence_en", **texts}
        ]  # fmt: skip

    miniature.write(
        "data/counts.csv",
        "day,group,persons,unknown_id,as_printed,sentence_nl,sentence_en\n"
        "2025-02-25,a,3290,,3.290,Er waren {heads}.,There were {persons}.\n"
        "2025-02-25,b,521,,521,Er waren {persons}.,\n",
    ).change(add)
    problems = found(miniature)
    assert problems[0].startswith("data/counts.csv:2: sentence_nl: the table 'counts' has no field 'heads'")
    assert problems[-1] == "data/counts.csv:3: sentence_en: this sentence is missing; write it in 'en'"


def figure(package: Package, address: str) -> Cell:
    return select(package, address).cells[0]


def test_a_row_speaks_before_its_field(package: Package) -> None:
    start = sentence_of(package, figure(package, "support_terms.value[S00,start_year]"), "nl")
    end = sentence_of(package, figure(package, "support_terms.value[S00,end_year]"), "nl")
    assert start is not None
    assert start != end


def test_each_figure_of_ours_has_a_sentence_in_both_languages(package: Package) -> None:
    assert list(check_sentences(package)) == []
    for address in ("completions.persons[2025-02-25,all]", "derived_figures.value[unknown_count]"):
        dutch, english = (sentence_of(package, figure(package, address), language) for language in ("nl", "en"))
        assert dutch is not None
        assert english is not None
        assert dutch != english


def test_a_figure_without_a_sentence_has_none(miniature: Copy) -> None:
    package = miniature.read()
    assert sentence_of(package, figure(package, "counts.persons[2025-02-25,a]"), "nl") is None


def test_a_sentence_that_is_no_text_stops_the_reading(miniature: Copy) -> None:
    def spoil(descriptor: Any) -> None:
        descriptor["resources"][0]["schema"]["fields"][2]["sentence"] = 12

    with pytest.raises(UnreadableError, match="this is not text"):
        miniature.change(spoil).read()


@pytest.mark.parametrize(
    ("sentence", "word"), [("Hoogstens {n}.", "Hoogstens"), ("{n}, no AT MOST.", "AT MOST"), ("{n}.", "")]
)
def test_the_strength_of_a_value_is_not_typed_beside_it(tmp_path: Path, sentence: str, word: str) -> None:
    keys = [{"fields": "strength", "reference": {"resource": "strengths", "fields": "code"}}]
    about = {"n": {"printedIn": "printed", "strengthIn": "strength", "sentence": sentence, "sentence_en": "{n}"}}
    fields = "n:integer strength printed sentence_nl sentence_en"
    text = f"n,strength,printed,sentence_nl,sentence_en\n2,at_most,2,{sentence!r},{{n}}\n".replace("'", '"')
    strengths = table("strengths", "code label_nl label_en", "code,label_nl,label_en\nat_most,hoogstens,at most\n")
    counted = table("t", fields, text, foreignKeys=keys, about=about)
    found = list(check_sentences(package_of(tmp_path, counted, strengths, languages=["nl", "en"]).read()))
    assert [problem.column for problem in found] == ["t.n.sentence", "sentence_nl"] * bool(word)
    assert all(f"is typed: '{word}'; leave it out" in str(problem) for problem in found)
