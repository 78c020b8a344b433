import hashlib
from pathlib import Path

import pytest

from conftest import PROJECT, Copy
from vierdepijler.releases.archives import check_archives, keep_release, read_archives

RELEASED = "releases/1.2.3"


@pytest.fixture
def kept(miniature: Copy, out: Path) -> Copy:
    """The miniature, with an archive of its release."""
    addresses = ["index.html", "data/index.html"]
    keep_release(out, addresses, "1.2.3", miniature.folder, bill="{}")
    return miniature


def found(copy: Copy) -> list[str]:
    return [str(problem) for problem in check_archives(copy.folder)]


def test_a_package_without_releases_has_no_archives(miniature: Copy) -> None:
    assert read_archives(miniature.folder) == ()
    assert found(miniature) == []


def test_an_archive_knows_what_was_published_and_at_which_addresses(kept: Copy) -> None:
    (archive,) = read_archives(kept.folder)
    assert archive.version == "1.2.3"
    assert archive.package.descriptor["name"] == "miniature"
    assert archive.addresses == ("data/index.html", "index.html")
    content = (archive.folder / "counts.csv").read_bytes()
    assert archive.published["counts.csv"] == hashlib.sha256(content).hexdigest()


def test_binaries_are_known_by_their_hash_alone(kept: Copy) -> None:
    (archive,) = read_archives(kept.folder)
    binaries = set(archive.published) - set(archive.kept)
    assert {"miniature.zip", "miniature.sqlite"} <= binaries
    assert not any((archive.folder / name).exists() for name in binaries)


def test_an_archive_that_nobody_touched_is_fine(kept: Copy) -> None:
    assert found(kept) == []


@pytest.mark.parametrize("file", ["counts.csv", "datapackage.json", "SHA256SUMS", "addresses.txt", "sbom.cdx.json"])
def test_a_touched_file_is_named(kept: Copy, file: str) -> None:
    path = kept.folder / RELEASED / file
    path.write_bytes(path.read_bytes() + b"\n")
    problem = "a file of a release was changed; put it back as it was (git has it): what was released never changes"
    assert found(kept) == [f"{RELEASED}/{file}: {problem}"]


def test_a_touched_file_whose_hash_was_touched_too_is_still_noticed(kept: Copy) -> None:
    (archive,) = read_archives(kept.folder)
    kept.replace(f"{RELEASED}/counts.csv", "521", "522")
    digest = hashlib.sha256((archive.folder / "counts.csv").read_bytes()).hexdigest()
    kept.replace(f"{RELEASED}/SHA256SUMS", archive.published["counts.csv"], digest)
    assert found(kept)[0].startswith(f"{RELEASED}/SHA256SUMS: a file of a release was changed")


def test_a_missing_file_is_named(kept: Copy) -> None:
    (kept.folder / RELEASED / "counts.csv").unlink()
    assert found(kept)[0].startswith(f"{RELEASED}/counts.csv: a file of a release is missing")


def test_a_file_that_was_not_published_is_named(kept: Copy) -> None:
    kept.write(f"{RELEASED}/notes.txt", "n").write("releases/9.9.9/x.csv", "x")
    assert found(kept) == [
        f"{file}: '{file.removeprefix('releases/')}' was not published in a release, or is no text file;"
        " take it out; scripts/release.py adds a release"
        for file in (f"{RELEASED}/notes.txt", "releases/9.9.9/x.csv")
    ]


def test_archives_come_in_the_order_of_their_versions(kept: Copy, tmp_path: Path) -> None:
    for version in ("1.10.0", "1.9.0"):
        keep_release(tmp_path / "out" / "latest", [], version, kept.folder)
    assert [archive.version for archive in read_archives(kept.folder)] == ["1.2.3", "1.9.0", "1.10.0"]


def test_our_own_archives_are_as_they_were_published() -> None:
    assert list(check_archives(PROJECT)) == []
    first, second, *_ = read_archives(PROJECT)
    assert (first.version, second.version) == ("0.1.0", "0.2.0")
    assert (len(first.package.tables), len(second.package.tables)) == (29, 36)
    assert "data/completions.csv" in first.addresses
