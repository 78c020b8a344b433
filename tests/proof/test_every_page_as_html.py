"""Every page of the site as HTML."""

from pathlib import Path

from built_pages import invalid, names


def test_every_page_is_valid_html(site: Path) -> None:
    assert invalid(site, names(site)) == 0
