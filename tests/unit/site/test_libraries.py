import json
import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from conftest import PROJECT, with_libraries
from vierdepijler.core.cells import AddressError
from vierdepijler.core.problems import ContentError
from vierdepijler.site.libraries import LIBRARIES, TYPEFACE, copy_libraries, copy_typeface, library_path

DECLARED = json.loads((PROJECT / "package.json").read_text("utf-8"))["dependencies"]
LOCK = json.loads((PROJECT / "package-lock.json").read_text("utf-8"))["packages"]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = with_libraries(tmp_path_factory.mktemp("project"))
    (folder / "package.json").write_text((PROJECT / "package.json").read_text("utf-8"))
    return folder


@pytest.fixture(scope="module")
def copied(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    stage = tmp_path_factory.mktemp("stage")
    copy_libraries(project, stage)
    return stage


def test_each_listed_library_is_copied_under_its_version_and_nothing_else(copied: Path) -> None:
    names = {path.relative_to(copied).as_posix() for path in copied.rglob("*.js")}
    assert names == {library_path(PROJECT, library.name) for library in LIBRARIES}
    assert library_path(PROJECT, "d3") == f"assets/lib/d3-{DECLARED['d3']}.js"


def test_the_licences_of_all_that_a_library_holds_lie_beside_it(copied: Path) -> None:
    for library in LIBRARIES:
        text = (copied / library_path(PROJECT, library.name)).with_suffix(".txt").read_text("utf-8")
        assert "Permission is hereby granted" in text or "Permission to use" in text, library.name
        assert text.startswith(f"{library.package}\n")
        for bundled in library.bundles:
            assert re.search(rf"^{bundled.rstrip('*')}", text, re.MULTILINE), bundled


def test_no_library_points_at_a_map_that_is_not_there(copied: Path) -> None:
    assert [path.name for path in copied.rglob("*.js") if "sourceMappingURL" in path.read_text("utf-8")] == []


def test_a_library_that_is_not_installed_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text((PROJECT / "package.json").read_text("utf-8"))
    with pytest.raises(ContentError, match=r"package\.json: the library 'd3' is not installed.*run 'make site'"):
        copy_libraries(tmp_path, tmp_path / "stage")
    assert not (tmp_path / "stage").exists()


def test_a_file_of_the_typeface_has_the_characters_that_the_stylesheet_names_and_its_licence(tmp_path: Path) -> None:
    (tmp_path / "node_modules").symlink_to(PROJECT / "node_modules")
    style, name = tmp_path / "site" / "assets" / "x.css", "libertinus-serif-latin-600-normal"
    style.parent.mkdir(parents=True)
    style.write_text(f'@font-face {{\n  src: url("lib/{name}.woff2");\n  unicode-range: U+41-43, U+E9;\n}}\n', "utf-8")
    copy_typeface(tmp_path, [tmp_path / "nl", tmp_path / "en"])
    made, other = (tmp_path / language / "lib" / f"{name}.woff2" for language in ("nl", "en"))
    with TTFont(made) as font:
        assert "".join(map(chr, sorted(font.getBestCmap()))) == "ABCé"
        assert not {"fpgm", "prep", "GSUB"} & set(font.keys())
    assert made.read_bytes() == other.read_bytes()
    assert "SIL OPEN FONT LICENSE" in made.with_suffix(".txt").read_text("utf-8")
    style.write_text(style.read_text("utf-8").replace("latin", "runes"), "utf-8")
    with pytest.raises(ContentError, match=rf"package\.json: the library '{TYPEFACE}' is not installed"):
        copy_typeface(tmp_path, [tmp_path])


def test_a_library_that_is_not_listed_has_no_address() -> None:
    with pytest.raises(AddressError, match=r"there is no library 'jquery' \(there are: minisearch, floating-ui-core, "):
        library_path(PROJECT, "jquery")


def test_every_package_is_pinned_by_version_and_hash_without_an_address() -> None:
    assert {TYPEFACE, *(library.package for library in LIBRARIES)} == set(DECLARED)
    for name, version in DECLARED.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), name
        assert LOCK[f"node_modules/{name}"]["version"] == version
    locked = {name: entry for name, entry in LOCK.items() if name}
    assert [name for name, entry in locked.items() if not entry["integrity"].startswith("sha512-")] == []
    assert [name for name, entry in locked.items() if "resolved" in entry] == []
