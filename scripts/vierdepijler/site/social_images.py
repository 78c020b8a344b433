"""The images of pages where they are shared: a key figure, or a title, in 1200 by 630 pixels.

Their form is `site/print/social-image.typ`. They are PNG in the few colours of the palette, so that they stay small.
"""

import io
from collections.abc import Mapping
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageColor

from vierdepijler.core.problems import ContentError, Problem

from .page_model import Page
from .site_context import Site
from .typesetting import KEPT, TypesettingError, read_palette, set_image

TEMPLATE = "print/social-image.typ"
INKS = ("ink", "muted", "accent", "mark")  # what the image is drawn with, on paper
STEPS = 8  # of each ink, towards the paper: the soft edges of letters


def write_social_images(site: Site, language: str, stage: Path) -> None:
    """Write the image of every page of a language below `stage`; raises `ContentError` for words that do not fit."""
    palette = read_palette(site.stylesheet)
    problems = []
    for page in dict.fromkeys(site.pictured(page, language) for page in site.pages[language]):
        target = stage / site.sources.root(language) / page.image
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            target.write_bytes(_image(site, language, page, palette))
        except TypesettingError as error:
            file = f"{site.sources.folder.name}/{language}/{page.path}"
            problems.append(Problem(file, 1, "", f"the image of this page cannot be made: {error}", "use fewer words"))
    if problems:
        raise ContentError(problems, site.project)


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
    known = Image.new("P", (1, 1))
    known.putpalette(colours)
    written = io.BytesIO()
    with Image.open(io.BytesIO(png)) as image:
        image.convert("RGB").quantize(palette=known, dither=Image.Dither.NONE).save(written, "PNG", compress_level=6)
    return written.getvalue()
