import shutil

from conftest import run_verb
from small_projects import SmallProject, digests


def test_what_nothing_changed_for_is_not_made_again(small_project: SmallProject) -> None:
    def make() -> list[str]:
        return [run_verb(verb, project=small_project.folder).said for verb in ("publish", "build_site")]

    assert "Published" in make()[0]
    assert all(line.startswith("Nothing changed since") for line in make())
    made = digests(small_project.public)
    page = small_project.public / "index.html"
    page.write_text(page.read_text("utf-8").replace("</body>", ""), "utf-8")
    assert ["Nothing changed" in line for line in make()] == [True, False]
    assert digests(small_project.public) == made
    shutil.rmtree(small_project.published)
    assert ["Nothing changed" in line for line in make()] == [False, True]
    small_project.append("site/nl/index.md", "\nNog een zin.\n")
    assert ["Published" in make()[0], "Nog een zin." in page.read_text("utf-8")] == [True, True]
