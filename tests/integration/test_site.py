"""The built site: links, numbers, languages and HTML, read from the files as they are deployed."""

import datetime
import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag

from built_pages import (
    dead_links,
    invalid,
    is_external,
    name,
    names,
    pages,
    parse,
    places,
    read,
    references,
    sample,
    shown,
    spoken_at,
    wrong_values,
)
from vierdepijler.cells import Cell, row_anchor, select
from vierdepijler.formats.archives import files_below
from vierdepijler.hosting_rules import TYPES, UNSERVED
from vierdepijler.package import Package
from vierdepijler.scoring.scheme_scores import SCHEMES
from vierdepijler.site.published_values import descriptor_value
from vierdepijler.tables import cell_text
from vierdepijler.text import bytes_text, date_text, value_text

HIDDEN = ("script", "style", "pre", "svg", "title")
SPOKEN = ("alt", "title", "aria-label", "placeholder")
BOUND = ("data-cell", "data-property", "data-address")
PASSPORTS = ("paspoort", "passport")
EXTERNAL_LINKS = {"a"}


def language_of(site: Path, path: Path) -> str:
    return "en" if name(site, path).startswith("en/") else "nl"


def test_there_are_pages_to_test(site: Path) -> None:
    assert len(list(pages(site))) >= 80


def test_every_link_and_asset_resolves(site: Path) -> None:
    found = {name: list(dead_links(site, name, read(site / name))) for name in names(site)}
    assert {name: links for name, links in found.items() if links} == {}
    assert sum(len(list(references(page))) for _, page in pages(site)) > 3000


@pytest.mark.parametrize("glossary", ["begrippen.html", "en/glossary.html"])
def test_each_explanation_is_that_of_the_glossary(site: Path, published: Package, glossary: str) -> None:
    terms = zip(read(site / glossary).select(".terms dt"), read(site / glossary).select(".terms dd"), strict=True)
    said = {str(term["id"]): shown(description.select("[data-cell]")[0]) for term, description in terms}
    explained: dict[str, set[str]] = {}
    for path in (site / glossary).parent.glob("*.html"):
        for term in read(path).select(".term"):
            code = str(term.select("a")[0]["href"]).partition("#")[2]
            assert shown(term.select(".term__text")[0]) == said[code], path.name
            explained.setdefault(code, set()).add(path.name)
    assert len(said) == published.tables["terms"].rows
    assert len(set().union(*explained.values())) >= 8
    assert explained.keys() >= {"participant", "obliged", "entitled", "local_authority", "reference_region", "network"}
    assert explained.keys() >= {"call", "amif", "co_financing", "ocmw", "vgc"}


def test_each_button_for_an_explanation_leads_to_one(site: Path) -> None:
    for path, page in pages(site):
        for button in page.select("[popovertarget]"):
            assert page.select(f'[id="{button["popovertarget"]}"][popover]'), name(site, path)
            assert button.name == "button", name(site, path)


def test_a_script_is_loaded_only_where_there_is_something_for_it(site: Path) -> None:
    for script, part in {
        "charts.js": 'data-chart="',
        "check-figure.js": 'id="check-text"',
        "share.js": 'class="tools"',
    }.items():
        for path in map(site.joinpath, names(site)):
            text = path.read_text("utf-8")
            assert text.count(f"assets/{script}") == int(part in text), name(site, path)


def test_only_links_that_people_click_lead_to_other_hosts(site: Path) -> None:
    for path, page in pages(site):
        for element, address in references(page):
            if is_external(address) and element.name not in EXTERNAL_LINKS:
                assert set(element.get_attribute_list("rel")) & {"canonical", "alternate"}, (
                    f"{name(site, path)}: {element}"
                )


def test_nothing_is_deployed_that_no_page_asks_for(site: Path) -> None:
    kinds = {path.relative_to(site).as_posix() for path in (site / "assets").rglob("*") if path.is_file()}
    others = {name for name in kinds if not name.startswith(("assets/javascripts/", "assets/lib/"))}
    own = {"favicon.svg", "charts.js", "search.js", "vierdepijler.css", "check-figure.js", "check-figure-page.js"}
    own |= {"share.js", "embed.css", "embed.js", "explorer.css", "explorer.js", "explorer-view.js"}
    own |= {f"explorer-{part}.js" for part in ("selection", "table", "chart", "download")}
    assert others == {f"assets/{name}" for name in own}
    assert not list(site.rglob("*.map"))
    assert not list((site / "assets").rglob("bundle*"))


