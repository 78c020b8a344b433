import html
from pathlib import Path

from conftest import PROJECT
from vierdepijler.package import Package
from vierdepijler.site.api_examples import api_of, shown_endpoints
from vierdepijler.site.sources import read_sources

URL = "https://vierde-pijler.example/"


def test_the_api_leads_to_every_page_that_is_built(published: Package, site: Path) -> None:
    api = api_of(published, read_sources(PROJECT / "site", published.languages), URL)
    built = {path.relative_to(site).as_posix() for path in site.rglob("*.html")} - {"404.html"}
    led_to = {address.removeprefix(URL) for pages in api.pages.values() for address in pages.values()}
    named = {f"{name}index.html" if name == "" or name.endswith("/") else name for name in led_to}
    assert built <= named
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
