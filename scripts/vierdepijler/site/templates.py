"""Templates: the sources of pages, filled with what the package holds.

What a page shows between `{{` and `}}` is a cell, a value of the descriptor, or text without a digit; anything
else is refused, and so is a name that does not exist.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2.bccache import Bucket
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from vierdepijler.core.cells import AddressError, Cell
from vierdepijler.core.problems import ContentError, Problem

from .page_values import Property
from .sources import FRONT_MATTER, error_place

if TYPE_CHECKING:
    from .figures import Presenter

PRESENTER = "_presenter"
OURS = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).with_name("beside_pages")),
    undefined=jinja2.StrictUndefined,
    autoescape=jinja2.select_autoescape(["html", "xml"]),
    keep_trailing_newline=True,
    trim_blocks=True,
    lstrip_blocks=True,
)


def fill_ours(name: str, **names: Any) -> str:
    """Fill a template of this package: what stands beside pages, for servers, search engines and ourselves."""
    return OURS.get_template(name).render(names)


class BareValueError(ValueError):
    """A value in a page that comes from no cell."""


class Compiled(jinja2.BytecodeCache):
    """Keeps in memory what templates were compiled to: both languages use the blocks, and so does the next state."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self.known: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what a template with this name and these contents was compiled to."""
        if known := self.known.get((bucket.key, bucket.checksum)):
            bucket.bytecode_from_string(known)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what a template was compiled to."""
        self.known[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


COMPILED = Compiled()


class PageLoader(jinja2.FileSystemLoader):
    """Reads pages without their heads: these are YAML, and no template; empty lines stand there instead."""

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Give the source of a template, each part on the line where it is in its file."""
        text, file, is_current = super().get_source(environment, template)
        return FRONT_MATTER.sub(_emptied, text.removeprefix("\ufeff"), count=1), file, is_current


def _emptied(head: re.Match[str]) -> str:
    return "\n" * head[0].count("\n")


class PageEnvironment(ImmutableSandboxedEnvironment):
    """Lets a page say what the package holds, and run nothing; the type of an object tells what of it is safe."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """Know no type yet."""
        super().__init__(*args, **options)
        self._safe: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Tell whether a page may ask for an attribute of an object, asked once for each type."""
        asked = (type(obj), attr)
        if asked not in self._safe:
            self._safe[asked] = super().is_safe_attribute(obj, attr, value)
        return self._safe[asked]


@dataclass(frozen=True)
class Templates:
    """The templates of one language; `folder` holds the page sources of every language, and the blocks."""

    folder: Path
    language: str

    def fill(self, path: str, names: dict[str, Any]) -> str:
        """Fill a template with names; raises `ContentError` with the file and line where it fails."""
        try:
            return self._environment.get_template(path).render(names).lstrip("\n")
        except ContentError:
            raise  # of a chart, whose file and line it knows
        except Exception as error:  # what an author writes can fail in any way, and none of it is ours to mend
            raise self._refusal(error, path) from error

    def fill_text(self, text: str, file: str, line: int, names: dict[str, Any]) -> str:
        """Fill a text that stands in another file of the project; raises `ContentError` with its file and line."""
        if "{" not in text:
            return text.strip()
        try:
            return self._environment.from_string(text).render(names).strip()
        except Exception as error:  # as above
            raise ContentError([Problem(file, line, "", *_explain(error))], self.folder.parent) from error

    def _refusal(self, error: Exception, path: str) -> ContentError:
        """Say in which file and line a page failed, and why."""
        place = error_place(error, self.folder, asked=isinstance(error, AddressError))
        file, line = place or (self.folder / self.language / path, 0)
        named = f"{self.folder.name}/{file.relative_to(self.folder).as_posix()}"
        return ContentError([Problem(named, line, "", *_explain(error))], self.folder.parent)

    @cached_property
    def _environment(self) -> jinja2.Environment:
        environment = PageEnvironment(
            loader=PageLoader([self.folder / self.language, self.folder / "blocks"]),
            undefined=jinja2.StrictUndefined,
            bytecode_cache=COMPILED,
            optimized=False,  # looking for what is always the same would take longer than it saves
            finalize=_finalize,
            autoescape=True,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        # These would pass any text off as markup that comes from a cell; what a page shows is escaped anyway.
        for name in ("safe", "e", "escape", "forceescape", "tojson", "urlize", "xmlattr"):
            environment.filters[name] = lambda value: value
        return environment


def _explain(error: Exception) -> tuple[str, str]:
    """Say what is wrong with a page and what to do, in plain words."""
    match error:
        case jinja2.TemplateNotFound():
            return f"the file '{error.name}' is not there", "write it, or correct its name"
        case jinja2.TemplateSyntaxError():
            return f"the page cannot be understood: {error.message}", "mend what is between the braces"
        case TypeError() if "Cell" in str(error):
            return "nothing can be calculated with a cell", "make it a derived figure, with its formula"
        case SecurityError():
            return f"a page may not run this: {error}", "use the words that docs/authoring.md lists"
        case AddressError() | BareValueError() | jinja2.UndefinedError():
            return str(error), "use the words that docs/authoring.md lists"
        case _:
            return f"the page fails: {str(error) or type(error).__name__}", "use the words that docs/authoring.md lists"


@jinja2.pass_context
def _finalize(context: Context, value: Any) -> Any:
    """Show what a page may show; a number that is in no cell may not."""
    presenter: Presenter = context[PRESENTER]
    match value:
        case Markup():
            return value
        case Cell():
            return Markup(presenter.figure(value))
        case Property():
            return Markup(presenter.property(value))
        case jinja2.Undefined():
            return value
        case str() if not re.search(r"\d", value):
            return value
        case _:
            shown = repr(value) if isinstance(value, int | float | str | None) else f"a {type(value).__name__}"
            raise BareValueError(f"{shown} would be shown, but it comes from no cell")
