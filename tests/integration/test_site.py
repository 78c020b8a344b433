"""The built site: links, numbers, languages and HTML, read from the files as they are deployed."""

import datetime
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from cssselect import HTMLTranslator
from fontTools.ttLib import TTFont
from lxml.html import HtmlElement

from built_pages import (
    around,
    dead_links,
    every,
    first,
    invalid,
    is_external,
    markup,
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
    text_of,
    translated,
    wrong_values,
)
from vierdepijler.core.cells import Cell, row_anchor, select
from vierdepijler.core.package import Package
from vierdepijler.core.tables import cell_text
from vierdepijler.core.text import bytes_text, date_text, value_text
from vierdepijler.site.api.endpoint import ROWS_SHOWN
from vierdepijler.site.hosting_rules import TYPES, UNSERVED
from vierdepijler.site.page_values import descriptor_value
from vierdepijler.writers.formats.publication import files_below

SPOKEN = ("alt", "title", "aria-label", "placeholder")
# What answers for a number: a cell, a property or an address; or it is written so, and not to be read as a number.
ANSWERED = "[data-cell], [data-property], [data-address], script, style, pre, svg, title, .as-written"
PASSPORTS = ("paspoort", "passport")
EXTERNAL_LINKS = {"a"}


def language_of(site: Path, path: Path) -> str:
    folder = name(site, path).partition("/")[0]
    return folder if folder in ("en", *translated().labels) else "nl"


def test_there_are_pages_to_test(site: Path) -> None:
    assert len(list(pages(site))) >= 80


def test_every_link_and_asset_resolves(site: Path) -> None:
    found = {name: list(dead_links(site, name, read(site / name))) for name in names(site)}
    assert {name: links for name, links in found.items() if links} == {}
    assert sum(len(list(references(page))) for _, page in pages(site)) > 3000


def test_a_file_for_a_program_is_downloaded_and_not_opened_as_text(site: Path) -> None:
    offering = (
        (path, page) for path, page in pages(site) if path.stem not in {"rapport", "scorecard"}
    )  # what was seen
    for path, page in offering:
        files = every(
            page, "a[href$='.csv'], a[href$='.xlsx'], a[href$='.zip'], a[href$='.parquet'], a[href$='.sqlite']"
        )
        opened = [link.attrib["href"] for link in files if "download" not in link.attrib]
        assert [link for link in opened if not is_external(link)] == [], name(site, path)


@pytest.mark.parametrize("glossary", ["begrippen.html", "en/glossary.html"])
def test_each_explanation_is_that_of_the_glossary(site: Path, published: Package, glossary: str) -> None:
    terms = zip(every(read(site / glossary), ".terms dt"), every(read(site / glossary), ".terms dd"), strict=True)
    said = {term.attrib["id"]: shown(first(description, "[data-cell]")) for term, description in terms}
    explained: dict[str, set[str]] = {}
    for path in (site / glossary).parent.glob("*.html"):
        for term in every(read(path), ".term"):
            code = first(term, "a").attrib["href"].partition("#")[2]
            assert shown(first(term, ".term__text")) == said[code], path.name
            explained.setdefault(code, set()).add(path.name)
    assert len(said) == published.tables["terms"].rows
    assert len(set().union(*explained.values())) >= 8
    assert explained.keys() >= {"participant", "obliged", "entitled", "local_authority", "reference_region", "network"}
    assert explained.keys() >= {"call", "amif", "co_financing", "ocmw", "vgc"}


def test_each_button_for_an_explanation_leads_to_one(site: Path) -> None:
    for path, page in pages(site):
        for button in every(page, "[popovertarget]"):
            assert every(page, f'[id="{button.attrib["popovertarget"]}"][popover]'), name(site, path)
            assert button.tag == "button", name(site, path)


def test_a_script_is_loaded_only_where_there_is_something_for_it(site: Path) -> None:
    for script, part in {
        "charts.js": 'data-chart="',
        "check-figure-page.js": 'id="check-text"',
        "share.js": 'class="tools"',
    }.items():
        for path in map(site.joinpath, names(site)):
            text = path.read_text("utf-8")
            assert text.count(f"assets/{script}") == int(part in text), name(site, path)


def test_only_links_that_people_click_lead_to_other_hosts(site: Path) -> None:
    for path, page in pages(site):
        for element, address in references(page):
            if is_external(address) and element.tag not in EXTERNAL_LINKS:
                kinds = set(element.get("rel", "").split())
                assert kinds & {"canonical", "alternate"}, f"{name(site, path)}: {markup(element)}"


