"""Setting pages in type: a template of Typst and its content become a PDF or an image; so do the images of pages.

A page that is shared shows a key figure, or its title, in 1200 by 630 pixels (`site/print/social-image.typ`), as PNG in
the few colours of the palette, so that it stays small. Only this module knows Typst, and Pillow.

The fonts are those within Typst, and none of the machine: the same input gives the same bytes everywhere. PDF follows
PDF/UA-1 (ISO 14289-1), so that a screen reader can read it.
"""

import io
import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from functools import lru_cache, partial
from pathlib import Path
from threading import get_ident
from typing import Any, Literal

import typst
from PIL import Image, ImageColor

from vierdepijler.core.problems import ContentError, Problem
from vierdepijler.core.processes import at_once
from vierdepijler.core.staging import kept

from .page_model import Page
from .site_context import Site

CONTENT = "content"  # what the template reads as `sys.inputs.content`
PIXELS_PER_INCH = 72  # one for each point
DRAWING = b"""
#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.content), format: "svg")
"""
DRAWN_PIXELS_PER_INCH = 96  # as CSS has it
FONT_OF_DRAWINGS = "Libertinus Serif"
KEPT = 1000  # more than there are pages, so that a second build sets only what changed
ROOT = re.compile(r"^:root \{(?P<body>.*?)^\}", re.DOTALL | re.MULTILINE)
COLOUR = re.compile(r"--(?P<name>[\w-]+):\s*(?:light-dark\()?(?P<value>#[0-9a-f]{6})\b")
TEMPLATE = "print/social-image.typ"
INKS = ("ink", "muted", "accent", "mark")  # what the image is drawn with, on paper
STEPS = 8  # of each ink, towards the paper: the soft edges of letters


class TypesettingError(ValueError):
    """What a template says that it cannot set, in the words of the template."""


def set_pdf(template: Path, content: dict[str, Any]) -> bytes:
    """Set a document; raises `TypesettingError` where the template refuses the content."""
    return _set(template, _stamp(template), json.dumps(content, sort_keys=True), "pdf")


def set_image(template: Path, content: dict[str, Any]) -> bytes:
    """Set one page as PNG, a pixel for each point of it; raises `TypesettingError` where the template refuses."""
    return _set(template, _stamp(template), json.dumps(content, sort_keys=True), "png")


@lru_cache(maxsize=KEPT)
def set_svg(svg: str) -> bytes:
    """Set a drawing as PNG, two pixels for one of its own, in letters that Typst has, whatever fonts it asks for."""
    content = re.sub(r'font-family="[^"]*"', f'font-family="{FONT_OF_DRAWINGS}"', svg)
    return kept(partial(_drawing, content), "drawing", content)


def _drawing(svg: str) -> bytes:
    made = _drawer(get_ident()).compile(DRAWING, format="png", ppi=2 * DRAWN_PIXELS_PER_INCH, sys_inputs={CONTENT: svg})
    return _one_page(made, "a drawing")


@lru_cache(maxsize=8)
def _drawer(_thread: int) -> typst.Compiler:
    return typst.Compiler(ignore_system_fonts=True)


def _stamp(template: Path) -> tuple[bytes, ...]:
    """Give the texts of a template and of what it may import, so that what was set before is known to be the same."""
    return tuple(path.read_bytes() for path in sorted(template.parent.glob("*.typ")))


@lru_cache(maxsize=KEPT)
def _set(template: Path, stamp: tuple[bytes, ...], content: str, kind: Literal["pdf", "png"]) -> bytes:
    return kept(partial(_compiled, template, stamp, content, kind), kind, template.name, content, *stamp)


def _compiled(template: Path, stamp: tuple[bytes, ...], content: str, kind: Literal["pdf", "png"]) -> bytes:
    compiler = _compiler(template, stamp, get_ident())
    try:
        made = compiler.compile(
            format=kind,
            ppi=PIXELS_PER_INCH,
            sys_inputs={CONTENT: content},
            pdf_standards="ua-1" if kind == "pdf" else None,
        )
    except typst.TypstError as error:
        raise TypesettingError(str(error)) from error
    return _one_page(made, template.name)


