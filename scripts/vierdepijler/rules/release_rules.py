"""What the releases of a package ask: archives that nobody touched."""

from collections.abc import Iterator

from vierdepijler.package import Package
from vierdepijler.problems import Problem
from vierdepijler.releases.release_archives import check_archives

from .rule import PackageRule, is_ours


def check_release_archives(package: Package) -> Iterator[Problem]:
    """Find archived files of the package that are not as they were published."""
    if is_ours(package):
        yield from check_archives(package.root)


RELEASE_RULES = (PackageRule("archives", check_release_archives),)
