import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from built_pages import every, first, read, text_of
from conftest import Copy
from vierdepijler.core.package import Package
from vierdepijler.core.problems import ContentError
from vierdepijler.site.hosting_rules import POLICY
from vierdepijler.site.shown_releases import read_tombstones, write_tombstones

URL = "https://miniature.example/"
STYLE = "assets/style.css"
HEADER = "address,replaced_by,version,reason_nl,reason_en\n"
MOVED = "data/*.csv,data/latest/*.csv,1.0.0,Verhuisd naar een map.,Moved to a folder.\n"


def with_tombstones(copy: Copy, *rows: str) -> Package:
    def add(descriptor: Any) -> None:
        fields = [{"name": name, "type": "string"} for name in HEADER.strip().split(",")]
        resource = {
            "name": "tombstones",
            "path": "data/tombstones.csv",
            "role": "tombstones",
            "schema": {"fields": fields},
        }
        descriptor["resources"].append(resource)

    return copy.write("data/tombstones.csv", HEADER + "".join(rows)).change(add).read()


@pytest.fixture
def stage(tmp_path: Path) -> Path:
    (tmp_path / "stage" / "data" / "latest").mkdir(parents=True)
    (tmp_path / "stage" / "data" / "latest" / "counts.csv").write_text("day\n")
    (tmp_path / "stage" / "index.html").write_text("<p>")
    return tmp_path / "stage"


def test_a_file_that_moved_leaves_a_table_of_which_no_program_knows_the_columns(miniature: Copy, stage: Path) -> None:
    package = with_tombstones(miniature, MOVED)
    assert write_tombstones(package, ["data/counts.csv", "index.html"], stage, URL, STYLE) == ("data/counts.csv",)
    rows = list(csv.reader(io.StringIO((stage / "data" / "counts.csv").read_text("utf-8"))))
    assert rows == [
        ["withdrawn", "replaced_by", "reason_nl", "reason_en"],
        ["1.0.0", f"{URL}data/latest/counts.csv", "Verhuisd naar een map.", "Moved to a folder."],
    ]


def test_every_tombstone_is_listed(miniature: Copy, stage: Path) -> None:
    write_tombstones(with_tombstones(miniature, MOVED), ["data/counts.csv"], stage, URL, STYLE)
    assert json.loads((stage / "data" / "tombstones.json").read_text("utf-8")) == [
        {
            "address": f"{URL}data/counts.csv",
            "replaced_by": f"{URL}data/latest/counts.csv",
            "tombstone": f"{URL}data/counts.csv",
            "version": "1.0.0",
            "reason_nl": "Verhuisd naar een map.",
            "reason_en": "Moved to a folder.",
        }
    ]


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("data/counts.json", "data/counts.json"),
        ("data/SHA256SUMS", "data/SHA256SUMS"),
        ("data/all.zip", "data/all.zip.txt"),
        ("data/all.sqlite", "data/all.sqlite.txt"),
    ],
)
def test_a_tombstone_is_of_the_kind_that_its_address_promises(
    miniature: Copy, stage: Path, address: str, place: str
) -> None:
    package = with_tombstones(miniature, f"{address},index.html,1.0.0,Weg.,Gone.\n")
    assert write_tombstones(package, [address], stage, URL, STYLE) == (address,)
    text = (stage / place).read_text("utf-8")
    assert f"{URL}index.html" in text
    if place.endswith(".json"):
        assert json.loads(text)["withdrawn"] is True


def test_a_page_that_is_gone_says_so_in_both_languages_and_leads_on(miniature: Copy, stage: Path) -> None:
    package = with_tombstones(miniature, "en/old.html,index.html,1.0.0,Weg & <b>vervangen</b>.,Gone & <replaced>.\n")
    write_tombstones(package, ["en/old.html"], stage, URL, STYLE)
    page = read(stage / "en" / "old.html")
    assert [text_of(heading) for heading in every(page, "h1")] == ["Gone & <replaced>."]
    assert [text_of(text) for text in every(page, "p[lang=nl]")] == ["Weg & <b>vervangen</b>."]
    assert {link.get("href") for link in every(page, "a")} == {f"{URL}index.html"}
    assert every(page, 'meta[name="robots"]')
    assert first(page, 'link[rel="stylesheet"]').get("href") == f"../{STYLE}"
    policies = every(page, "meta[charset] + meta[http-equiv]")
    assert [meta.get("content") for meta in policies] == [POLICY]


