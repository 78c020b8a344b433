"""Publish a data package: every table in every format, the whole as workbook, database and zip, with checksums."""

import sys
from pathlib import Path

from vierdepijler.checks.reports import Report, render_summary
from vierdepijler.commands.command_line import PROBLEMS, VALID, arguments, run, show

PROJECT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Publish a package that is valid; refuse any other, and leave what was published before as it was."""
    options = arguments(
        "Publish a data package; exit code 0 published, 1 it is not valid, 2 it cannot be read or written.",
        package=(PROJECT / "datapackage.json", "the descriptor of the package (default: our own)"),
        out=(PROJECT / "build" / "data", "the folder to publish to, which is replaced (default: build/data)"),
    )
    from vierdepijler.commands.command_line import makers, read_by_publish
    from vierdepijler.core.staging import is_made_of

    if is_made_of(options.out, made_of := read_by_publish(options.package)):
        print(f"Nothing changed since {options.out} was published.")
        return VALID
    from vierdepijler.core.columnar import spare_pandas

    spare_pandas()
    from vierdepijler.commands.publishing import check_to_publish, publish_checked
    from vierdepijler.core.reading import read_package
    from vierdepijler.core.staging import keeping
    from vierdepijler.writers.metadata.catalogues import check_gaps

    package = read_package(options.package, leniently=True)

    def check() -> Report:
        report = check_to_publish(package)
        show([*report.problems, *check_gaps(package)], package.root, sys.stderr)
        if not report.valid:
            print(f"{render_summary(report)} Nothing was published.", file=sys.stderr)
            sys.exit(PROBLEMS)
        return report

    with keeping(options.out, makers(PROJECT)):
        report, files = publish_checked(package, check, options.out, made_of)
    print(f"{render_summary(report)} Published {len(files)} files in {options.out}")
    return VALID


if __name__ == "__main__":
    sys.exit(run(main))