def test_the_site_holds_the_rules_for_hosts_and_no_file_that_they_do_not_know(site: Path) -> None:
    assert [name for name in files_below(site) if re.match(UNSERVED, name)] == ["_headers", "hosting/nginx.conf"]
    patterns = [line for line in (site / "_headers").read_text("utf-8").splitlines() if line.startswith("/")]
    assert 0 < len(patterns) < 100  # what Cloudflare Pages reads
    known = {"", *(f".{extension}" for extension in TYPES)}
    assert [name for name in files_below(site) if Path(name).suffix not in known] == []


def test_what_went_before_the_last_release_keeps_its_tombstone(site: Path) -> None:
    """The old zip went with 0.3.0; its place holds a text beside it, which is no address of that release."""
    listed = json.loads((site / "data" / "tombstones.json").read_text("utf-8"))
    assert (site / "data" / "vierde-pijler.zip.txt").is_file()
    assert any(stone["address"].endswith("/data/vierde-pijler.zip") for stone in listed)


def loose_numbers(page: BeautifulSoup) -> Iterator[str]:
    """Give the texts with a digit that no cell, property or escape answers for."""
    assert page.body is not None
    for text in page.body.find_all(string=re.compile(r"\d")):
        around = [text.parent, *text.parents]
        if not any(is_answered_for(element) for element in around if isinstance(element, Tag)):
            yield str(text)


def is_answered_for(element: Tag) -> bool:
    bound = any(element.has_attr(attribute) for attribute in BOUND)
    return bound or element.name in HIDDEN or "as-written" in (element.get("class") or [])


def test_every_number_on_every_page_is_bound(site: Path) -> None:
    for path, page in pages(site):
        assert list(loose_numbers(page)) == [], name(site, path)


def test_a_number_that_is_not_bound_is_found() -> None:
    page = BeautifulSoup("<body><p>Er waren <b>12</b> mensen, <data data-cell='x'>13</data></p></body>", "html.parser")
    assert list(loose_numbers(page)) == ["12"]


def test_every_bound_value_is_that_of_its_cell(site: Path, published: Package) -> None:
    found = {name(site, path): list(wrong_values(published, page)) for path, page in pages(site)}
    assert {name: values for name, values in found.items() if values} == {}
    assert sum(len(page.select("[data-cell]")) for _, page in pages(site)) > 3000


def test_the_page_of_a_table_holds_all_of_its_rows(site: Path, published: Package) -> None:
    for table in published.tables.values():
        for folder in ("data", "en/data"):
            rows = read(site / folder / f"{table.name}.html").select("table.preview tbody tr")
            assert len(rows) == table.rows, table.name


def test_every_address_that_is_shown_is_the_one_it_is_bound_to(site: Path, published: Package) -> None:
    checked = 0
    for path, page in pages(site):
        for element in page.select("[data-address]"):
            address = str(element["data-address"])
            selection = select(published, address)
            if element.name == "code":
                assert shown(element) == address, name(site, path)
            else:
                anchor = selection.cells[0].anchor
                own = f"https://vierde-pijler.example/{name(site, path)}#{anchor}"
                assert shown(element) == own, name(site, path)
            checked += 1
    assert checked > 150


def test_every_value_of_the_descriptor_is_as_published(site: Path, published: Package) -> None:
    for _, page in pages(site):
        for element in page.select("[data-property]"):
            value = descriptor_value(published.descriptor, str(element["data-property"]))
            language = spoken_at(element)
            allowed = {", ".join(map(str, value)) if isinstance(value, list) else str(value)}
            if isinstance(value, int):
                allowed |= {bytes_text(value, language), value_text(value, None, language)}
            if str(element["data-property"]) == "created":
                allowed.add(date_text(datetime.date.fromisoformat(str(value)[:10]), language))
            assert shown(element) in allowed, element


