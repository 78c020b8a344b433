"""The metadata quality points of data.europa.eu: none fell below what its table says, and every metric can fall."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from conftest import PROJECT, SHARED, cannot_run, run_verb
from site_copies import SiteCopy
from vierdepijler.core.problems import ContentError
from vierdepijler.quality.scores import METRICS, NOT_MEASURED, PublishedSite, fallen, has_shapes, score_site

SCORES = "metadata_points.csv"
STANDARDS = SHARED / "standards"
DISTRIBUTION, DATASET = "dcat:Distribution", "dcat:Dataset"
NONSENSE = "https://vierde-pijler.example/nonsense"
Spoil = Callable[[SiteCopy], object]

SPOILS: Mapping[str, Spoil] = {
    "mqa-keyword": lambda copy: copy.unsay("dcat:keyword"),
    "mqa-theme": lambda copy: copy.unsay("dcat:theme"),
    "mqa-spatial": lambda copy: copy.unsay("dct:spatial", DATASET),
    "mqa-temporal": lambda copy: copy.unsay("dct:temporal"),
    "mqa-access-answers": lambda copy: copy.remove("data/completions.html"),
    "mqa-download": lambda copy: copy.unsay("dcat:downloadURL"),
    "mqa-download-answers": lambda copy: copy.remove("data/latest/completions.json"),
    "mqa-format": lambda copy: copy.unsay("dct:format", of_all=True),
    "mqa-media-type": lambda copy: copy.unsay("dcat:mediaType", of_all=True),
    "mqa-format-from-list": lambda copy: copy.say("dcat:mediaType", NONSENSE),
    "mqa-open-format": lambda copy: copy.say("dct:format", "http://publications.europa.eu/resource/authority/file-type/XLSX"),
    "mqa-machine-readable": lambda copy: copy.say("dct:format", "http://publications.europa.eu/resource/authority/file-type/PNG"),
    "mqa-licence": lambda copy: copy.unsay("dct:license", DISTRIBUTION),
    "mqa-licence-from-list": lambda copy: copy.say("dct:license", NONSENSE),
    "mqa-access-rights": lambda copy: copy.unsay("dct:accessRights"),
    "mqa-access-rights-from-list": lambda copy: copy.say("dct:accessRights", NONSENSE),
    "mqa-contact": lambda copy: copy.unsay("dcat:contactPoint", DATASET),
    "mqa-publisher": lambda copy: copy.unsay("dct:publisher", DATASET),
    "mqa-rights": lambda copy: copy.unsay("dct:rights", DISTRIBUTION),
    "mqa-size": lambda copy: copy.unsay("dcat:byteSize"),
    "mqa-issued": lambda copy: copy.unsay("dct:issued", DISTRIBUTION),
    "mqa-modified": lambda copy: copy.unsay("dct:modified", DATASET),
}  # fmt: skip


def test_every_metric_is_spoiled_below() -> None:
    assert set(SPOILS) | {"mqa-conformance"} == set(METRICS)


@pytest.mark.parametrize("metric", SPOILS)
def test_a_metric_is_full_and_can_fall(copy: SiteCopy, metric: str) -> None:
    before = METRICS[metric](copy.site)
    assert before.is_full == (metric != "mqa-temporal")  # we name no period where no source gives a day
    SPOILS[metric](copy)
    assert METRICS[metric](copy.site).have < before.have


def test_only_the_best_file_of_a_data_set_counts_for_interoperability(copy: SiteCopy) -> None:
    copy.unsay("dct:format", DISTRIBUTION)  # of one file of many
    assert METRICS["mqa-format"](copy.site).is_full


def test_a_file_counts_for_its_share(copy: SiteCopy) -> None:
    copy.unsay("dcat:byteSize")
    finding = METRICS["mqa-size"](copy.site)
    assert finding.have == finding.of - 1 == len(copy.site.catalogue.distributions) - 1


def test_conformance_is_not_measured_without_the_shapes(copy: SiteCopy) -> None:
    assert METRICS["mqa-conformance"](copy.site) == NOT_MEASURED


def test_conformance_is_measured_with_the_shapes(copy: SiteCopy) -> None:
    if not has_shapes(STANDARDS):
        cannot_run("the shapes of DCAT-AP are not on this machine")
    copy.unsay("dct:title", DATASET)
    assert not METRICS["mqa-conformance"](copy.site_with(STANDARDS)).is_full


@pytest.mark.parametrize("metric", [*SPOILS, "mqa-conformance"])
def test_a_site_without_a_catalogue_gets_nothing(tmp_path: Path, metric: str) -> None:
    assert not METRICS[metric](PublishedSite(tmp_path, "https://site.example/")).is_full


def test_the_table_says_what_is_measured(copy: SiteCopy, say_at_the_end: Callable[[str], None]) -> None:
    scores = score_site(copy.site_with(STANDARDS if has_shapes(STANDARDS) else None))
    assert [score.metric for score in scores if score.change] == [], "run 'make scores'"
    assert [score.metric for score in scores if score.row["outcome"] != "full" and not score.row["note_nl"]] == []
    say_at_the_end(f"metadata quality points: {sum(score.points for score in scores):f}")


def test_a_metric_without_what_shows_it_scores_nothing(copy: SiteCopy) -> None:
    copy.remove("data/catalog.ttl")
    assert sum(score.points for score in score_site(copy.site)) == 0


def test_a_table_with_a_metric_that_nobody_measures_is_refused(copy: SiteCopy) -> None:
    copy.replace(f"data/latest/{SCORES}", "mqa-size", "mqa-sise")
    with pytest.raises(ContentError) as refused:
        score_site(copy.site)
    assert [problem.what for problem in refused.value.problems] == [
        f"the metric '{name}' is in the table or in the code, and not in both" for name in ("mqa-sise", "mqa-size")
    ]


def test_a_score_that_falls_is_told_with_what_it_was_and_what_to_do(copy: SiteCopy) -> None:
    copy.unsay("dcat:keyword")
    problem, *others = fallen(score_site(copy.site))
    assert not others
    assert str(problem).startswith(f"{SCORES}:2: points: the score of 'mqa-keyword' fell from 30")
    assert "write the lower score and the reason in that row" in problem.todo


def test_a_score_that_was_not_full_falls_only_where_nothing_is_left(copy: SiteCopy) -> None:
    copy.unsay("dct:temporal")  # of the first data set that says it: as if a table without a period were added
    assert list(fallen(score_site(copy.site))) == []
    copy.unsay("dct:temporal", of_all=True)
    assert ["'mqa-temporal' fell from" in problem.what for problem in fallen(score_site(copy.site))] == [True]


def test_the_verb_writes_the_scores_and_says_where_there_is_no_site(copy: SiteCopy, tmp_path: Path) -> None:
    recorded = (PROJECT / "data" / "checks" / SCORES).read_text("utf-8")
    (tmp_path / SCORES).write_text(recorded.replace("full,5,5", "not_full,0,5"), encoding="utf-8")
    copy.replace(f"data/latest/{SCORES}", "full,5,5", "not_full,0,5")
    done = run_verb("score", "--site", copy.folder, "--shapes", tmp_path, "--out", tmp_path)
    assert done.code == 0, done.all
    assert "364.09 of 405 points, 30 not measured" in done.said
    assert "mqa-conformance: cannot be measured here" in done.said
    assert (tmp_path / SCORES).read_text("utf-8") == recorded
    missed = run_verb("score", "--site", tmp_path / "none", "--out", tmp_path)
    assert missed.code == 2
    assert "there is no site in this folder; build it first" in missed.complained
