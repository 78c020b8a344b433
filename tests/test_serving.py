from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vierdepijler.site import serving


class Recorder:
    """Stands in for the server of MkDocs, and keeps what it was asked."""

    made: "Recorder"

    def __init__(self, builder: Callable[[], None], **settings: Any) -> None:
        self.builder, self.settings, self.watched, self.stopped = builder, settings, list[str](), False
        Recorder.made = self

    def watch(self, path: str) -> None:
        self.watched.append(path)

    def serve(self) -> None:
        self.builder()
        raise KeyboardInterrupt

    def shutdown(self) -> None:
        self.stopped = True


def test_the_folder_is_shown_and_built_again_until_it_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(serving, "LiveReloadServer", Recorder)
    built: list[str] = []
    serving.serve_site(tmp_path, [tmp_path / "data"], lambda: built.append("again"), "127.0.0.1", 8123)
    server = Recorder.made
    assert built == ["again"]
    assert server.settings == {"host": "127.0.0.1", "port": 8123, "root": str(tmp_path), "mount_path": "/"}
    assert server.watched == [str(tmp_path / "data")]
    assert server.stopped
    assert "The site is at http://127.0.0.1:8123/" in capsys.readouterr().out
