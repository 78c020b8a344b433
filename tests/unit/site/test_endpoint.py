from pathlib import Path

from api_answers import api_with_pages
from conftest import Copy
from vierdepijler.site.api.endpoint import Answer, Endpoint

ONE = Endpoint("one", "one/{a}/two/{b}.json", "", "", "", "", {}, lambda _, a, b: Answer({"a": a, "b": b}))


def test_a_path_is_filled_in_the_order_of_its_parameters() -> None:
    assert ONE.filled(("x", "~{b}")) == "one/x/two/~{b}.json"


def test_every_answer_says_which_version_it_is_what_one_may_do_and_where_more_is(out: Path) -> None:
    content = ONE.content(api_with_pages(Copy(out).read()), ("x", "y"))
    assert content == {
        "api_version": "1",
        "package": "miniature",
        "version": "1.2.3",
        "licence": "CC0-1.0",
        "data": {"a": "x", "b": "y"},
        "links": {
            "self": "https://miniature.example/api/v1/one/x/two/y.json",
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
