import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from api_answers import api_with_pages
from built_pages import every, first, markup, names, places, read, text_of, translated
from conftest import PROJECT, Copy
from vierdepijler.core.package import Package
from vierdepijler.site.api.endpoints import ENDPOINTS, LINES_SHOWN, api_of, shown_endpoints, snippets
from vierdepijler.site.sources import read_sources


def test_a_snippet_asks_for_the_address_and_shows_what_matters() -> None:
    table, openapi = ENDPOINTS[2], ENDPOINTS[-1]
    written = dict(snippets("https://x.example/a.json", table))
    assert list(written) == ["curl", "Python", "JavaScript", "R"]
    assert written["curl"] == 'curl --fail --silent "https://x.example/a.json"'
    assert 'print(content["data"])' in written["Python"]
    assert 'print(content["paths"])' in dict(snippets("https://x.example/a.json", openapi))["Python"]


def test_an_endpoint_without_any_address_has_no_example(miniature: Copy, published: Package) -> None:
    names = [one.name for one in shown_endpoints(api_with_pages(miniature.read()), "nl", "api.html")]
    assert "release" not in names
    assert len(list(shown_endpoints(api_with_pages(published), "nl", "api.html"))) == len(ENDPOINTS)


def test_an_example_that_is_short_is_shown_whole(miniature: Copy) -> None:
    found = {str(one.name): one.start for one in shown_endpoints(api_with_pages(miniature.read()), "nl", "api.html")}
    assert found["releases"].split("\n")[-1] == "…</code></pre>"
    assert html.unescape(found["releases"].split("\n")[0]) == "<pre><code>{"


URL = "https://vierde-pijler.example/"
ALIKE = re.compile(r"(en/)?(data/[0-9]+\.[0-9]+\.[0-9]+/index|(bron|source|netwerk|network)/\w+)\.html")


def test_the_api_leads_to_every_page_that_is_built(published: Package, site: Path) -> None:
    api = api_of(published, read_sources(PROJECT / "site", published.languages), URL)
    built = {name for name in names(site) if "embed/" not in name} - {"404.html"}  # those stand in other sites
    led_to = {address.removeprefix(URL) for pages in api.pages.values() for address in pages.values()}
    named = {f"{name}index.html" if name == "" or name.endswith("/") else name for name in led_to}
    # The page of a release only lists its files, to which the answers about releases lead by themselves; that of a row
    # of a table (a source, a network) says more of what the row says.
    # Languages that only pages have say the same as the Dutch ones, to which it does lead.
    data = {name for name in built - named if name.partition("/")[0] not in translated().labels}
    assert {name for name in data if not ALIKE.fullmatch(name)} == set()
    without = {name for name in named - built if "/paspoort/" not in f"/{name}" and "/passport/" not in name}
    assert without == set()


def test_each_endpoint_is_shown_in_the_language_of_the_page_and_leads_to_its_example(published: Package) -> None:
    api = api_of(published, read_sources(PROJECT / "site", published.languages), URL)
    dutch, english = list(shown_endpoints(api, "nl", "api.html")), list(shown_endpoints(api, "en", "en/api.html"))
    assert [(one.title, two.title) for one, two in zip(dutch, english, strict=True)][1] == (
        "Alle tabellen",
        "All tables",
    )
    assert (dutch[1].href, english[1].href) == ("api/v1/tables.json", "../api/v1/tables.json")
    assert dutch[2].parameters[0][1] == "de naam van een tabel"
    assert english[2].path == '<code class="as-written">/api/v1/tables/&#123;table&#125;.json</code>'


def test_code_stands_on_the_page_as_it_is_written(published: Package) -> None:
    api = api_of(published, read_sources(PROJECT / "site", published.languages), URL)
    language, python = next(iter(shown_endpoints(api, "en", "en/api.html"))).snippets[1]
    assert language == "Python"
    assert html.unescape(python).startswith("<pre><code>import json\nfrom urllib.request import urlopen\n\nwith ")


def test_the_page_shows_every_endpoint_with_its_answer_and_with_the_same_code_in_both_languages(site: Path) -> None:
    dutch, english = (read(site / page) for page in ("api.html", "en/api.html"))
    assert [markup(block) for block in every(dutch, "pre")] == [markup(block) for block in every(english, "pre")]
    sections = every(english, "section.endpoint")
    assert len(sections) == len(ENDPOINTS)
    for section in sections:
        link, start = text_of(first(section, "a[href$='.json']")), text_of(first(section, "pre"))
        answer = json.loads((site / link.removeprefix(URL)).read_text("utf-8"))
        *lines, last = start.split("\n")
        assert (lines, last) == (json.dumps(answer, ensure_ascii=False, indent=2).split("\n")[:LINES_SHOWN], "…")


def addresses(content: Any) -> Iterator[str]:
    """Give every full address of ours in an answer."""
    if isinstance(content, dict | list):
        for item in content.values() if isinstance(content, dict) else content:
            yield from addresses(item)
    elif isinstance(content, str) and content.startswith(URL):
        yield content


def test_every_address_in_every_answer_leads_to_a_file_of_the_site_and_to_its_place_there(site: Path) -> None:
    checked = 0
    for answer in sorted((site / "api").rglob("*.json")):
        for address in addresses(json.loads(answer.read_text("utf-8"))):
            parts = urlsplit(address)
            target = site / unquote(parts.path.lstrip("/"))
            if target == site / "api" / "v1":
                continue  # the server in the OpenAPI document, which only its paths complete
            target = target / "index.html" if target.is_dir() else target
            assert target.is_file(), f"{answer.name} leads to {address}"
            if parts.fragment:
                assert unquote(parts.fragment) in places(target), f"{answer.name} leads to {address}"
                checked += 1
    assert checked > 700


def test_the_sentence_to_quote_is_that_of_the_passport(site: Path) -> None:
    checked = 0
    for answer in sorted((site / "api" / "v1" / "figures").glob("*.json")):
        data = json.loads(answer.read_text("utf-8")).get("data", {"passport": {}})  # none of a figure that is gone
        for language, address in data["passport"].items():
            parts = urlsplit(address)
            section = places(site / parts.path.lstrip("/"))[unquote(parts.fragment)]
            shown = [" ".join(text_of(text).split()) for text in every(section, "p.copyable")]
            sentence = (data["sentence"] or {}).get(language)
            assert len(shown) == (1 if sentence is None else 2), address
            assert sentence is None or " ".join(sentence.split()) == shown[0]
            checked += 1
    assert checked > 80
