"""Take pictures of every page of the site, to be looked at by people."""

import sys
from pathlib import Path

from vierdepijler.commands.command_line import VALID, arguments, run
from vierdepijler.core.problems import say, unreadable

PROJECT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Take the pictures, and write a page to look through them."""
    options = arguments(
        "Take screenshots of every page; exit code 0 taken, 2 there is no site, or no browser.",
        site=(PROJECT / "public", "the built site (default: public)"),
        out=(PROJECT / "build" / "screenshots", "the folder for the pictures, which is replaced"),
    )
    try:
        from vierdepijler.site.screenshots import take_screenshots
    except ModuleNotFoundError as error:
        raise unreadable("playwright", say("it is not installed"), say("use 'make screenshots', which does")) from error
    count = take_screenshots(options.site, options.out)
    print(f"Took {count} screenshots: open {options.out / 'index.html'}")
    return VALID


if __name__ == "__main__":
    sys.exit(run(main))
