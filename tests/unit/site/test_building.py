import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml
from bs4 import BeautifulSoup
from mkdocs.config import load_config

from conftest import PROJECT, Copy, copy_output, copy_project, run_verb, with_libraries
from vierdepijler.checking import check_package
from vierdepijler.formats.archives import files_below
from vierdepijler.package import Package
from vierdepijler.problems import ContentError
from vierdepijler.publishing import publish_package
from vierdepijler.reading import read_package
from vierdepijler.site.building import build_site

LANGUAGES = ("nl", "en")
ADDRESS = "https://vierde-pijler"


def test_the_site_has_both_languages_the_downloads_and_the_files_that_robots_read(site: Path) -> None:
    for name in (
        "index.html",
        "en/index.html",
        "data/latest/datapackage.json",
        "404.html",
        "sitemap.xml",
        "robots.txt",
    ):
        assert (site / name).is_file(), name
    for name in ("en/404.html", "en/sitemap.xml", "sitemap.xml.gz"):
        assert not (site / name).exists(), name


def test_the_downloads_are_what_was_published(site: Path, published: Package) -> None:
    for name, file in files_below(published.root.parent).items():
        assert (site / "data" / name).read_bytes() == file.read_bytes()


def test_the_site_map_lists_every_page_with_its_translation(site: Path) -> None:
    namespace = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    root = ET.parse(site / "sitemap.xml").getroot()  # noqa: S314  # made here
    places = {url.findtext("s:loc", namespaces=namespace) for url in root.findall("s:url", namespace)}
    address = f"{ADDRESS}.example/"
    pages = {path.relative_to(site).as_posix() for path in site.rglob("*.html") if path.parent.name != "embed"}
    pages -= {"404.html"}
    assert places == {address + name.removesuffix("index.html") for name in pages}
    for url in root.findall("s:url", namespace):
        links = {link.get("hreflang"): link.get("href") for link in url.findall("x:link", namespace)}
        assert set(links) == set(LANGUAGES)
        assert set(links.values()) <= places


def test_the_same_input_gives_the_same_site(site: Path, published: Package, tmp_path: Path) -> None:
    build_site(published, PROJECT, tmp_path / "again")
    for path in site.rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (tmp_path / "again" / path.relative_to(site)).read_bytes(), path


@pytest.mark.parametrize("name", ["mkdocs.yml", "mkdocs.en.yml"])
def test_mkdocs_called_by_hand_does_not_empty_the_page_sources(name: str) -> None:
    config = load_config(str(PROJECT / name), docs_dir=str(PROJECT / "site"))
    assert Path(config.site_dir).is_relative_to(PROJECT / "build")


def test_the_address_of_the_site_is_one_setting() -> None:
    files = [*PROJECT.glob("*.*"), *(PROJECT / "data").rglob("*.csv"), *(PROJECT / "site").rglob("*.*")]
    names = [path.name for path in files if path.is_file() and ADDRESS in path.read_text("utf-8")]
    assert sorted(names) == ["CITATION.cff", "datapackage.json"]  # `make citation` makes the first from the second


def test_the_address_is_used_in_every_page(package: Package, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", "https://cijfers.example/pijler")
    publish_package(package, check_package(package, PROJECT / "site"), tmp_path / "data")
    monkeypatch.delenv("SITE_URL")
    build_site(read_package(tmp_path / "data" / "latest" / "datapackage.json"), PROJECT, tmp_path / "public")
    text = (tmp_path / "public" / "en" / "results.html").read_text("utf-8")
    assert 'href="https://cijfers.example/pijler/en/results.html"' in text
    assert 'hreflang="nl" href="https://cijfers.example/pijler/resultaten.html"' in text
    assert "Sitemap: https://cijfers.example/pijler/sitemap.xml" in (tmp_path / "public" / "robots.txt").read_text()


def test_a_page_that_fails_leaves_the_old_site(site: Path, project_copy: Path, tmp_path: Path) -> None:
    project = shutil.copytree(project_copy, tmp_path / "project")
    public = copy_output(site, tmp_path / "public")
    page = project / "site" / "nl" / "geld.md"
    page.write_text(page.read_text("utf-8") + "\n{{ row('nowhere').amount_eur }}\n", encoding="utf-8")
    before = (public / "geld.html").read_bytes()
    outcome = run_verb(
        "build_site", "--out", public, "--package", site / "data" / "latest" / "datapackage.json", project=project
    )
    line = len(page.read_text("utf-8").splitlines())
    assert outcome.code == 1
    assert outcome.complained.startswith(f"site/nl/geld.md:{line}: there is no table 'nowhere'")
    assert (public / "geld.html").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".tmp")] == []