def test_the_typeface_has_each_letter_that_is_set_in_it(site: Path) -> None:
    known = {chr(code) for path in site.glob("assets/lib/*.woff2") for code in TTFont(path).getBestCmap()}
    large = "h1, h2, h3, .lede, .key-figure__number, .chart__title, .wordmark__name, .terms dt"
    for path, page in pages(site):
        letters = {sign for one in every(page, large) for sign in one.text_content()}
        lost = {
            sign for sign in letters - known if unicodedata.name(sign, "").startswith(("LATIN", "CYRILLIC", "DIGIT"))
        }
        assert not lost, f"{name(site, path)}: {sorted(lost)} (add them to unicode-range in vierdepijler.css)"


def test_nothing_is_deployed_that_no_page_asks_for(site: Path) -> None:
    kinds = {path.relative_to(site).as_posix() for path in (site / "assets").rglob("*") if path.is_file()}
    others = {name for name in kinds if not name.startswith(("assets/javascripts/", "assets/lib/"))}
    own = {"favicon.svg", "charts.js", "lookup.js", "scheme.js", "search.js", "vierdepijler.css"}
    own |= {"check-figure.js", "check-figure-page.js", "path.js", "notes.js"}
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


def loose_numbers(page: HtmlElement) -> Iterator[str]:
    """Give the texts with a digit that no cell, property or escape answers for; a comment is a text too."""
    answers = HTMLTranslator().css_to_xpath(ANSWERED, "ancestor::")
    loose = rf"(descendant::text() | descendant::comment())[re:test(., '\d')][not({answers})]"
    for text in page.body.xpath(loose, namespaces={"re": "http://exslt.org/regular-expressions"}):
        yield str(getattr(text, "text", text))


def test_every_number_on_every_page_is_bound(site: Path) -> None:
    for path, page in pages(site):
        assert list(loose_numbers(page)) == [], name(site, path)


def test_a_number_that_is_not_bound_is_found() -> None:
    page = parse("<p>Er waren <b>12</b> mensen, <data data-cell='x'>13 <b>14</b></data> 15.</p><svg>16</svg><!--17-->")
    assert list(loose_numbers(page)) == ["12", " 15.", "17"]


def test_every_bound_value_is_that_of_its_cell(site: Path, published: Package) -> None:
    found = {name(site, path): list(wrong_values(published, page)) for path, page in pages(site)}
    assert {name: values for name, values in found.items() if values} == {}
    assert sum(len(every(page, "[data-cell]")) for _, page in pages(site)) > 3000


def test_the_page_of_a_table_holds_all_of_its_rows(site: Path, published: Package) -> None:
    for table in published.tables.values():
        for folder in ("data", "en/data"):
            rows = every(read(site / folder / f"{table.name}.html"), "table.preview tbody tr")
            assert len(rows) == min(table.rows, ROWS_SHOWN), table.name


def test_every_address_that_is_shown_is_the_one_it_is_bound_to(site: Path, published: Package) -> None:
    checked = 0
    for path, page in pages(site):
        for element in every(page, "[data-address]"):
            address = element.attrib["data-address"]
            selection = select(published, address)
            if element.tag == "code":
                assert shown(element) == address, name(site, path)
            else:
                anchor = selection.cells[0].anchor
                own = f"https://vierde-pijler.example/{name(site, path)}#{anchor}"
                assert shown(element) == own, name(site, path)
            checked += 1
    assert checked > 150


def test_every_value_of_the_descriptor_is_as_published(site: Path, published: Package) -> None:
    for _, page in pages(site):
        for element in every(page, "[data-property]"):
            value = descriptor_value(published.descriptor, element.attrib["data-property"])
            language = spoken_at(element)
            allowed = {", ".join(map(str, value)) if isinstance(value, list) else str(value)}
            if isinstance(value, int):
                allowed |= {bytes_text(value, language), value_text(value, None, language)}
            if element.attrib["data-property"] == "created":
                allowed.add(date_text(datetime.date.fromisoformat(str(value)[:10]), language))
            assert shown(element) in allowed, markup(element)


