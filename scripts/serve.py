"""Show the site on this machine: a change of the data, the pages or the theme is shown at once."""

import argparse
import sys
from pathlib import Path

from vierdepijler.commands.command_line import VALID, run

PROJECT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Serve the site until stopped."""
    parser = argparse.ArgumentParser(description="Show the site, and each change of its sources at once.")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen at (default: this machine only)")
    parser.add_argument("--port", type=int, default=8000, help="the port to listen at (default: 8000)")
    options = parser.parse_args()
    from vierdepijler.commands.live import serve

    serve(PROJECT, PROJECT / "public", options.host, options.port)
    return VALID


if __name__ == "__main__":
    sys.exit(run(main))
