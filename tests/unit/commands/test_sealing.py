import json
import shutil
from pathlib import Path

import pytest

from conftest import run_verb
from vierdepijler.formats.archives import sha256
from vierdepijler.problems import ContentError
from vierdepijler.reading import read_package
from vierdepijler.releases.release_archives import check_archives, read_archives
from vierdepijler.sealing import seal_release


@pytest.fixture(scope="module")
def project(project_copy: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project in which the version of today is not sealed yet."""
    copy = Path(shutil.copytree(project_copy, tmp_path_factory.mktemp("sealing") / "project"))
    version = json.loads((copy / "datapackage.json").read_text("utf-8"))["version"]
    sums = copy / "releases" / "SHA256SUMS"
    kept = [line for line in sums.read_text("utf-8").splitlines(keepends=True) if f"  {version}/" not in line]
    sums.write_text("".join(kept), encoding="utf-8")
    shutil.rmtree(copy / "releases" / version, ignore_errors=True)
    return copy


def test_a_release_is_tried_then_sealed_and_never_again(project: Path) -> None:
    package = read_package(project / "datapackage.json")
    version = package.descriptor["version"]
    before = len(read_archives(project))
    assert "index.html" in seal_release(package, project, is_trial=True)
    assert len(read_archives(project)) == before

    outcome = run_verb("release", project=project)
    assert outcome.code == 0, outcome.all
    assert f"Sealed release {version}" in outcome.said
    archive = read_archives(project)[-1]
    assert archive.version == version
    assert list(check_archives(project)) == []
    assert sha256(archive.folder / "completions.csv") == archive.published["completions.csv"]
    assert not list(archive.folder.rglob("*.xlsx"))
    assert any(name.endswith(".xlsx") for name in archive.published)
    assert {"index.html", "api/v1/index.json", "data/latest/completions.xlsx"} <= set(archive.addresses)

    again = run_verb("release", project=project)
    assert again.code == 1
    assert f"release {version} is sealed already, and never changes" in again.complained
    assert run_verb("validate", project=project).code == 0


def test_a_folder_in_the_way_is_refused(project: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(project, tmp_path / "copy"))
    text = (copy / "datapackage.json").read_text("utf-8")
    version = json.loads(text)["version"]
    (copy / "datapackage.json").write_text(text.replace(f'"version": "{version}"', '"version": "98.0.0"'), "utf-8")
    (copy / "releases" / "98.0.0").mkdir()
    with pytest.raises(ContentError, match=r"the folder releases/98\.0\.0 is in the way"):
        seal_release(read_package(copy / "datapackage.json"), copy)
