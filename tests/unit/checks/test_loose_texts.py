import pytest

from vierdepijler.checks.rules.unseen_texts import find_flaws


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (" a", "' a' has a space too many"),
        ("a ", "has a space too many"),
        ("a  b", "has a space too many"),
        ("a\u200bb", "holds characters that cannot be seen: U+200B ZERO WIDTH SPACE"),
        ("a\x07b", "holds characters that cannot be seen: U+0007"),
        ("a\u00a0b", "holds a space of another kind"),
        ("Ã©Ã©n", "'Ã©Ã©n' holds garbled letters"),
        ("\ufffdn", "holds garbled letters"),
        ("e\u0301en", "holds an accent that stands apart from its letter"),
    ],
)
def test_a_flaw_in_a_text_is_said(text: str, what: str) -> None:
    ((said, todo),) = find_flaws(text)
    assert what in said
    assert todo


@pytest.mark.parametrize("text", ["", "één café – “l’été”", "a b", "a\nb", "Ελλάδα", "€ 5"])
def test_a_good_text_has_none(text: str) -> None:
    assert list(find_flaws(text)) == []


def test_every_flaw_of_a_text_is_said() -> None:
    assert len(list(find_flaws(" a\u200b\u00a0"))) == 3
