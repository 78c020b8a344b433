"""The colours of the site, read from its stylesheet: what is made outside a browser has the same."""

import re
from collections.abc import Mapping
from pathlib import Path

STYLESHEET = "assets/vierdepijler.css"  # below the folder of page sources
ROOT = re.compile(r"^:root \{(?P<body>.*?)^\}", re.DOTALL | re.MULTILINE)
COLOUR = re.compile(r"--(?P<name>[\w-]+): (?P<value>#[0-9a-f]{6});")


def read_palette(folder: Path) -> Mapping[str, str]:
    """Read the colours of the light theme below the folder of page sources: `{"ink": "#1b2430", …}`.

    They are the custom properties of the first `:root` of the stylesheet. Raises `ValueError` where it has none.
    """
    root = ROOT.search((folder / STYLESHEET).read_text("utf-8"))
    found = {one["name"]: one["value"] for one in COLOUR.finditer(root["body"])} if root else {}
    if not found:
        raise ValueError(f"{STYLESHEET} has no colours in its first :root")
    return found
