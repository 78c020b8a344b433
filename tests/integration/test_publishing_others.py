"""Packages of others, published and made into a site: what they do not tell is not made up, and nothing is lost."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from csvw import CSVW

from built_pages import every, read, text_of
from conftest import PROJECT, Copy, Outcome, run_verb
from other_packages import GOOD, Other, of
from vierdepijler.writers.formats.publication import files_below

ODD = of(("_id", "integer", {}), ("größe (m)", "number", {}), ("naam-2", "string", {}), primaryKey="_id")
BARE = Other(
    [
        {"name": "trees", "path": "trees.csv", "schema": ODD},
        {"name": "note", "path": "./docs/note.txt"},
        {"name": "many", "path": ["a.csv.gz"], "schema": "https://elsewhere.example/schema.json"},
        {"name": "rows", "data": [{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]},
        {"name": "json", "path": "rows.json", "schema": of(("c", "string", {}))},
    ],
    {
        "trees.csv": "_id,größe (m),naam-2\n1,2.5,eik\n2,,es\n",
        "docs/note.txt": "Hello.\n",
        "a.csv.gz": b"\x1f\x8b",
        "rows.json": '[{"c": "é"}]',
    },
    {"name": "trees"},
)
OURS = re.compile(
    r"Vierde Pijler|inburgering|civic integration|participatie- en|Parliament|CC0|1970-01-01", re.IGNORECASE
)


def publish(package: Path, out: Path) -> Outcome:
    return run_verb("publish", "--package", package, "--out", out)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder with a package that tells next to nothing, published in `out`."""
    folder = tmp_path_factory.mktemp("bare")
    done = publish(BARE.write(folder), folder / "out")
    assert done.code == 0, done.all
    (folder / "told").write_text(done.all, "utf-8")
    return folder


@pytest.fixture(scope="module")
def latest(bare: Path) -> Path:
    return bare / "out" / "latest"


def described(latest: Path) -> dict[str, Any]:
    resources = json.loads((latest / "datapackage.json").read_text("utf-8"))["resources"]
    return {resource["name"]: resource for resource in resources}


def test_what_catalogues_will_miss_is_a_warning(bare: Path) -> None:
    told = (bare / "told").read_text("utf-8")
    lost = "title, description, licenses, contributors, created, keywords"
    assert f"warning: catalogues of data will miss what this package does not tell: {lost}" in told
    assert "homepage: warning: what is published names addresses that begin with https://trees.example/" in told


def test_a_package_that_tells_all_is_published_without_a_warning(miniature: Copy, tmp_path: Path) -> None:
    done = publish(miniature.change(lambda descriptor: descriptor.update(keywords=["a"])).descriptor, tmp_path / "out")
    assert (done.code, done.complained) == (0, "")


def test_the_files_of_a_table_named_as_the_package_and_those_of_the_whole_are_apart(latest: Path) -> None:
    assert {"trees.xlsx", "trees-whole.xlsx", "trees.zip", "trees.sqlite", "trees.csv"} <= {*files_below(latest)}


def test_files_that_are_no_tables_are_kept_and_described(bare: Path, latest: Path) -> None:
    found = described(latest)
    assert (latest / found["note"]["path"]).read_bytes() == (bare / "docs" / "note.txt").read_bytes()
    assert found["note"]["bytes"] == 7
    assert found["note"]["hash"].startswith("sha256:")
    assert found["many"]["path"] == ["files/a.csv.gz"]
    assert found["many"]["schema"] == "https://elsewhere.example/schema.json"


def test_tables_in_any_form_are_published_as_csv(latest: Path) -> None:
    assert (latest / "rows.csv").read_text("utf-8") == "a,b\n1,x\n2,y\n"
    assert (latest / "json.csv").read_text("utf-8") == "c\né\n"


def test_names_that_csvw_does_not_take_are_written_with_percents(latest: Path) -> None:
    file = latest / "trees.csv-metadata.json"
    metadata = json.loads(file.read_text("utf-8"))
    columns = metadata["tables"][0]["tableSchema"]["columns"]
    assert [column["name"] for column in columns] == ["%5Fid", "gr%C3%B6%C3%9Fe%20%28m%29", "naam%2D2"]
    assert not {"dc:modified", "dc:license"} & {*metadata}
    assert CSVW(str(file), validate=True, strict=False).is_valid


