"""What the verbs read, as one fingerprint: where nothing of it changed, nothing is made again.

It loads nothing that reads tables, so that to find that out takes no time.
"""

import json
import os
import sys
from pathlib import Path

import vierdepijler
from vierdepijler.core.staging import fingerprint

CODE = Path(vierdepijler.__file__).parent
LOCKS = ("requirements", "package-lock.json")


def read_by_publish(descriptor: Path) -> str:
    """Give the fingerprint of all that a publication is made of: the package, its releases, its pages, and our code.

    It is empty for a descriptor that cannot be read: whoever reads it will say so.
    """
    try:
        resources = json.loads(descriptor.read_bytes())["resources"]
        named = [resource.get(part) for resource in resources for part in ("path", "schema", "dialect")]
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return ""
    files = [file for one in named for file in (one if isinstance(one, list) else [one]) if isinstance(file, str)]
    return _of([descriptor, *(descriptor.parent / file for file in files)], descriptor.parent)


def read_by_build(published: Path, project: Path) -> str:
    """Give the fingerprint of all that a site is made of: what was published, the pages, the settings, and our code."""
    return _of([published], project)


def makers(project: Path) -> str:
    """Give the fingerprint of what makes the files of a project: our code, and the versions of its libraries."""
    return " ".join((fingerprint([*(project / name for name in LOCKS), CODE]), sys.version))


def _of(files: list[Path], project: Path) -> str:
    others = [project / "site", project / "releases", *sorted(project.glob("mkdocs*.yml"))]
    settings = (os.environ.get(name, "") for name in ("SITE_URL", "RELEASE"))
    return " ".join((fingerprint([*files, *others]), makers(project), *settings))
