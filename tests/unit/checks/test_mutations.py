import pytest

from fault_injection import read_seeds
from mutations import MUTATIONS


@pytest.mark.parametrize(
    ("change", "value", "after"),
    [
        ("replace", ["1", "9"], "a,b\n9,2\n3,1\n"),
        ("replace_all", ["1", "9"], "a,b\n9,2\n3,9\n"),
        ("swap", ["1,2", "3,1"], "a,b\n3,1\n1,2\n"),
        ("prepend", "x", "xa,b\n1,2\n3,1\n"),
        ("append", "x", "a,b\n1,2\n3,1\nx"),
        ("write", "x", "x"),
        ("remove", "true", None),
        ("encode", "utf-16-le", "a,b\n1,2\n3,1\n".encode("utf-16-le")),
        ("truncate_after", "1,", "a,b\n1,"),
        ("delete_line", "1,2", "a,b\n3,1\n"),
        ("repeat_line", "1,2", "a,b\n1,2\n1,2\n3,1\n"),
        ("swap_lines", ["1,2", "3,1"], "a,b\n3,1\n1,2\n"),
        ("swap_cells", ["a", "b"], "a,b\n2,1\n1,3\n"),
        ("shift_column", "a", "a,b\n3,2\n1,1\n"),
        ("empty_column", "a", "a,b\n,2\n,1\n"),
        ("delete_column", "a", "b\n2\n1\n"),
        ("add_column", ["c", "x"], "a,b,c\n1,2,x\n3,1,x\n"),
    ],
)
def test_each_mutation_does_what_it_says(change: str, value: object, after: str | bytes | None) -> None:
    assert MUTATIONS[change]("a,b\n1,2\n3,1\n", value) == after


def test_every_mutation_is_used() -> None:
    used = {kind for seed in read_seeds() for _, edit in seed.edits for kind in edit if not kind.startswith("after")}
    assert set(MUTATIONS) == used
