"""The program that checks a copy of the data: what it passes, and every kind of damage that it must name."""

import ast
import contextlib
import hashlib
import io
import json
import re
import runpy
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from conftest import MINIATURE, PROJECT, Copy, Outcome
from vierdepijler.checking import check_package
from vierdepijler.formats.bundle.verify import has_form, verify
from vierdepijler.package import Package
from vierdepijler.publishing import publish_package

VERIFY = PROJECT / "scripts" / "vierdepijler" / "formats" / "bundle" / "verify.py"


@dataclass(frozen=True)
class Unpacked:
    """An archive as somebody unpacked it, to be damaged."""

    folder: Path

    def verify(self, *options: str) -> Outcome:
        command = [sys.executable, "-I", str(self.folder / "verify.py"), *options]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/", timeout=60)
        return Outcome(done.returncode, done.stdout, done.stderr)

    def check(self) -> Outcome:
        """Do the same without starting Python again."""
        with contextlib.redirect_stdout(io.StringIO()) as told:
            code = verify(self.folder, "en")
        return Outcome(code, told.getvalue(), "")

    def replace(self, file: str, old: str, new: str) -> "Unpacked":
        path = self.folder / file
        text = path.read_bytes().decode()
        assert old in text, f"{file} does not hold {old!r}"
        path.write_bytes(text.replace(old, new, 1).encode())
        return self

    def describe(self, change: Callable[[Any], object]) -> "Unpacked":
        descriptor = json.loads((self.folder / "datapackage.json").read_text("utf-8"))
        change(descriptor)
        (self.folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
        return self

    def corrected(self) -> "Unpacked":
        """Do as a forger does: make the descriptor and the checksums fit what the files have become."""

        def correct(part: Any) -> None:
            for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
                correct(inner)
            if isinstance(part, dict) and {"path", "hash"} <= set(part):
                content = (self.folder / part["path"]).read_bytes()
                part.update(bytes=len(content), hash=f"sha256:{hashlib.sha256(content).hexdigest()}")

        self.describe(correct)
        files = sorted(path for path in self.folder.rglob("*") if path.is_file() and path.name != "SHA256SUMS")
        lines = [
            f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(self.folder)}\n" for path in files
        ]
        (self.folder / "SHA256SUMS").write_text("".join(lines))
        return self

    def query(self, statement: str) -> "Unpacked":
        with closing(sqlite3.connect(self.folder / "miniature.sqlite")) as database:
            database.execute(statement)
            database.commit()
        return self


def unpack(archive: Path, folder: Path) -> Unpacked:
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder)
    return Unpacked(folder)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("archive") / "out"
    return Copy(MINIATURE).publish(out) / "miniature.zip"


@pytest.fixture
def unpacked(archive: Path, tmp_path: Path) -> Unpacked:
    return unpack(archive, tmp_path / "een map met spaties é")


def test_a_copy_as_published_passes_from_any_folder(unpacked: Unpacked) -> None:
    done = unpacked.verify()
    assert (done.code, done.complained) == (0, "")
    files = sum(path.is_file() for path in unpacked.folder.iterdir()) - 1
    assert done.said.splitlines() == [
        f"Files with the right checksum: {files}.",
        "Tables as datapackage.json describes them: 4, with 16 rows.",
        "All is well.",
    ]


def test_our_own_package_passes(published: Package, tmp_path: Path) -> None:
    done = unpack(published.root / "vierde-pijler.zip", tmp_path / "u").verify("--language", "nl")
    assert (done.code, done.complained) == (0, "")
    assert done.said.endswith("Alles klopt.\n")


def test_the_folder_with_all_that_is_published_passes_too(published: Package) -> None:
    done = Unpacked(published.root).verify()
    assert (done.code, done.said.splitlines()[-1]) == (0, "All is well.")