def test_the_method_page_tells_of_the_last_validation_and_leads_to_its_report(site: Path) -> None:
    counts = ("tables", "rows", "cells", "pages", "schema_rules", "own_rules", "errors", "warnings", "infos")
    for path in (site / "methode.html", site / "en" / "method.html"):
        page = read(path)
        told = {str(element["data-property"]) for element in page.select("main [data-property]")}
        assert told >= {"version", "created", *(f"validation/{count}" for count in counts)}
        leads_to = {(path.parent / str(link["href"])).resolve() for link in page.select('main a[href*="validation."]')}
        assert leads_to == {
            site / "data" / "latest" / "validation.json",
            site / "data" / "latest" / "validation.schema.json",
        }


def test_every_number_in_a_chart_stands_in_the_table_beneath_it(site: Path) -> None:
    charts = 0
    for path, page in pages(site):
        for chart in page.select("figure[data-chart]"):
            table = {shown(element) for element in chart.select("table [data-cell]")}
            for text in chart.select("svg text"):
                if re.search(r"\d", text.get_text()):
                    assert text.get_text() in table, name(site, path)
            drawn = {str(mark["data-draws"]) for mark in chart.select("svg [data-draws]")}
            assert drawn
            assert drawn <= {str(element["data-cell"]) for element in chart.select("table [data-cell]")}
            assert chart.select_one("svg title")
            assert chart.select_one("svg desc")
            charts += 1
    assert charts == 20


def test_spoken_attributes_hold_no_number_but_that_of_a_source(site: Path) -> None:
    for path, page in pages(site):
        for element in page.find_all(True):
            for attribute in SPOKEN:
                said = str(element.get(attribute) or "")
                if re.search(r"\d", said):
                    assert "figure__source" in (element.get("class") or []), f"{name(site, path)}: {said}"


def is_figure(cell: Cell) -> bool:
    if cell.value is None:
        return False
    observed = {"printedIn", "notedIn"} & cell.field.descriptor.keys()
    return bool(observed) or cell.address.startswith("derived_figures.value[")


def leads_to(site: Path, path: Path, link: Tag) -> tuple[str, Tag]:
    """Follow a link: the name of the page it leads to, from the folder of its language, and the element there."""
    parts = urlsplit(str(link["href"]))
    target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
    assert language_of(site, target) == language_of(site, path)
    element = places(target).get(unquote(parts.fragment))
    assert element is not None, f"{name(site, path)} leads to {link['href']}"
    return name(site, target).removeprefix("en/"), element


def leads_to_its_own(site: Path, path: Path, link: Tag, cell: Cell) -> bool:
    """Tell whether a link leads to the passport of a figure, or to the cell of a number that is none."""
    page, element = leads_to(site, path, link)
    if not is_figure(cell):
        return page == f"data/{cell.table.name}.html" and element["id"] == cell.anchor
    number = element.select_one(".passport__number [data-cell]")
    folder = page.partition("/")[0]
    assert number is not None
    return folder in PASSPORTS and page.endswith(f"/{cell.table.name}.html") and number["data-cell"] == cell.address


def test_each_figure_leads_in_one_step_to_its_passport_and_its_source(site: Path, published: Package) -> None:
    checked = 0
    for path, page in pages(site):
        for figure in page.select(".figure"):
            link = figure.select_one("a.figure__cell")
            assert link is not None
            bound = link.select_one("[data-cell]")
            assert bound is not None
            cell = select(published, str(bound["data-cell"])).cells[0]
            assert leads_to_its_own(site, path, link, cell), name(site, path)
            assert leads_to_source(figure, cell), name(site, path)
            checked += 1
    assert checked > 80


# Tables whose numbers come from no source: days of releases, and scores, which have their evidence in their row.
OF_OURSELVES = {"releases", *(scheme.table for scheme in SCHEMES)}


def leads_to_source(figure: Tag, cell: Cell) -> bool:
    mark = figure.select_one("a.figure__source")
    source, item = cell.beside("source_id"), cell.beside("source_item")
    if source is None:
        return cell.table.name in OF_OURSELVES or (mark is not None and "[=]" in mark.get_text())
    parts = [cell_text(part.value) for part in (source, item) if part is not None and part.value is not None]
    place = row_anchor(tuple(parts))  # a source that we hold no copy of is led to as a whole
    return mark is not None and str(mark["href"]).endswith(f"#{place}")