def test_nothing_is_said_of_a_day_that_nobody_told(bare: Path, latest: Path) -> None:
    assert not list((bare / "out").glob("feed.*"))
    assert json.loads((bare / "out" / "releases.json").read_text("utf-8"))["feeds"] == {}
    assert "modified" not in (bare / "out" / "catalog.ttl").read_text("utf-8")
    assert "licence: ask" in (latest / "README.md").read_text("utf-8")
    assert "> trees. https://trees.example/" in (latest / "README.md").read_text("utf-8")


def test_its_copy_can_be_verified(latest: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(latest / "verify.py")], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, "All is well. · Alles klopt.")


@pytest.mark.parametrize("name", ["a catalogue of the first version", "plants with keys of two fields", "every type"])
def test_good_packages_of_others_are_published(tmp_path: Path, name: str) -> None:
    done = publish(GOOD[name].write(tmp_path), tmp_path / "out")
    assert done.code == 0, done.all
    for file in (tmp_path / "out" / "latest").glob("*.csv-metadata.json"):
        assert CSVW(str(file), validate=True, strict=False).is_valid, file.name


def test_a_package_that_tells_when_it_was_made_has_a_feed_of_that_day(tmp_path: Path) -> None:
    other = Other(BARE.resources, BARE.files, {"name": "trees", "version": "1.2.0", "created": "2024-05-06T07:08:09Z"})
    publish(other.write(tmp_path), tmp_path / "out")
    assert "<updated>2024-05-06T00:00:00Z</updated>" in (tmp_path / "out" / "feed.en.xml").read_text("utf-8")


@pytest.mark.parametrize("homepage", ["git+http://host/x.git", "https://host.example/page?id=1", "x y"])
def test_a_homepage_that_can_hold_no_files_is_no_obstacle(tmp_path: Path, homepage: str) -> None:
    done = publish(
        Other(BARE.resources, BARE.files, {"name": "trees", "homepage": homepage}).write(tmp_path), tmp_path / "o"
    )
    assert done.code == 0, done.all
    assert "https://trees.example/" in done.all


def test_any_package_becomes_a_site_with_the_commands_of_the_documentation(bare: Path, tmp_path: Path) -> None:
    folder = tmp_path / "trees-site"
    commands = documented()
    assert [command.split()[0] for command in commands] == ["new_site", "publish", "build_site"]
    for command in commands:
        told = command.replace("their/datapackage.json", str(bare / "datapackage.json")).replace(
            "their-site", str(folder)
        )
        done = run_verb(*told.split())
        assert done.code == 0, done.all
    public = folder / "public"
    tables = {f"data/{name}.html" for name in ("trees", "rows", "json", "index")}
    files = {f"data/latest/{name}" for name in ("trees-whole.xlsx", "trees.zip", "files/docs/note.txt", "trees.csv")}
    assert {*tables, *files, "index.html", "search.html", "404.html"} <= {*files_below(public)}
    pages = [path for path in public.rglob("*.html") if "latest" not in path.parts]
    assert {path.name: OURS.findall(path.read_text("utf-8")) for path in pages} == {path.name: [] for path in pages}
    home = read(public / "index.html")
    assert text_of(every(home, "h1")[0]) == "trees"
    assert not every(home, ".languages")
    assert "docs/note.txt" in text_of(read(public / "data" / "index.html"))
    heads = [text_of(head) for head in every(read(public / "data" / "trees.html"), "table.fields th[scope=col]")]
    assert heads == ["Column", "Type", "Rules"]
    (index,) = public.rglob("search_index.json")
    found = [entry["title"] for entry in json.loads(index.read_text("utf-8"))["docs"]]
    assert found.count("The tables") == 1


def documented() -> list[str]:
    """Give the commands that the documentation names to make a site of any package."""
    text = (PROJECT / "docs" / "check.md").read_text("utf-8")
    return [" ".join(parts) for parts in re.findall(r"^\.venv/bin/python scripts/(\w+)\.py (.+)$", text, re.MULTILINE)]


def test_a_site_is_written_over_nothing(bare: Path, miniature: Copy) -> None:
    done = run_verb("new_site", bare / "datapackage.json", miniature.folder)
    assert (done.code, done.said) == (2, "")
    assert "this folder holds files already, and nothing is written over" in done.complained
