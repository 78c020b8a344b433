"""The published descriptor, as others read it: by the profile of the standard, with Frictionless, over a server."""

import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package as FrictionlessPackage
from jsonschema import Draft7Validator

from conftest import SHARED, copy_output
from small_projects import SmallProject
from vierdepijler.core.package import Package

PROFILE = SHARED / "standards" / "datapackage-2.0-datapackage.profile.json"
RESOURCE = SHARED / "standards" / "datapackage-2.0-dataresource.profile.json"

needs_profiles = pytest.mark.skipif(not PROFILE.is_file(), reason="the profiles of Data Package are not here")


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing of it."""

    def log_message(self, *_: Any) -> None:
        pass


def serving(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def mistakes(place: str) -> list[str]:
    report = FrictionlessPackage(place).validate()
    return [*(error.message for error in report.errors), *(str(row) for row in report.flatten(["message"]))]


@pytest.fixture
def descriptor(published: Package) -> Any:
    return json.loads((published.root / "datapackage.json").read_text("utf-8"))


@needs_profiles
def test_the_descriptor_keeps_to_the_profile_of_the_standard(descriptor: Any) -> None:
    assert list(Draft7Validator(json.loads(PROFILE.read_text("utf-8"))).iter_errors(descriptor)) == []
    resource = Draft7Validator(json.loads(RESOURCE.read_text("utf-8")))
    for described in descriptor["resources"]:
        assert list(resource.iter_errors(described)) == []


@needs_profiles
@pytest.mark.parametrize(
    "spoilt", [{"resources": []}, {"licenses": "CC0"}, {"created": 2026}, {"contributors": [{}]}, {"keywords": []}]
)
def test_the_profile_refuses_a_descriptor_with_a_mistake(descriptor: Any, spoilt: dict[str, Any]) -> None:
    assert not Draft7Validator(json.loads(PROFILE.read_text("utf-8"))).is_valid({**descriptor, **spoilt})


def test_frictionless_finds_nothing_from_disk(published: Package) -> None:
    assert mistakes(str(published.root / "datapackage.json")) == []


def test_frictionless_finds_nothing_from_a_server(small_site: SmallProject) -> None:
    for address in serving(small_site.published):
        place = f"{address}latest/datapackage.json"
        assert len(FrictionlessPackage(place).resources) == len(small_site.read_published().tables)
        assert mistakes(place) == []


def test_a_changed_file_is_noticed_from_disk_and_from_a_server(small_site: SmallProject, tmp_path: Path) -> None:
    data = copy_output(small_site.published, tmp_path / "data")
    file = data / "latest" / "counts.csv"
    file.write_text(file.read_text("utf-8").replace(",3290,", ",3291,"), encoding="utf-8")
    assert any("hash" in mistake for mistake in mistakes(str(data / "latest" / "datapackage.json")))
    for address in serving(data):
        assert any("hash" in mistake for mistake in mistakes(f"{address}latest/datapackage.json"))
