"""Measure the pages of the site with Lighthouse, and write `benchmarks/lighthouse/RESULTS.md`.

Run by hand after `make site`: `make lighthouse`, on a machine that does nothing else. It installs Lighthouse from npm
into `build/`, shows `public/` by nginx as `hosting/nginx.conf` in it says, and measures each page with the mobile
preset. Of several runs the one with the median performance counts, as Lighthouse's makers advise.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from measured_pages import PAGES, Score, page

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent.parent
sys.path[:0] = [str(PROJECT / name) for name in ("tests", "tests/support", "scripts")]

from web_servers import nginx

MADE = PROJECT / "build" / "lighthouse"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
RUNS = 3
CATEGORIES = "performance,accessibility,best-practices,seo"
FLAGS = ("--quiet", "--output=json", f"--only-categories={CATEGORIES}", "--no-enable-error-reporting")
CHROME = "--chrome-flags=--headless=new --no-sandbox --disable-gpu"


def program(name: str) -> str:
    """Find npm or node, which a package of the environment may have brought."""
    found = shutil.which(name, path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    return found or sys.exit(f"there is no {name} on this machine (apt install {name})")


def install() -> Path:
    """Install what the lock file lists, and give the command."""
    MADE.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, MADE / name)
    asked = [program("npm"), "ci", "--ignore-scripts", "--loglevel=error", "--no-audit", "--no-fund"]
    subprocess.run(asked, cwd=MADE, check=True)  # noqa: S603  # the command is our own
    return MADE / "node_modules" / "lighthouse" / "cli" / "index.js"


def measure(command: Path, url: str) -> dict[str, Any]:
    """Run Lighthouse once, and give its report."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        sys.exit("there is no Chromium on this machine (apt install chromium)")
    asked = [program("node"), str(command), url, *FLAGS, CHROME]
    known = {**os.environ, "CHROME_PATH": browser}
    done = subprocess.run(asked, cwd=MADE, env=known, capture_output=True, check=False)  # noqa: S603  # the command is our own
    if done.returncode:
        sys.exit(f"Lighthouse failed on {url}:\n{done.stderr.decode()}")
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def main() -> int:
    """Measure every page, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS, help=f"how often each page is measured (default: {RUNS})")
    parser.add_argument("--out", type=Path, default=HERE / "RESULTS.md", help="the page to write")
    options = parser.parse_args()
    site = PROJECT / "public"
    if not (site / "index.html").is_file():
        sys.exit("there is no site in public/; run 'make site' first")
    command = install()
    scores = []
    with nginx(site, site / "hosting" / "nginx.conf", MADE) as server:
        for name, path in PAGES.items():
            reports = [measure(command, f"http://127.0.0.1:{server.port}/{path}") for _ in range(options.runs)]
            scores.append(Score.of(name, path, reports))
            print(scores[-1])
    data = json.loads((site / "data" / "latest" / "datapackage.json").read_text("utf-8"))
    options.out.write_text(page(scores, options.runs, data), encoding="utf-8")
    return 0 if all(score.is_full for score in scores) else 1


if __name__ == "__main__":
    sys.exit(main())
