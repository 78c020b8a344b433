import multiprocessing
import os
import signal
from collections.abc import Callable
from contextvars import ContextVar
from functools import partial

import pytest

from vierdepijler.core import processes
from vierdepijler.core.problems import ContentError, Problem
from vierdepijler.core.processes import at_once, dealt, side_by_side


@pytest.fixture(params=[True, False], ids=["two cores", "one core"])
def begun(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """Let three parts be done at once, or one after the other; gives in how many processes."""
    monkeypatch.setattr(processes, "_can_copy", lambda: request.param)
    return 3 if request.param else 1


def refuse(file: str) -> int:
    raise ContentError([Problem(file, 3, "", "this is wrong", "mend it")])


def test_what_the_parts_give_comes_in_their_order(begun: int) -> None:
    found = side_by_side([lambda: ("a", os.getpid()), lambda: ("b", os.getpid()), lambda: ("c", os.getpid())])
    assert [name for name, _ in found] == ["a", "b", "c"]
    assert len({process for _, process in found}) == begun


@pytest.mark.usefixtures("begun")
@pytest.mark.parametrize("parts", [[refuse, len], [len, refuse], [refuse, refuse]])
def test_the_problem_of_a_part_is_raised_whole(parts: list[Callable[[str], int]]) -> None:
    with pytest.raises(ContentError) as raised:
        side_by_side([partial(part, f"{number}.md") for number, part in enumerate(parts)])
    told = f"{parts.index(refuse)}.md:3: this is wrong; mend it"
    assert [str(problem) for problem in raised.value.problems] == [told] == [str(raised.value)]


class OddError(Exception):
    def __init__(self, one: object, other: object) -> None:
        super().__init__(f"{one} {other}")


def test_an_error_that_cannot_be_carried_is_told_all_the_same() -> None:
    def fail() -> None:
        raise OddError("very", "odd")

    with pytest.raises((OddError, RuntimeError), match="very odd"):
        side_by_side([lambda: None, fail])


def test_a_part_that_was_killed_is_told() -> None:
    with pytest.raises(RuntimeError, match="signal 9"):
        side_by_side([lambda: None, lambda: os.kill(os.getpid(), signal.SIGKILL)])


def test_no_part_outlives_the_first_that_fails() -> None:
    read, write = os.pipe()

    def wait() -> None:
        os.close(write)
        os.read(read, 1)

    with pytest.raises(ContentError):
        side_by_side([lambda: print(refuse("a.md")), wait])
    assert multiprocessing.active_children() == []


WHERE: ContextVar[str] = ContextVar("WHERE", default="nowhere")


def test_threads_give_in_order_and_know_where_they_were_begun() -> None:
    before = WHERE.set("here")
    try:
        assert at_once(partial(lambda name: (name, WHERE.get()), name) for name in "abc") == [
            ("a", "here"),
            ("b", "here"),
            ("c", "here"),
        ]
    finally:
        WHERE.reset(before)


def test_of_threads_that_fail_the_first_in_order_is_told() -> None:
    parts: list[Callable[[], int]] = [lambda: 1, partial(refuse, "b.md"), partial(refuse, "c.md")]
    with pytest.raises(ContentError, match=r"^b\.md:3"):
        at_once(parts)


@pytest.mark.parametrize(("things", "parts"), [("abcde", [["a", "c", "e"], ["b", "d"]]), ("a", [["a"]]), ("", [])])
def test_things_are_dealt_over_the_cores(things: str, parts: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_cores", lambda: 2)
    assert dealt(things) == parts
