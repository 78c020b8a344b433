import pyarrow as pa

from vierdepijler.core.columnar.blocks import as_mask, is_printable, text_bytes, text_ends


def test_null_is_false() -> None:
    assert as_mask(pa.array([True, None, False])).tolist() == [True, False, False]


def test_the_bytes_are_those_of_the_texts_also_of_a_slice() -> None:
    texts = pa.array(["a", "é", None, "cd", ""])
    assert text_bytes(texts).tobytes().decode() == "aécd"
    assert text_bytes(texts.slice(1, 2)).tobytes().decode() == "é"
    assert text_ends(texts.slice(1)).tolist() == [1, 3, 3, 5, 5]


def test_no_texts_have_no_bytes() -> None:
    assert text_ends(pa.array([], pa.string())).tolist() == [0]
    assert not len(text_bytes(pa.array([], pa.string())))
    assert is_printable(pa.array([], pa.string()))


def test_only_printable_ascii_is_plain() -> None:
    assert is_printable(pa.array(["a b~", None, ""]))
    assert not any(is_printable(pa.array(["a", text])) for text in ("é", "\n", "\x7f", "\x1f"))
    assert is_printable(pa.array(["a", "é"]).slice(0, 1))
