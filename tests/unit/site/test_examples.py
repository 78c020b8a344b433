from api_answers import api_with_pages
from conftest import Copy
from vierdepijler.core.package import Package
from vierdepijler.site.api.endpoints import ENDPOINTS
from vierdepijler.site.api.examples import examples, snippets


def test_a_snippet_asks_for_the_address_and_shows_what_matters() -> None:
    table, openapi = ENDPOINTS[2], ENDPOINTS[-1]
    written = {snippet.language: snippet.code for snippet in snippets("https://x.example/a.json", table)}
    assert list(written) == ["curl", "Python", "JavaScript", "R"]
    assert written["curl"] == 'curl --fail --silent "https://x.example/a.json"'
    assert 'print(content["data"])' in written["Python"]
    assert 'print(content["paths"])' in snippets("https://x.example/a.json", openapi)[1].code


def test_an_endpoint_without_any_address_has_no_example(miniature: Copy, published: Package) -> None:
    names = [example.endpoint.name for example in examples(api_with_pages(miniature.read()))]
    assert "release" not in names
    assert len(list(examples(api_with_pages(published)))) == len(ENDPOINTS)


def test_an_example_that_is_short_is_shown_whole(miniature: Copy) -> None:
    found = {example.endpoint.name: example for example in examples(api_with_pages(miniature.read()))}
    assert found["releases"].start.split("\n")[-1] == "…"
    assert found["releases"].start.split("\n")[0] == "{"
