"""A pattern is searched for by Arrow's engine only where it finds what Python's finds."""

import re

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nasty_texts import PATTERNS
from vierdepijler.core.columnar.patterns import PLAIN_TEXT, shared_pattern

COMMON = (
    "[a-z]+",
    "[A-Z]{2}[0-9]{3}",
    r"\d{4}-\d{2}",
    r"[a-z0-9_]*",
    "a|b|ab",
    "(ab)?c?.*",
    r"(?:https?://)?\w+\.\w{2,3}",
    "[^,]*",
    ".{1,3}",
    r"\bgroep\b.*",
    "^a$",
    r"a\.b",
    "",
)
DIFFERENT = {
    "a repeat without a lower limit": "a{,2}",
    "a repeat that gives nothing back": "a*+",
    "another repeat that gives nothing back": "(?:ab){2}+a",
    "a group that gives nothing back": "(?>a*)",
    "looking ahead": "(?=a).*",
    "looking behind": "(?<!b)a",
    "what was found before": r"(.)\1",
    "a name of what was found before": "(?P<q>a)(?P=q)",
    "a named class": "[[:alpha:]]+",
    "a property of characters": r"\p{L}+",
    "no edge of a word, in an empty text": r"\B",
    "the end of the text": r"a\Z",
    "its other name": r"a\z",
    "a byte": r"\C",
    "quoted text": r"\Qa.b\E",
    "ungreedy": "(?U)a+",
    "spaces that mean nothing": "(?x: a b)",
    "a remark": "a(?#b)",
    "letters beyond ASCII": "[é]+",
    "a group that is not closed": "(a|b",
    "nothing to repeat": "a**",
    "numbers the wrong way round": "a{2,1}",
    "too many repeats for one of the two": "a{2000}",
}
PARTS = (
    *("a", "b", "ab", "A", "1", "_", "-", " ", ".", ",", "|", "(", ")", "(?:", "(?i)", "(?i:b)", "(?s:", "(?P<n>a)"),
    *("*", "+", "?", "{2}", "{1,3}", "{,2}", "{1,}", "{", "}", "*?", "^", "$", "[", "]", "[ab]", "[^a]", "[a-c-]"),
    *(r"\d", r"\w", r"\s", r"\D", r"\W", r"\S", r"\b", r"\B", r"\.", r"\A", r"\Z", r"\1", r"\x61", r"\n", "#", "&&"),
    *("(?=a)", "(?!a)", "[[:alpha:]]", "--", "~~", "||", r"\Q", "(?x)", "(?U)", "[]a]", "[^]]", r"[\d-z]", "a++"),
)
PATTERN = st.lists(st.sampled_from(PARTS), max_size=6).map("".join)
SHORT = st.text("abAB1_- .,n#&", max_size=6)
PRINTABLE = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=8)


def found_by_arrow(pattern: str, texts: list[str]) -> list[bool] | None:
    shared = shared_pattern(pattern)
    if shared is None:
        return None
    found: list[bool] = pc.match_substring_regex(pa.array(texts, pa.string()), shared).to_pylist()
    return found


def found_by_python(pattern: str, texts: list[str]) -> list[bool]:
    return [bool(re.compile(f"^{pattern}$").match(text)) for text in texts]


@pytest.mark.filterwarnings("ignore:Possible (nested set|set difference):FutureWarning")
@settings(max_examples=250, deadline=None, derandomize=True)
@given(pattern=PATTERN, texts=st.lists(SHORT | PRINTABLE, min_size=4, max_size=12))
def test_both_engines_find_the_same_in_any_text(pattern: str, texts: list[str]) -> None:
    found = found_by_arrow(pattern, texts)
    assert found is None or found == found_by_python(pattern, texts)


@pytest.mark.filterwarnings("ignore:Possible (nested set|set difference):FutureWarning")
@settings(max_examples=20, deadline=None, derandomize=True)
@given(texts=st.lists(SHORT | PRINTABLE, min_size=10, max_size=30))
def test_both_engines_find_the_same_for_patterns_that_are_known_to_be_nasty(texts: list[str]) -> None:
    for pattern in PATTERNS:
        found = found_by_arrow(pattern, texts)
        assert found is None or found == found_by_python(pattern, texts), pattern


@pytest.mark.parametrize("pattern", COMMON)
def test_a_common_pattern_is_shared(pattern: str) -> None:
    texts = ["", "a", "b", "ab", "abc", "AB123", "2024-01", "http://x.nl", "x,y", "groep 1", "groepen", "a.b", "axb"]
    assert found_by_arrow(pattern, texts) == found_by_python(pattern, texts)


@pytest.mark.parametrize("pattern", DIFFERENT.values(), ids=DIFFERENT.keys())
def test_a_pattern_that_engines_read_differently_is_not_shared(pattern: str) -> None:
    assert shared_pattern(pattern) is None


def test_the_ends_of_a_pattern_belong_to_its_first_and_last_alternative() -> None:
    texts = ["a", "ab", "b", "xb", "bx", "c", "xc"]
    assert found_by_arrow("a|b|c", texts) == [True, True, True, False, True, True, False]


def test_plain_texts_are_printable_ascii() -> None:
    texts = ["", "a b~", "\x1f", "\x7f", "é", "a\n", "\n", "a\tb"]
    found = pc.match_substring_regex(pa.array(texts), PLAIN_TEXT).to_pylist()
    assert found == [True, True, False, False, False, False, False, False]