def test_another_copy_can_be_named(unpacked: Unpacked, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert unpacked.verify(str(tmp_path / "empty")).code == 2


def test_what_a_file_manager_leaves_and_the_archive_itself_are_no_fault(unpacked: Unpacked, archive: Path) -> None:
    (unpacked.folder / ".DS_Store").write_bytes(b"\0")
    (unpacked.folder / "miniature.zip").write_bytes(archive.read_bytes())
    assert unpacked.verify().code == 0


def change_a_byte(copy: Unpacked) -> None:
    content = bytearray((copy.folder / "counts.csv").read_bytes())
    content[-2] ^= 1
    (copy.folder / "counts.csv").write_bytes(content)


def write(file: str, content: bytes) -> Callable[[Unpacked], object]:
    def spoil(copy: Unpacked) -> None:
        (copy.folder / file).parent.mkdir(exist_ok=True)
        (copy.folder / file).write_bytes(content)

    return spoil


def replace(file: str, old: str, new: str) -> Callable[[Unpacked], object]:
    return lambda copy: copy.replace(file, old, new)


def describe(change: Callable[[Any], object]) -> Callable[[Unpacked], object]:
    return lambda copy: copy.describe(change)


def limit(place: int, **constraints: Any) -> Callable[[Unpacked], object]:
    return describe(lambda d: d["resources"][0]["schema"]["fields"][place].update(constraints=constraints))


def query(statement: str) -> Callable[[Unpacked], object]:
    return lambda copy: copy.query(statement)


def remove(file: str) -> Callable[[Unpacked], object]:
    return lambda copy: (copy.folder / file).unlink()


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (change_a_byte, "counts.csv: this file was changed: its checksum differs"),
        (change_a_byte, "counts.csv: datapackage.json names another checksum or size"),
        (remove("groups.json"), "groups.json: this file is missing"),
        (remove("groups.csv"), "groups.csv: this file is missing"),
        (write("more.csv", b"a\n1\n"), "more.csv: this file does not belong here"),
        (write("deep/more.txt", b""), "deep/more.txt: this file does not belong here"),
        (replace("verify.py", "Check this copy", "Praise this copy"), "verify.py: this file was changed"),
        (replace("SHA256SUMS", "  ", " "), "SHA256SUMS:1: this line is no checksum with a name"),
        (query("DELETE FROM counts"), "miniature.sqlite: this file was changed"),
    ],
)  # fmt: skip
def test_damage_to_a_file_is_told(unpacked: Unpacked, spoil: Callable[[Unpacked], object], told: str) -> None:
    spoil(unpacked)
    done = unpacked.verify()
    assert done.code == 1
    assert told in done.said
    assert done.complained == ""


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (replace("counts.csv", "2025-02-25,b,521,,521", ""), "counts.csv:3: 0 cells in 5 columns"),
        (replace("groups.csv", "c,Groep drie,Group three", "c,Groep drie"), "groups.csv:4: 2 cells in 3 columns"),
        (replace("counts.csv", "day,group", "day,groep"), "counts.csv:1: the header should be day,group,persons"),
        (write("counts.csv", b"\xff\xfe"), "counts.csv:1: this cannot be read"),
        (write("counts.csv", b""), "counts.csv:1: the header should be day,group,persons"),
        (replace("counts.csv", "day", "\ufeffday"), "counts.csv:1: the header should be day,group,persons"),
        (replace("groups.csv", "Groep twee", '"Groep" twee'), "groups.csv:3: this cannot be read"),
        (replace("counts.csv", "521,,521", "many,,521"), "counts.csv:3: persons: 'many' is not of the type integer"),
        (replace("counts.csv", "521,,521", "5_2,,521"), "counts.csv:3: persons: '5_2' is not of the type integer"),
        (replace("counts.csv", "2025-02-25,b", "2025-02-30,b"), "counts.csv:3: day: '2025-02-30' is not of the type"),
        (replace("counts.csv", "2025-02-25,b", ",b"), "counts.csv:3: day: this cell may not be empty"),
        (replace("counts.csv", "b,521,", "b,-1,"), "counts.csv:3: persons: '-1' is below 0"),
        (replace("counts.csv", "b,521,", "b,100001,"), "counts.csv:3: persons: '100001' is above 100000"),
        (replace("derived_figures.csv", "86.3", "1e3"), "derived_figures.csv:3: value: '1e3' is not of the type"),
        (replace("groups.csv", "\nb,", "\n1,"), "groups.csv:3: code: '1' has not the form ^[a-z]+$"),
        (replace("groups.csv", "\nb,", "\na,"), "groups.csv:3: code: 'a' is in line 2 too"),
        (replace("groups.csv", "\nb,", "\n,"), "groups.csv:3: code: this cell may not be empty"),
        (replace("groups.csv", "Groep twee", "Groep één"), "groups.csv:3: label_nl: 'Groep één' is in line 2 too"),
        (replace("counts.csv", "25,b,", "25,z,"), "counts.csv:3: group: 'z' is not in groups.csv"),
        (replace("counts.csv", "25,b,", "25,a,"), "counts.csv:3: day, group: '2025-02-25', 'a' is in line 2 too"),
        (replace("counts.json", "521,", "522,"), "counts.json: counts.persons: 522 in row 2, but 521 in line 3"),
        (replace("counts.json", "521,", '"521",'), "counts.json: counts.persons: '521' in row 2, but 521 in line 3"),
        (replace("counts.json", "521,", "null,"), "counts.json: counts.persons: null in row 2, but 521 in line 3"),
        (replace("counts.json", '"day"', '"dag"'), "counts.json: row 1 should have the columns day, group"),
        (replace("derived_figures.json", "86.3", "86.31"), "derived_figures.json: derived_figures.value: 86.31 in"),
        (write("counts.json", b"[]"), "counts.json: counts: 0 rows, but 3 in counts.csv"),
        (write("counts.json", b"{"), "counts.json: this cannot be read"),
        (write("counts.json", b"{}"), "counts.json: this cannot be read"),
        (write("counts.json", b"[1]"), "counts.json: this cannot be read"),
        (query("UPDATE counts SET persons = 522 WHERE persons = 521"),
         "miniature.sqlite: counts.persons: 522 in row 2, but 521 in line 3 of counts.csv"),
        (query("DELETE FROM counts WHERE persons = 521"), "miniature.sqlite: counts: 2 rows, but 3 in counts.csv"),
        (query("DELETE FROM groups WHERE code = 'b'"), "miniature.sqlite: the keys of the database do not hold"),
        (query("DROP TABLE units"), "miniature.sqlite: this cannot be read"),
        (query("ALTER TABLE units RENAME COLUMN label_en TO label"), "miniature.sqlite: this cannot be read"),
        (write("miniature.sqlite", b"no database, though it is long enough"), "miniature.sqlite: this cannot be"),
        (limit(2, exclusiveMinimum=521), "counts.csv:3: persons: '521' is not above 521"),
        (limit(2, exclusiveMaximum=3290), "counts.csv:2: persons: '3290' is not below 3290"),
        (limit(0, minimum="2026-01-01"), "counts.csv:2: day: '2025-02-25' is below 2026-01-01"),
        (limit(1, enum=["a", "b"]), "counts.csv:4: group: 'c' is not one of ['a', 'b']"),
        (limit(2, enum=[521]), "counts.csv:2: persons: '3290' is not one of [521]"),
        (limit(1, minLength=2), "counts.csv:2: group: 'a' is shorter than 2 characters"),
        (limit(4, maxLength=4), "counts.csv:2: as_printed: '3.290' is longer than 4 characters"),
        (describe(lambda d: d["resources"][1]["schema"]["fields"][1].update(type="boolean")),
         "groups.csv:2: label_nl: 'Groep één' is not of the type boolean"),
        (describe(lambda d: d["resources"][0]["schema"].update(uniqueKeys=[["day"]])),
         "counts.csv:3: day: '2025-02-25' is in line 2 too"),
        (describe(lambda d: d["resources"][0].update(rows=4)), "counts.csv: 3 rows, but datapackage.json says 4"),
    ],
)  # fmt: skip
def test_damage_is_told_even_where_all_checksums_were_corrected(
    unpacked: Unpacked, spoil: Callable[[Unpacked], object], told: str
) -> None:
    spoil(unpacked)
    done = unpacked.corrected().check()
    assert done.code == 1
    assert told in done.said
    assert "checksum" not in done.said