def test_no_figure_stands_outside_its_links(site: Path) -> None:
    """On the pages that people write; tables and passports are where links lead; a letter or a quote is taken whole."""
    for path, page in pages(site):
        if path.parent.name in ("data", *PASSPORTS):
            continue
        for element in page.select("data[data-cell], time[data-cell]"):
            if str(element["data-cell"]).startswith("releases."):
                continue  # the day of a release: of ourselves, with no source and no passport to lead to
            inside = element.find_parent(class_=["figure", "key-figure", "item__figures", "letter__text", "copyable"])
            assert inside is not None, f"{name(site, path)}: {element}"


def test_in_the_table_each_figure_leads_to_its_passport_and_back(site: Path, published: Package) -> None:
    checked = 0
    for path, page in pages(site):
        if path.parent.name != "data":
            continue
        for element in page.select(".preview td > a > [data-cell]"):
            cell = select(published, str(element["data-cell"])).cells[0]
            link = element.parent
            if is_figure(cell) and isinstance(link, Tag):
                assert leads_to_its_own(site, path, link, cell), name(site, path)
                checked += 1
        for element in page.select(".preview td > [data-cell]"):
            cell = select(published, str(element["data-cell"])).cells[0]
            assert cell.value is None or not is_figure(cell), f"{name(site, path)}: {element}"
    assert checked >= 80


def test_in_the_source_each_figure_leads_to_its_passport(site: Path, published: Package) -> None:
    for path in (site / "bronnen.html", site / "en" / "sources.html"):
        links = read(path).select(".item__figures a")
        assert len(links) >= 29
        for link in links:
            bound = link.select_one("[data-cell]")
            assert bound is not None
            assert leads_to_its_own(site, path, link, select(published, str(bound["data-cell"])).cells[0])


def test_each_key_figure_leads_to_its_passport_its_cell_and_its_source(site: Path, published: Package) -> None:
    for path in (site / "index.html", site / "en" / "index.html"):
        cards = read(path).select(".key-figure")
        assert len(cards) == 4
        for card in cards:
            number = card.select_one(".key-figure__number data")
            assert number is not None
            cell = select(published, str(number["data-cell"])).cells[0]
            assert isinstance(number.parent, Tag)
            assert leads_to_its_own(site, path, number.parent, cell)
            links = [str(link["href"]) for link in card.select("a")]
            assert f"data/{cell.table.name}.html#{cell.anchor}" in links
            assert card.select_one("a.figure__source")


def test_the_tables_named_under_a_page_are_those_its_figures_come_from(site: Path) -> None:
    for path, page in pages(site):
        listed = {str(link["href"]).rpartition("/")[2] for link in page.select(".downloads li a")}
        if path.parent.name == "data" or not listed or path.name in {"bronnen.html", "sources.html"}:
            continue
        figures = page.select("data[data-cell]")
        used = {str(element["data-cell"]).partition(".")[0] for element in figures if not element.find_parent("sup")}
        assert {f"{table}.html" for table in used} <= listed, name(site, path)


def test_from_every_item_of_the_source_one_can_go_back_to_the_figures(site: Path, published: Package) -> None:
    for file, word in (("bronnen.html", "Punt"), ("en/sources.html", "Item")):
        page = read(site / file)
        for table in published.tables.values():
            for field in table.fields:
                if not field.property("printedIn"):
                    continue
                for row, key in enumerate(table.row_keys):
                    if table.value(row, field.name) is None or table.value(row, "source_item") is None:
                        continue
                    source, item = table.value(row, "source_id"), table.value(row, "source_item")
                    section = places(site / file)[row_anchor((cell_text(source), cell_text(item)))]
                    address = f"{table.name}.{field.name}[{','.join(key)}]"
                    assert section.select_one(f'.item__figures [data-cell="{address}"]'), address
        assert f"{word} 5" in " ".join(page.get_text(" ").split())


