import os
from collections.abc import Callable
from pathlib import Path

import pytest

from vierdepijler.core.staging import keeping, kept


class Maker:
    """Counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self) -> bytes:
        self.asked += 1
        return b"made"


def made_again(target: Path, *made_of: str | bytes, made_by: str = "us") -> bool:
    maker = Maker()
    with keeping(target, made_by):
        assert kept(maker, *(made_of or ("rows",))) == b"made"
    return maker.asked == 1


@pytest.fixture
def target(tmp_path: Path) -> Path:
    assert made_again(tmp_path / "out")
    return tmp_path / "out"


def kept_file(target: Path) -> Path:
    (file,) = target.with_name(".out.kept").iterdir()
    return file


def test_what_was_made_of_the_same_is_not_made_again(target: Path) -> None:
    assert not made_again(target)


@pytest.mark.parametrize("made_of", [("columns",), ("row", "s"), ("rows", ""), (b"rows ",)])
def test_what_is_made_of_something_else_is_made(target: Path, made_of: tuple[str | bytes, ...]) -> None:
    assert made_again(target, *made_of)


def test_what_other_code_made_is_made_again(target: Path) -> None:
    assert made_again(target, made_by="others")


@pytest.mark.parametrize(
    "damage", [lambda found: found[:-1], lambda _: b"", lambda found: found[:33] + b"?" + found[34:]]
)
def test_what_is_damaged_or_half_written_is_made_again(target: Path, damage: Callable[[bytes], bytes]) -> None:
    file = kept_file(target)
    whole = file.read_bytes()
    file.write_bytes(damage(whole))
    assert made_again(target)
    assert file.read_bytes() == whole


def test_what_was_kept_of_something_else_is_not_taken_for_it(target: Path) -> None:
    file = kept_file(target)
    assert made_again(target, "columns")
    (other,) = (path for path in file.parent.iterdir() if path != file)
    other.write_bytes(file.read_bytes())
    assert made_again(target, "columns")


def test_what_was_not_asked_for_goes(target: Path) -> None:
    file = kept_file(target)
    os.utime(file, (0, 0))
    assert not made_again(target)  # asked for, so that it stays
    os.utime(file, (0, 0))
    assert made_again(target, "columns")
    assert not file.exists()


def test_nothing_goes_where_the_work_failed(target: Path) -> None:
    file = kept_file(target)
    os.utime(file, (0, 0))
    with pytest.raises(ZeroDivisionError), keeping(target, "us"):
        _ = 1 / 0
    assert file.exists()


def test_without_a_place_all_is_made(target: Path) -> None:
    maker = Maker()
    assert [kept(maker, "rows"), kept(maker, "rows")] == [b"made", b"made"]
    assert maker.asked == 2
    assert kept_file(target).exists()


def test_where_nothing_can_be_kept_all_is_made(tmp_path: Path) -> None:
    (tmp_path / ".out.kept").write_text("in the way")
    assert [made_again(tmp_path / "out"), made_again(tmp_path / "out")] == [True, True]
