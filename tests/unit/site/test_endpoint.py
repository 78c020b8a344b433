import re
from pathlib import Path

import pytest

from api_answers import api_with_pages
from conftest import Copy
from vierdepijler.site.api.endpoint import LONGEST, Answer, Endpoint, file_name, version_name

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


ONE = Endpoint(
    "one", {"path": "one/{a}/two.json", "data": {"a": "text"}}, lambda _, a: Answer({"a": a}), lambda _: ["x"]
)


def test_a_value_stands_in_the_place_of_the_parameter() -> None:
    assert ONE.parameter == "a"
    assert ONE.filled("~{b}") == "one/~{b}/two.json"


def test_every_answer_says_which_version_it_is_what_one_may_do_and_where_more_is(out: Path) -> None:
    content = ONE.content(api_with_pages(Copy(out).read()), "x")
    assert content == {
        "api_version": "1",
        "package": "miniature",
        "version": "1.2.3",
        "licence": "CC0-1.0",
        "data": {"a": "x"},
        "links": {
            "self": "https://miniature.example/api/v1/one/x/two.json",
            "index": "https://miniature.example/api/v1/index.json",
            "csv": None,
            "page": None,
            "docs": {"nl": "https://miniature.example/nl/api.html", "en": "https://miniature.example/en/api.html"},
            "licence": None,
        },
    }


def test_a_file_has_an_address_only_where_it_was_published(out: Path) -> None:
    api = api_with_pages(Copy(out).read())
    assert api.download("counts.csv") == "https://miniature.example/data/latest/counts.csv"
    assert api.download("nothing.csv") is None


def test_a_release_has_an_address_only_where_it_was_kept(out: Path) -> None:
    kept = out.parent / "1.0.0"
    kept.mkdir()
    (kept / "datapackage.json").write_text("{}")
    api = api_with_pages(Copy(out).read())
    assert api.release("1.0.0") == "https://miniature.example/data/1.0.0/datapackage.json"
    assert api.release("1.2.3") is None
    assert api.release("latest") is None


def test_figures_are_those_with_a_passport_dates_last(out: Path) -> None:
    names = list(api_with_pages(Copy(out).read()).figures)
    assert names[:2] == ["counts.2025-02-25.a.persons", "counts.2025-02-25.b.persons"]
    assert "derived_figures.share_a.value" in names
    assert "counts.2025-02-25.c.persons" not in names