def test_a_row_that_was_taken_out_is_missed_in_three_ways(unpacked: Unpacked) -> None:
    lines = (unpacked.folder / "counts.csv").read_bytes().splitlines(keepends=True)
    (unpacked.folder / "counts.csv").write_bytes(b"".join(line for line in lines if b",b," not in line))
    said = unpacked.corrected().verify().said
    assert "counts.csv: 2 rows, but datapackage.json says 3" in said
    assert "counts.json: counts: 3 rows, but 2 in counts.csv" in said
    assert "miniature.sqlite: counts: 3 rows, but 2 in counts.csv" in said


@pytest.mark.parametrize("content", ["{", "[]", "{}", '{"resources": [{}]}', '{"resources": 3}', "\xff", '"x"'])
def test_a_descriptor_that_is_none_cannot_be_checked(unpacked: Unpacked, content: str) -> None:
    (unpacked.folder / "datapackage.json").write_bytes(content.encode("latin-1"))
    done = unpacked.verify()
    assert done.code == 2
    assert "datapackage.json: this cannot be read" in done.said
    assert "datapackage.json: this file was changed" in done.said
    assert done.said.endswith("It could not all be checked.\n")
    assert done.complained == ""


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("(a+)+x", "TimeoutError: the pattern '(a+)+x' takes too long on 'aaaa"),
        ("a{4294967295}", "OverflowError: "),
        ("(" * 5000 + ")" * 5000, "RecursionError: "),
        ("[a", "error: unterminated character set"),
    ],
)
def test_a_pattern_keeps_it_no_longer_than_its_patience(
    unpacked: Unpacked, monkeypatch: pytest.MonkeyPatch, pattern: str, told: str
) -> None:
    monkeypatch.setitem(has_form.__globals__, "PATIENCE", 0.05)
    unpacked.replace("groups.csv", "Groep één", "a" * 60)
    unpacked.describe(lambda d: d["resources"][1]["schema"]["fields"][1].update(constraints={"pattern": pattern}))
    checked = unpacked.check()
    assert checked.code == 2
    assert f"datapackage.json: this cannot be read ({told}" in checked.said
    assert "It could not all be checked." in checked.said


