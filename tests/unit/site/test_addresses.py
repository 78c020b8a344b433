import pytest

from conftest import Copy
from vierdepijler.site.addresses import passport_page, relative, release_page, release_path, table_page


@pytest.mark.parametrize(
    ("target", "page", "address"),
    [
        ("index.html", "index.html", "index.html"),
        ("data/a.html", "index.html", "data/a.html"),
        ("index.html", "data/a.html", "../index.html"),
        ("data/b.html", "data/a.html", "b.html"),
        ("data/a.csv", "en/data/a.html", "../../data/a.csv"),
    ],
)
def test_an_address_is_seen_from_the_page_it_stands_on(target: str, page: str, address: str) -> None:
    assert relative(target, page) == address


def test_the_pages_of_a_table_have_names_of_their_own(miniature: Copy) -> None:
    table = miniature.read().tables["counts"]
    assert (table_page(table), passport_page(table)) == ("table:counts", "passport:counts")


def test_the_page_of_a_release_stands_in_its_folder() -> None:
    assert (release_page("1.2.3"), release_path("1.2.3")) == ("release:1.2.3", "data/1.2.3/index.html")
