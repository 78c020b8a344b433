import json
import subprocess
import zipfile
from pathlib import Path

from conftest import PROJECT
from vierdepijler.core.package import Package


def test_the_archive_holds_all_that_is_published(out: Path) -> None:
    with zipfile.ZipFile(out / "miniature.zip") as archive:
        packed = archive.namelist()
    loose = sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file())
    assert packed == [name for name in loose if name != "miniature.zip"]
    assert {"README.md", "LEESMIJ.md", "dictionary.csv", "verify.py", "SHA256SUMS", "miniature.sqlite"} <= set(packed)


def test_what_lies_in_the_archive_is_what_lies_beside_it(out: Path) -> None:
    with zipfile.ZipFile(out / "miniature.zip") as archive:
        differing = [name for name in archive.namelist() if archive.read(name) != (out / name).read_bytes()]
    assert differing == ["SHA256SUMS"]  # the one beside it knows the archive too


def test_the_checksums_in_the_archive_are_those_of_all_else_in_it(out: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(out / "miniature.zip") as archive:
        archive.extractall(tmp_path / "unpacked")
    listed = [line.split("  ")[1] for line in (tmp_path / "unpacked" / "SHA256SUMS").read_text().splitlines()]
    assert listed == sorted(path.name for path in (tmp_path / "unpacked").iterdir() if path.name != "SHA256SUMS")
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=tmp_path / "unpacked", check=False
    )
    assert done.returncode == 0


def test_the_program_that_checks_is_handed_on_as_it_is(out: Path) -> None:
    source = PROJECT / "scripts" / "vierdepijler" / "writers" / "formats" / "verify.py"
    assert (out / "verify.py").read_bytes() == source.read_bytes()


def test_the_archive_is_no_part_of_the_descriptor_that_lies_in_it(published: Package) -> None:
    descriptor = json.loads((published.root / "datapackage.json").read_text("utf-8"))
    assert [file["name"] for file in descriptor["distributions"]].count("sqlite") == 1
    assert "vierde-pijler.zip" not in json.dumps(descriptor)
