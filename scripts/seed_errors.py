"""Make every error of the catalogue in a copy of our package, and write down which rule caught it."""

import sys
from pathlib import Path

from vierdepijler.commands.command_line import PROBLEMS, VALID, arguments, run
from vierdepijler.core.messages import say
from vierdepijler.core.problems import unreadable

PROJECT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Say what the checks catch: exit code 0 all that can be caught, 1 something was missed."""
    options = arguments(
        "Seed errors in copies of our package; exit code 0 all caught, 1 something was missed.",
        catalogue=(PROJECT / "tests" / "seeded_errors.yml", "the errors to make"),
        document=(PROJECT.parent / "shared" / "sources" / "answer-173-2025-02-20.txt", "the answer itself"),
        out=(PROJECT / "data" / "checks" / "seeded_errors.csv", "the table to write"),
    )
    if not options.document.is_file():
        todo = say("name the source document with --document, for some errors show only beside it")
        raise unreadable(options.document.name, say("the source document is not there"), todo)
    from vierdepijler.quality.seeding import read_seeds, try_seeds, write_outcomes

    outcomes = try_seeds(PROJECT, read_seeds(options.catalogue), options.document)
    missed = [outcome for outcome in outcomes if not outcome.is_as_expected]
    print(*outcomes, sep="\n")
    caught = sum(outcome.is_caught for outcome in outcomes)
    print(f"Seeded {len(outcomes)} errors: {caught} caught by the rule meant for it, {len(missed)} not as expected.")
    write_outcomes(outcomes, options.out)
    return PROBLEMS if missed else VALID


if __name__ == "__main__":
    sys.exit(run(main))