def test_a_link_to_nowhere_is_a_warning_of_mkdocs_and_stops_the_build(
    published: Package, project_copy: Path, tmp_path: Path
) -> None:
    project = shutil.copytree(project_copy, tmp_path / "project")
    page = project / "site" / "nl" / "geld.md"
    page.write_text(page.read_text("utf-8") + "\n[nergens](nergens.md)\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"^site/nl/geld\.md:\d+: .*nergens\.md"):
        build_site(published, project, tmp_path / "public")
    assert not (tmp_path / "public").exists()


def test_a_mistake_in_the_theme_is_told_at_its_place(published: Package, project_copy: Path, tmp_path: Path) -> None:
    project = shutil.copytree(project_copy, tmp_path / "project")
    footer = project / "site" / "theme" / "partials" / "site-footer.html"
    footer.write_text("<footer>\n{% if %}\n</footer>\n")
    with pytest.raises(ContentError, match=r"^site/theme/partials/site-footer\.html:2: MkDocs fails"):
        build_site(published, project, tmp_path / "public")


def test_a_site_without_its_stylesheet_is_not_built(published: Package, project_copy: Path, tmp_path: Path) -> None:
    project = shutil.copytree(project_copy, tmp_path / "project")
    shutil.rmtree(project / "site" / "assets")
    with pytest.raises(ContentError, match=r"^site/assets: the folder with the stylesheet is not there"):
        build_site(published, project, tmp_path / "public")


KILLED_IN_MKDOCS = """
import os, signal, sys
from pathlib import Path
from vierdepijler.site import building
from vierdepijler.reading import read_package
building.build = lambda config: os.kill(os.getpid(), signal.SIGKILL)
building.build_site(read_package(Path(sys.argv[1])), Path(sys.argv[2]), Path(sys.argv[3]))
"""


def test_a_killed_build_leaves_the_old_site(site: Path, tmp_path: Path) -> None:
    public = copy_output(site, tmp_path / "public")
    before = {path: path.read_bytes() for path in public.rglob("*") if path.is_file()}
    arguments = [str(site / "data" / "latest" / "datapackage.json"), str(PROJECT), str(public)]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT / "scripts")}
    done = subprocess.run([sys.executable, "-c", KILLED_IN_MKDOCS, *arguments], check=False, env=environment)
    assert done.returncode == -9
    assert {path: path.read_bytes() for path in public.rglob("*") if path.is_file()} == before


