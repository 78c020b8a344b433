"""Setting pages in type: a template of Typst and its content become a PDF or an image. Only this module knows Typst.

The fonts are those within Typst, and none of the machine: the same input gives the same bytes everywhere. PDF follows
PDF/UA-1 (ISO 14289-1), so that a screen reader can read it.
"""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import typst

CONTENT = "content"  # what the template reads as `sys.inputs.content`
PIXELS_PER_INCH = 72  # one for each point
KEPT = 1000  # more than there are pages, so that a second build sets only what changed


class TypesettingError(ValueError):
    """What a template says that it cannot set, in the words of the template."""


def set_pdf(template: Path, content: dict[str, Any]) -> bytes:
    """Set a document; raises `TypesettingError` where the template refuses the content."""
    return _set(template, _stamp(template), json.dumps(content, sort_keys=True), "pdf")


def set_image(template: Path, content: dict[str, Any]) -> bytes:
    """Set one page as PNG, a pixel for each point of it; raises `TypesettingError` where the template refuses."""
    return _set(template, _stamp(template), json.dumps(content, sort_keys=True), "png")


def _stamp(template: Path) -> tuple[bytes, ...]:
    """Give the texts of a template and of what it may import, so that what was set before is known to be the same."""
    return tuple(path.read_bytes() for path in sorted(template.parent.glob("*.typ")))


@lru_cache(maxsize=KEPT)
def _set(template: Path, stamp: tuple[bytes, ...], content: str, kind: Literal["pdf", "png"]) -> bytes:
    compiler = _compiler(template, stamp)
    try:
        made = compiler.compile(
            format=kind,
            ppi=PIXELS_PER_INCH,
            sys_inputs={CONTENT: content},
            pdf_standards="ua-1" if kind == "pdf" else None,
        )
    except typst.TypstError as error:
        raise TypesettingError(str(error)) from error
    if not isinstance(made, bytes):
        raise TypesettingError(f"{template.name} gives more than one page")
    return made


@lru_cache(maxsize=4)
def _compiler(template: Path, stamp: tuple[bytes, ...]) -> typst.Compiler:
    """Start Typst once for a template: most of its time would go to its fonts."""
    del stamp  # another text of the template asks for another one
    return typst.Compiler(str(template), root=str(template.parent), ignore_system_fonts=True)