def test_the_method_page_tells_of_the_last_validation_and_leads_to_its_report(site: Path) -> None:
    counts = ("tables", "rows", "cells", "pages", "schema_rules", "own_rules", "errors", "warnings", "infos")
    for path in (site / "methode.html", site / "en" / "method.html"):
        page = read(path)
        told = {element.attrib["data-property"] for element in every(page, "main [data-property]")}
        assert told >= {"version", "created", *(f"validation/{count}" for count in counts)}
        links = every(page, 'main a[href*="validation."]')
        assert {(path.parent / link.attrib["href"]).resolve() for link in links} == {
            site / "data" / "latest" / "validation.json",
            site / "data" / "latest" / "validation.schema.json",
        }


def test_every_number_in_a_chart_stands_in_the_table_beneath_it(site: Path) -> None:
    charts = 0
    for path, page in pages(site):
        for chart in every(page, "figure[data-chart]"):
            cells = every(chart, "table [data-cell]")
            table = {part for element in cells for part in (shown(element), *shown(element).split("–"))}
            for text in map(text_of, every(chart, "svg text")):
                assert set(text.split("–")) <= table or not re.search(r"\d", text), name(site, path)
            drawn = {mark.attrib["data-draws"] for mark in every(chart, "svg [data-draws]")}
            assert drawn
            assert drawn <= {element.attrib["data-cell"] for element in cells}
            assert every(chart, "svg title")
            assert every(chart, "svg desc")
            charts += 1
    assert charts == 20


def test_spoken_attributes_hold_no_number_but_that_of_a_source(site: Path) -> None:
    for path, page in pages(site):
        for element in page.iter("*"):
            for attribute in SPOKEN:
                said = element.get(attribute, "")
                if re.search(r"\d", said):
                    assert "figure__source" in element.classes, f"{name(site, path)}: {said}"


def is_figure(cell: Cell) -> bool:
    if cell.value is None:
        return False
    observed = {"printedIn", "notedIn"} & cell.field.descriptor.keys()
    return bool(observed) or cell.address.startswith("derived_figures.value[")


def leads_to(site: Path, path: Path, link: HtmlElement) -> tuple[str, HtmlElement]:
    """Follow a link: the name of the page it leads to, from the folder of its language, and the element there."""
    parts = urlsplit(link.attrib["href"])
    target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
    assert language_of(site, target) == translated().data_language(language_of(site, path))
    element = places(target).get(unquote(parts.fragment))
    assert element is not None, f"{name(site, path)} leads to {link.attrib['href']}"
    return name(site, target).removeprefix("en/"), element


def leads_to_its_own(site: Path, path: Path, link: HtmlElement, cell: Cell) -> bool:
    """Tell whether a link leads to the passport of a figure, or to the cell of a number that is none."""
    page, element = leads_to(site, path, link)
    if not is_figure(cell):
        return page == f"data/{cell.table.name}.html" and element.attrib["id"] == cell.anchor
    number = first(element, ".passport__number [data-cell]")
    folder = page.partition("/")[0]
    is_passport = folder in PASSPORTS and page.endswith(f"/{cell.table.name}.html")
    return is_passport and number.attrib["data-cell"] == cell.address


def test_each_figure_leads_in_one_step_to_its_passport_and_its_source(site: Path, published: Package) -> None:
    checked = 0
    for path, page in pages(site):
        for figure in every(page, ".figure"):
            link = first(figure, "a.figure__cell")
            cell = select(published, first(link, "[data-cell]").attrib["data-cell"]).cells[0]
            assert leads_to_its_own(site, path, link, cell), name(site, path)
            assert leads_to_source(figure, cell), name(site, path)
            checked += 1
    assert checked > 80


# Tables whose numbers come from no source: days of releases, and scores, which have their evidence in their row.
OF_OURSELVES = {"releases", "metadata_points"}


def leads_to_source(figure: HtmlElement, cell: Cell) -> bool:
    marks = every(figure, "a.figure__source")[:1]
    source, item = cell.beside("source_id"), cell.beside("source_item")
    if source is None:
        return cell.table.name in OF_OURSELVES or any("[=]" in text_of(mark) for mark in marks)
    parts = [cell_text(part.value) for part in (source, item) if part is not None and part.value is not None]
    place = row_anchor(tuple(parts))  # a source that we hold no copy of is led to as a whole
    return any(mark.attrib["href"].endswith(f"#{place}") for mark in marks)


