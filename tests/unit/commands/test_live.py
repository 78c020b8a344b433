"""The loop of `make serve`, a change at a time: what is shown at once, and that it is what the whole build makes."""

import shutil
import sys
from pathlib import Path

import pytest

from conftest import PROJECT
from vierdepijler.live import LiveSite
from vierdepijler.package import Package
from vierdepijler.whole_builds import WholeBuild
from working_project import change, line_of, working_project

QUICK = (sys.executable, "-c", "pass")
FAILS = (sys.executable, "-c", "import sys; sys.exit('site/nl/geld.md:3: wrong')")


@pytest.fixture
def project(published: Package, tmp_path: Path) -> Path:
    return working_project(tmp_path, published)


@pytest.fixture
def live(project: Path) -> LiveSite:
    """A live site that was built before; its whole build changes nothing."""
    public = project / "public"
    public.mkdir()
    for name in ("geld.html", "over.html", "404.html"):
        (public / name).write_text(f"as {name} was built")
    live = LiveSite(project, public, WholeBuild((QUICK,)))
    live.build()
    finish(live)
    return live


def finish(live: LiveSite) -> bool:
    """Let the whole build run to its end; tells whether there is something new to show."""
    settled = live.settle()
    while live.whole.is_running:
        live.whole.wait()
        settled = live.settle()
    return settled


def shown(live: LiveSite, path: str) -> str:
    found = live.find(path)
    assert found is not None, path
    return found.decode() if isinstance(found, bytes) else found.read_text("utf-8")


def test_a_change_is_shown_at_once_and_what_was_built_after_it(
    live: LiveSite, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert shown(live, "geld.html") == "as geld.html was built"
    assert live.change([change(project / "site" / "nl" / "geld.md", "title: ", "title: Vandaag, ")])
    assert "<title>Vandaag, " in shown(live, "geld.html")
    assert shown(live, "404.html") == "as 404.html was built"
    assert "site/nl/geld.md: shown after" in capsys.readouterr().out
    assert finish(live)
    assert shown(live, "geld.html") == "as geld.html was built"
    assert "up to date after" in capsys.readouterr().out


def test_a_stylesheet_is_shown_as_it_is_now_in_both_languages(live: LiveSite, project: Path) -> None:
    path = project / "site" / "assets" / "vierdepijler.css"
    path.write_text("body { color: teal }", encoding="utf-8")
    assert live.change([path])
    for name in ("assets/vierdepijler.css", "en/assets/vierdepijler.css"):
        assert shown(live, name) == "body { color: teal }"


def test_a_mistake_is_told_with_its_line_and_the_site_stays_until_it_is_mended(
    live: LiveSite, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = project / "site" / "nl" / "geld.md"
    text = path.read_text("utf-8")
    path.write_text(text + "\nEr waren 12 oproepen.\n", encoding="utf-8")
    capsys.readouterr()
    assert not live.change([path])
    said = capsys.readouterr()
    assert f"site/nl/geld.md:{len(text.splitlines()) + 2}: " in said.err
    assert "the site stays as it was" in said.out
    assert shown(live, "geld.html") == "as geld.html was built"
    # Another file does not make it right, and its own change waits with it.
    other = change(project / "site" / "nl" / "over.md", "title: ", "title: Vandaag, ")
    assert not live.change([other])
    path.write_text(text, encoding="utf-8")
    assert live.change([path])
    assert "<title>Vandaag, " in shown(live, "over.html")


def test_a_page_that_fails_when_it_is_asked_for_is_told_once_and_shown_as_it_was_built(
    live: LiveSite, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    live.change([change(project / "site" / "nl" / "_words.yml", "source: ", "source: Vindplaats, ")])
    path = project / "site" / "nl" / "geld.md"
    change(path, "\n{% set", "\n\n{{ row('nothing') }}\n{% set")  # not noticed yet
    capsys.readouterr()
    for _ in range(2):
        assert shown(live, "geld.html") == "as geld.html was built"
    assert capsys.readouterr().err.count(f"site/nl/geld.md:{line_of(path, 'nothing')}: ") == 1


def test_a_page_that_went_is_not_shown_from_what_was_built(live: LiveSite, project: Path) -> None:
    for path in (project / "site" / language / name for language, name in (("nl", "over.md"), ("en", "about.md"))):
        path.unlink()
    for name in ("mkdocs.yml", "mkdocs.en.yml"):
        text = (project / name).read_text("utf-8")
        kept = [line for line in text.splitlines() if not line.endswith((": over.md", ": about.md"))]
        (project / name).write_text("\n".join(kept) + "\n", encoding="utf-8")
    assert live.change([project / "site" / "nl" / "over.md", project / "mkdocs.yml"])
    assert live.find("over.html") is None


def test_a_whole_build_that_fails_is_told_and_what_is_shown_stays(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "public").mkdir()
    live = LiveSite(project, project / "public", WholeBuild((FAILS,)))
    live.open()
    assert not finish(live)
    assert "site/nl/geld.md:3: wrong" in capsys.readouterr().err
    assert "Wie betaalt" in shown(live, "geld.html")


def test_where_nothing_was_built_before_all_is_built_first(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    live = LiveSite(project, project / "public", WholeBuild((QUICK,)))
    live.open()
    assert live.is_whole
    assert "building the site" in capsys.readouterr().out


def test_what_is_shown_at_once_is_what_the_whole_build_makes(project: Path) -> None:
    """One build, after a change of each kind: of a page, a word, the theme, the stylesheet and a cell."""
    shutil.copytree(PROJECT / "scripts", project / "scripts", dirs_exist_ok=True)
    again = project / "build" / "again"
    whole = WholeBuild(
        (
            (sys.executable, project / "scripts" / "publish.py", "--out", again),
            (
                sys.executable,
                project / "scripts" / "build_site.py",
                "--package",
                project / "build/again/latest/datapackage.json",
            ),
        )
    )
    (project / "public").mkdir()
    live = LiveSite(project, project / "public", whole)
    live.open()
    for file, old, new in (
        ("site/nl/geld.md", "title: ", "title: Vandaag, "),
        ("site/nl/_words.yml", "source: ", "source: Vindplaats, "),
        ("site/theme/main.html", '<article class="page">', '<article class="page today">'),
        ("site/assets/vierdepijler.css", "{", "{ /* today */"),
        ("data/trajectory/policy_events.csv", "Oproep voor proeftuinen", "Oproep tot proeven"),
    ):
        assert live.change([change(project / file, old, new)])
    paths = (
        "geld.html",
        "en/funding.html",
        "tijdlijn.html",
        "assets/vierdepijler.css",
        "data/latest/policy_events.csv",
    )
    before = {path: shown(live, path) for path in paths}
    assert "today" in before["geld.html"]
    assert "Oproep tot proeven" in before["data/latest/policy_events.csv"]
    assert finish(live)
    assert {path: (project / "public" / path).read_text("utf-8") for path in paths} == before
