"""Build the site, in every language, from the published package."""

import sys
from pathlib import Path

from vierdepijler.commands.command_line import VALID, arguments, run

PROJECT = Path(__file__).resolve().parent.parent
PUBLISHED = PROJECT / "build" / "data" / "latest" / "datapackage.json"


def main() -> int:
    """Build the site; a page that fails stops it, and leaves what was built before as it was."""
    options = arguments(
        "Build the site; exit code 0 built, 1 a page is wrong, 2 the package cannot be read.",
        package=(PUBLISHED, "the published package (default: build/data)"),
        project=(PROJECT, "the folder with the pages and the settings (default: our own)"),
        out=(PROJECT / "public", "the folder to build in, which is replaced (default: public)"),
    )
    from vierdepijler.commands.command_line import makers, read_by_build
    from vierdepijler.core.staging import is_made_of

    if is_made_of(options.out, made_of := read_by_build(options.package.parent.parent, options.project)):
        print(f"Nothing changed since {options.out} was built.")
        return VALID
    from vierdepijler.core.columnar import spare_pandas

    spare_pandas()
    from vierdepijler.core.reading import read_package
    from vierdepijler.core.staging import keeping
    from vierdepijler.site.building import build_site

    package = read_package(options.package, leniently=True)
    with keeping(options.out, makers(PROJECT)):
        count = build_site(package, options.project, options.out, made_of)
    print(f"Built {count} pages in {options.out}")
    return VALID


if __name__ == "__main__":
    sys.exit(run(main))