def _one_page(made: bytes | list[bytes] | None, name: str) -> bytes:
    if not isinstance(made, bytes):
        raise TypesettingError(f"{name} gives more than one page")
    return made


@lru_cache(maxsize=8)
def _compiler(template: Path, stamp: tuple[bytes, ...], thread: int) -> typst.Compiler:
    """Start Typst once for a template, and for each thread that sets it: most of its time would go to its fonts."""
    del stamp, thread  # another text of the template asks for another one; two threads cannot share one
    return typst.Compiler(str(template), root=str(template.parent), ignore_system_fonts=True)


def read_palette(stylesheet: Path) -> Mapping[str, str]:
    """Read the colours of the light theme: `{"ink": "#1b2430", …}`; what is made outside a browser has the same.

    They are the custom properties of the first `:root` of the stylesheet. Raises `ValueError` where it has none.
    """
    root = ROOT.search(stylesheet.read_text("utf-8"))
    found = {one["name"]: one["value"] for one in COLOUR.finditer(root["body"])} if root else {}
    if not found:
        raise ValueError(f"{stylesheet.name} has no colours in its first :root")
    return found


def write_social_images(site: Site, stage: Path) -> None:
    """Write the image of every page below `stage`; raises `ContentError` for titles and words that do not fit."""
    palette = read_palette(site.stylesheet)
    told = at_once(
        partial(_write_image, site, language, page, palette, stage)
        for language, pages in site.pages.items()
        for page in dict.fromkeys(site.pictured(page, language) for page in pages)
    )
    if problems := [*filter(None, told)]:
        raise ContentError(problems, site.project)


def _write_image(site: Site, language: str, page: Page, palette: Mapping[str, str], stage: Path) -> Problem | None:
    target = stage / site.sources.root(language) / page.image
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        target.write_bytes(_image(site, language, page, palette))
    except TypesettingError as error:
        file = f"{site.sources.folder.name}/{language}/{page.path}"
        return Problem(file, 1, "", f"the image of this page cannot be made: {error}", "use fewer words")
    return None


def _image(site: Site, language: str, page: Page, palette: Mapping[str, str]) -> bytes:
    content = {
        "title": page.title,
        "description": page.description,
        "language": language,
        "site_name": site.sources.words[language]["site_name"],
        "palette": dict(palette),
        "figure": asdict(page.figures[0]) if page.figures else None,
    }
    return in_few_colours(set_image(site.sources.folder / TEMPLATE, content), shades(palette))


def shades(palette: Mapping[str, str]) -> tuple[int, ...]:
    """Give the paper and the steps of each ink towards it, as one row of red, green and blue."""
    paper = ImageColor.getrgb(palette["paper"])
    steps = [
        round(ground + (colour - ground) * step / STEPS)
        for ink in INKS
        for step in range(1, STEPS + 1)
        for ground, colour in zip(paper, ImageColor.getrgb(palette[ink]), strict=True)
    ]
    return (*paper, *steps)


@lru_cache(maxsize=KEPT)
def in_few_colours(png: bytes, colours: tuple[int, ...]) -> bytes:
    """Write an image again in the colours given, each dot in the nearest: a quarter of the size."""
    return kept(partial(_in_few_colours, png, colours), "few colours", png, repr(colours))


def _in_few_colours(png: bytes, colours: tuple[int, ...]) -> bytes:
    known = Image.new("P", (1, 1))
    known.putpalette(colours)
    written = io.BytesIO()
    with Image.open(io.BytesIO(png)) as image:
        image.convert("RGB").quantize(palette=known, dither=Image.Dither.NONE).save(written, "PNG", compress_level=6)
    return written.getvalue()