def test_no_figure_stands_outside_its_links(site: Path) -> None:
    """On the pages that people write; tables and passports are where links lead; a letter or a quote is taken whole."""
    for path, page in pages(site):
        if path.parent.name in ("data", *PASSPORTS):
            continue
        # When a source was looked at is said once, beside what leads to it.
        for element in every(page, "data[data-cell], :not(.downloads__newest):not(.checked) > time[data-cell]"):
            if element.attrib["data-cell"].startswith("releases."):
                continue  # the day of a release: no source and no passport to lead to
            # The figures in the title of a chart stand in its table; those of what was translated in the translation.
            places = ".figure, .figure__cell, .key-figure, .item__figures, .letter__text, .copyable, .chart__title"
            places += ", .beside__other"
            inside = around(element, places)
            assert inside, f"{name(site, path)}: {markup(element)}"


def test_in_the_table_each_figure_leads_to_its_passport_and_back(site: Path, published: Package) -> None:
    checked = 0
    for path, page in pages(site):
        if path.parent.name != "data":
            continue
        for element in every(page, ".preview td > a > [data-cell]"):
            cell = select(published, element.attrib["data-cell"]).cells[0]
            if is_figure(cell):
                assert leads_to_its_own(site, path, element.getparent(), cell), name(site, path)
                checked += 1
        for element in every(page, ".preview td > [data-cell]"):
            cell = select(published, element.attrib["data-cell"]).cells[0]
            assert cell.value is None or not is_figure(cell), f"{name(site, path)}: {markup(element)}"
    assert checked >= 80


def test_in_the_source_each_figure_leads_to_its_passport(site: Path, published: Package) -> None:
    for path in (site / "bronnen.html", site / "en" / "sources.html"):
        links = every(read(path), ".item__figures a")
        assert len(links) >= 29
        for link in links:
            address = first(link, "[data-cell]").attrib["data-cell"]
            assert leads_to_its_own(site, path, link, select(published, address).cells[0])


def test_each_key_figure_leads_to_its_passport_its_cell_and_its_source(site: Path, published: Package) -> None:
    for path in (site / "index.html", site / "en" / "index.html"):
        cards = every(read(path), ".key-figure")
        assert len(cards) == 2
        for card in cards:
            number = first(card, ".key-figure__number data")
            cell = select(published, number.attrib["data-cell"]).cells[0]
            assert leads_to_its_own(site, path, number.getparent(), cell)
            links = [link.attrib["href"] for link in every(card, "a")]
            assert f"data/{cell.table.name}.html#{cell.anchor}" in links
            assert every(card, "a.figure__source")


def test_the_tables_named_under_a_page_are_those_its_figures_come_from(site: Path) -> None:
    for path, page in pages(site):
        listed = {link.attrib["href"].rpartition("/")[2] for link in every(page, ".downloads li a")}
        if path.parent.name == "data" or not listed or path.name in {"bronnen.html", "sources.html"}:
            continue
        figures = every(page, "data[data-cell]")
        used = {figure.attrib["data-cell"].partition(".")[0] for figure in figures if not around(figure, "sup")}
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
                    assert every(section, f'.item__figures [data-cell="{address}"]'), address
        assert f"{word} 5" in " ".join(text_of(page, " ").split())


def test_both_languages_have_the_same_pages_linked_to_each_other(site: Path) -> None:
    framed = {path for path, _ in pages(site) if path.parent.name == "embed"}  # these bear no menu of ours
    dutch = {path for path, _ in pages(site) if language_of(site, path) == "nl"} - {site / "404.html"} - framed
    english = {path for path, _ in pages(site) if language_of(site, path) == "en"} - framed
    assert len(dutch) == len(english)
    for path in dutch | english:
        page, other = read(path), "en" if path in dutch else "nl"
        link = first(page, f".languages a[hreflang={other}]")
        twin = (path.parent / link.attrib["href"]).resolve()
        assert twin in (english if path in dutch else dutch)
        back = first(read(twin), f".languages a[hreflang={language_of(site, path)}]")
        assert (twin.parent / back.attrib["href"]).resolve() == path


def figures_shown(page: HtmlElement) -> Counter[str]:
    figures = every(page, "main data[data-cell], main time[data-cell]")
    return Counter(figure.attrib["data-cell"] for figure in figures)


