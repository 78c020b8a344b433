"""The scorecard, published with the site that it scores. A fall of a score stops the build; a rise is told."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from vierdepijler.formats.json_files import json_value, render_json
from vierdepijler.formats.publication import DOWNLOADS
from vierdepijler.messages import Message, say
from vierdepijler.problems import ContentError, Problem
from vierdepijler.tables import cell_text

from .measured import Outcome
from .published_site import PublishedSite
from .scheme_scores import SchemeScore, Score, score_site

FILE = "scorecard.json"
SCHEMA = Path(__file__).parent / "scorecard.schema.json"
LANGUAGES = ("nl", "en")


def fallen(scored: tuple[SchemeScore, ...]) -> Iterator[Problem]:
    """Give a problem for each score that is less than what its table says.

    One that was not full, with its reason, moves with every table that is added: it has fallen where nothing is left.
    """
    for one in scored:
        for score in one.scores:
            was_full = score.row["outcome"] != Outcome.NOT_FULL
            if score.change() < 0 and (was_full or not score.finding.have):
                what = say(
                    "the score of '{metric}' fell from {before} to {now} ({have} of {of})",
                    metric=score.metric,
                    before=cell_text(score.recorded.normalize()),
                    now=cell_text(score.points.normalize()),
                    have=score.finding.have,
                    of=score.finding.of,
                )
                todo = say("mend what is missing, or write the lower score and the reason in that row")
                yield Problem(f"{one.scheme.table}.csv", score.line, "points", what, todo)


def remarks(folder: Path) -> Iterator[Message]:
    """Say of the scorecard in the folder of a site what was not measured, and what scores more than its table says."""
    for scheme in (PublishedSite(folder, "").json(f"{DOWNLOADS}/{FILE}") or {}).get("schemes", ()):
        for metric in scheme["metrics"]:
            if not metric["measured"]:
                what = "'{metric}' was not measured here, for what it needs is not on this machine"
                yield say(what, metric=metric["metric"])
            elif metric["points"] > metric["recorded"]:
                what = "the score of '{metric}' rose from {before} to {now}; write it down with scripts/score.py"
                yield say(what, metric=metric["metric"], before=metric["recorded"], now=metric["points"])


def write_scorecard(site: PublishedSite) -> tuple[SchemeScore, ...]:
    """Measure a site, and put the scorecard with its JSON Schema among its downloads; refuses scores that fell.

    A package without tables of scores gets no scorecard. Raises `ContentError` that names each score that fell.
    """
    scored = score_site(site)
    if not scored:
        return ()
    problems = list(fallen(scored))
    if problems:
        raise ContentError(problems)
    folder = site.folder / DOWNLOADS
    (folder / FILE).write_text(render_json(scorecard(site, scored)), encoding="utf-8", newline="\n")
    shutil.copyfile(SCHEMA, folder / SCHEMA.name)
    return scored


def scorecard(site: PublishedSite, scored: tuple[SchemeScore, ...]) -> dict[str, Any]:
    """Give the scorecard as JSON knows it; every address in it is one that a reader can open."""
    descriptor = site.descriptor
    return {
        "$schema": f"{site.url}{DOWNLOADS}/{SCHEMA.name}",
        "package": {name: descriptor.get(name, "") for name in ("name", "version", "created")},
        "schemes": [_scheme_content(site, one) for one in scored],
    }


def _scheme_content(site: PublishedSite, one: SchemeScore) -> dict[str, Any]:
    described = next(resource for resource in site.resources if resource["name"] == one.scheme.table)
    return {
        "scheme": one.scheme.table,
        "title": {"nl": described.get("title", ""), "en": described.get("title_en", "")},
        "specification": one.scheme.specification,
        "points": json_value(one.points),
        "maximum": json_value(one.maximum),
        "not_measured": json_value(one.not_measured),
        "not_applicable": one.not_applicable,
        "metrics": [_metric_content(site, score) for score in one.scores],
    }


def _metric_content(site: PublishedSite, score: Score) -> dict[str, Any]:
    return {
        "metric": score.metric,
        "part": score.row["part"],
        "label": _texts(score, "label"),
        "asks": _texts(score, "asks"),
        "measured": score.finding.measured,
        "outcome": score.outcome,
        "points": json_value(score.points),
        "recorded": json_value(score.recorded),
        "maximum": json_value(score.maximum),
        "have": score.finding.have,
        "of": score.finding.of,
        "note": _texts(score, "note") if score.row["note_nl"] else None,
        "evidence": [site.url + path.removesuffix("index.html") for path in score.evidence],
    }


def _texts(score: Score, name: str) -> dict[str, str]:
    return {language: score.row[f"{name}_{language}"] for language in LANGUAGES}
