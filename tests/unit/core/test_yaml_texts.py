from datetime import date

import pytest
import yaml

from vierdepijler.core.yaml_texts import TEXTS, VALUES, read_texts, read_values

HEAD = "day: 2025-02-25\nsheet: true\ntable: no\nkeys: [a, 1]\n"


def test_values_are_what_they_are() -> None:
    assert read_values(HEAD) == {"day": date(2025, 2, 25), "sheet": True, "table": False, "keys": ["a", 1]}


def test_texts_stay_as_they_are_written() -> None:
    assert read_texts(HEAD) == {"day": "2025-02-25", "sheet": "true", "table": "no", "keys": ["a", "1"]}


@pytest.mark.parametrize("read", [read_values, read_texts])
def test_a_mistake_is_told_with_its_line(read: object) -> None:
    assert callable(read)
    with pytest.raises(yaml.YAMLError) as raised:
        read("a: 1\nb: [1\nc: 2\n")
    assert getattr(raised.value, "problem_mark").line == 2  # noqa: B009  # not known of every YAMLError


def test_nothing_but_plain_values_is_made() -> None:
    with pytest.raises(yaml.YAMLError):
        read_values("!!python/object/apply:os.getcwd []")
    assert read_texts("!!python/object/apply:os.getcwd []") == []


def test_it_is_read_in_c_where_that_is_there() -> None:
    assert (yaml.CSafeLoader, yaml.CBaseLoader) == (VALUES, TEXTS)
