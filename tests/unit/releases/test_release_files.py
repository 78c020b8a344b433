import hashlib
import json
from pathlib import Path
from typing import Any

import feedparser
import pytest
from jsonschema import Draft202012Validator

from conftest import Copy
from vierdepijler.core.package import Package
from vierdepijler.writers.formats.publication import files_below


@pytest.fixture
def out(past_made: Path) -> Path:
    return past_made / "out"


def read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def test_every_release_is_listed_with_its_folder_and_its_checksums(out: Path) -> None:
    first, last = read(out / "releases.json")["releases"]
    assert (first["version"], first["level"], first["sealed"]) == ("1.0.0", None, True)
    assert (last["version"], last["level"], last["sealed"]) == ("1.1.0", "minor", False)
    for release, folder in ((first, "1.0.0"), (last, "latest")):
        assert release["folder"] == f"https://miniature.example/data/{folder}/"
        assert release["checksums"]["address"] == f"https://miniature.example/data/{folder}/SHA256SUMS"
        digest = hashlib.sha256((out / folder / "SHA256SUMS").read_bytes()).hexdigest()
        assert release["checksums"]["sha256"] == digest


def test_every_pair_has_a_file_that_the_list_leads_to(out: Path) -> None:
    (pair,) = read(out / "releases.json")["changes"]
    assert pair["address"] == "https://miniature.example/data/changes/1.0.0..1.1.0.json"
    changed = read(out / "changes" / "1.0.0..1.1.0.json")
    assert (changed["level"], changed["old"]["version"]) == (pair["level"], pair["old"])


def test_the_lists_are_as_their_schemas_say(out: Path, published: Package) -> None:
    for folder in (out, published.root.parent):
        Draft202012Validator(read(folder / "releases.schema.json")).validate(read(folder / "releases.json"))
        for path in (folder / "changes").iterdir():
            Draft202012Validator(read(folder / "changes.schema.json")).validate(read(path))


def test_the_schema_refuses_a_release_that_does_not_say_whether_it_is_sealed(out: Path) -> None:
    listed = read(out / "releases.json")
    del listed["releases"][0]["sealed"]
    assert not Draft202012Validator(read(out / "releases.schema.json")).is_valid(listed)


def test_there_is_a_feed_in_each_language_at_the_address_that_is_listed(out: Path) -> None:
    for language, address in read(out / "releases.json")["feeds"].items():
        feed = feedparser.parse((out / address.rpartition("/")[2]).read_bytes())
        assert not feed.bozo
        assert feed.feed.language == language
        assert address in [link.href for link in feed.feed.links if link.rel == "self"]


def test_the_same_input_gives_the_same_bytes(kept_past: Copy, out: Path, tmp_path: Path) -> None:
    again = kept_past.publish(tmp_path / "again").parent
    written = {name for name in files_below(out) if name.startswith(("changes/", "releases", "feed"))}
    assert len(written) == 5
    for name in written:
        assert (out / name).read_bytes() == (again / name).read_bytes()


def test_a_package_that_kept_nothing_has_one_release_and_nothing_to_compare(published_miniature: Path) -> None:
    listed = read(published_miniature / "releases.json")
    assert [release["version"] for release in listed["releases"]] == ["1.2.3"]
    assert listed["changes"] == []
