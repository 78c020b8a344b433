from pathlib import Path

import pytest

from conftest import PROJECT, Copy
from vierdepijler.formats.archives import files_below
from vierdepijler.package import Package
from vierdepijler.releases.keeping import keep_release, restore_release
from vierdepijler.releases.release_archives import Archive, check_archives, read_archives


@pytest.fixture
def out(miniature: Copy, tmp_path: Path) -> Path:
    return miniature.publish(tmp_path / "out")


def contents(folder: Path) -> dict[str, bytes]:
    return {name: path.read_bytes() for name, path in files_below(folder).items()}


def test_what_was_published_comes_back_to_the_byte_binaries_too(miniature: Copy, out: Path, tmp_path: Path) -> None:
    archive = keep_release(out, [], "1.2.3", miniature.folder)
    assert restore_release(archive, tmp_path / "again") == ()
    assert contents(tmp_path / "again") == contents(out)


def test_our_own_package_comes_back_to_the_byte(published: Package, tmp_path: Path) -> None:
    archive = keep_release(published.root, [], "9.9.9", tmp_path)
    assert restore_release(archive, tmp_path / "again") == ()
    assert contents(tmp_path / "again") == contents(published.root)


@pytest.mark.parametrize("archive", read_archives(PROJECT), ids=lambda archive: archive.version)
def test_each_release_of_ours_comes_back(archive: Archive, tmp_path: Path) -> None:
    lost = restore_release(archive, tmp_path / "again")
    assert {*contents(tmp_path / "again"), *lost} == {*archive.published, "SHA256SUMS"}
    assert all(name in archive.remade for name in lost)


def test_a_binary_that_comes_out_otherwise_is_left_out_and_named(miniature: Copy, out: Path, tmp_path: Path) -> None:
    sums = out / "SHA256SUMS"
    lines = sums.read_text("utf-8").splitlines()
    spoiled = [f"{'0' * 64}  {line[66:]}" if line.endswith(".sqlite") else line for line in lines]
    sums.write_text("\n".join([*spoiled, f"{'0' * 64}  unheard-of.parquet"]) + "\n", encoding="utf-8")
    archive = keep_release(out, [], "1.2.3", miniature.folder)
    lost = restore_release(archive, tmp_path / "again")
    assert {"miniature.sqlite", "unheard-of.parquet"} <= set(lost)
    assert not any((tmp_path / "again" / name).exists() for name in lost)


def test_a_release_is_kept_once(miniature: Copy, out: Path) -> None:
    keep_release(out, [], "1.2.3", miniature.folder)
    with pytest.raises(FileExistsError):
        keep_release(out, [], "1.2.3", miniature.folder)


def test_an_older_archive_is_vouched_for_beside_a_new_one(miniature: Copy, out: Path) -> None:
    keep_release(out, ["a.html"], "1.2.3", miniature.folder)
    keep_release(out, ["b.html"], "1.2.4", miniature.folder, bill="{}")
    assert list(check_archives(miniature.folder)) == []
    listed = (miniature.folder / "releases" / "SHA256SUMS").read_text("utf-8").splitlines()
    assert [line[66:] for line in listed] == [
        "1.2.3/SHA256SUMS", "1.2.3/addresses.txt", "1.2.4/SHA256SUMS", "1.2.4/addresses.txt",
        "1.2.4/sbom.cdx.json",
    ]  # fmt: skip
