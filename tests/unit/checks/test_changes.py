import os

import pytest

from conftest import Copy
from repositories import commit, git
from vierdepijler.checks.changes import changed_files, touched
from vierdepijler.core.problems import UnreadableError


@pytest.fixture
def repository(miniature: Copy) -> Copy:
    """A repository whose package lies in a folder of it, as committed."""
    git(miniature.folder.parent, "init", "--quiet")
    commit(miniature.folder.parent)
    return miniature


def test_nothing_is_touched_after_a_commit(repository: Copy) -> None:
    scope = touched(repository.read())
    assert (scope.tables, scope.files) == (frozenset(), frozenset())


def test_a_change_outside_the_package_does_not_touch_it(repository: Copy) -> None:
    (repository.folder.parent / "notes.txt").write_text("x")
    assert changed_files(repository.folder) == set()


@pytest.mark.parametrize("staged", [True, False])
def test_a_change_touches_its_table_and_those_tied_to_it(repository: Copy, *, staged: bool) -> None:
    repository.replace("data/counts.csv", "521,,521", "522,,522")
    if staged:
        git(repository.folder, "add", "--all")
    scope = touched(repository.read())
    assert scope.tables == {"counts", "groups", "derived_figures"}  # by a key, and by a calculation
    assert scope.files == {"datapackage.json", "data/counts.csv", "data/groups.csv", "data/derived_figures.csv"}


def test_a_table_that_is_pointed_at_brings_those_that_point(repository: Copy) -> None:
    repository.replace("data/groups.csv", "Groep twee", "Groep drie")
    assert touched(repository.read()).tables >= {"groups", "counts"}


def test_a_table_that_nothing_is_tied_to_comes_alone(repository: Copy) -> None:
    path = repository.folder / "data" / "units.csv"
    path.write_text(path.read_text("utf-8") + "x,x,x\n", encoding="utf-8")
    assert touched(repository.read()).tables == {"units"}


def test_a_change_of_the_descriptor_touches_every_table(repository: Copy) -> None:
    repository.change(lambda descriptor: descriptor.update(title="Anders"))
    assert touched(repository.read()).tables == {"counts", "groups", "derived_figures", "units"}


@pytest.mark.parametrize("name", ["a b.md", "é.md", '"q".md', "a\nb.md", "-x.md", "ΩΩ.md"])
def test_odd_names_are_found(repository: Copy, name: str) -> None:
    repository.write(f"site/{name}", "text\n")
    assert changed_files(repository.folder) == {f"site/{name}"}
    commit(repository.folder)
    repository.write(f"site/{name}", "other text\n")
    assert changed_files(repository.folder) == {f"site/{name}"}


def test_a_renamed_and_a_removed_file_are_both_touched(repository: Copy) -> None:
    git(repository.folder, "mv", "data/units.csv", "data/eenheden.csv")
    (repository.folder / "data" / "groups.csv").unlink()
    assert changed_files(repository.folder) == {"data/units.csv", "data/eenheden.csv", "data/groups.csv"}


def test_what_git_ignores_is_not_touched(repository: Copy) -> None:
    repository.write(".gitignore", "build/\n").write("build/a.csv", "x\n")
    assert changed_files(repository.folder) == {".gitignore"}


def test_everything_is_touched_before_the_first_commit(miniature: Copy) -> None:
    git(miniature.folder, "init", "--quiet")
    git(miniature.folder, "add", "data")
    assert touched(miniature.read()).tables == {"counts", "groups", "derived_figures", "units"}


def test_a_branch_is_compared_with_where_it_left(repository: Copy) -> None:
    main = git(repository.folder, "branch", "--show-current").strip()
    git(repository.folder, "switch", "--quiet", "--create", "branch")
    repository.replace("data/counts.csv", "521,,521", "522,,522")
    commit(repository.folder)
    git(repository.folder, "switch", "--quiet", main)
    repository.replace("data/units.csv", "code,", "code,")  # nothing
    repository.write("site/new.md", "later on main\n")
    commit(repository.folder)
    git(repository.folder, "switch", "--quiet", "branch")
    assert changed_files(repository.folder, main) == {"data/counts.csv"}
    assert changed_files(repository.folder) == set()


@pytest.mark.parametrize("revision", ["nowhere", "--output=here", "HEAD^{tree}"])
def test_a_commit_that_is_not_there_is_told(repository: Copy, revision: str) -> None:
    with pytest.raises(UnreadableError, match="there is no commit") as told:
        changed_files(repository.folder, revision)
    assert told.value.problems[0].in_language("nl").what == f"er is hier geen commit '{revision}'"
    assert not (repository.folder / "here").exists()


def test_a_folder_outside_any_repository_is_told(miniature: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(miniature.folder.parent))
    with pytest.raises(UnreadableError, match=r"^\.: this folder is in no git repository"):
        touched(miniature.read())


def test_a_machine_without_git_is_told(repository: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.devnull)
    with pytest.raises(UnreadableError, match="git is not installed here"):
        changed_files(repository.folder)


def test_what_a_hook_is_told_of_its_own_folder_does_not_lead_astray(
    repository: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    repository.write("site/new.md", "new\n")
    assert changed_files(repository.folder) == {"site/new.md"}
