"""A pattern on a text has Python's answer, from whichever engine, or none that takes too long."""

import re

import pytest

from vierdepijler.core.columnar.patterns import SlowPatternError, is_match, is_quick


@pytest.mark.parametrize("pattern", ["(a+)+b", "(?=(a+)+)a*", r"(\w+)+é?", "a|(b+)*", r"(a+)+\1?"])
@pytest.mark.parametrize("text", ["", "a", "aab", "aé", "bbb", "a\n"])
def test_every_engine_says_what_python_says(pattern: str, text: str) -> None:
    compiled = re.compile(f"^{pattern}$")
    assert not is_quick(compiled.pattern, len(text))
    assert is_match(compiled, text) == bool(compiled.match(text))


def test_a_pattern_that_takes_too_long_is_stopped_and_stays_so() -> None:
    compiled = re.compile("^(?=(a+)+x).*$")
    for text in ("a" * 40, "b"):
        with pytest.raises(SlowPatternError):
            is_match(compiled, text)


def test_a_plain_pattern_needs_no_other_process() -> None:
    assert is_quick("^[a-z]+-[0-9]{4}$", 100)
    assert not is_quick("^(a+)+$", 3)
