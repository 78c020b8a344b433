import pytest

from conftest import Copy
from vierdepijler.checks.checking import check_package
from vierdepijler.checks.rules.unseen_texts import is_unwritten, mark
from vierdepijler.core.problems import Severity


@pytest.mark.parametrize("language", ["nl", "en", "de"])
@pytest.mark.parametrize("hint", ["", "unit items?"])
def test_every_mark_is_found_again(language: str, hint: str) -> None:
    assert is_unwritten(f"Persons {mark(language, hint)}")


@pytest.mark.parametrize("text", ["What is to be written", "nog te schrijven", "(to be written off by 2030)", ""])
def test_words_that_are_no_mark_may_stand(text: str) -> None:
    assert not is_unwritten(text)


def test_a_marked_text_is_a_warning_at_its_line_in_each_language(miniature: Copy) -> None:
    miniature.change(lambda d: d["resources"][0].update(title=mark("nl"), description_en=mark("en")))
    problems = check_package(miniature.read()).problems
    assert [(problem.column, problem.severity) for problem in problems] == [
        ("counts.title", Severity.WARNING),
        ("counts.description_en", Severity.WARNING),
    ]
    lines = miniature.descriptor.read_text("utf-8").splitlines()
    assert all(mark("nl") in lines[p.line - 1] or mark("en") in lines[p.line - 1] for p in problems)
