"""Showing the site on this machine while it is worked on."""

from collections.abc import Callable, Iterable
from pathlib import Path

from mkdocs.livereload import LiveReloadServer


def serve_site(folder: Path, watched: Iterable[Path], rebuild: Callable[[], None], host: str, port: int) -> None:
    """Show `folder` at an address of this machine until stopped, and call `rebuild` when what is watched changes."""
    server = LiveReloadServer(rebuild, host=host, port=port, root=str(folder), mount_path="/")
    for path in watched:
        server.watch(str(path))
    print(f"The site is at http://{host}:{port}/ (stop with Ctrl-C)")
    try:
        server.serve()  # type: ignore[no-untyped-call]  # MkDocs leaves this one without types
    except KeyboardInterrupt:
        server.shutdown()
