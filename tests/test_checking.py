from pathlib import Path

from conftest import Copy
from vierdepijler.checking import OWN_RULES, check_package
from vierdepijler.rule import explanations


def test_a_good_package_is_valid_and_counted(miniature: Copy) -> None:
    report = check_package(miniature.read())
    assert report.problems == ()
    assert (report.tables, report.rows, report.cells) == (4, 16, 72)
    assert (report.own_rules, report.pages) == (len(OWN_RULES), None)


def test_every_rule_explains_itself() -> None:
    assert len({rule.name for rule in OWN_RULES}) == len(OWN_RULES)
    assert {rule.name for rule in OWN_RULES} <= set(explanations())


def test_problems_of_schemas_rules_source_and_pages_are_collected(miniature: Copy, tmp_path: Path) -> None:
    miniature.replace("data/counts.csv", "521,,521", "522,,521").replace("data/groups.csv", "b,Groep", "b1,Groep")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "page.md").write_text("12\n")
    problems = [str(problem) for problem in check_package(miniature.read(), tmp_path / "site").problems]
    files = [problem.split(":")[0] for problem in problems]
    assert files == sorted(files)
    assert {"data/counts.csv", "data/groups.csv", "site/page.md"} <= set(files)


def test_a_table_that_does_not_fit_its_schema_is_not_asked_for_more(miniature: Copy) -> None:
    """What follows from a mistake is not told as a mistake: the sums need the counts, which cannot be read."""
    problems = miniature.replace("data/counts.csv", "521,,521", "many,,521").problems()
    assert len(problems) == 1
