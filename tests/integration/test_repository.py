"""The repository: its locked dependencies, its documents, and what its commands say where something is missing."""

import ast
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import PROJECT
from small_projects import SmallProject
from vierdepijler.site.pages import Renderer
from vierdepijler.site.sources import read_sources

LISTS = PROJECT / "requirements"
# In pieces, so that this file does not name what no file may name.
FOREIGN = ("py" + "pi.org", "python" + "hosted", "registry." + "npm", "deb." + "debian", "/wo" + "rk/", "/ro" + "ot/")
BINARIES = {".woff", ".woff2", ".ttf", ".otf", ".png", ".jpg", ".gif", ".ico", ".xlsx", ".zip", ".jar", ".pdf"}


def run(*command: str, cwd: Path = PROJECT, **environment: str) -> subprocess.CompletedProcess[str]:
    known = {**os.environ, **environment}
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, env=known)


def committed() -> list[Path]:
    listed = run("git", "ls-files", "--cached", "--others", "--exclude-standard").stdout.splitlines()
    assert listed, "this is no checkout"
    return [PROJECT / name for name in listed if (PROJECT / name).is_file()]


def locked(name: str) -> dict[str, set[str]]:
    """Read a list of requirements: the versions of each package (more, where they depend on the version of Python)."""
    versions: dict[str, set[str]] = {}
    for package, version in re.findall(r"^([a-z0-9_.-]+)==(\S+)", (LISTS / name).read_text("utf-8"), re.MULTILINE):
        versions.setdefault(package, set()).add(version)
    return versions


@pytest.mark.parametrize("path", sorted(LISTS.glob("*.txt")), ids=lambda path: path.name)
def test_dependencies_are_locked_with_hashes_and_without_addresses(path: Path) -> None:
    lock = path.read_text("utf-8")
    pinned = re.findall(r"^([a-z0-9_.-]+)==[^\n]*", lock, re.MULTILINE)
    assert pinned
    assert len(re.findall(r"^[a-z0-9_.-]+==[^\n]* \\\n    --hash=sha256:", lock, re.MULTILINE)) == len(pinned)
    assert "://" not in lock
    assert "--index" not in lock
    asked = re.findall(r"^[a-z0-9][a-z0-9-]*", path.with_suffix(".in").read_text("utf-8"), re.MULTILINE)
    assert set(asked) <= set(pinned)


def test_each_list_adds_to_the_others_and_changes_no_version() -> None:
    check, site, test, proof = map(locked, ("check.txt", "site.txt", "test.txt", "proof.txt"))
    assert check.keys() <= site.keys()
    for one, other in ((check, site), (site, test), (site, proof), (test, proof)):
        assert {name for name in one.keys() & other.keys() if one[name] != other[name]} == set()


def asked() -> dict[str, set[str]]:
    """Give the names of each list: those for Python, and those for the browser."""
    browser = json.loads((PROJECT / "package.json").read_text("utf-8"))["dependencies"]
    texts = {path.stem: path.read_text("utf-8") for path in LISTS.glob("*.in")}
    named = {stem: set(re.findall(r"^[a-z0-9][a-z0-9-]*", text, re.MULTILINE)) for stem, text in texts.items()}
    return named | {"npm": set(browser)}


def reasons(page: str) -> dict[str, list[list[str]]]:
    """Read the rows of the tables about libraries, by the heading that each stands under."""
    parts = re.split(r"^## (\w+)\n", page, flags=re.MULTILINE)[1:]
    rows = {
        name: [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| `")]
        for name, text in zip(parts[::2], parts[1::2], strict=True)
    }
    return {name: listed for name, listed in rows.items() if listed}


def test_every_dependency_has_its_reason_and_nothing_else_does() -> None:
    told = reasons((PROJECT / "docs" / "dependencies.md").read_text("utf-8"))
    assert {name: [row[0].strip("`") for row in rows] for name, rows in told.items()} == {
        name: sorted(names) for name, names in asked().items()
    }
    assert [row for rows in told.values() for row in rows if len(row) != 4 or not all(row)] == []


def test_no_file_names_a_registry_or_a_path_of_a_machine() -> None:
    for path in committed():
        text = path.read_text("utf-8")
        for name in FOREIGN:
            assert name not in text, f"{path.relative_to(PROJECT)} names {name}"


def test_code_knows_tables_by_their_roles_and_none_by_its_name() -> None:
    """A few names are words of ours too: of a rule, a page, a folder, or a property of the standard."""
    words = {"corrections", "releases", "roles", "rules", "sources", "units", "unknowns"}
    descriptor = json.loads((PROJECT / "datapackage.json").read_text("utf-8"))
    tables = {resource["name"] for resource in descriptor["resources"]}
    asked = re.compile(r"""(tables[\[.]|find_table\(|\.rows?\(|\.name [!=]= ).*"\w+"|"\w+" (not )?in .*tables""")
    found = set()
    for path in sorted((PROJECT / "scripts").rglob("*.py")):
        tree = ast.parse(text := path.read_text("utf-8"))
        roles = {node for one in tree.body if getattr(one, "name", "") == "Role" for node in ast.walk(one)}
        for node in {*ast.walk(tree)} - roles:
            if isinstance(node, ast.Constant) and node.value in tables:
                line = text.splitlines()[node.lineno - 1].strip()
                found |= {f"{path.name}: {line}"} if node.value not in words or asked.search(line) else set()
    assert found == set()


def test_no_file_was_committed_half_joined() -> None:
    left = re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE)  # by git, where it could not join two versions
    assert [path.name for path in committed() if left.search(path.read_text("utf-8"))] == []
    assert left.search("a\n<<<<<<< HEAD\nb")


