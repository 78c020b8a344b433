"""The pages of a site that was built, each read once for all tests that look into it; none may change them."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from bs4 import BeautifulSoup, Tag


@cache
def read(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text("utf-8"), "html.parser")


@cache
def places(path: Path) -> Mapping[str, Tag]:
    """Give what an address can lead to on a page: each element that has an identifier."""
    return {str(element["id"]): element for element in read(path).find_all(id=True)}


def pages(site: Path) -> Iterator[tuple[Path, BeautifulSoup]]:
    for path in sorted(site.rglob("*.html")):
        yield path, read(path)


def name(site: Path, path: Path) -> str:
    return path.relative_to(site).as_posix()
