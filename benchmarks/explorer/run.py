"""Measure the explorer of a table of 50,000 rows in a browser, and write RESULTS.md; it needs the site in `public/`."""

import functools
import http.server
import os
import shutil
import statistics
import sys
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT / "tests" / "support"))

from large_tables import ROWS, enlarge

TIMES = 7
# What a reader does, and the script that does it: from the event until the page is laid out again.
DONE: dict[str, tuple[str, str]] = {
    "search": ("input[type=search]", "row 4999"),
    "search again": ("input[type=search]", "row 123"),
    "clear the search": ("input[type=search]", ""),
    "sort a column of numbers": ("th:nth-child(3) button", "click"),
    "sort a column of texts": ("th:nth-child(6) button", "click"),
    "sort a column of days": ("th:nth-child(1) button", "click"),
    "next page of rows": (".explorer__pager button:last-child", "click"),
    "group, count and add up": (".explorer__bar select", "participant_group"),
    "no groups any more": (".explorer__bar select", ""),
}
ACT = """([where, what]) => {
    const element = document.querySelector(where);
    const start = performance.now();
    if (what === "click") element.click();
    else {
        element.value = what;
        element.dispatchEvent(new Event(element.matches("select") ? "change" : "input", { bubbles: true }));
    }
    document.body.offsetHeight;
    return performance.now() - start;
}"""


def measure(page: Page, address: str) -> dict[str, float]:
    """Do everything once on a page that was just opened, and give the milliseconds that each took."""
    page.goto(address)
    page.locator(".explorer button").click()
    page.locator("input[type=search]").wait_for()
    return {name: page.evaluate(ACT, list(step)) for name, step in DONE.items()}


def render(times: dict[str, list[float]], load: float) -> str:
    """Write the table of results."""
    rows = "".join(f"| {name} | {statistics.median(of):.0f} | {max(of):.0f} |\n" for name, of in times.items())
    return (
        f"# The explorer with {ROWS:,} rows\n\n"
        "Milliseconds of the main thread, from the event until the page is laid out again, in headless Chromium;\n"
        f"the median and the highest of {TIMES} fresh pages. The machine had {load:.1f} tasks for each processor.\n"
        "Made by `.venv/bin/python benchmarks/explorer/run.py` after `make site`.\n\n"
        f"| what | median | highest |\n|---|---:|---:|\n{rows}"
    )


def main() -> None:
    """Enlarge a table of the site that was built, measure it, and write what was measured."""
    load = os.getloadavg()[0] / (os.cpu_count() or 1)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        name = enlarge(PROJECT / "public", Path(folder))
        handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=folder)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        runs = [measure(page, f"http://127.0.0.1:{server.server_port}/{name}") for _ in range(TIMES)]
        browser.close()
        server.shutdown()
    times = {step: [run[step] for run in runs] for step in DONE}
    (PROJECT / "benchmarks" / "explorer" / "RESULTS.md").write_text(render(times, load), encoding="utf-8")


if __name__ == "__main__":
    main()
