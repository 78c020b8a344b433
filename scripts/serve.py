"""Show the site on this machine, and build it again whenever the data, the pages or the theme change."""

import sys
from pathlib import Path

from mkdocs.livereload import LiveReloadServer

from vierdepijler.building import build_site
from vierdepijler.checking import check_package
from vierdepijler.command_line import show
from vierdepijler.problems import ContentError
from vierdepijler.publishing import publish_package
from vierdepijler.reading import read_package
from vierdepijler.reports import render_summary

PROJECT = Path(__file__).resolve().parent.parent
PUBLISHED, PUBLIC = PROJECT / "build" / "data", PROJECT / "public"
WATCHED = ("data", "site", "datapackage.json", "mkdocs.yml", "mkdocs.en.yml")


def rebuild() -> None:
    """Check, publish and build; what is wrong is shown, and the site stays as it was."""
    try:
        package = read_package(PROJECT / "datapackage.json")
        report = check_package(package, pages=PROJECT / "site")
        show(report.problems, package.root, sys.stderr)
        if report.problems:
            print(render_summary(report), file=sys.stderr)
            return
        publish_package(package, PUBLISHED)
        build_site(read_package(PUBLISHED / "datapackage.json"), PROJECT, PUBLIC)
    except ContentError as error:
        show(error.problems, error.root, sys.stderr)


def main() -> None:
    """Serve `public/` at HOST:PORT until it is stopped."""
    host, _, port = (sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:8000").rpartition(":")
    rebuild()
    server = LiveReloadServer(rebuild, host=host, port=int(port), root=str(PUBLIC), mount_path="/")
    for name in WATCHED:
        server.watch(str(PROJECT / name))
    print(f"The site is at http://{host}:{port}/ (stop with Ctrl-C)")
    try:
        server.serve()  # type: ignore[no-untyped-call]  # MkDocs leaves this one without types
    except KeyboardInterrupt:
        server.shutdown()


if __name__ == "__main__":
    main()
