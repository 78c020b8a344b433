"""What is kept from one build to the next changes nothing: the same bytes come out as where nothing is kept."""

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from killed_runs import Runner, runner, said
from small_projects import SmallProject, digests

pytestmark = pytest.mark.long
EDITS = (  # a cell, a page, a label, a chart, the theme, the colours, a template of what is printed, the descriptor
    ("data/units.csv", "procent", "WORD"),
    ("site/nl/tellingen.md", "title: De tellingen", "title: De WORD"),
    ("site/en/index.md", "See [all", "See WORD [all"),
    ("site/nl/_words.yml", "tools: ", "tools: WORD, "),
    ("site/charts/people.yml", "title_nl: Hoeveel", "title_nl: WORD, hoeveel"),
    ("site/theme/main.html", '<article class="page">', '<article class="page WORD">'),
    ("site/assets/vierdepijler.css", "--ink: #", "--ink: #WORD; --was: #"),
    ("site/print/social-image.typ", "#", "// WORD\n#"),
    ("site/print/fact-sheet.typ", "#", "// WORD\n#"),
    ("datapackage.json", '"title": "', '"title": "WORD '),
)
KEPT = ("build/.data.kept", ".public.kept")


@pytest.fixture(scope="module")
def running() -> Iterator[Runner]:
    with runner() as started:
        yield started


def edited(project: SmallProject) -> Iterator[int]:
    """Make twenty edits at random, each on what the file was at first."""
    chance = random.Random(18)  # noqa: S311  # the same edits each time
    texts = {file: (project.folder / file).read_text("utf-8") for file, *_ in EDITS}
    edits = [*EDITS, *EDITS]
    chance.shuffle(edits)
    for number, (file, old, new) in enumerate(edits):
        assert old in texts[file], f"{file} does not hold {old!r}"
        word = "".join(chance.choices("abcdef", k=6))  # a colour too; a page may have no digits
        project.write(file, texts[file].replace(old, new.replace("WORD", word), 1))
        yield number


def made(project: Path, running: Runner) -> dict[str, str]:
    """Publish and build, each in a process of its own, and give what came out."""
    for verb in ("publish", "build_site"):
        assert running.run(verb, project) == 0, said(project)
    return {**digests(project / "build" / "data"), **digests(project / "public")}


def begin(project: SmallProject, running: Runner) -> None:
    """Make all of it, a fact sheet too, so that all that can be kept is kept."""
    licence = {"name": "CC0-1.0", "path": "https://creativecommons.org/publicdomain/zero/1.0/"}
    project.change(lambda descriptor: descriptor.update(licenses=[licence]))
    for language in ("nl", "en"):
        project.alter(f"site/{language}/index.md", "page: home\n", "page: home\nsheet: true\n")
    made(project.folder, running)


def made_whole(project: SmallProject, running: Runner, folder: Path) -> dict[str, str]:
    """Publish and build in a copy in which nothing was made."""
    copy = project.copy(folder).folder
    for name in ("build", "public", ".public.kept"):
        shutil.rmtree(copy / name)
    found = made(copy, running)
    shutil.rmtree(copy)
    return found


def test_after_twenty_edits_what_is_kept_gives_what_a_whole_build_gives(
    running: Runner, small_project: SmallProject, tmp_path: Path
) -> None:
    begin(small_project, running)
    for number in edited(small_project):
        before = {path.name for name in KEPT for path in (small_project.folder / name).iterdir()}
        assert made(small_project.folder, running) == made_whole(small_project, running, tmp_path / str(number))
        assert before & {path.name for name in KEPT for path in (small_project.folder / name).iterdir()}


def test_what_was_damaged_is_made_again(running: Runner, small_project: SmallProject, tmp_path: Path) -> None:
    begin(small_project, running)
    kept = [path for name in KEPT for path in (small_project.folder / name).iterdir()]
    assert len(kept) > 10
    for number, path in enumerate(kept):
        content = path.read_bytes()
        path.write_bytes((content[: len(content) // 2], content[:-1] + b"?", b"", content[1:])[number % 4])
    small_project.append("site/nl/index.md", "\nEn nog een.\n")
    assert made(small_project.folder, running) == made_whole(small_project, running, tmp_path / "whole")
