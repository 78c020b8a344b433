"""The scorecard: published, and a guard against scores that fall."""

import json
import shutil
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from conftest import PROJECT, run_verb
from site_copies import SiteCopy
from small_projects import SmallProject, digests
from vierdepijler.problems import ContentError
from vierdepijler.scoring.scorecard import remarks, write_scorecard


def test_the_scorecard_fits_its_schema(site: Path) -> None:
    schema = json.loads((site / "data" / "scorecard.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads((site / "data" / "scorecard.json").read_text("utf-8")))


def test_every_piece_of_evidence_can_be_opened(site: Path) -> None:
    schemes = json.loads((site / "data" / "scorecard.json").read_text("utf-8"))["schemes"]
    shown = [address for scheme in schemes for metric in scheme["metrics"] for address in metric["evidence"]]
    assert len(shown) >= sum(len(scheme["metrics"]) for scheme in schemes)
    assert [address for address in shown if not SiteCopy(site).site.leads_to(address)] == []


def test_the_same_site_gives_the_same_scorecard(copy: SiteCopy, site: Path) -> None:
    copy.remove("data/scorecard.json")
    copy.remove("data/scorecard.schema.json")
    write_scorecard(copy.site)
    assert (copy.folder / "data" / "scorecard.json").read_bytes() == (site / "data" / "scorecard.json").read_bytes()


def test_a_score_that_falls_is_refused_with_what_it_was_and_what_to_do(copy: SiteCopy) -> None:
    copy.unsay("dcat:keyword")
    with pytest.raises(ContentError) as refused:
        write_scorecard(copy.site)
    assert str(refused.value.problems[0]).startswith(
        "metadata_points.csv:2: points: the score of 'mqa-keyword' fell from 30"
    )
    assert "write the lower score and the reason in that row" in refused.value.problems[0].todo


def test_a_score_that_was_not_full_falls_only_where_nothing_is_left(copy: SiteCopy) -> None:
    copy.remove("data/scorecard.json")  # which is the site's own
    copy.unsay("dct:temporal")  # of the first data set that says it: as if a table without a period were added
    write_scorecard(copy.site)
    copy.unsay("dct:temporal", of_all=True)
    with pytest.raises(ContentError, match="the score of 'mqa-temporal' fell from"):
        write_scorecard(copy.site)


def test_the_build_fails_when_a_score_falls_and_the_site_stays(small_project: SmallProject) -> None:
    """The real table of stars names files that show them, and these are not there on the small site."""
    scores = (PROJECT / "data" / "checks" / "open_data_stars.csv").read_text("utf-8")
    fields = [{"name": name, "type": "string"} for name in scores.partition("\n")[0].split(",")]
    table = {"name": "open_data_stars", "path": "data/stars.csv", "schema": {"fields": fields, "primaryKey": "metric"}}
    small_project.write("data/stars.csv", scores).change(lambda package: package["resources"].append(table))
    small_project.publish(small_project.published)
    before = digests(small_project.public)
    with pytest.raises(ContentError, match=r"open_data_stars\.csv:2: points: the score of 'star-1' fell from 1 to 0"):
        small_project.build()
    assert digests(small_project.public) == before


def test_what_was_not_measured_and_what_rose_is_told(copy: SiteCopy) -> None:
    def lower(content: dict[str, list[dict[str, list[dict[str, object]]]]]) -> None:
        content["schemes"][0]["metrics"][0]["recorded"] = 10

    copy.change("data/scorecard.json", lower)
    said = [str(remark) for remark in remarks(copy.folder)]
    assert said == [
        "the score of 'mqa-keyword' rose from 10 to 30; write it down with scripts/score.py",
        "'mqa-conformance' was not measured here, for what it needs is not on this machine",
    ]
    assert list(remarks(copy.folder / "nowhere")) == []


def test_the_verb_writes_the_scores_and_says_where_there_is_no_site(site: Path, tmp_path: Path) -> None:
    for table in (PROJECT / "data" / "checks").glob("*.csv"):
        shutil.copy(table, tmp_path)
    done = run_verb("score", "--site", site, "--shapes", tmp_path, "--out", tmp_path)
    assert done.code == 0, done.all
    assert "metadata_points: 364.52 of 405, 30 not measured" in done.said
    assert "bp-19: does not apply here" in done.said
    assert ": cannot be measured here" in done.said
    assert "fsf-f1-02md: 0 of 2 are as they should be" in done.said
    assert (tmp_path / "metadata_points.csv").read_bytes() == (PROJECT / "data/checks/metadata_points.csv").read_bytes()
    missed = run_verb("score", "--site", tmp_path / "none", "--out", tmp_path)
    assert missed.code == 2
    assert "there is no site in this folder; build it first" in missed.complained
