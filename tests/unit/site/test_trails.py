from conftest import Copy
from vierdepijler.core.package import Package
from vierdepijler.site.appearances import Appearances
from vierdepijler.site.trails import Trails


def trails(package: Package) -> Trails:
    return Trails(package, Appearances(), {})


def test_from_a_figure_one_finds_the_sums_that_use_it(package: Package) -> None:
    users = trails(package).users
    table = package.tables["derived_figures"]
    named = {address: [table.row_keys[row][0] for row in rows] for address, rows in users.items()}
    assert named["completions.persons[2025-02-25,all]"] == ["share_obliged", "share_entitled"]
    assert named["activity_hours.share_percent[S00,sport]"] == ["share_total"]
    assert named["networks.lead_partner"] == ["lead_partner_known"]


def test_from_a_figure_one_finds_its_history(package: Package, miniature: Copy) -> None:
    assert len(trails(package).history["completions.persons[2025-02-25,all]"]) >= 1
    assert trails(miniature.read()).history == {}


def test_a_package_without_sums_has_no_users(miniature: Copy) -> None:
    miniature.change(lambda descriptor: descriptor["resources"].pop(2))
    assert trails(miniature.read()).users == {}
