"""The runner of mutants, on a project of one module and its tests: what is caught, missed, or cannot be planted."""

import subprocess
from pathlib import Path

import pytest

from conftest import PROJECT
from mutants.run import Mutant, flaw, read_mutants, try_mutants

HALF = "def half(number: int) -> float:\n    return number / 2\n"
FILES = {
    "scripts/half.py": HALF,
    "tests/unit/test_half.py": "from half import half\n\n\ndef test_half() -> None:\n    assert half(4) == 2\n",
    "tests/integration/test_none.py": "def test_none() -> None:\n    pass\n",
    "tests/browser/test_nothing.py": "def test_nothing() -> None:\n    pass\n",
    "tests/proof/test_one.py": "from half import half\n\n\ndef test_one() -> None:\n    assert half(1) == 0.5\n",
    "pyproject.toml": '[tool.pytest.ini_options]\npythonpath = ["scripts"]\naddopts = "-ra"\n',
}


def mutant(new: str, old: str = "number / 2", caught_by: str = "test_half.py::test_half") -> Mutant:
    return Mutant(f"halves/{new}", "half.py", old, new, "a wrong half", caught_by)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # what our own tests need takes longer than these tests
    return tmp_path


def test_a_mutant_is_caught_by_the_named_test_or_by_another_or_missed(project: Path) -> None:
    mutants = [mutant(new) for new in ("number / 3", "number // 2", "2 * number / 4")]
    assert list(try_mutants(project, mutants).values()) == [
        "tests/unit/test_half.py::test_half",
        "tests/proof/test_one.py::test_one",
        "",
    ]
    assert (project / "scripts" / "half.py").read_text() == HALF


def test_only_the_named_test_is_asked_where_that_is_wished(project: Path) -> None:
    assert try_mutants(project, [mutant("number // 2")], is_named_only=True) == {"halves/number // 2": ""}


def test_a_test_that_fails_without_a_mutant_proves_nothing(project: Path) -> None:
    (project / "tests" / "unit" / "test_half.py").write_text("def test_half() -> None:\n    assert False\n")
    with pytest.raises(RuntimeError, match="test_half fails without any mutant"):
        try_mutants(project, [mutant("number / 3")])


def test_a_named_test_that_is_not_there_is_not_taken_for_one_that_fails(project: Path) -> None:
    with pytest.raises(RuntimeError, match="pytest cannot run"):
        try_mutants(project, [mutant("number / 3", caught_by="test_half.py::test_gone")])


def test_a_mutant_whose_old_text_or_test_is_gone_is_told(project: Path) -> None:
    assert flaw(project, mutant("number / 3")) == ""
    assert flaw(project, mutant("1", old="number / 4")).endswith("old text stands 0 times in half.py, and not once")
    assert flaw(project, mutant("1", old="number")).endswith("old text stands 2 times in half.py, and not once")
    assert flaw(project, mutant("1", caught_by="test_half.py::test_gone")).startswith(
        "halves/1: there is no test_gone in"
    )
    assert flaw(project, mutant("1", caught_by="test_gone.py")) == "halves/1: 0 files are called test_gone.py"


def test_every_mutant_of_the_list_can_be_planted() -> None:
    mutants = read_mutants(PROJECT / "tests" / "mutants")
    assert len(mutants) >= 64
    assert [found for one in mutants if (found := flaw(PROJECT, one))] == []
