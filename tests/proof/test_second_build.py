"""The whole site once more, on a second path."""

from pathlib import Path

from small_projects import digests
from vierdepijler.checking import check_package
from vierdepijler.package import Package
from vierdepijler.publishing import publish_package
from vierdepijler.reading import read_package
from vierdepijler.site.building import build_site


def test_a_second_build_on_another_path_gives_the_same_files(
    published: Package, site: Path, project_copy: Path, tmp_path: Path
) -> None:
    package = read_package(project_copy / "datapackage.json")
    publish_package(package, check_package(package, project_copy / "site"), tmp_path / "data")
    assert digests(tmp_path / "data") == digests(published.root.parent)
    build_site(read_package(tmp_path / "data" / "latest" / "datapackage.json"), project_copy, tmp_path / "public")
    assert digests(tmp_path / "public") == digests(site)
