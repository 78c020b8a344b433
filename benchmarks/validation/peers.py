"""The peers, installed in an environment of their own, so that all run on one interpreter."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent.parent
LOCK = HERE / "requirements.txt"
ENVIRONMENT = PROJECT / "build" / "benchmarks" / "peers"
NAMED = ("frictionless", "pandera", "polars", "duckdb", "pyarrow", "numpy", "pandas", "dask")


def install() -> Path:
    """Install what the lock lists, unless that has been done, and give the interpreter."""
    python = ENVIRONMENT / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    done = ENVIRONMENT / "installed.txt"
    if not done.is_file() or done.read_bytes() != LOCK.read_bytes():
        print("Installing the peers, once …", flush=True)
        _call(sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT))
        _call(str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes",
              "--requirement", str(LOCK))  # fmt: skip
        done.write_bytes(LOCK.read_bytes())
    return python


def versions(python: Path) -> dict[str, str]:
    """Give the version of the interpreter and of each contestant."""
    code = (
        "import sys, platform, importlib.metadata as m; print(platform.python_version(), *map(m.version, sys.argv[1:]))"
    )
    told = _call(str(python), "-c", code, *NAMED).split()
    return dict(zip(("Python", *NAMED), told, strict=True))


def commit() -> str:
    """Name the commit that is measured, with a + where files differ from it."""
    told = _call("git", "-C", str(PROJECT), "describe", "--always", "--dirty=+", "--exclude=*")
    return told.strip()


def _call(*command: str) -> str:
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout  # noqa: S603 - our own commands
