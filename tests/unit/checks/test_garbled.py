import pytest

from vierdepijler.checks.rules.hygiene import is_garbled


@pytest.mark.parametrize("text", ["één", "cœur", "“zo”", "€ 5", "l’été", "Ελλάδα", "😀", "½", "naïve – façade"])
def test_text_in_utf_8_that_is_read_as_windows_1252_is_garbled(text: str) -> None:
    assert is_garbled(f"good {text.encode().decode('cp1252', 'replace')}")
    assert is_garbled(f"goed één, {text.encode().decode('latin-1')}")


@pytest.mark.parametrize(
    "text",
    [
        "één",
        "l’été",
        "“CAFÉ”",
        "l’ÉTÉ’",
        "«CAFÉ»",
        "één – ‘l’été’",
        "“MENÜ”",
        "DÉJÀ—VU",
        "São Paulo",
        "Ελλάδα",
        "ÎLE",
        "",
    ],
)
def test_good_text_is_not(text: str) -> None:
    assert not is_garbled(text)


def test_the_mark_of_a_lost_letter_is_garbled() -> None:
    assert is_garbled("\ufffd\ufffdn")
