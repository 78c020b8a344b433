from pathlib import Path

import pytest

from conftest import Copy
from vierdepijler.releases.keeping import keep_release


@pytest.fixture
def kept(miniature: Copy, tmp_path: Path) -> Copy:
    """The miniature, with an archive of its release."""
    keep_release(miniature.publish(tmp_path / "out"), [], "1.2.3", miniature.folder)
    return miniature


def test_a_package_beside_its_archive_is_fine(kept: Copy) -> None:
    assert kept.errors() == []


def test_a_touched_archive_is_refused_by_the_check(kept: Copy) -> None:
    kept.replace("releases/1.2.3/counts.csv", "521", "522")
    assert [problem.split(": ")[0] for problem in kept.errors()] == ["releases/1.2.3/counts.csv"]