def test_both_languages_show_the_same_figures(site: Path) -> None:
    checked = 0
    for path in site.glob("*.html"):
        for twin in every(read(path), ".languages a[hreflang=en]"):
            english = read((path.parent / twin.attrib["href"]).resolve())
            assert figures_shown(read(path)) == figures_shown(english), path.name
            checked += 1
    assert checked > 20


def test_each_page_says_its_language_title_description_and_address(site: Path) -> None:
    descriptions: dict[str, str] = {}
    for path, page in pages(site):
        assert page.get("lang") == language_of(site, path)
        assert shown(first(page, "head > title")).endswith("Vierde Pijler")
        assert len(every(page, "h1")) == 1, name(site, path)
        if path.name == "404.html":
            continue
        description = first(page, "meta[name=description]").attrib["content"]
        assert 10 < len(description) <= 240, name(site, path)  # a search engine shows about two lines
        descriptions[name(site, path)] = description
        assert every(page, "link[rel=canonical]"), name(site, path)
        if path.parent.name == "embed":
            continue
        links = every(page, "link[rel=alternate][hreflang]")
        alternates = [link.attrib["href"] for link in links]
        assert all(address.startswith("https://vierde-pijler.example/") for address in alternates)
        *languages, otherwise = [link.attrib["hreflang"] for link in links]
        assert (languages[:2], otherwise) == (["nl", "en"], "x-default")
        assert languages[2:] in ([], [*translated().labels])
        assert alternates[-1] == alternates[0]  # who reads neither is led to the first language
    own = [(language_of(site, site / one), said) for one, said in descriptions.items() if "embed/" not in one]
    assert len(set(own)) == len(own)


def test_headings_skip_no_level_and_identifiers_stand_once(site: Path) -> None:
    for path, page in pages(site):
        levels = [int(heading.tag[1]) for heading in every(page, "h1, h2, h3, h4, h5, h6")]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels)), name(site, path)
        identifiers = page.xpath("//@id")
        assert len(identifiers) == len(set(identifiers)), name(site, path)


def nameless(page: HtmlElement) -> Iterator[HtmlElement]:
    """Give what somebody who listens would hear nothing of."""
    for element in every(page, "a[href], button, summary, caption, label, th, dt, h1, h2, h3, h4, h5, h6"):
        parts = element.iterdescendants("*")
        said = [shown(element), *(part.get("aria-label") or part.get("alt") for part in parts)]
        if not any([element.get("aria-label"), *said]):
            yield element


def test_every_link_control_heading_and_head_of_a_column_has_a_name(site: Path) -> None:
    for path, page in pages(site):
        assert [markup(element) for element in nameless(page)] == [], name(site, path)
        for table in every(page, "table"):
            assert every(table, "th[scope], thead th"), name(site, path)
    spoiled = parse("<a href=a><svg><style>a {}</style></svg></a><th> </th><a href=a><img alt=a></a><h2><b>a</b></h2>")
    assert [element.tag for element in nameless(spoiled)] == ["a", "th"]


def test_no_template_is_left_in_a_page(site: Path) -> None:
    for page in names(site):
        text = (site / page).read_text("utf-8")
        assert "built-in method" not in text, page
        said = re.sub(r"<(pre|script|style)\b.*?</\1>|<[^>]*>", "", text, flags=re.DOTALL)
        assert "{{" not in said, page
        assert "{:" not in said, page


@pytest.mark.parametrize("part", range(4))
def test_pages_of_every_kind_are_valid_html(site: Path, part: int) -> None:
    """In Dutch: those in English come from the same templates, and the slow proof asks every page."""
    assert invalid(site, [page for page in sample(site) if not page.startswith("en/")][part::4]) == 0


@pytest.mark.parametrize("folder", ["bron", "en/source"])
def test_each_source_has_a_page_with_every_figure_that_was_taken_from_it(
    site: Path, published: Package, folder: str
) -> None:
    taken: dict[str, set[str]] = {str(key[0]): set() for key in published.tables["sources"].row_keys}
    for table in published.tables.values():
        for field in table.fields if "source_id" in table.field_names else ():
            note = field.property("notedIn")
            for row in range(table.rows):
                held = table.value(row, note) if note else field.property("printedIn")
                if held and table.value(row, field.name) is not None and (source := table.value(row, "source_id")):
                    taken[str(source)].add(Cell(table, row, field).address)
    for source, addresses in taken.items():
        shown = {one.attrib["data-cell"] for one in every(read(site / folder / f"{source}.html"), "[data-cell]")}
        assert addresses <= shown, source
