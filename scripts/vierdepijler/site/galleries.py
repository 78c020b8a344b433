"""All charts of the site in one language: for the pages that show them, and for their files."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from markupsafe import Markup

from vierdepijler.checks.pages.chart_checks import charts_of
from vierdepijler.checks.pages.chart_specs import ChartSpec
from vierdepijler.core.cells import AddressError
from vierdepijler.core.package import Package
from vierdepijler.core.yaml_texts import line_in

from .charts import Drawing
from .exhibits import Exhibit, drawing_of, exhibit
from .templates import Templates
from .vocabulary import Vocabulary

SHOWN = re.compile(r"\bshow\.chart\(\s*[\"'](?P<name>[\w-]+)[\"']")  # the word of a page for a chart


@dataclass(frozen=True)
class Gallery:
    """The charts that the files in `site/charts` declare of one package."""

    package: Package
    templates: Templates

    def exhibit(self, name: str, said: Vocabulary) -> Exhibit:
        """Give a chart for the page that `said` speaks on; raises `AddressError` where there is none of that name."""
        if name not in self.specs:
            raise AddressError(f"there is no chart '{name}' (there are: {', '.join(self.specs)})")
        return exhibit(self.specs[name], said, lambda spec, text: self.filled(spec, text, said))

    def drawings(self, said: Vocabulary) -> Iterator[Drawing]:
        """Draw every chart, for its files; raises `ContentError` for one that cannot be drawn."""
        for spec in self.specs.values():
            yield drawing_of(spec, said, lambda spec, text: self.filled(spec, text, said))

    def on_no_page(self, table: str) -> list[Markup]:
        """Name the charts of a table that no written page shows: these stand with the table itself."""
        own = (name for name, spec in self.specs.items() if spec.table == table)
        return [Markup.escape(name) for name in own if name not in self._on_pages]

    @cached_property
    def specs(self) -> dict[str, ChartSpec]:
        """Every chart by its name; raises `ContentError` where a file is wrong."""
        return charts_of(self.templates.folder, self.package)

    @cached_property
    def _on_pages(self) -> set[str]:
        pages = (self.templates.folder / self.templates.language).rglob("*.md")
        return {found["name"] for page in pages for found in SHOWN.finditer(_text(page))}

    def filled(self, spec: ChartSpec, name: str, said: Vocabulary) -> str:
        """Fill a text of a chart with cells; one that fails is told with its line in the file."""
        text = spec.text(name, said.language)
        steps = [int(step) if step.isdigit() else step for step in f"{name}_{said.language}".split("/")]
        line = line_in(_text(self.templates.folder.parent / spec.file), *steps) if text else 0
        return self.templates.fill_text(text, spec.file, line, said.names())


def _text(page: Path) -> str:
    return page.read_text("utf-8", errors="replace")
