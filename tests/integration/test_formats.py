"""Every format, held to the same: the values come back, the bytes are the same anywhere, and nothing runs."""

import contextlib
import csv
import io
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from conftest import MINIATURE, PROJECT, Copy
from format_readers import READERS, write_format
from rule_checks import package_of, table
from vierdepijler.checks.checking import check_package
from vierdepijler.commands.publishing import publish_package
from vierdepijler.core.package import Package
from vierdepijler.writers.formats.file_formats import PACKAGE_FORMATS, TABLE_FORMATS, check_formulas, check_sheets
from vierdepijler.writers.formats.publication import publication_of, records
from vierdepijler.writers.formats.verify import main as verify

FORMATS = pytest.mark.parametrize("name", READERS)

TEXTS = (
    "0012", "1e5", "3.811", "2025-02-25", "1/2", "TRUE", "true", "12345678901234567890", "-5", 'met "quotes"',
    "komma, en; puntkomma", "twee\nregels", "regel\r\neinde", "ééñ € 漢字 🙂", "_x0041_", "null", "NA", "'x", "a\tb",
    " rand ", "<b>&amp;</b>", "het is = 5", "-", "http://example.org/", "mailto:a@b.example",
)  # fmt: skip
KINDS = {
    "text": TEXTS,
    "whole": ("0", "-1", "9223372036854775807", "-9223372036854775808", "999999999999999"),
    "short": ("1", "999999999999999", "-42"),
    "exact": ("0.1", "-0.5", "999999999999999999.123456789", "12", "0.000000000000000001"),
    "plain": ("86.3", "0.1", "-2.75", "100"),
    "day": ("2025-02-25", "1900-03-01", "9999-12-31", "2024-02-29"),
    "old_day": ("0001-01-01", "1899-12-31", "1900-02-28", "2025-02-25"),
    "yes": ("true", "false"),
    "year": ("2025", "1830"),
    "moment": ("2025-02-25T10:00:00Z",),
    "code": ("a", "b", "c"),
}
TYPES = {
    "whole": "integer", "short": "integer", "exact": "number", "plain": "number", "day": "date", "old_day": "date",
    "yes": "boolean", "year": "year", "moment": "datetime",
}  # fmt: skip


