"""Measure the site that was built, and write the scores that rose in their table."""

import sys
from dataclasses import replace
from pathlib import Path

from vierdepijler.commands.command_line import PROBLEMS, VALID, arguments, run, show
from vierdepijler.core.problems import unreadable

PROJECT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Say what the site scores, and write down what rose: exit code 0 done, 1 a score fell, 2 there is no site."""
    options = arguments(
        "Measure a built site, write down scores that rose; exit code 0 done, 1 a score fell, 2 there is no site.",
        site=(PROJECT / "public", "the folder of the site (default: public)"),
        shapes=(PROJECT.parent / "shared" / "standards", "the shapes of DCAT-AP, where they are on this machine"),
        out=(PROJECT / "data" / "checks", "the folder with the table to write (default: data/checks)"),
    )
    from vierdepijler.core.problems import say
    from vierdepijler.quality.scores import DESCRIPTOR, PublishedSite, fallen, score_site, write_scores

    site = PublishedSite(options.site, "", options.shapes)
    if not site.has(DESCRIPTOR):
        raise unreadable(
            str(options.site), say("there is no site in this folder"), say("build it first, or name its folder")
        )
    scores = score_site(replace(site, url=site.descriptor["homepage"]))
    write_scores(scores, options.out)
    points, maximum = sum(score.points for score in scores), sum(score.maximum for score in scores)
    elsewhere = sum(score.recorded for score in scores if not score.finding.measured)
    print(f"{points:f} of {maximum:f} points, {elsewhere:f} not measured")
    for score in scores:
        if not score.finding.is_full:
            print(f"  {score.metric}: {score.finding}")
    problems = list(fallen(scores))
    show(problems, options.out, sys.stderr)
    return PROBLEMS if problems else VALID


if __name__ == "__main__":
    sys.exit(run(main))
