import pytest

from conftest import Copy
from vierdepijler.core.problems import ContentError
from vierdepijler.writers.formats.publication import publication_of


def test_a_package_is_published_at_its_homepage_or_where_the_environment_says(miniature: Copy) -> None:
    package = miniature.read()
    assert publication_of(package, {}).url == "https://miniature.example/"
    elsewhere = publication_of(package, {"SITE_URL": "https://cijfers.example/pijler"})
    assert elsewhere.address("counts.csv") == "https://cijfers.example/pijler/data/latest/counts.csv"
    assert elsewhere.descriptor["homepage"] == "https://cijfers.example/pijler/"


@pytest.mark.parametrize(
    "url", ["nonsense", "https://[::1", "https://x/<b>", "https://x/?a=b", "https://x y/", "ftp://x/", ""]
)
def test_an_address_that_is_none_is_told(miniature: Copy, url: str) -> None:
    with pytest.raises(ContentError, match=r"SITE_URL of the environment: '.*' is not the address of a site"):
        publication_of(miniature.read(), {"SITE_URL": url})


def test_what_is_shown_to_the_world_has_an_address_that_exists(miniature: Copy) -> None:
    package = miniature.read()
    with pytest.raises(ContentError, match=r"homepage: 'https://miniature.example/' is for examples"):
        publication_of(package, {"RELEASE": "1"})
    real = {"RELEASE": "1", "SITE_URL": "https://cijfers.be/pijler"}
    assert publication_of(package, real).url == "https://cijfers.be/pijler/"


def test_a_package_without_an_address_is_published_where_nothing_can_be(miniature: Copy) -> None:
    miniature.change(lambda descriptor: descriptor.pop("homepage"))
    assert publication_of(miniature.read(), {}).url == "https://miniature.example/"
    with pytest.raises(ContentError, match="is for examples"):
        publication_of(miniature.read(), {"RELEASE": "1"})


def test_our_own_homepage_is_the_address_of_a_site(miniature: Copy) -> None:
    miniature.change(lambda descriptor: descriptor.update(homepage="https://x/?a=b"))
    with pytest.raises(ContentError, match=r"homepage: 'https://x/\?a=b' is not the address of a site"):
        publication_of(miniature.read(), {})
