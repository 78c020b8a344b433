from vierdepijler.core.package import Package
from vierdepijler.writers.metadata.describing import catalogue_of


def test_a_catalogue_starts_with_the_whole_package_and_knows_the_address_of_each_page(published: Package) -> None:
    catalogue = catalogue_of(published.descriptor, published.root)
    assert catalogue.whole.name == published.descriptor["name"]
    assert catalogue.address("data/units.html") == f"{published.descriptor['homepage']}data/units.html"
