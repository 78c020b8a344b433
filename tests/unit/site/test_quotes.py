from markupsafe import Markup

from conftest import PROJECT, Copy
from vierdepijler.core.package import Package
from vierdepijler.site.figures import Presenter
from vierdepijler.site.page_values import Row
from vierdepijler.site.quotes import caveats, caveats_of, quote_of_table, source_links, sources_of, without_links
from vierdepijler.site.sources import read_sources
from vierdepijler.site.vocabulary import Vocabulary

WORDS = read_sources(PROJECT / "site", ("nl", "en")).words


def speaker(package: Package, language: str = "nl") -> Vocabulary:
    return Vocabulary(package, Presenter(package, language, WORDS[language], lambda target: target, set(), "home"))


def quote(package: Package, table: str, rows: list[int], language: str = "nl") -> Markup:
    found = [Row(package.tables[table], number, "nl") for number in rows]
    return quote_of_table(speaker(package, language), found).text


def said(text: Markup) -> str:
    return " ".join(text.striptags().split())


def test_a_quote_is_the_sentence_about_the_first_figure_with_caveat_source_and_date(package: Package) -> None:
    shown = quote(package, "co_financing", [0, 1])  # what Europe pays is not known: the first row has no figure
    assert said(shown).startswith("Voor de organisatienetwerken van de vierde pijler is in totaal 5.873.400 euro")
    assert "Een gemiddelde per netwerk zegt dus niet wat een netwerk krijgt." in said(shown)
    assert "Antwoord op vraag nr. 173" in said(shown)
    assert 'data-property="created"' in shown


def test_each_language_has_its_own_words_and_notation(package: Package) -> None:
    shown = quote(package, "co_financing", [1], "en")
    assert "EUR 5,873,400" in said(shown)
    assert "So an average per network does not tell you what a network gets." in said(shown)
    assert 'lang="nl"' in shown  # the title of a source stays in its own


def test_the_day_or_period_is_said_unless_the_sentence_says_it(package: Package) -> None:
    assert said(quote(package, "completions", [0])).count("25 februari 2025") == 1
    assert said(quote(package, "pilots", [0])).count("16 januari 2021") == 1
    assert "Dag of periode: 12 maart 2024." in said(quote(package, "network_facts", [3]))
    assert "Dag of periode" not in said(quote(package, "context_counts", [0]))  # the sentence has its year
    assert "Een dag staat er niet bij." in said(quote(package, "network_counts", [0]))


def test_what_is_shown_has_the_sources_of_its_own_field_and_of_more_than_two_only_that_there_are(
    package: Package,
) -> None:
    spoken, networks = speaker(package), package.tables["networks"]
    rows = [Row(networks, number, "nl") for number in range(networks.rows)]
    assert said(sources_of(spoken, rows)) == "Antwoord op vraag nr. 173 van 20 februari 2025"
    named = said(sources_of(spoken, rows, "name_source_id"))
    assert named == "Antwoord op vraag nr. 173 van 20 februari 2025; Gebiedsniveaus: gemeenten en referentieregio's"
    events = [Row(package.tables["policy_events"], number, "nl") for number in range(3)]
    assert said(sources_of(spoken, events, "name_source_id")) == "verschillende bronnen"


def test_who_published_many_sources_is_named_once(package: Package) -> None:
    events = package.tables["policy_events"]
    names = said(source_links(speaker(package), [Row(events, number, "nl") for number in range(events.rows)])).split(
        "; "
    )
    assert len(names) > 4
    assert len(names) == len({*names})


def test_a_table_without_sentences_or_caveat_says_what_it_is(miniature: Copy) -> None:
    shown = said(quote(miniature.read(), "counts", [0]))
    assert shown.startswith("Hoeveel mensen er waren. Wat dit niet zegt, staat bij de tabel. (Test, 2 januari 2026)")


def test_a_caveat_that_is_declared_is_said_in_the_language_of_the_quote(miniature: Copy) -> None:
    miniature.change(lambda descriptor: descriptor["resources"][0].update(caveat="Let op.", caveat_en="Beware."))
    assert miniature.errors() == []
    assert "Let op." in said(quote(miniature.read(), "counts", [0]))
    assert "Beware." in said(quote(miniature.read(), "counts", [0], "en"))


def test_what_is_taken_over_has_no_links_and_makes_no_page_of_its_own(package: Package) -> None:
    said = speaker(package)
    cell = said.row("coverage").local_authorities
    assert "href" in said.presenter.figure(cell)
    shown = without_links(said).presenter
    assert shown.figure(cell) == shown.number(cell) == said.presenter.value(cell)
    assert not shown.page


def test_what_the_figures_of_rows_do_not_say_is_told_once_for_each_table(miniature: Copy) -> None:
    miniature.change(lambda descriptor: descriptor["resources"][0].update(caveat="Let op.", caveat_en="Beware."))
    speaking = speaker(miniature.read())
    rows = [*speaking.rows("counts"), *speaking.rows("groups")]
    assert said(caveats(speaking, rows)) == "Let op."


def test_what_a_figure_of_our_own_does_not_say_is_that_of_what_it_is_computed_from(miniature: Copy) -> None:
    miniature.change(lambda descriptor: descriptor["resources"][0].update(caveat="Let op.", caveat_en="Beware."))
    speaking = speaker(miniature.read())
    for figure in ("total", "share_a"):  # of cells of that table, and of one of these and a total of them
        assert said(caveats_of(speaking, speaking.row("derived_figures", figure_id=figure).value)) == "Let op."
    assert not caveats_of(speaking, speaking.row("derived_figures", figure_id="how_many").value)


def test_the_title_of_a_source_says_which_language_it_is_in_where_the_reader_has_another(package: Package) -> None:
    assert said(quote(package, "co_financing", [1], "en")).count("februari 2025 [in Dutch]") == 1
    assert "[" not in said(quote(package, "co_financing", [1]))