def test_both_languages_have_the_same_pages_linked_to_each_other(site: Path) -> None:
    framed = {path for path, _ in pages(site) if path.parent.name == "embed"}  # these bear no menu of ours
    dutch = {path for path, _ in pages(site) if language_of(site, path) == "nl"} - {site / "404.html"} - framed
    english = {path for path, _ in pages(site) if language_of(site, path) == "en"} - framed
    assert len(dutch) == len(english)
    for path in dutch | english:
        page, other = read(path), "en" if path in dutch else "nl"
        link = page.select_one(f".languages a[hreflang={other}]")
        assert link is not None
        twin = (path.parent / str(link["href"])).resolve()
        assert twin in (english if path in dutch else dutch)
        back = read(twin).select_one(f".languages a[hreflang={language_of(site, path)}]")
        assert back is not None
        assert (twin.parent / str(back["href"])).resolve() == path


def figures_shown(page: BeautifulSoup) -> Counter[str]:
    return Counter(str(element["data-cell"]) for element in page.select("main data[data-cell], main time[data-cell]"))


def test_both_languages_show_the_same_figures(site: Path) -> None:
    checked = 0
    for path in site.glob("*.html"):
        for twin in read(path).select(".languages a[hreflang=en]"):
            english = read((path.parent / str(twin["href"])).resolve())
            assert figures_shown(read(path)) == figures_shown(english), path.name
            checked += 1
    assert checked > 20


def test_each_page_says_its_language_title_description_and_address(site: Path) -> None:
    descriptions: dict[str, str] = {}
    for path, page in pages(site):
        assert page.html is not None
        assert page.html["lang"] == language_of(site, path)
        assert page.title is not None
        assert page.title.get_text().strip().endswith("Vierde Pijler")
        assert len(page.find_all("h1")) == 1, name(site, path)
        if path.name == "404.html":
            continue
        description = page.select_one("meta[name=description]")
        assert description is not None, name(site, path)
        assert 10 < len(str(description["content"])) <= 240, name(site, path)  # a search engine shows about two lines
        descriptions[name(site, path)] = str(description["content"])
        assert page.select_one("link[rel=canonical]")
        if path.parent.name == "embed":
            continue
        alternates = [str(link["href"]) for link in page.select("link[rel=alternate][hreflang]")]
        assert all(address.startswith("https://vierde-pijler.example/") for address in alternates)
        assert [link["hreflang"] for link in page.select("link[rel=alternate][hreflang]")] == ["nl", "en", "x-default"]
        assert alternates[2] == alternates[0]  # who reads neither is led to the first language
    shown = [(language_of(site, site / one), said) for one, said in descriptions.items() if "embed/" not in one]
    assert len(set(shown)) == len(shown)


def test_headings_skip_no_level_and_identifiers_stand_once(site: Path) -> None:
    for path, page in pages(site):
        levels = [int(heading.name[1]) for heading in page.find_all(re.compile("^h[1-6]$"))]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels)), name(site, path)
        identifiers = [element["id"] for element in page.find_all(id=True)]
        assert len(identifiers) == len(set(identifiers)), name(site, path)


def nameless(page: BeautifulSoup) -> Iterator[Tag]:
    """Give what somebody who listens would hear nothing of."""
    for element in page.select("a[href], button, summary, caption, label, th, dt, h1, h2, h3, h4, h5, h6"):
        said = [
            shown(element),
            *(str(part.get("aria-label") or part.get("alt") or "") for part in element.find_all(True)),
        ]
        if not any([element.get("aria-label"), *said]):
            yield element


def test_every_link_control_heading_and_head_of_a_column_has_a_name(site: Path) -> None:
    for path, page in pages(site):
        assert list(nameless(page)) == [], name(site, path)
        for table in page.select("table"):
            assert table.select("th[scope], thead th"), name(site, path)
    assert list(nameless(parse("<a href=a><svg></svg></a><th> </th><a href=a><img alt=a></a>"))) != []


def test_no_template_is_left_in_a_page(site: Path) -> None:
    for page in names(site):
        text = (site / page).read_text("utf-8")
        assert "built-in method" not in text, page
        said = re.sub(r"<(pre|script|style)\b.*?</\1>|<[^>]*>", "", text, flags=re.DOTALL)
        assert "{{" not in said, page
        assert "{:" not in said, page


def test_pages_of_every_kind_are_valid_html(site: Path) -> None:
    assert invalid(site, sample(site)) == 0
