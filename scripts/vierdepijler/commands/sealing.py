"""Sealing a release: what would be published now goes into the archive of its version, and never changes again."""

from pathlib import Path

from vierdepijler.checks.checking import check_package
from vierdepijler.core.messages import say
from vierdepijler.core.package import Package
from vierdepijler.core.problems import ContentError, Problem
from vierdepijler.core.reading import read_package
from vierdepijler.core.writing import scratch
from vierdepijler.releases.archives import FOLDER, keep_release, read_archives
from vierdepijler.releases.bill_of_materials import render_bill
from vierdepijler.site.building import build_site
from vierdepijler.writers.formats.archives import files_below
from vierdepijler.writers.formats.publication import DESCRIPTOR, LATEST

from .publishing import publish_package


def seal_release(package: Package, project: Path, *, is_trial: bool = False) -> tuple[str, ...]:
    """Check, publish and build the package in a folder aside, and keep what came out as the release of its version.

    Gives the addresses of the site of this release. Raises `ContentError` where the version is sealed already, or the
    package has errors; with `is_trial` all is done but the keeping.
    """
    version = str(package.descriptor.get("version", ""))
    _refuse_sealed(package, version)
    report = check_package(package, project / "site")
    if not report.valid:
        raise ContentError(report.problems, package.root)
    with scratch() as folder:
        published, public = folder / "data", folder / "public"
        publish_package(package, report, published)
        build_site(read_package(published / LATEST / DESCRIPTOR), project, public)
        addresses = tuple(files_below(public))
        bill = render_bill(project, package.descriptor)
        if not is_trial:
            keep_release(published / LATEST, addresses, version, package.root, bill)
    return addresses


def _refuse_sealed(package: Package, version: str) -> None:
    if version in (archive.version for archive in read_archives(package.root)):
        what = say("release {version} is sealed already, and never changes", version=version)
        todo = say("change the data, and take the version that scripts/validate.py asks for")
        raise ContentError([Problem(package.path.name, 0, "version", what, todo)], package.root)
    if not version or (package.root / FOLDER / version).exists():
        what = say("the folder {folder} is in the way", folder=f"{FOLDER}/{version}")
        raise ContentError([Problem(package.path.name, 0, "version", what, say("move it away"))], package.root)
