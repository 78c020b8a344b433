"""What `make serve` shows at once is what the whole build makes."""

import sys
from pathlib import Path

from small_projects import SmallProject
from vierdepijler.commands.live import LiveSite, WholeBuild

QUICK = (sys.executable, "-c", "pass")
PAGE = "site/nl/tellingen.md"


def as_text(found: bytes | Path | None) -> str:
    assert found is not None
    return found.decode() if isinstance(found, bytes) else found.read_text("utf-8")


def test_what_is_shown_at_once_is_what_the_whole_build_makes(small_project: SmallProject) -> None:
    """After a change of each kind: of a page, a word, the theme, the stylesheet and a cell."""
    live = LiveSite(small_project.folder, small_project.public, WholeBuild((QUICK,)))
    live.open()
    for file, old, new in (
        (PAGE, "title: ", "title: Vandaag, "),
        ("site/nl/_words.yml", "tools: ", "tools: Ook hiermee, "),
        ("site/theme/main.html", '<article class="page">', '<article class="page today">'),
        ("site/assets/vierdepijler.css", "{", "{ /* today */"),
        ("data/units.csv", "procent", "van de honderd"),
    ):
        assert live.change([small_project.alter(file, old, new)])
    pages = ("tellingen.html", "en/counts.html", "data/units.html", "assets/vierdepijler.css")
    before = {path: as_text(live.find(path)) for path in (*pages, "data/latest/units.csv")}
    for text in ("Vandaag, ", "Ook hiermee, ", "page today"):
        assert text in before["tellingen.html"]
    assert "van de honderd" in before["data/latest/units.csv"]
    small_project.publish(small_project.published)
    small_project.build()
    assert {path: (small_project.public / path).read_text("utf-8") for path in before} == before
