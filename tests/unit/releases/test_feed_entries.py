from conftest import Copy
from vierdepijler.releases.archives import releases_of
from vierdepijler.releases.corrections import corrections_of
from vierdepijler.releases.feeds import Feed
from vierdepijler.writers.formats.publication import Publication

URL = "https://elders.example/map/"


def feed_of(copy: Copy, language: str) -> Feed:
    package = copy.read()
    return Feed(Publication(package, URL), language, releases_of(package), corrections_of(package))


def test_there_is_an_entry_for_each_release_each_figure_and_the_wordings_together(kept_past: Copy) -> None:
    assert [(entry.title, entry.day) for entry in feed_of(kept_past, "nl").entries] == [
        ("Uitgave 1.1.0", "2026-03-01"),
        ("Herzien: Tellingen, Personen (2025-02-25,a): 3.280 → 3.290", "2026-03-01"),
        ("Ingetrokken: Tellingen (2025-02-25,d)", "2026-03-01"),
        ("Andere cellen herzien in uitgave 1.1.0", "2026-03-01"),
        ("Uitgave 1.0.0", "2026-01-01"),
    ]


def test_an_entry_says_why_and_leads_to_its_cell(kept_past: Copy) -> None:
    entry = feed_of(kept_past, "en").entries[1]
    assert entry.content == "Counts, People (2025-02-25,a): 3,280 → 3,290\nA sheet was counted twice."
    assert entry.page == "https://elders.example/map/en/data/counts.html#2025-02-25.a.persons"


def test_a_release_that_is_kept_leads_to_its_own_page(kept_past: Copy) -> None:
    entries = feed_of(kept_past, "nl").entries
    assert (entries[0].page, entries[-1].page) == (f"{URL}data/", f"{URL}data/1.0.0/")


def test_wordings_are_told_in_one_entry(kept_past: Copy) -> None:
    assert feed_of(kept_past, "en").entries[3].content == "t, t (Group one): Groep 1 → Groep één".replace(
        "t, t", "Groups, Label (Dutch)"
    )


def test_names_do_not_move_with_the_site_and_are_unlike(kept_past: Copy) -> None:
    names = [entry.name for language in ("nl", "en") for entry in feed_of(kept_past, language).entries]
    assert names[0] == "tag:miniature.example,2026:miniature/nl/release/1.1.0"
    assert len(set(names)) == len(names) == 10
