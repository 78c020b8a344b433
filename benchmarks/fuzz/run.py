"""Fuzz the four readers with atheris, led by what they run through, and write `benchmarks/fuzz/RESULTS.md`.

Run by hand: `python benchmarks/fuzz/run.py`, which takes hours (`--minutes` ends each reader sooner). An input that is
neither read nor refused in the words of the project is a finding, and so is one that takes 2 GB or `--seconds`.
What was found, and the inputs that led somewhere, stay in `build/benchmarks/fuzz`, where the next run goes on.
"""

import argparse
import hashlib
import os
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(PROJECT / name) for name in ("scripts", "tests", "tests/support")]

from document_files import write_pdf, write_word
from hostile_inputs import every

FOLDER, RESULTS = PROJECT / "build" / "benchmarks" / "fuzz", Path(__file__).with_name("RESULTS.md")
SMALL, ANSWER = PROJECT / "tests" / "miniature", PROJECT / "tests" / "answers" / "second.txt"
PAGE = PROJECT / "tests" / "miniature_site" / "site" / "nl" / "index.md"
RUNS, LONGEST = 1_000_000, 16_384
LIMITS = ("-rss_limit_mb=2048", f"-max_len={LONGEST}", "-seed=4", "-print_final_stats=1")
SUFFIXES: Mapping[str, str] = {"csv": ".csv", "descriptor": ".json", "page": ".md", "document": ".txt"}
DONE = re.compile(r"^(?:Done (\d+) runs in (\d+) second|#(\d+)\s)", re.MULTILINE)


def seeds(name: str, folder: Path) -> Iterator[bytes]:
    """Give what a reader begins with; a first byte tells which kind of document it is."""
    if name == "document":
        yield b"\0" + ANSWER.read_bytes()
        yield b"\1" + write_word(folder / "answer.docx", ANSWER).read_bytes()
        yield b"\2" + write_pdf(folder / "answer.pdf", ANSWER).read_bytes()
    elif name == "page":
        yield b"\0" + PAGE.read_bytes()
    else:
        yield from (b"\0" + path.read_bytes() for path in SMALL.rglob(f"*{SUFFIXES[name]}"))
    for hostile in every():
        for file, content in hostile.files.items():
            if file.endswith(SUFFIXES[name]) and isinstance(content, str | bytes) and len(content) < LONGEST:
                yield b"\0" + (content.encode() if isinstance(content, str) else content)


def fuzz(name: str, asked: argparse.Namespace) -> str:
    """Fuzz one reader in a process of its own, and give its row of the results."""
    corpus, findings = (FOLDER / name / part for part in ("corpus", "findings"))
    for folder in (corpus, findings):
        folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        for seed in seeds(name, Path(temporary)):
            (corpus / hashlib.sha256(seed).hexdigest()).write_bytes(seed)
        begun = len(list(corpus.iterdir()))
        options = [*LIMITS, f"-runs={asked.runs}", f"-max_total_time={int(asked.minutes * 60)}"]
        options += [f"-timeout={asked.seconds}", f"-artifact_prefix={findings}/"]
        command = [sys.executable, str(Path(__file__).with_name("readers.py")), name, str(findings), *options]
        environment = {**os.environ, "TMPDIR": temporary}
        with (FOLDER / name / "said.txt").open("wb") as said:
            subprocess.run([*command, str(corpus)], stdout=said, stderr=said, env=environment, check=False)  # noqa: S603  # ours
    told = DONE.findall((FOLDER / name / "said.txt").read_text("utf-8", errors="replace")) or [("", "", "0")]
    number, seconds, reached = told[-1]
    found = ", ".join(sorted(path.name for path in findings.iterdir())) or "none"
    led = len(list(corpus.iterdir())) - begun
    return f"| {name} | {int(number or reached):,} | {seconds or 'broken off'} | {begun:,} | {led:,} | {found} |\n"


def page(rows: list[str], asked: argparse.Namespace) -> str:
    """Write the results as a page."""
    command = f"python benchmarks/fuzz/run.py --runs {asked.runs} --minutes {asked.minutes:g} --seconds {asked.seconds}"
    return (
        "# What the readers do with inputs that a program thinks up\n\n"
        f"`{command}`, with atheris {version('atheris')}, on {os.cpu_count()} cores ({platform.machine()},"
        f" {platform.system()}, Python {platform.python_version()}). Each input is read, or refused in the project's"
        f" own words, within {asked.seconds} seconds and 2 GB; or it is a finding. Atheris is in no list of"
        " `requirements/`: install it with `pip install atheris`, in an environment that has what"
        " `requirements/site.txt` and `requirements/test.txt` list.\n\n"
        "| reader | executions | seconds | inputs to begin with | inputs that led further | findings |\n"
        f"|---|---:|---:|---:|---:|---|\n{''.join(rows)}"
    )


def main() -> None:
    """Fuzz each reader, and write the page."""
    parser = argparse.ArgumentParser(description="Fuzz the readers.")
    parser.add_argument("--runs", type=int, default=RUNS, help=f"inputs for each reader (default: {RUNS})")
    parser.add_argument("--minutes", type=float, default=600, help="stop each after this time (default: 600)")
    parser.add_argument("--seconds", type=int, default=10, help="that an input may take (default: 10)")
    parser.add_argument("--only", default=",".join(SUFFIXES), help="the readers, with commas between")
    options = parser.parse_args()
    rows = []
    for name in options.only.split(","):
        rows.append(fuzz(name, options))
        RESULTS.write_text(page(rows, options), encoding="utf-8")
    print(RESULTS.read_text("utf-8"))


if __name__ == "__main__":
    main()
