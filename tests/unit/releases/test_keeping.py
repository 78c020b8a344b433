from pathlib import Path

import pytest

from conftest import PROJECT, Copy
from vierdepijler.releases.archives import Archive, check_archives, copy_release, keep_release, read_archives
from vierdepijler.writers.formats.publication import files_below


def contents(folder: Path) -> dict[str, bytes]:
    return {name: path.read_bytes() for name, path in files_below(folder).items()}


@pytest.mark.parametrize("archive", read_archives(PROJECT), ids=lambda archive: archive.version)
def test_the_texts_of_each_release_of_ours_come_back_to_the_byte(archive: Archive, tmp_path: Path) -> None:
    copy_release(archive, tmp_path / "again")
    assert contents(tmp_path / "again") == {
        name: content for name, content in contents(archive.folder).items() if name != "addresses.txt"
    }
    assert {*archive.kept} < {*archive.published}


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
