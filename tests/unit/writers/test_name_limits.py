from pathlib import Path

import pytest

from conftest import Copy
from vierdepijler.writers.formats.file_formats import TABLE_FORMATS, check_file_names, own_files


def told(copy: Copy, *names: str) -> list[str]:
    def rename(descriptor: dict[str, list[dict[str, str]]]) -> None:
        for resource, name in zip(descriptor["resources"], names, strict=False):
            resource["name"] = name

    return [str(problem) for problem in check_file_names(copy.change(rename).read())]


@pytest.mark.parametrize("name", ["a/b", "a\\b", "a:b", "a*", "a?", 'a"', "a<b", "a>b", "a|b", "a\tb", "a\x00b"])
def test_signs_that_no_file_can_have_are_told(miniature: Copy, name: str) -> None:
    (problem,) = told(miniature, name)
    assert "in its name" in problem


@pytest.mark.parametrize("name", ["CON", "nul", "Aux", "com1", "LPT9", "con.x", "COM¹", "prn "])
def test_names_of_devices_are_told(miniature: Copy, name: str) -> None:
    (problem,) = told(miniature, name)
    assert "for a device, not for a file; choose another name" in problem


@pytest.mark.parametrize("name", [" a", "a ", "a.", ".a"])
def test_dots_and_spaces_at_the_ends_are_told(miniature: Copy, name: str) -> None:
    (problem,) = told(miniature, name)
    assert "cannot begin or end with a dot or a space" in problem


def test_a_name_that_makes_files_of_more_than_255_bytes_is_told(miniature: Copy) -> None:
    assert told(miniature, "é" * 118) == []  # 236 bytes, and 18 of .csv-metadata.json
    (problem,) = told(miniature, "é" * 119)
    assert "longer than 255 bytes; shorten the name" in problem


@pytest.mark.parametrize(
    ("names", "file"),
    [
        (("Groups", "groups"), "'groups.csv' would be a file of the table 'Groups' too"),
        (("x", "x.nl"), "'x.nl.csv' would be a file of the table 'x' too"),
        (("datapackage",), "'datapackage.json' would be a file of the package itself too"),
        (("Dictionary",), "'Dictionary.csv' would be a file of the package itself too"),
        (("miniature", "miniature-whole"), "'miniature-whole.xlsx' would be a file of the package itself too"),
        (("index",), "'index.html' would be a file of the package itself too"),
    ],
)
def test_two_files_that_would_be_one_are_told(miniature: Copy, names: tuple[str, ...], file: str) -> None:
    problems = told(miniature, *names)
    assert file in problems[0]


def test_the_name_of_the_package_is_that_of_its_files(miniature: Copy) -> None:
    miniature.change(lambda d: d.update(name="a:b"))
    (problem,) = told(miniature)
    assert problem.startswith("datapackage.json:3: name: no file can have ':' in its name")


def test_every_file_that_is_no_tables_is_known_as_the_packages_own(miniature: Copy, tmp_path: Path) -> None:
    out = miniature.publish(tmp_path / "out")
    package = miniature.read()
    of_tables = tuple(f"{table}." for table in package.tables)
    others = {path.name for path in out.iterdir() if not path.name.startswith(of_tables)}
    assert others - set(own_files(package)) == set(), (
        "name it in name_limits.OWN_FILES, so that no table can be called so"
    )
    assert {f"{table}{form.suffix}" for table in package.tables for form in TABLE_FORMATS} <= set(
        map(str, (p.name for p in out.iterdir()))
    )
