"""Measure the site that was built, and write the scores that rose in the tables of scores."""

import sys
from pathlib import Path

from vierdepijler.command_line import PROBLEMS, VALID, arguments, run, show
from vierdepijler.problems import unreadable

PROJECT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Say what the site scores, and write down what rose: exit code 0 done, 1 a score fell, 2 there is no site."""
    options = arguments(
        "Measure a built site, write down scores that rose; exit code 0 done, 1 a score fell, 2 there is no site.",
        site=(PROJECT / "public", "the folder of the site (default: public)"),
        shapes=(PROJECT.parent / "shared" / "standards", "the shapes of DCAT-AP, where they are on this machine"),
        out=(PROJECT / "data" / "checks", "the folder with the tables to write (default: data/checks)"),
    )
    from vierdepijler.messages import say
    from vierdepijler.scoring.published_site import DESCRIPTOR, PublishedSite
    from vierdepijler.scoring.scheme_scores import score_site, write_scores
    from vierdepijler.scoring.scorecard import fallen

    site = PublishedSite(options.site, "", options.shapes)
    if not site.has(DESCRIPTOR):
        raise unreadable(
            str(options.site), say("there is no site in this folder"), say("build it first, or name its folder")
        )
    scored = score_site(PublishedSite(options.site, site.descriptor["homepage"], options.shapes))
    write_scores(scored, options.out)
    for one in scored:
        print(f"{one.scheme.table}: {one.points:f} of {one.maximum:f}, {one.not_measured:f} not measured")
        for score in one.scores:
            if not score.finding.is_full:
                print(f"  {score.metric}: {score.finding}")
    problems = list(fallen(scored))
    show(problems, options.out, sys.stderr)
    return PROBLEMS if problems else VALID


if __name__ == "__main__":
    sys.exit(run(main))