def test_without_checksums_it_cannot_be_checked(unpacked: Unpacked) -> None:
    (unpacked.folder / "SHA256SUMS").unlink()
    done = unpacked.verify("--language", "nl")
    assert done.code == 2
    assert "SHA256SUMS: dit is niet te lezen" in done.said
    assert done.said.endswith("Niet alles was na te kijken.\n")


def test_of_very_many_faults_in_a_file_the_first_are_told(unpacked: Unpacked) -> None:
    rows = "".join(f"{number},x,y\n" for number in range(100))
    write("groups.csv", f"code,label_nl,label_en\n{rows}".encode())(unpacked)
    told = [line for line in unpacked.corrected().verify().said.splitlines() if line.startswith("groups.csv")]
    assert len(told) == 21
    assert re.fullmatch(r"groups.csv: and \d+ more like this", told[-1])


def test_it_speaks_dutch(unpacked: Unpacked) -> None:
    done = unpacked.replace("counts.csv", "25,b,521", "25,z,x").corrected().verify("--language", "nl")
    assert done.code == 1
    assert "counts.csv:3: persons: 'x' is niet van het type integer" in done.said
    assert "counts.csv:3: group: 'z' staat niet in groups.csv" in done.said
    assert "Fouten gevonden: " in done.said


def test_every_sentence_that_it_says_has_its_dutch() -> None:
    dutch = runpy.run_path(str(VERIFY))["DUTCH"]
    source = VERIFY.read_text("utf-8").partition("\n@dataclass")[2]
    tables = VERIFY.read_text("utf-8").partition("DUTCH = {")[0]
    for english, words in dutch.items():
        assert json.dumps(english) in source + tables, english
        assert set(re.findall(r"\{\w+\}", english)) == set(re.findall(r"\{\w+\}", words)), english


def test_values_of_every_type_are_the_same_in_every_format(miniature: Copy, tmp_path: Path) -> None:
    fields = [
        {"name": "n", "type": "integer"}, {"name": "number", "type": "number"}, {"name": "is_open", "type": "boolean"},
        {"name": "day", "type": "date"}, {"name": "year", "type": "year"}, {"name": "text", "type": "string"},
    ]  # fmt: skip
    rows = (
        '3,0.1,true,2025-02-25,2025,"a ""b"",\nc"\n'
        "1,999999999999999999.123456789,false,,-1,0012\n"
        "2,-5,,2024-02-29,,1+1\n9223372036854775807,,,,,\n"
    )
    miniature.write("data/units.csv", "n,number,is_open,day,year,text\n" + rows)
    miniature.change(lambda d: d["resources"][3].update(name="kinds", schema={"fields": fields, "primaryKey": "n"}))
    out = tmp_path / "out"
    package = miniature.read()
    publish_package(package, check_package(package), out)
    done = unpack(out / "latest" / "miniature.zip", tmp_path / "u").verify()
    assert (done.code, done.said.splitlines()[-1]) == (0, "All is well.")


def test_it_needs_no_network_and_nothing_but_python(unpacked: Unpacked) -> None:
    script = (
        "import runpy, sys; sys.argv = sys.argv[1:]\n"
        "try: runpy.run_path(sys.argv[0], run_name='__main__')\n"
        "except SystemExit as end: assert end.code == 0\n"
        "print(*sorted(name for name in sys.modules if name.partition('.')[0] in "
        "('socket', '_socket', 'ssl', 'http', 'ftplib', 'asyncio') or name == 'urllib.request'))\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules} - set(sys.stdlib_module_names)))"
    )
    command = [sys.executable, "-I", "-c", script, str(unpacked.folder / "verify.py")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    networked, foreign = done.stdout.splitlines()[-2:]
    assert networked == ""
    assert set(foreign.split()) <= {"__main__", "_distutils_hack", "sitecustomize", "usercustomize"}


def test_it_is_written_in_the_words_of_python_3_9() -> None:
    tree = ast.parse(VERIFY.read_text("utf-8"), feature_version=(3, 9))
    assert not any(isinstance(node, ast.Match) for node in ast.walk(tree))
    strict = [node for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == "strict"]
    assert len(strict) == 1  # that of csv.reader; that of zip is of 3.10


def test_without_sqlite_it_says_what_it_did_not_read(unpacked: Unpacked) -> None:
    unpacked.replace("verify.py", "import sqlite3", "import sqlite3_that_is_not_there").corrected()
    done = unpacked.verify()
    assert done.code == 0
    assert "The rows of the database were not read: this Python has no SQLite." in done.said
