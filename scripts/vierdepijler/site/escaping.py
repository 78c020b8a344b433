"""Text of tables on a page: neither HTML nor Markdown reads anything into it."""

import html
import re

MARKDOWN = re.compile(r"[\\`*_\[\]{}~^=!|#]")


def escape(text: str) -> str:
    """Write a text so that neither HTML nor Markdown reads anything into it."""
    return MARKDOWN.sub(lambda found: f"&#{ord(found[0])};", html.escape(text, quote=False))
