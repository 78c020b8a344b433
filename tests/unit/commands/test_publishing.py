import csv
import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package as FrictionlessPackage
from jsonschema import Draft202012Validator

from conftest import Copy
from vierdepijler.checks.checking import check_package
from vierdepijler.core.problems import ContentError
from vierdepijler.core.reading import read_package
from vierdepijler.releases.archives import is_binary, keep_release

SUFFIXES = ("csv", "nl.csv", "json", "xlsx", "parquet")
REPORT = {"validation.json", "validation.schema.json"}
METADATA = {"croissant.json", "CITATION.cff", "citation.bib", "citation.ris"}
BUNDLE = {"miniature.zip", "SHA256SUMS", "verify.py", "README.md", "LEESMIJ.md", "dictionary.csv", "metadata.json"}


def test_every_table_is_there_in_every_format_with_descriptor_archive_and_checksums(out: Path) -> None:
    names = {path.name for path in out.iterdir()}
    tables = {"counts", "groups", "derived_figures", "units"}
    formats = {f"{table}.{extension}" for table in tables for extension in (*SUFFIXES, "csv-metadata.json")}
    package = {"datapackage.json", "miniature.sqlite", "miniature.xlsx"}
    assert names == formats | package | BUNDLE | REPORT | METADATA


def test_the_descriptor_tells_the_size_and_hash_of_each_file(out: Path) -> None:
    descriptor = json.loads((out / "datapackage.json").read_text("utf-8"))
    files = [file for resource in descriptor["resources"] for file in (resource, *resource["distributions"])]
    assert len(files) == 4 * len(SUFFIXES)
    for file in files:
        content = (out / file["path"]).read_bytes()
        assert file["bytes"] == len(content)
        assert file["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()


def test_the_checksums_cover_every_other_file(out: Path) -> None:
    lines = (out / "SHA256SUMS").read_text().splitlines()
    listed = {line.split("  ")[1]: line.split("  ")[0] for line in lines}
    assert set(listed) == {path.name for path in out.iterdir()} - {"SHA256SUMS"}
    for name, digest in listed.items():
        assert hashlib.sha256((out / name).read_bytes()).hexdigest() == digest


def test_the_archive_is_the_package(out: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(out / "miniature.zip") as archive:
        archive.extractall(tmp_path / "unpacked")
    assert check_package(read_package(tmp_path / "unpacked" / "datapackage.json")).problems == ()


def test_the_report_is_published_with_its_schema_and_its_counts_in_the_descriptor(out: Path) -> None:
    report = json.loads((out / "validation.json").read_text("utf-8"))
    Draft202012Validator(json.loads((out / "validation.schema.json").read_text("utf-8"))).validate(report)
    assert report["package"] == {
        "name": "miniature", "version": "1.2.3", "created": "2026-01-02T00:00:00Z", "descriptor": "datapackage.json",
    }  # fmt: skip
    told = json.loads((out / "datapackage.json").read_text("utf-8"))["validation"]
    assert (out / told["path"]).stat().st_size == told["bytes"]
    assert (out / told["schema"]).is_file()
    checked = report["checked"]
    assert (told["tables"], told["rows"], told["cells"]) == (checked["tables"], checked["rows"], checked["cells"])
    counted = (checked["schema_rules"], checked["own_rules"])
    assert (told["schema_rules"], told["own_rules"]) == counted
    assert (told["errors"], told["warnings"], told["infos"]) == (0, 0, 0)


def test_the_report_is_in_the_archive(out: Path) -> None:
    with zipfile.ZipFile(out / "miniature.zip") as archive:
        assert set(archive.namelist()) >= REPORT


def test_what_is_published_is_valid_for_us_and_for_frictionless(out: Path) -> None:
    assert check_package(read_package(out / "datapackage.json")).problems == ()
    assert FrictionlessPackage(str(out / "datapackage.json")).validate().valid


def test_what_is_published_holds_the_same_values(miniature: Copy, out: Path) -> None:
    before, after = miniature.read(), read_package(out / "datapackage.json")
    for name, table in before.tables.items():
        assert all(table.column(field).equals(after.tables[name].column(field)) for field in table.field_names)


def test_values_in_another_notation_are_published_in_ours(miniature: Copy, tmp_path: Path) -> None:
    miniature.write("data/counts.csv", "day;group;persons;unknown_id;as_printed\n25/02/2025;a;3290 pers.;;3.290\n")

    def notate(descriptor: Any) -> None:
        counts = descriptor["resources"][0]
        counts["dialect"] = {"delimiter": ";"}
        counts["schema"]["fields"][0]["format"] = "%d/%m/%Y"
        counts["schema"]["fields"][2]["bareNumber"] = False
        descriptor["resources"] = descriptor["resources"][:2] + descriptor["resources"][3:]
        (miniature.folder / "data" / "derived_figures.csv").unlink()

    miniature.change(notate)
    assert miniature.errors() == []
    miniature.publish(tmp_path / "out")
    assert "2025-02-25,a,3290,,3.290" in (tmp_path / "out" / "latest" / "counts.csv").read_text("utf-8")
    assert check_package(read_package(tmp_path / "out" / "latest" / "datapackage.json")).valid


def test_limits_in_another_notation_are_published_in_ours(miniature: Copy, tmp_path: Path) -> None:
    miniature.replace("data/counts.csv", "2025-02-25", "25/02/2025")
    miniature.write("data/derived_figures.csv", 'figure_id,value,unit\nshare_a,"86,3",percent\n')

    def notate(descriptor: Any) -> None:
        limits = {"minimum": "01/01/2020", "enum": ["25/02/2025"]}
        descriptor["resources"][0]["schema"]["fields"][0].update(format="%d/%m/%Y", constraints=limits)
        descriptor["resources"][2]["schema"]["fields"][1].update(decimalChar=",", constraints={"minimum": "3,5"})
        descriptor["resources"][2]["schema"]["fields"] = descriptor["resources"][2]["schema"]["fields"][:3]
        descriptor["resources"][2]["name"] = "shares"
        del descriptor["resources"][2]["role"]

    assert miniature.change(notate).problems() == []
    miniature.publish(tmp_path / "out")
    published = read_package(tmp_path / "out" / "latest" / "datapackage.json")
    assert check_package(published).problems == ()
    assert published.tables["shares"].field("value").descriptor["constraints"] == {"minimum": "3.5"}
    assert published.tables["counts"].field("day").descriptor["constraints"] == {
        "minimum": "2020-01-01", "enum": ["2025-02-25"],
    }  # fmt: skip


def test_the_same_input_gives_the_same_bytes(miniature: Copy, out: Path, tmp_path: Path) -> None:
    miniature.publish(tmp_path / "again")
    for path in out.iterdir():
        assert path.read_bytes() == (tmp_path / "again" / "latest" / path.name).read_bytes(), path.name


def test_values_of_every_type_are_published_as_they_fit_their_schema(miniature: Copy, tmp_path: Path) -> None:
    types = {
        "geopoint": "4.35, 50.85", "object": '{"a": 1}', "array": "[1, 2]", "list": "a,b", "yearmonth": "2025-02",
        "duration": "P1Y", "datetime": "2025-02-25T10:00:00Z", "time": "10:00:00", "year": "2025", "any": "x",
    }  # fmt: skip
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([list(types), list(types.values()), [""] * len(types)])

    def add(descriptor: Any) -> None:
        fields = [{"name": kind, "type": kind, "unit": "items"} for kind in types]
        resource = {"name": "kinds", "path": "data/kinds.csv", "schema": {"fields": fields}}
        descriptor.pop("languages")
        descriptor["resources"] = [resource, descriptor["resources"][3]]

    for name in ("counts", "derived_figures", "groups"):
        (miniature.folder / "data" / f"{name}.csv").unlink()
    miniature.write("data/kinds.csv", text.getvalue()).change(add)
    assert [problem for problem in miniature.errors() if "row is empty" not in problem] == []
    miniature.publish(tmp_path / "out")
    with (tmp_path / "out" / "latest" / "kinds.csv").open(newline="") as file:
        assert list(csv.reader(file))[1] == list(types.values())


def test_the_texts_of_each_release_are_published_as_they_were_whatever_became_of_the_other_formats(
    miniature: Copy, out: Path, tmp_path: Path
) -> None:
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    for binary in (path for path in out.iterdir() if is_binary(path.name)):
        binary.write_bytes(b"of another version of the library")
    keep_release(out, [], "1.2.3", miniature.folder)
    again = miniature.publish(tmp_path / "again").parent / "1.2.3"
    assert {path.name: path.read_bytes() for path in again.iterdir()} == {
        name: content for name, content in before.items() if not is_binary(name)
    }


def test_a_touched_archive_stops_publication_and_nothing_is_lost(miniature: Copy, out: Path) -> None:
    keep_release(out, [], "1.2.3", miniature.folder)
    miniature.replace("releases/1.2.3/counts.csv", "521", "522")
    before = (out / "SHA256SUMS").read_bytes()
    with pytest.raises(ContentError, match=r"releases/1\.2\.3/counts\.csv: a file of a release was changed"):
        miniature.publish(out.parent)
    assert (out / "SHA256SUMS").read_bytes() == before
