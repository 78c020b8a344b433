import pytest

from conftest import run_verb
from small_projects import SmallProject
from vierdepijler.commands.sealing import seal_release
from vierdepijler.core.problems import ContentError
from vierdepijler.releases.archives import check_archives, read_archives
from vierdepijler.writers.formats.publication import sha256


def test_a_release_that_is_tried_is_not_sealed(small_project: SmallProject) -> None:
    before = len(read_archives(small_project.folder))
    outcome = run_verb("release", "--dry-run", project=small_project.folder)
    assert outcome.said.startswith("Release 1.1.0 can be sealed: ")
    assert len(read_archives(small_project.folder)) == before


def test_a_release_is_sealed_and_never_again(small_project: SmallProject) -> None:
    folder = small_project.folder
    small_project.write("requirements/site.txt", f"pytest==8.0.1 \\\n    --hash=sha256:{'a' * 64}\n")
    outcome = run_verb("release", project=folder)
    assert outcome.code == 0, outcome.all
    assert "Sealed release 1.1.0" in outcome.said
    archive = read_archives(folder)[-1]
    assert archive.version == "1.1.0"
    assert list(check_archives(folder)) == []
    assert '"pkg:pypi/pytest@8.0.1"' in (archive.folder / "sbom.cdx.json").read_text("utf-8")
    assert sha256(archive.folder / "counts.csv") == archive.published["counts.csv"]
    assert not list(archive.folder.rglob("*.xlsx"))
    assert any(name.endswith(".xlsx") for name in archive.published)
    assert {"index.html", "api/v1/index.json", "data/latest/counts.xlsx"} <= set(archive.addresses)

    again = run_verb("release", project=folder)
    assert again.code == 1
    assert "release 1.1.0 is sealed already, and never changes" in again.complained
    assert small_project.problems() == []


def test_a_package_with_an_error_is_not_sealed(small_project: SmallProject) -> None:
    small_project.replace("data/counts.csv", "521,,521", "522,,521")
    with pytest.raises(ContentError, match=r"data/counts\.csv:3"):
        seal_release(small_project.read(), small_project.folder)
    assert [archive.version for archive in read_archives(small_project.folder)] == ["1.0.0"]


def test_a_folder_in_the_way_is_refused(small_project: SmallProject) -> None:
    (small_project.folder / "releases" / "1.1.0").mkdir()
    with pytest.raises(ContentError, match=r"the folder releases/1\.1\.0 is in the way"):
        seal_release(small_project.read(), small_project.folder)