def test_no_binary_is_committed() -> None:
    assert [path.name for path in committed() if path.suffix in BINARIES] == []


def test_what_is_built_is_not_committed() -> None:
    made = ["public/", "build/", ".venv/", ".public.1.tmp", ".public.contents", ".public.kept/", ".unfinished/"]
    assert run("git", "check-ignore", *made).stdout.split() == made


def test_the_documents_lead_to_files_and_commands_that_there_are() -> None:
    targets = set(re.findall(r"^([a-z]+):.*##", (PROJECT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for document in (*PROJECT.glob("*.md"), *PROJECT.glob("docs/*.md")):
        text = document.read_text("utf-8")
        assert set(re.findall(r"(?:^|`)make ([a-z]+)", text, re.MULTILINE)) - targets == set(), document
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", text):
            assert (document.parent / target).exists(), f"{document} leads to {target}"


def test_security_names_who_to_write_to_and_tests_that_there_are() -> None:
    text = (PROJECT / "SECURITY.md").read_text("utf-8")
    descriptor = json.loads((PROJECT / "datapackage.json").read_text("utf-8"))
    assert [one["email"] for one in descriptor["contributors"] if "contact" in one["roles"]] == re.findall(
        r"<(.+@.+)>", text
    )
    named = re.findall(r"`((?:tests/|test_|\.ci/)[\w/.]+)`", text)
    assert len(named) > 10
    assert [name for name in named if not any(PROJECT.glob(name if "/" in name else f"tests/**/{name}"))] == []


# Words that only building blocks use.
FOR_BLOCKS = {
    "_presenter",
    "caveats",
    "columns_over_time",
    "is_irregular",
    "newest_first",
    "share_chart",
    "share_table",
    "sheet",
}


def test_the_guide_lists_every_word_for_authors_and_no_other(small_site: SmallProject) -> None:
    package = small_site.read_published()
    renderer = Renderer(package, read_sources(small_site.folder / "site", package.languages), "nl", "")
    words = set(renderer._written_names(renderer._vocabulary("index.html", "home"), "index.html"))  # noqa: SLF001  # what a page is filled in with
    guide = (PROJECT / "docs" / "authoring.md").read_text("utf-8")
    rows = guide.partition("| word | gives |")[2].partition("\n\n")[0]
    listed = {word for row in rows.splitlines() for word in re.findall(r"`([a-z_]+)[(`]", row.split(" | ")[0])}
    assert len(listed) > 30
    assert words - FOR_BLOCKS - set(re.findall(r"`([a-z_]+)[(`]", rows)) == set(), "not in the guide"
    assert listed - words == set(), "in the guide, and no word"


def test_the_guide_lists_every_building_block_and_no_other() -> None:
    guide = (PROJECT / "docs" / "authoring.md").read_text("utf-8")
    blocks = re.findall(r"macro (\w+)\(", (PROJECT / "site" / "blocks" / "blocks.html").read_text("utf-8"))
    assert sorted(blocks) == sorted(set(re.findall(r"\bshow\.(\w+)", guide)))


def test_make_says_what_to_install_where_python_is_too_old_or_has_no_venv(tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(LISTS, project / "requirements")
    shutil.copy(PROJECT / "Makefile", project)
    done = run("make", "site", "PYTHON=", cwd=project)
    assert done.returncode != 0
    assert "Python 3.11 or newer is needed" in done.stderr
    (tmp_path / "broken").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "broken").chmod(0o755)
    done = run("make", "site", f"PYTHON={tmp_path / 'broken'}", cwd=project)
    assert done.returncode != 0
    assert "apt install python3-venv" in done.stderr
