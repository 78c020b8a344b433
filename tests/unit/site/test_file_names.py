import re

import pytest

from vierdepijler.site.api.file_names import LONGEST, file_name, version_name

ODD = (
    ("a,b",), ("a b",), ("a-b",), ("a_b",), ("a.b",), ("a", "b"), ("a~b",), ("A", "b"), ("a", "B"), ("~a",), ("~~61",),
    ("",), ("", ""), ("a", ""), ("", "a"), ("0",), ("~0",), ("é",), ("É",), ("e\u0301",), ("/",), ("..",), ("\x00",),
    ("con",), ("CON",), ("con", "1"), ("nul.json",), ("💶",), ("x" * LONGEST,), ("x" * (LONGEST + 1),),
    ("x" * (LONGEST + 2),), ("x" * LONGEST + "y",), ("ß",), ("ss",), ("K",), ("\u212a",), ("\u0130",), ("i",),
)  # fmt: skip


def test_a_plain_key_stays_as_it_is() -> None:
    assert file_name(["2025-02-25", "obliged"]) == "2025-02-25.obliged"
    assert file_name(["activity_hours"]) == "activity_hours"


@pytest.mark.parametrize(
    ("key", "name"),
    [
        (("S00", "5"), "~s00.5"),
        (("é",), "~~c3~~a9"),
        (("a.b/c",), "a~~2eb~~2fc"),
        (("", "x"), "~0.x"),
        (("nul",), "~~6eul"),
        (("com1", "x"), "~~63om1.x"),
        (("console",), "console"),
    ],
)
def test_what_a_file_system_may_not_take_is_written_out(key: tuple[str, ...], name: str) -> None:
    assert file_name(key) == name


def test_no_two_keys_share_a_name_even_where_capitals_count_for_nothing() -> None:
    assert len({file_name(key).lower() for key in ODD}) == len(ODD)


def test_every_name_is_safe_and_short() -> None:
    for key in ODD:
        name = file_name(key)
        assert re.fullmatch(r"[a-z0-9_~-][a-z0-9_.~-]*(?<!\.)", name), name
        assert len(name) <= LONGEST
        assert not re.match(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)", name)


def test_a_version_keeps_its_dots() -> None:
    assert version_name("0.2.0") == "0.2.0"
    assert version_name("1.0.0-RC.1") == "1.0.0-~r~c.1"
