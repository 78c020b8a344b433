import os
import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from conftest import PROJECT, Copy
from vierdepijler.package import Package

SYNTAXES = {"ttl": "turtle", "rdf": "xml", "jsonld": "json-ld"}


@pytest.fixture
def catalogues(published: Package) -> dict[str, Path]:
    return {extension: published.root.with_name(f"catalog.{extension}") for extension in SYNTAXES}


def test_the_three_forms_of_the_catalogue_hold_the_same(catalogues: dict[str, Path]) -> None:
    graphs = [Graph().parse(catalogues[extension], format=syntax) for extension, syntax in SYNTAXES.items()]
    assert len(graphs[0]) > 1000
    for other in graphs[1:]:
        assert isomorphic(graphs[0], other)


def test_metadata_are_the_same_however_python_hashes_and_wherever_it_runs(miniature: Copy, tmp_path: Path) -> None:
    for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo")):
        subprocess.run(
            [sys.executable, PROJECT / "scripts" / "publish.py", "--package", miniature.descriptor,
             "--out", tmp_path / seed / "data"],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}, check=True, capture_output=True,
        )  # fmt: skip
    one, other = tmp_path / "1" / "data", tmp_path / "2" / "data"
    files = [path.relative_to(one) for path in one.rglob("*") if path.is_file()]
    assert Path("catalog.ttl") in files
    for file in files:
        assert (one / file).read_bytes() == (other / file).read_bytes(), file
