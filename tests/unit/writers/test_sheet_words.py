from vierdepijler.writers.formats.workbooks import NOTES, WORDS, words_in


def test_every_language_has_the_same_words() -> None:
    assert set(WORDS["nl"]) == set(WORDS["en"])
    assert set(NOTES) <= set(WORDS["en"])


def test_a_language_without_words_has_the_english_ones() -> None:
    assert words_in("fr") == WORDS["en"]
