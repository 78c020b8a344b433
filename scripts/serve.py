"""Show the site on this machine, and build it again whenever the data, the pages or the theme change."""

import argparse
import sys
from pathlib import Path

from vierdepijler.command_line import VALID, run, show
from vierdepijler.problems import ContentError
from vierdepijler.reporting.reports import render_summary

PROJECT = Path(__file__).resolve().parent.parent
PUBLISHED, PUBLIC = PROJECT / "build" / "data", PROJECT / "public"
WATCHED = ("data", "site", "datapackage.json", "mkdocs.yml", "mkdocs.en.yml")


def rebuild() -> None:
    """Check, publish and build; what is wrong is shown, and the site stays as it was."""
    from vierdepijler.checking import check_package
    from vierdepijler.publishing import publish_package
    from vierdepijler.reading import read_package
    from vierdepijler.site.building import build_site

    try:
        package = read_package(PROJECT / "datapackage.json")
        report = check_package(package, pages=PROJECT / "site")
        show(report.problems, package.root, sys.stderr)
        if not report.valid:
            print(render_summary(report), file=sys.stderr)
            return
        publish_package(package, report, PUBLISHED)
        build_site(read_package(PUBLISHED / "latest" / "datapackage.json"), PROJECT, PUBLIC)
    except ContentError as error:
        show(error.problems, error.root, sys.stderr)


def main() -> int:
    """Serve `public/` until stopped."""
    parser = argparse.ArgumentParser(description="Show the site, and build it again at every change.")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen at (default: this machine only)")
    parser.add_argument("--port", type=int, default=8000, help="the port to listen at (default: 8000)")
    options = parser.parse_args()
    from vierdepijler.site.serving import serve_site

    rebuild()
    serve_site(PUBLIC, [PROJECT / name for name in WATCHED], rebuild, options.host, options.port)
    return VALID


if __name__ == "__main__":
    sys.exit(run(main))
