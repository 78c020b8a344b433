"""What Lighthouse is asked about, what it said, and the page that tells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# One of each kind, in both languages; the explorer has a selection in its address.
SELECTION = "?sort=-persons"
PAGES: Mapping[str, str] = {
    "home": "index.html",
    "home, in English": "en/index.html",
    "a topic page": "resultaten.html",
    "a topic page, in English": "en/results.html",
    "a data page": "data/completions.html",
    "a data page, in English": "en/data/completions.html",
    "the explorer, with a selection": f"data/completions.html{SELECTION}",
    "the explorer, with a selection, in English": f"en/data/completions.html{SELECTION}",
}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FULL = 100


@dataclass(frozen=True)
class Score:
    """The scores of a page, of 100 each, in the run with the median performance; `lost` names what lowered them."""

    name: str
    path: str
    scores: tuple[int, ...]
    lost: tuple[str, ...]
    versions: str

    @classmethod
    def of(cls, name: str, path: str, reports: Sequence[Mapping[str, Any]]) -> "Score":
        """Take the median run of several."""
        ordered = sorted(reports, key=lambda report: report["categories"]["performance"]["score"])
        report = ordered[len(ordered) // 2]
        scores = tuple(round(FULL * report["categories"][category]["score"]) for category in CATEGORIES)
        return cls(name, path, scores, tuple(_lost(report)), _versions(report))

    @property
    def is_full(self) -> bool:
        """Tell whether nothing is lacking."""
        return set(self.scores) == {FULL}


def _lost(report: Mapping[str, Any]) -> list[str]:
    """Name what counts in a score below 100 and is not full."""
    below = [report["categories"][name] for name in CATEGORIES if report["categories"][name]["score"] < 1]
    weighed = {part["id"] for category in below for part in category["auditRefs"] if part["weight"]}
    audits = report["audits"]
    return sorted(name for name in weighed if (audits[name]["score"] if audits[name]["score"] is not None else 1) < 1)


def _versions(report: Mapping[str, Any]) -> str:
    browser = report["environment"]["hostUserAgent"].partition("Chrome/")[2].split()[0]
    return f"Lighthouse {report['lighthouseVersion']}, Chromium {browser}"


def page(scores: Sequence[Score], runs: int, data: Mapping[str, Any]) -> str:
    """Write the table, with what made it and of which data."""
    rows = [f"| {score.name} (`{score.path}`) | {' | '.join(map(str, score.scores))} |" for score in scores]
    lost = [f"- {score.name}: {', '.join(score.lost)}" for score in scores if score.lost]
    return "\n".join(
        [
            "# What Lighthouse says of the site",
            "",
            f"Made by `make site` and `make lighthouse` ({scores[0].versions}, the mobile preset, the median of {runs}",
            f"runs), on the data of version {data['version']} of {data['created'][:10]}, shown by nginx with our own",
            "`hosting/nginx.conf`, which compresses, over plain HTTP on the machine itself. Each score is of 100.",
            "",
            "| page | performance | accessibility | best practices | SEO |",
            "|---|---:|---:|---:|---:|",
            *rows,
            "",
            "What lowered a score:" if lost else "Nothing lowered a score.",
            *([""] if lost else []),
            *lost,
            "",
        ]
    )