def test_of_an_address_with_two_stars_the_first_names_what_replaced_it(miniature: Copy, stage: Path) -> None:
    row = "api/v1/tables/*/rows/*.json,data/latest/*.csv,1.0.0,Elke rij staat in de tabel.,Each row is in the table.\n"
    package, address = with_tombstones(miniature, row), "api/v1/tables/counts/rows/2025-02-25,a.json"
    assert write_tombstones(package, [address], stage, URL, STYLE) == (address,)
    told = json.loads((stage / address).read_text("utf-8"))
    assert told["withdrawn"] is True
    assert told["replaced_by"] == f"{URL}data/latest/counts.csv"
    for other in (
        "api/v1/tables/counts/sub/rows/1.json",
        "api/v1/tables/counts/rows/1/2.json",
        "api/v1/tables/rows/1.json",
    ):
        with pytest.raises(ContentError, match="was in a release, and is gone"):
            write_tombstones(package, [other], stage, URL, STYLE)


def test_what_nothing_replaces_leads_nowhere(miniature: Copy, stage: Path) -> None:
    package = with_tombstones(miniature, "old.html,,1.0.0,Weg.,Gone.\n")
    write_tombstones(package, ["old.html"], stage, URL, STYLE)
    assert "<a " not in (stage / "old.html").read_text("utf-8")


def test_an_address_that_is_gone_without_a_word_is_refused(miniature: Copy, stage: Path) -> None:
    package = with_tombstones(miniature, MOVED)
    gone = ["data/deep/counts.csv", "old.html", "index.html"]
    with pytest.raises(ContentError) as refused:
        write_tombstones(package, gone, stage, URL, STYLE)
    assert [str(problem) for problem in refused.value.problems] == [
        f"data/tombstones.csv: address: the address '{address}' was in a release, and is gone; "
        "bring it back, or say in the table tombstones what replaced it"
        for address in gone[:2]
    ]


def test_a_package_without_tombstones_may_lose_nothing(miniature: Copy, stage: Path) -> None:
    assert read_tombstones(miniature.read()) == ()
    assert write_tombstones(miniature.read(), ["index.html"], stage, URL, STYLE) == ()
    with pytest.raises(ContentError, match=r"datapackage.json: address: the address 'old.html'"):
        write_tombstones(miniature.read(), ["old.html"], stage, URL, STYLE)


def test_a_tombstone_that_leads_to_nothing_is_refused(miniature: Copy, stage: Path) -> None:
    with pytest.raises(ContentError, match=r"'data/visits.csv' is said to be replaced by 'data/latest/visits.csv'"):
        write_tombstones(with_tombstones(miniature, MOVED), ["data/visits.csv"], stage, URL, STYLE)


def test_what_only_our_own_pages_ask_for_may_go(miniature: Copy, stage: Path) -> None:
    gone = [
        "assets/javascripts/workers/search.0.min.js",
        "search/search_index.json",
        "en/search/search_index.json",
        "en/assets/a.js",
    ]
    assert write_tombstones(miniature.read(), gone, stage, URL, STYLE) == ()


def test_what_is_for_who_shows_the_site_may_go(miniature: Copy, stage: Path) -> None:
    assert write_tombstones(miniature.read(), [".htaccess", "_headers", "hosting/nginx.conf"], stage, URL, STYLE) == ()


def test_a_tombstone_stays_in_the_next_release(miniature: Copy, stage: Path) -> None:
    package = with_tombstones(miniature, "data/all.zip,index.html,1.0.0,Weg.,Gone.\n", MOVED)
    before = ["data/all.zip", "data/all.zip.txt", "data/counts.csv"]
    assert write_tombstones(package, before, stage, URL, STYLE) == ("data/all.zip", "data/counts.csv")
