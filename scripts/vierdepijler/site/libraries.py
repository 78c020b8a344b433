"""Libraries for the browser, and the typeface: which the pages may ask for, and how they come into the site.

They are packages of npm: `package.json` names their exact versions, `package-lock.json` their hashes, and `make site`
installs them in `node_modules`, without running anything of theirs. The build copies the files listed here, and no
others, into `assets/lib`, each with its version in its name, so that it may be kept, and beside its licences.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from vierdepijler.core.cells import AddressError
from vierdepijler.core.problems import ContentError, Problem, say
from vierdepijler.core.text_files import save_text

FOLDER = "assets/lib"
INSTALLED = "node_modules"
TYPEFACE = "@fontsource/libertinus-serif"
FACE = re.compile(r'url\("lib/(?P<name>[\w-]+)\.woff2"\);\s*unicode-range: (?P<characters>[^;]+);')
SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*\n?", re.MULTILINE)


@dataclass(frozen=True)
class Library:
    """A file of a package, under the name by which pages ask for it; it holds code of other packages in `bundles`."""

    name: str
    package: str
    file: str
    bundles: tuple[str, ...] = ()


# Each makes one global object, without a build step: MiniSearch, FloatingUICore, FloatingUIDOM, TableCore,
# writeXlsxFile, d3, Plot.
LIBRARIES: tuple[Library, ...] = (
    Library("minisearch", "minisearch", "dist/umd/index.js"),
    Library("floating-ui-core", "@floating-ui/core", "dist/floating-ui.core.umd.min.js", ("@floating-ui/utils",)),
    Library("floating-ui-dom", "@floating-ui/dom", "dist/floating-ui.dom.umd.min.js", ("@floating-ui/utils",)),
    Library("table-core", "@tanstack/table-core", "build/umd/index.production.js"),
    Library("write-excel-file", "write-excel-file", "bundle/write-excel-file.min.js", ("fflate",)),
    Library("d3", "d3", "dist/d3.min.js", ("d3-*", "delaunator", "robust-predicates", "internmap")),
    Library(
        "plot", "@observablehq/plot", "dist/plot.umd.min.js", ("interval-tree-1d", "binary-search-bounds", "isoformat")
    ),
)


def library_path(project: Path, name: str) -> str:
    """Give the path of a library in the site, counted from its root; raises `AddressError` for one not listed."""
    library = next((one for one in LIBRARIES if one.name == name), None)
    if library is None:
        raise AddressError(f"there is no library '{name}' (there are: {', '.join(one.name for one in LIBRARIES)})")
    return f"{FOLDER}/{name}-{_versions(project)[library.package]}.js"


def copy_libraries(project: Path, stage: Path) -> None:
    """Copy the libraries, and their licences, into the site in `stage`; raises `ContentError` for one not installed."""
    missing = [library for library in LIBRARIES if not _file(project, library).is_file()]
    if missing:
        raise ContentError([_not_installed(library) for library in missing], project)
    for library in LIBRARIES:
        target = stage / library_path(project, library.name)
        # The maps are for who works on the library; without them a browser would ask for what is not there.
        code = SOURCE_MAP.sub("", _file(project, library).read_text("utf-8"))
        save_text(target, code)
        save_text(target.with_suffix(".txt"), _licences(project, library))


def copy_typeface(project: Path, folders: Iterable[Path]) -> None:
    """Make the files of the typeface (WOFF2) that the stylesheet asks for, in `folders`, those with assets of a site.

    A file has the characters that the stylesheet names beside it, without hints for coarse screens and with no feature
    of OpenType but kerning: less than half of the bytes that the package has for a script. Raises `ContentError` where
    the package is not installed.
    """
    from fontTools import subset  # noqa: PLC0415  # slow to load, and only needed where a whole site is made

    options = subset.Options(layout_features=["kern"], hinting=False, flavor="woff2", name_IDs=[])
    for face, characters in _faces(project):
        if not _file(project, face).is_file():
            raise ContentError([_not_installed(face)], project)
        font = subset.load_font(_file(project, face), options)
        chosen = subset.Subsetter(options)
        chosen.populate(unicodes=subset.parse_unicodes(characters))
        chosen.subset(font)
        font.flavor, written = options.flavor, BytesIO()
        font.save(written)
        for folder in folders:
            target = folder / "lib" / f"{face.name}.woff2"
            save_text(target.with_suffix(".txt"), _licences(project, face))
            target.write_bytes(written.getvalue())


def installed_files(project: Path) -> Iterator[Path]:
    """Give the files in `node_modules` that the site is built from: code and licences."""
    for library in (*LIBRARIES, *(face for face, _ in _faces(project))):
        yield _file(project, library)
        yield from (path for folder in _folders(project, library) for path in _licence_files(folder))


def _faces(project: Path) -> Iterator[tuple[Library, str]]:
    """Give the files of the typeface that the stylesheets of a project ask for, each with its characters."""
    for style in sorted((project / "site" / "assets").glob("*.css")):
        for name, characters in FACE.findall(style.read_text("utf-8")):
            yield Library(name, TYPEFACE, f"files/{name}.woff2"), characters


def _versions(project: Path) -> dict[str, str]:
    return dict(json.loads((project / "package.json").read_text("utf-8"))["dependencies"])


def _path(library: Library) -> str:
    return f"{INSTALLED}/{library.package}/{library.file}"


def _file(project: Path, library: Library) -> Path:
    return project / _path(library)


def _folders(project: Path, library: Library) -> Iterator[Path]:
    for pattern in (library.package, *library.bundles):
        yield from sorted((project / INSTALLED).glob(pattern))


def _licence_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.name.lower().startswith("licen"))


def _licences(project: Path, library: Library) -> str:
    texts = {
        folder.relative_to(project / INSTALLED).as_posix(): path.read_text("utf-8").strip()
        for folder in _folders(project, library)
        for path in _licence_files(folder)
    }
    return "\n\n\n".join(f"{name}\n\n{text}" for name, text in texts.items()) + "\n"


def _not_installed(library: Library) -> Problem:
    what = say("the library '{name}' is not installed: {file} is not there", name=library.package, file=_path(library))
    return Problem("package.json", 0, "", what, "run 'make site', which installs it")
