import base64
import json
import re
from pathlib import Path
from typing import Any

import pytest

from conftest import PROJECT
from vierdepijler.commands.sealing import render_bill

RELEASE = {"name": "counts", "version": "1.1.0", "created": "2026-03-01T00:00:00Z"}
LOCKED = f"pytest==8.0.1 ; sys_platform != 'win32' \\\n    --hash=sha256:{'a' * 64} \\\n    --hash=sha256:{'b' * 64}\n"
LIBRARY = {"version": "7.9.2", "integrity": f"sha512-{base64.b64encode(bytes(64)).decode()}", "license": "ISC"}
# Those that let anybody use, change and pass on what the library is part of. Another is looked at first.
FREE = {
    *("0BSD", "Apache-2.0", "Artistic License", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "MIT-CMU"),
    *("MPL-2.0", "OFL-1.1", "PSF-2.0", "Unlicense", "W3C-20150513", "Zlib"),
    *("Apache 2.0", "Apache Software License", "BSD License", "ISC License", "MIT License"),
    "Mozilla Public License 2.0 (MPL 2.0)",
}


def components(bill: str) -> dict[str, dict[str, Any]]:
    return {component["purl"]: component for component in json.loads(bill)["components"]}


def terms(component: dict[str, Any]) -> set[str]:
    """Give the licences of a component, all of which hold, or of which one may choose."""
    return {
        term
        for one in component.get("licenses", [{"expression": "none declared"}])
        for term in re.split(" AND | OR ", one.get("expression") or one["license"]["name"])
    }


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "site.txt").write_text(LOCKED)
    library = {"packages": {"": {"name": "counts"}, "node_modules/@a/b/node_modules/d3": LIBRARY}}
    (tmp_path / "package-lock.json").write_text(json.dumps(library))
    return tmp_path


@pytest.fixture(scope="module")
def real() -> dict[str, dict[str, Any]]:
    return components(render_bill(PROJECT, RELEASE))


def test_each_library_has_its_version_its_hashes_and_its_licence(project: Path) -> None:
    bill = json.loads(render_bill(project, RELEASE))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    about = {"type": "data", "name": "counts", "version": "1.1.0"}
    assert bill["metadata"] == {"timestamp": "2026-03-01T00:00:00Z", "component": about}
    d3, pytest_ = bill["components"]
    assert d3["purl"] == "pkg:npm/d3@7.9.2"
    assert d3["hashes"] == [{"alg": "SHA-512", "content": "00" * 64}]
    assert d3["licenses"] == [{"expression": "ISC"}]
    assert pytest_["purl"] == "pkg:pypi/pytest@8.0.1"
    assert [one["content"] for one in pytest_["hashes"]] == ["a" * 64, "b" * 64]
    assert pytest_["licenses"] == [{"expression": "MIT"}]  # what is installed here declares it


def test_what_is_not_installed_has_no_licence(project: Path) -> None:
    path = project / "requirements" / "site.txt"
    path.write_text(path.read_text().replace("pytest", "no-such-package"))
    assert "licenses" not in components(render_bill(project, RELEASE))["pkg:pypi/no-such-package@8.0.1"]


def test_the_bill_knows_nothing_of_the_moment_and_the_place(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = project.rename(tmp_path_factory.mktemp("elsewhere") / "project")
    bill = render_bill(elsewhere, RELEASE)
    assert bill == render_bill(elsewhere, RELEASE)
    assert str(elsewhere) not in bill


def test_a_project_that_locks_nothing_has_no_bill(tmp_path: Path) -> None:
    assert render_bill(tmp_path, RELEASE) == ""


def test_every_locked_package_is_in_the_bill(real: dict[str, dict[str, Any]]) -> None:
    lines = (PROJECT / "requirements" / "site.txt").read_text("utf-8").splitlines()
    python = {f"pkg:pypi/{line.split()[0].replace('==', '@')}" for line in lines if "==" in line.split()[0]}
    locked = json.loads((PROJECT / "package-lock.json").read_text("utf-8"))["packages"]
    assert len(real) == len(python) + len(locked) - 1
    assert python < real.keys()
    listed = sum(line.count("--hash=") for line in lines)
    assert sum(len(one["hashes"]) for name, one in real.items() if name.startswith("pkg:pypi/")) == listed


def test_every_library_is_free_to_use(real: dict[str, dict[str, Any]]) -> None:
    assert {name: terms(one) - FREE for name, one in real.items() if not terms(one) <= FREE} == {}


def test_a_licence_nobody_looked_at_is_seen() -> None:
    assert terms({"licenses": [{"expression": "MIT AND AGPL-3.0-only"}]}) - FREE == {"AGPL-3.0-only"}
    assert not terms({}) <= FREE
