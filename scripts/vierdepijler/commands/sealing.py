"""Sealing a release: what would be published now goes into the archive of its version, and never changes again.

With it goes a bill of materials: every library that it was made with, as locked, in CycloneDX 1.6 (ECMA-424). That is
made from `requirements/site.txt` and `package-lock.json`, and holds nothing of the moment or the machine but the
licences, which are those that the installed packages declare. A package has a hash for each file of it that may be
installed: one for each platform.
"""

import base64
import json
import re
from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any
from urllib.parse import quote

from vierdepijler.checks.checking import check_package
from vierdepijler.core.package import Package
from vierdepijler.core.problems import ContentError, Problem, say
from vierdepijler.core.reading import read_package
from vierdepijler.core.text_files import render_json
from vierdepijler.core.writing import scratch
from vierdepijler.releases.archives import FOLDER, keep_release, read_archives
from vierdepijler.site.building import build_site
from vierdepijler.writers.formats.publication import (
    DESCRIPTOR,
    LATEST,
    files_below,
)

from .publishing import publish_package

PYTHON_LIST = "requirements/site.txt"
NPM_LIST = "package-lock.json"
LOCKED = re.compile(r"^([a-z0-9._-]+)==([^\s;]+)[^\n]*((?:\n +--hash=sha256:[0-9a-f]{64}(?: \\)?)+)", re.MULTILINE)
Component = dict[str, Any]


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


def render_bill(project: Path, release: Mapping[str, Any]) -> str:
    """Write the bill of materials of the release that a descriptor describes; empty where a project locks nothing."""
    components = [*_python_packages(project / PYTHON_LIST), *_npm_packages(project / NPM_LIST)]
    if not components:
        return ""
    about = {"type": "data", "name": release.get("name", "package"), "version": release["version"]}
    made = {"timestamp": release["created"]} if "created" in release else {}
    head = {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "metadata": made | {"component": about}}
    return render_json(head | {"components": sorted(components, key=lambda one: str(one["bom-ref"]))})


def _python_packages(path: Path) -> Iterator[Component]:
    for name, version, listed in LOCKED.findall(path.read_text("utf-8") if path.is_file() else ""):
        hashes = [("SHA-256", digest) for digest in re.findall(r"sha256:(\w+)", listed)]
        yield _component("pypi", name, version, hashes, _declared(name))


def _npm_packages(path: Path) -> Iterator[Component]:
    locked = json.loads(path.read_text("utf-8"))["packages"] if path.is_file() else {}
    for place, package in locked.items():
        if place:  # without one it is the project itself
            name = place.rpartition("node_modules/")[2]
            digest = base64.b64decode(package["integrity"].removeprefix("sha512-")).hex()
            licences = [{"expression": package["license"]}] if "license" in package else []
            yield _component("npm", name, package["version"], [("SHA-512", digest)], licences)


def _component(kind: str, name: str, version: str, hashes: list[tuple[str, str]], licences: list[Any]) -> Component:
    address = f"pkg:{kind}/{quote(name)}@{quote(version)}"
    listed = [{"alg": algorithm, "content": digest} for algorithm, digest in hashes]
    named = {"type": "library", "bom-ref": address, "name": name, "version": version, "hashes": listed}
    return named | ({"licenses": licences} if licences else {}) | {"purl": address}


def _declared(name: str) -> list[dict[str, Any]]:
    """Give the licence that an installed package declares: an expression of SPDX, or a name in words."""
    try:
        declared = metadata.metadata(name)
    except metadata.PackageNotFoundError:  # of another platform
        return []
    if expressions := declared.get_all("License-Expression", []):
        return [{"expression": expressions[0]}]
    written = "".join(declared.get_all("License", []))
    listed = [line.rpartition(" :: ")[2] for line in declared.get_all("Classifier", []) if line.startswith("License ")]
    in_words = " or ".join(listed) if "\n" in written or written in {"", "UNKNOWN"} else written
    return [{"license": {"name": in_words}}] if in_words else []