NEW_TABLE = {
    "name": "visits",
    "title": "Bezoeken in 2025",
    "title_en": "Visits in 2025",
    "description": "Een tabel die er pas bij kwam.",
    "description_en": "A table that was added later.",
    "path": "data/trajectory/visits.csv",
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
only: &some {month: [month 3, month 4]}
shown: *some
title_nl: Hoeveel mensen kwamen er?
title_en: How many people came?
quote_nl: Er kwamen {{ row("visits", month="month 4").persons }} mensen.
quote_en: There came {{ row("visits", month="month 4").persons }} people.
"""


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with one more table, long and with text to escape, and its chart; nothing else changed."""
    project = with_libraries(copy_project(tmp_path_factory.mktemp("extended")))
    Copy(project).take_next_version()
    rows = "".join(f"month {number},{number}\n" for number in range(1, 1001))
    (project / "data" / "trajectory" / "visits.csv").write_text(f"month,persons\n<b>*mei*</b>,7\n{rows}")
    (project / "site" / "charts" / "visits.yml").write_text(NEW_CHART)
    descriptor = json.loads((project / "datapackage.json").read_text("utf-8"))
    descriptor["resources"].insert(0, NEW_TABLE)
    (project / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    figures = project / "data" / "reference" / "derived_figures.csv"
    late = "visits_late,a,b,900,persons,0,sum,visits.persons[month 900],x,y,,\n"
    figures.write_text(figures.read_text("utf-8") + late, encoding="utf-8")
    history = project / "data" / "reference" / "figure_history.csv"
    first = "derived_figures.value[visits_late],0.1.0,900,x,y\n"
    history.write_text(history.read_text("utf-8") + first, encoding="utf-8")
    for verb in ("validate", "publish", "build_site"):
        outcome = run_verb(verb, project=project)
        assert outcome.code == 0, outcome.all
    return project


def test_a_table_that_is_added_is_published(extended: Path) -> None:
    data = extended / "public" / "data" / "latest"
    assert (data / "visits.csv").read_text().startswith("month,persons\n<b>*mei*</b>,7\n")
    assert json.loads((data / "visits.json").read_text())["records"][0] == {"month": "<b>*mei*</b>", "persons": 7}
    assert "visits.csv" in (data / "SHA256SUMS").read_text()
    with zipfile.ZipFile(data / "vierde-pijler.zip") as archive:
        assert {"visits.csv", "visits.json"} <= set(archive.namelist())
    names = [resource["name"] for resource in json.loads((data / "datapackage.json").read_text())["resources"]]
    assert names[0] == "visits"


@pytest.mark.parametrize(("root", "title"), [("", "Bezoeken in 2025"), ("en/", "Visits in 2025")])
def test_a_table_that_is_added_has_its_page_and_its_place_in_the_list(extended: Path, root: str, title: str) -> None:
    page = (extended / "public" / root / "data" / "visits.html").read_text("utf-8")
    assert f">{title}</span>" in page
    assert "<b>*mei*</b>" in [cell.get_text() for cell in BeautifulSoup(page, "html.parser").find_all("td")]
    assert 'id="month~20199"' in page
    assert 'id="month~20201"' not in page
    assert 'id="month~20900"' in page
    overview = (extended / "public" / root / "data" / "index.html").read_text("utf-8")
    assert 'href="visits.html"' in overview
    assert f">{title}</span>" in overview
    assert f"{root}data/visits.html</loc>" in (extended / "public" / "sitemap.xml").read_text()


@pytest.mark.parametrize(("root", "title"), [("", "Hoeveel mensen kwamen er?"), ("en/", "How many people came?")])
def test_a_chart_of_it_is_one_file_and_stands_on_its_page_and_among_the_files(
    extended: Path, root: str, title: str
) -> None:
    page = BeautifulSoup((extended / "public" / root / "data" / "visits.html").read_text("utf-8"), "html.parser")
    (chart,) = page.select("figure[data-chart=visits]")
    assert [caption.get_text() for caption in chart.select("figcaption")] == [title]
    assert [cell.get_text() for cell in chart.select("table data")] == ["3", "4"]
    for drawing in chart.select("svg"):
        drawn = [mark["data-draws"] for mark in drawing.select("[data-draws]")]
        assert drawn == ["visits.persons[month 3]", "visits.persons[month 4]"]
    files = {path.name: path.read_bytes() for path in (extended / "public" / root / "charts").glob("visits.*")}
    assert files.keys() == {"visits.svg", "visits.dark.svg", "visits.print.svg", "visits.png"}
    assert title.encode() in files["visits.svg"]


def test_no_plugin_but_the_search_of_the_theme_is_used() -> None:
    for name in ("mkdocs.yml", "mkdocs.en.yml"):
        plugins = yaml.safe_load((PROJECT / name).read_text("utf-8").replace("!ENV", ""))["plugins"]
        assert [next(iter(plugin)) for plugin in plugins] == ["search"]


def test_what_went_before_the_last_release_keeps_its_tombstone(site: Path) -> None:
    """The old zip went with 0.3.0; its place holds a text beside it, which is no address of that release."""
    listed = json.loads((site / "data" / "tombstones.json").read_text("utf-8"))
    assert (site / "data" / "vierde-pijler.zip.txt").is_file()
    assert any(stone["address"].endswith("/data/vierde-pijler.zip") for stone in listed)
