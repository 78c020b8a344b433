import os
import subprocess
import sys
from pathlib import Path

from conftest import copy_project


def test_an_import_that_points_up_is_caught(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    module = project / "scripts" / "vierdepijler" / "core" / "text.py"
    module.write_text(module.read_text("utf-8") + "\nfrom vierdepijler.site import building\n", encoding="utf-8")
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(
        command, cwd=project, env={**os.environ, "PYTHONPATH": "scripts"}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "vierdepijler.core.text -> vierdepijler.site.building" in done.stdout
