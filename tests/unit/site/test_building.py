import csv
import hashlib
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import yaml
from mkdocs.config import load_config

from built_pages import every, first, markup, read, text_of
from conftest import PROJECT, run_verb
from small_projects import OTHER_LIBRARY, SmallProject, digests
from vierdepijler.core.problems import ContentError
from vierdepijler.core.text_files import csv_text
from vierdepijler.site.api.endpoint import ROWS_SHOWN
from vierdepijler.site.hosting_rules import CSP, POLICY
from vierdepijler.writers.formats.publication import files_below

LANGUAGES = ("nl", "en")
ADDRESS = "https://vierde-pijler"


def test_the_site_has_both_languages_the_downloads_and_the_files_that_robots_read(small_site: SmallProject) -> None:
    names = ("index.html", "en/index.html", "data/latest/datapackage.json", "404.html", "sitemap.xml", "robots.txt")
    assert [name for name in names if not (small_site.public / name).is_file()] == []
    others = ("en/404.html", "en/sitemap.xml", "sitemap.xml.gz")
    assert [name for name in others if (small_site.public / name).exists()] == []


def test_the_downloads_are_what_was_published(small_site: SmallProject) -> None:
    built = digests(small_site.public / "data")
    assert digests(small_site.published).items() <= built.items()


def test_a_release_whose_workbooks_other_libraries_made_is_published_and_built(small_site: SmallProject) -> None:
    released = small_site.public / "data" / "1.0.0"
    made = (line.split("  ") for line in (released / "SHA256SUMS").read_text("utf-8").splitlines())
    others = {name for digest, name in made if digest == hashlib.sha256(OTHER_LIBRARY).hexdigest()}
    assert {"counts.xlsx", "counts.parquet", "miniature.sqlite", "miniature.zip"} <= others
    assert (released / "counts.csv").is_file()
    assert not any((released / name).exists() for name in others)


def test_the_site_map_lists_every_page_with_its_translation(small_site: SmallProject) -> None:
    namespace = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    root = ET.parse(small_site.public / "sitemap.xml").getroot()  # noqa: S314  # made here
    places = {url.findtext("s:loc", namespaces=namespace) for url in root.findall("s:url", namespace)}
    pages = {name for name in files_below(small_site.public) if name.endswith(".html") and "embed/" not in name}
    assert places == {f"https://miniature.example/{name.removesuffix('index.html')}" for name in pages - {"404.html"}}
    for url in root.findall("s:url", namespace):
        links = {link.get("hreflang"): link.get("href") for link in url.findall("x:link", namespace)}
        assert set(links) == set(LANGUAGES)
        assert set(links.values()) <= places


def test_the_same_input_gives_the_same_site_in_any_place(small_site: SmallProject, small_project: SmallProject) -> None:
    small_project.publish(small_project.published)
    small_project.build()
    assert digests(small_project.public) == digests(small_site.public)


MARKUP = """ "titel" <img src=x onerror=alert(a)> & '</title><script>alert(a)</script>"""


def test_signs_of_markup_in_a_text_are_text_wherever_it_stands(small_project: SmallProject) -> None:
    small_project.change(_with_markup)
    for file in ("groups", "units", "releases"):
        small_project.write(f"data/{file}.csv", _with_marked_cells(small_project.folder / "data" / f"{file}.csv"))
    for text in ("De tellingen", "Hoeveel mensen er in elke groep zijn, getekend en in een tabel."):
        small_project.alter("site/nl/tellingen.md", text, json.dumps(text + MARKUP))
    small_project.alter("site/charts/people.yml", "Hoeveel mensen zijn er?", json.dumps(f"Hoeveel?{MARKUP}"))
    small_project.publish(small_project.published)
    small_project.build()
    for path in small_project.public.rglob("*.html"):
        spoiled = every(read(path), "img, [onerror], script:not([src]):not([type])")
        assert [markup(element) for element in spoiled] == [], path.name
    for path in (path for kind in ("svg", "xml", "atom", "rdf") for path in small_project.public.rglob(f"*.{kind}")):
        drawn = [element.tag for element in ET.parse(path).iter()]  # noqa: S314  # made here
        assert [tag for tag in drawn if str(tag).rpartition("}")[2] in {"img", "script"}] == [], path.name
    for name, title in (("tellingen.html", "De tellingen"), ("data/counts.html", "Tellingen")):
        page = read(small_project.public / name)
        assert text_of(first(page, "title")).startswith(title + MARKUP)
        assert [MARKUP in meta.get("content", "") for meta in every(page, "meta[name=description]")] == [True], name


def _with_markup(said: Any) -> None:
    """Write signs of markup in each text of a descriptor that a page shows."""
    for value in said.values() if isinstance(said, dict) else said:
        if isinstance(value, dict | list):
            _with_markup(value)
    if isinstance(said, dict):
        texts = [name for name in said if name.startswith(("title", "description"))]
        said.update({name: said[name] + MARKUP for name in texts})


