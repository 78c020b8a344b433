"""The program that checks a copy of the data: what it passes, and every kind of damage that it must name."""

import ast
import contextlib
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from conftest import PROJECT, Copy, Outcome
from vierdepijler.checks.checking import check_package
from vierdepijler.commands.publishing import publish_package
from vierdepijler.core.package import Package
from vierdepijler.writers.formats.verify import main

VERIFY = PROJECT / "scripts" / "vierdepijler" / "writers" / "formats" / "verify.py"


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
            code = main(self.folder)
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


def unpack(archive: Path, folder: Path) -> Unpacked:
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder)
    return Unpacked(folder)


@pytest.fixture(scope="module")
def archive(published_miniature: Path) -> Path:
    return published_miniature / "latest" / "miniature.zip"


@pytest.fixture
def unpacked(archive: Path, tmp_path: Path) -> Unpacked:
    return unpack(archive, tmp_path / "een map met spaties é")


def test_a_copy_as_published_passes_from_any_folder(unpacked: Unpacked) -> None:
    done = unpacked.verify()
    assert (done.code, done.complained) == (0, "")
    assert done.said == "All is well. · Alles klopt.\n"


def test_our_own_package_passes(published: Package, tmp_path: Path) -> None:
    done = unpack(published.root / "vierde-pijler.zip", tmp_path / "u").verify()
    assert (done.code, done.complained) == (0, "")


def test_the_folder_with_all_that_is_published_passes_too(published: Package) -> None:
    done = Unpacked(published.root).verify()
    assert done.code == 0


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


def remove(file: str) -> Callable[[Unpacked], object]:
    return lambda copy: (copy.folder / file).unlink()


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (change_a_byte, "counts.csv: this file was changed"),
        (remove("groups.json"), "groups.json: this file is missing"),
        (write("more.csv", b"a\n1\n"), "more.csv: this file does not belong here"),
        (write("deep/more.txt", b""), "deep/more.txt: this file does not belong here"),
        (replace("verify.py", "Check this copy", "Praise this copy"), "verify.py: this file was changed"),
        (write("miniature.sqlite", b""), "miniature.sqlite: this file was changed"),
    ],
)  # fmt: skip
def test_damage_to_a_file_is_told(unpacked: Unpacked, spoil: Callable[[Unpacked], object], told: str) -> None:
    spoil(unpacked)
    done = unpacked.check()
    assert done.code == 1
    assert told in done.said


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (replace("counts.csv", "2025-02-25,b,521,,521", ""), "counts.csv:3: the columns should be"),
        (replace("groups.csv", "c,Groep drie,Group three", "c,Groep drie"), "groups.csv:4: the columns should be"),
        (replace("counts.csv", "day,group", "day,groep"), "counts.csv:1: the columns should be"),
        (write("counts.csv", b""), "counts.csv: -1 rows, not the 3 of"),
        (replace("counts.csv", "day", "\ufeffday"), "counts.csv:1: the columns should be"),
        (replace("counts.csv", "521,,521", "many,,521"), "counts.csv:3: persons: 'many' is not of the type"),
        (replace("counts.csv", "521,,521", "5_2,,521"), "counts.csv:3: persons: '5_2' is not of the type"),
        (replace("counts.csv", "2025-02-25,b", "2025-02-30,b"), "counts.csv:3: day: '2025-02-30' is not of the type"),
        (replace("counts.csv", "2025-02-25,b", "2025-13-01,b"), "counts.csv:3: day: '2025-13-01' is not of the type"),
        (replace("counts.csv", "2025-02-25,b", ",b"), "counts.csv:3: day: this cell may not be empty"),
        (replace("derived_figures.csv", "86.3", "1e3"), "derived_figures.csv:3: value: '1e3' is not of the type"),
        (replace("groups.csv", "\nb,", "\na,"), "groups.csv:3: code: 'a' is there twice"),
        (replace("groups.csv", "\nb,", "\n,"), "groups.csv:3: code: this cell may not be empty"),
        (replace("groups.csv", "Groep twee", "Groep één"), "groups.csv:3: label_nl: 'Groep één' is there twice"),
        (replace("counts.csv", "25,b,", "25,z,"), "counts.csv:3: group: 'z' is not in · staat niet in groups"),
        (replace("counts.csv", "25,b,", "25,a,"), "counts.csv:3: ['day', 'group']: '2025-02-25,a' is there twice"),
        (describe(lambda d: d["resources"][1]["schema"]["fields"][1].update(type="boolean")),
         "groups.csv:2: label_nl: 'Groep één' is not of the type"),
        (describe(lambda d: d["resources"][0]["schema"].update(uniqueKeys=[["day"]])),
         "counts.csv:3: ['day']: '2025-02-25' is there twice"),
        (describe(lambda d: d["resources"][0].update(rows=4)), "counts.csv: 3 rows, not the 4 of datapackage.json"),
    ],
)  # fmt: skip
def test_damage_is_told_even_where_all_checksums_were_corrected(
    unpacked: Unpacked, spoil: Callable[[Unpacked], object], told: str
) -> None:
    spoil(unpacked)
    done = unpacked.corrected().check()
    assert done.code == 1
    assert told in done.said
    assert "changed" not in done.said


@pytest.mark.parametrize(
    "spoil",
    [
        write("counts.csv", b"\xff\xfe"),
        replace("groups.csv", "Groep twee", '"Groep" twee'),
        remove("SHA256SUMS"),
        remove("groups.csv"),
    ],
)
def test_what_cannot_be_read_is_told(unpacked: Unpacked, spoil: Callable[[Unpacked], object]) -> None:
    spoil(unpacked)
    done = unpacked.check()
    assert done.code == 2
    assert "not all could be checked · niet alles was na te kijken" in done.said


@pytest.mark.parametrize("content", ["{", "[]", "{}", '{"resources": [{}]}', '{"resources": 3}', "\xff", '"x"'])
def test_a_descriptor_that_is_none_cannot_be_checked(unpacked: Unpacked, content: str) -> None:
    (unpacked.folder / "datapackage.json").write_bytes(content.encode("latin-1"))
    done = unpacked.verify()
    assert done.code == 2
    assert "not all could be checked" in done.said
    assert done.complained == ""


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
    assert done.code == 0


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
