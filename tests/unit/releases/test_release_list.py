from pathlib import Path

from conftest import Copy
from vierdepijler.releases.archives import keep_release, releases_of


def test_what_is_kept_comes_first_and_what_is_published_now_last(kept_past: Copy) -> None:
    first, last = releases_of(kept_past.read())
    assert (first.version, first.released, first.archive is None) == ("1.0.0", "2026-01-01", False)
    assert (last.version, last.released, last.archive) == ("1.1.0", "2026-03-01", None)
    assert last.notes == {"nl": "Hersteld.", "en": "Mended."}


def test_a_release_that_is_sealed_is_there_once(kept_past: Copy, tmp_path: Path) -> None:
    keep_release(kept_past.publish(tmp_path / "new"), [], "1.1.0", kept_past.folder)
    releases = releases_of(kept_past.read())
    assert [(one.version, one.archive is None) for one in releases] == [("1.0.0", False), ("1.1.0", False)]


def test_a_package_that_kept_nothing_has_one_release_without_notes_of_the_day_it_was_made(miniature: Copy) -> None:
    (only,) = releases_of(miniature.read())
    assert (only.version, only.released, only.notes) == ("1.2.3", "2026-01-02", {"nl": "", "en": ""})


def test_a_package_without_a_version_has_no_release(miniature: Copy) -> None:
    assert releases_of(miniature.change(lambda descriptor: descriptor.pop("version")).read()) == ()
