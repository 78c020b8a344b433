"""Measure the site that was built, and write the scores in the tables of scores."""

import sys
from pathlib import Path

from vierdepijler.command_line import VALID, arguments, run
from vierdepijler.problems import unreadable

PROJECT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Say what the site scores, and write it down: exit code 0 done, 2 there is no site to measure."""
    options = arguments(
        "Measure a built site and write its scores in the tables of scores; exit code 0 done, 2 there is no site.",
        site=(PROJECT / "public", "the folder of the site (default: public)"),
        shapes=(PROJECT.parent / "shared" / "standards", "the shapes of DCAT-AP, where they are on this machine"),
        out=(PROJECT / "data" / "checks", "the folder with the tables to write (default: data/checks)"),
    )
    from vierdepijler.messages import say
    from vierdepijler.scoring.published_site import DESCRIPTOR, PublishedSite
    from vierdepijler.scoring.scheme_scores import score_site, write_scores

    site = PublishedSite(options.site, "", options.shapes)
    if not site.has(DESCRIPTOR):
        raise unreadable(
            str(options.site), say("there is no site in this folder"), say("build it first, or name its folder")
        )
    scored = score_site(PublishedSite(options.site, site.descriptor["homepage"], options.shapes))
    write_scores(scored, options.out)
    for one in scored:
        print(f"{one.scheme.table}: {one.points} of {one.maximum}, not measured {one.not_measured}")
        print(*(f"  {score.metric}: {score.finding}" for score in one.scores if not score.finding.is_full), sep="\n")
    return VALID


if __name__ == "__main__":
    sys.exit(run(main))