def _with_marked_cells(path: Path) -> str:
    """Write signs of markup in the last cell of each row, which holds a text."""
    header, *rows = csv.reader(path.read_text("utf-8").splitlines())
    return csv_text([tuple(header), *((*row[:-1], row[-1] + MARKUP) for row in rows)])


def test_each_page_says_first_what_it_may_do_for_hosts_that_send_no_headers(small_site: SmallProject) -> None:
    for path in small_site.public.rglob("*.html"):
        said = first(read(path), "base, link, script, style, meta:not([charset])")
        assert (said.get("http-equiv"), said.get("content")) == (CSP, POLICY), path


@pytest.mark.parametrize("name", ["mkdocs.yml", "mkdocs.en.yml"])
def test_mkdocs_called_by_hand_does_not_empty_the_page_sources(name: str) -> None:
    config = load_config(str(PROJECT / name), docs_dir=str(PROJECT / "site"))
    assert Path(config.site_dir).is_relative_to(PROJECT / "build")


def test_the_address_of_the_site_is_one_setting() -> None:
    files = [*PROJECT.glob("*.*"), *(PROJECT / "data").rglob("*.csv"), *(PROJECT / "site").rglob("*.*")]
    names = [path.name for path in files if path.is_file() and ADDRESS in path.read_text("utf-8")]
    assert sorted(names) == ["CITATION.cff", "datapackage.json"]  # `make citation` makes the first from the second


PAGE = "site/nl/tellingen.md"


def test_a_page_that_fails_stops_the_build_with_its_line_and_leaves_the_old_site(small_project: SmallProject) -> None:
    before = digests(small_project.public)
    small_project.append(PAGE, "\n{{ row('nowhere').persons }}\n")
    outcome = run_verb("build_site", project=small_project.folder)
    assert outcome.code == 1
    assert outcome.complained.startswith(f"{PAGE}:{small_project.lines(PAGE)}: there is no table 'nowhere'")
    assert digests(small_project.public) == before
    assert [path.name for path in small_project.folder.iterdir() if path.name.endswith(".tmp")] == []


def test_a_page_without_its_twin_stops_the_build(small_project: SmallProject) -> None:
    (small_project.folder / "site" / "en" / "counts.md").unlink()
    with pytest.raises(ContentError, match=r"^site/en: the page 'counts' is not there"):
        small_project.build()


def test_a_link_to_nowhere_is_a_warning_of_mkdocs_and_stops_the_build(small_project: SmallProject) -> None:
    before = digests(small_project.public)
    small_project.append(PAGE, "\n[nergens](nergens.md)\n")
    with pytest.raises(ContentError, match=rf"^{PAGE}:{small_project.lines(PAGE)}: .*nergens\.md"):
        small_project.build()
    assert digests(small_project.public) == before


def test_a_mistake_in_the_theme_is_told_at_its_place(small_project: SmallProject) -> None:
    small_project.write("site/theme/partials/site-footer.html", "<footer>\n{% if %}\n</footer>\n")
    with pytest.raises(ContentError, match=r"^site/theme/partials/site-footer\.html:2: MkDocs fails"):
        small_project.build()


def test_a_site_without_its_stylesheet_is_not_built(small_project: SmallProject) -> None:
    shutil.rmtree(small_project.folder / "site" / "assets")
    with pytest.raises(ContentError, match=r"^site/assets: the folder with the stylesheet is not there"):
        small_project.build()


def test_an_address_of_a_release_that_is_gone_stops_the_build(small_project: SmallProject) -> None:
    (small_project.folder / "site" / "nl" / "tellingen.md").rename(small_project.folder / "site" / "nl" / "anders.md")
    small_project.replace("mkdocs.yml", "tellingen.md", "anders.md")
    before = digests(small_project.public)
    with pytest.raises(ContentError, match=r"^datapackage\.json: address: the address 'tellingen\.html' was in a rel"):
        small_project.build()
    assert digests(small_project.public) == before


NEW_TABLE = {
    "name": "visits",
    "title": "Bezoeken in 2025",
    "title_en": "Visits in 2025",
    "description": "Een tabel die er pas bij kwam.",
    "description_en": "A table that was added later.",
    "path": "data/visits.csv",
    "schema": {
        "fields": [
            {
                "name": "month", "type": "string",
                "title": "Maand 1", "title_en": "Month 1", "description": "De maand.", "description_en": "The month.",
            },
            {
                "name": "persons", "type": "integer", "unit": "persons",
                "title": "Personen", "title_en": "People", "description": "Hoeveel.", "description_en": "How many.",
            },
        ],
        "primaryKey": "month",
    },
}  # fmt: skip

