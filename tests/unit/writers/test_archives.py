import os
import subprocess
import time
import zipfile
import zlib
from pathlib import Path

import pytest

from vierdepijler.writers.formats.publication import files_below, sha256, write_checksums, write_zip


def test_an_archive_has_the_same_bytes_at_another_time_and_in_another_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.txt"
    file.write_text("text")
    write_zip({"b.txt": file, "a.txt": file}, tmp_path / "one.zip")
    os.utime(file, (0, 1_000_000_000))
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    write_zip({"a.txt": file, "b.txt": file}, tmp_path / "two.zip")
    assert sha256(tmp_path / "one.zip") == sha256(tmp_path / "two.zip")
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert archive.namelist() == ["a.txt", "b.txt"]
        assert archive.testzip() is None


def test_files_are_packed_as_small_as_can_be(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("".join(f"{number},{number * number % 977},text\n" for number in range(5000)))
    write_zip({"a.csv": file}, tmp_path / "a.zip")
    deflate = zlib.compressobj(9, wbits=-15)
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        packed = archive.getinfo("a.csv").compress_size
    assert packed == len(deflate.compress(file.read_bytes()) + deflate.flush())


def test_checksums_are_those_that_sha256sum_checks(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "b.txt").write_text("b")
    (tmp_path / "a.txt").write_text("a")
    write_checksums(files_below(tmp_path), tmp_path / "SHA256SUMS")
    done = subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=tmp_path, check=False)
    assert done.returncode == 0
    names = [line.split("  ")[1] for line in (tmp_path / "SHA256SUMS").read_text().splitlines()]
    assert names == ["a.txt", "deep/b.txt"]