def csv_text(rows: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


@pytest.fixture
def nasty(tmp_path: Path) -> Package:
    """Tables with every type and every trap: nulls, no rows, one row, two fields with one title, codes with labels."""
    longest = max(map(len, KINDS.values()))
    columns = [[*cells, *[""] * (longest + 1 - len(cells))] for cells in KINDS.values()]
    fields = " ".join(f"{name}:{TYPES.get(name, 'string')}" for name in KINDS)
    keys = [{"fields": "code", "reference": {"resource": "codes", "fields": "code"}}]
    about = {
        name: {"title": "Zelfde titel", "description": f"Wat {name} is", "unit": "persons"} for name in ("day", "year")
    }
    every = csv_text([list(KINDS), *map(list, zip(*columns, strict=True))])
    codes = csv_text([["code", "label_nl", "label_en"], ["a", "Eén", "One"], ["b", "eén", "Two"], ["c", "", ""]])
    head, one = csv_text([list(KINDS)]), csv_text([list(KINDS), [cells[0] for cells in KINDS.values()]])
    tables = [
        table("every", fields, every, foreignKeys=keys, about=about, title="Alles"),
        table("one", fields, one, foreignKeys=keys),
        table("none", fields, head, foreignKeys=keys),
        table("codes", "code label_nl label_en", codes),
        table("a_table_with_a_name_of_more_than_31_characters", "a", "a\n1\n"),
        table("a_table_with_a_name_of_more_than_31_letters", "a:integer", "a\n1\n2\n"),
    ]
    texts = {"title": "Lastig", "created": "2026-01-02T00:00:00Z", "version": "1.2.3", "languages": ["nl", "en"]}
    return package_of(tmp_path / "nasty", *tables, name="nasty", homepage="https://nasty.example", **texts).read()


def test_every_format_has_a_reader() -> None:
    names = [*(form.name for form in TABLE_FORMATS), *(f"package-{form.name}" for form in PACKAGE_FORMATS)]
    assert sorted(names) == sorted(READERS)


@FORMATS
def test_the_same_typed_values_come_back(name: str, nasty: Package, tmp_path: Path) -> None:
    write_format(name, publication_of(nasty, {}), tmp_path)
    for found in nasty.tables.values():
        assert READERS[name](tmp_path, nasty, found) == (found.field_names, list(records(found))), found.name


@FORMATS
def test_our_own_tables_come_back(name: str, package: Package, tmp_path: Path) -> None:
    write_format(name, publication_of(package, {}), tmp_path)
    for found in package.tables.values():
        assert READERS[name](tmp_path, package, found) == (found.field_names, list(records(found))), found.name


@FORMATS
def test_a_reader_sees_a_value_that_is_lost(name: str, nasty: Package, tmp_path: Path) -> None:
    write_format(name, publication_of(nasty, {}), tmp_path)
    _, rows = READERS[name](tmp_path, nasty, nasty.tables["every"])
    assert rows[:-1] != list(records(nasty.tables["every"]))
    assert rows[0][0] == "0012"
    assert rows[-1] == (None,) * len(KINDS)


def test_the_nasty_package_is_one_that_may_be_published(nasty: Package) -> None:
    assert [*check_sheets(nasty), *check_formulas(nasty)] == []


PUBLISHING = """
import datetime, os, sys, time
from pathlib import Path
sys.path[:0] = [os.environ["SCRIPTS"]]
from vierdepijler.checks.checking import check_package
from vierdepijler.commands.publishing import publish_package
from vierdepijler.core.reading import read_package
import jsonschema, pandas  # these are loaded when they are needed

# The clock is put at another time once all is loaded: what is written in C minds whose class a moment is.
now, real = float(os.environ["NOW"]), datetime.datetime
class OfMoments(type):
    def __instancecheck__(cls, value):
        return isinstance(value, real)
class Then(real, metaclass=OfMoments):
    now = classmethod(lambda cls, tz=None: real.fromtimestamp(now, tz))
    today = utcnow = now
datetime.datetime = Then
for module in list(sys.modules.values()):
    if getattr(module, "datetime", None) is real:
        module.datetime = Then
for name in ("localtime", "gmtime"):
    setattr(time, name, lambda moment=None, real=getattr(time, name): real(now if moment is None else moment))
time.time = lambda: now
assert time.localtime().tm_year == datetime.datetime.now().year != 2026

package = read_package(Path(os.environ["PACKAGE"]))
publish_package(package, check_package(package), Path(os.environ["OUT"]))
"""


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def lively(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """The miniature with subsets, to publish in other circumstances."""
    folder = tmp_path_factory.mktemp("lively")
    shutil.copytree(MINIATURE, folder / "package")
    parts = [{"field": "day", "by": "year"}, {"field": "group"}]
    return Copy(folder / "package").change(lambda d: d["resources"][0].update(subsets=parts))


@pytest.fixture(scope="module")
def reference(lively: Copy, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return files_of(lively.publish(tmp_path_factory.mktemp("here") / "out").parent)


@pytest.mark.parametrize(
    "circumstances",
    [
        {"NOW": "86400", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"NOW": "4000000000", "TZ": "America/St_Johns", "LC_ALL": "nl_BE.UTF-8", "PYTHONHASHSEED": "4242"},
    ],
)
def test_the_same_bytes_come_at_any_time_in_any_place(
    circumstances: dict[str, str], lively: Copy, reference: dict[str, bytes], tmp_path: Path
) -> None:
    shutil.copytree(lively.folder, tmp_path / "an other folder")
    places = {
        "SCRIPTS": str(PROJECT / "scripts"),
        "PACKAGE": str(tmp_path / "an other folder" / "datapackage.json"),
        "OUT": str(tmp_path / "out"),
    }
    command = [sys.executable, "-c", PUBLISHING]
    done = subprocess.run(
        command, env={**os.environ, **circumstances, **places}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert files_of(tmp_path / "out") == reference


def test_the_reference_has_every_format_and_the_subsets(reference: dict[str, bytes]) -> None:
    latest = {name.removeprefix("latest/") for name in reference}
    assert {f"counts{form.suffix}" for form in TABLE_FORMATS} <= latest
    assert {f"miniature{form.suffix}" for form in PACKAGE_FORMATS} <= latest
    assert {"subsets/counts/day/2025.csv", "subsets/counts/group/a.csv", "catalog.ttl"} <= latest


def test_the_program_that_checks_finds_the_same_values_too(nasty: Package, tmp_path: Path) -> None:
    publish_package(nasty, check_package(nasty), tmp_path / "out")
    with zipfile.ZipFile(tmp_path / "out" / "latest" / "nasty.zip") as archive:
        archive.extractall(tmp_path / "unpacked")
    with contextlib.redirect_stdout(io.StringIO()) as told:
        assert verify(tmp_path / "unpacked") == 0, told.getvalue()