NEW_CHART = """\
table: visits
kind: columns
category: month
value: persons
only: {month: [month 3, month 4]}
shown: {month: [month 3, month 4]}
title_nl: Hoeveel mensen kwamen er?
title_en: How many people came?
quote_nl: Er kwamen {{ row("visits", month="month 4").persons }} mensen.
quote_en: There came {{ row("visits", month="month 4").persons }} people.
"""


@pytest.fixture(scope="module")
def extended(small_site: SmallProject, tmp_path_factory: pytest.TempPathFactory) -> SmallProject:
    """A small project with one more table, long and with text to escape, its chart, and another address."""
    project = small_site.copy(tmp_path_factory.mktemp("extended") / "project")
    rows = "".join(f"month {number},{number}\n" for number in range(1, 1001))
    project.write("data/visits.csv", f"month,persons\n<b>*mei*</b>,7\n{rows}")
    project.write("site/charts/visits.yml", NEW_CHART)
    project.change(lambda descriptor: descriptor["resources"].insert(0, NEW_TABLE))
    project.append("data/derived_figures.csv", "visits_late,900,persons,0,sum,visits.persons[month 900]\n")
    assert project.problems() == []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_URL", "https://cijfers.example/pijler")
        project.publish(project.published)
    project.build()
    return project


def test_the_address_is_used_in_every_page(extended: SmallProject) -> None:
    text = (extended.public / "en" / "counts.html").read_text("utf-8")
    assert 'href="https://cijfers.example/pijler/en/counts.html"' in text
    assert 'hreflang="nl" href="https://cijfers.example/pijler/tellingen.html"' in text
    robots = (extended.public / "robots.txt").read_text("utf-8")
    assert "Sitemap: https://cijfers.example/pijler/sitemap.xml" in robots


def test_a_table_that_is_added_is_published(extended: SmallProject) -> None:
    data = extended.public / "data" / "latest"
    assert (data / "visits.csv").read_text().startswith("month,persons\n<b>*mei*</b>,7\n")
    assert json.loads((data / "visits.json").read_text())["records"][0] == {"month": "<b>*mei*</b>", "persons": 7}
    assert "visits.csv" in (data / "SHA256SUMS").read_text()
    with zipfile.ZipFile(data / "miniature.zip") as archive:
        assert {"visits.csv", "visits.json"} <= set(archive.namelist())
    names = [resource["name"] for resource in json.loads((data / "datapackage.json").read_text())["resources"]]
    assert names[0] == "visits"


@pytest.mark.parametrize(("root", "title"), [("", "Bezoeken in 2025"), ("en/", "Visits in 2025")])
def test_a_table_that_is_added_has_its_page_and_its_place_in_the_list(
    extended: SmallProject, root: str, title: str
) -> None:
    path = extended.public / root / "data" / "visits.html"
    page = path.read_text("utf-8")
    assert f">{title}</span>" in page
    assert "<b>*mei*</b>" in [text_of(cell) for cell in every(read(path), "td")]
    assert f'id="month~20{ROWS_SHOWN - 1}"' in page
    assert f'id="month~20{ROWS_SHOWN + 1}"' not in page
    assert 'id="month~20900"' in page
    overview = (extended.public / root / "data" / "index.html").read_text("utf-8")
    assert 'href="visits.html"' in overview
    assert f">{title}</span>" in overview
    assert f"{root}data/visits.html</loc>" in (extended.public / "sitemap.xml").read_text()


@pytest.mark.parametrize(("root", "title"), [("", "Hoeveel mensen kwamen er?"), ("en/", "How many people came?")])
def test_a_chart_of_it_is_one_file_and_stands_on_its_page_and_among_the_files(
    extended: SmallProject, root: str, title: str
) -> None:
    page = read(extended.public / root / "data" / "visits.html")
    (chart,) = every(page, "figure[data-chart=visits]")
    assert [text_of(caption) for caption in every(chart, "figcaption")] == [title]
    assert [text_of(cell) for cell in every(chart, "table data")] == ["3", "4"]
    for drawing in every(chart, "svg"):
        drawn = [mark.attrib["data-draws"] for mark in every(drawing, "[data-draws]")]
        assert drawn == ["visits.persons[month 3]", "visits.persons[month 4]"]
    files = {path.name: path.read_bytes() for path in (extended.public / root / "charts").glob("visits.*")}
    assert files.keys() == {"visits.svg", "visits.dark.svg", "visits.print.svg", "visits.png"}
    assert title.encode() in files["visits.svg"]


def test_no_plugin_but_the_search_of_the_theme_is_used() -> None:
    for name in ("mkdocs.yml", "mkdocs.en.yml"):
        plugins = yaml.safe_load((PROJECT / name).read_text("utf-8").replace("!ENV", ""))["plugins"]
        assert [next(iter(plugin)) for plugin in plugins] == ["search"]
