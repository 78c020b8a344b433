"""A real web server for the tests, nginx as an ordinary process, and what it is asked to send.

It shows a site with a file of every kind, in a folder of its own.
"""

import http.client
import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from conftest import cannot_run
from vierdepijler.site.hosting_rules import NOT_FOUND, PLAIN, RULES, TYPES, UNSERVED, Rule, write_hosting
from vierdepijler.writers.formats.publication import files_below

ROOTS = ("/", "/pijler/")
NGINX_MAIN = """daemon off;
master_process off;
pid {work}/nginx.pid;
error_log {work}/error.log;
events {{ }}
http {{
    access_log off;
    client_body_temp_path {work}/body;
    proxy_temp_path {work}/proxy;
    fastcgi_temp_path {work}/fastcgi;
    uwsgi_temp_path {work}/uwsgi;
    scgi_temp_path {work}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {root};
        include {snippet};
    }}
}}
"""


@dataclass(frozen=True)
class Reply:
    """What a server answered; the names of headers in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Server:
    """A server that listens on a port of this machine."""

    port: int

    def ask(self, path: str, method: str = "GET", **headers: str) -> Reply:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        found = Reply(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        connection.close()
        return found


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def rules_at(address: str, *, is_found: bool = True) -> list[Rule]:
    return [rule for rule in RULES if re.match(rule.where, address if rule.is_asked or is_found else NOT_FOUND)]


def expected(address: str, *, is_found: bool = True) -> dict[str, str]:
    """Give the headers that the rules ask for at an address, counted from the root of the site."""
    headers: dict[str, str] = {}
    for rule in rules_at(address, is_found=is_found):
        headers |= rule.headers
    extension = Path(address if is_found else NOT_FOUND).suffix.removeprefix(".")
    return {**headers, "Content-Type": TYPES.get(extension, PLAIN)}


def differences(headers: Mapping[str, str], wanted: Mapping[str, str]) -> dict[str, str]:
    """Give the headers that a server sends otherwise than asked, or while nobody asked."""
    governed = {name for rule in RULES for name in rule.headers} | {"Content-Type"}
    sent = {name: headers.get(name.lower(), "") for name in governed}
    return {name: value for name, value in sent.items() if value != wanted.get(name, "")}


def fill(folder: Path, url: str, site: Path | None = None) -> list[str]:
    """Make a site with a file of every kind, a release and the rules; gives the addresses of its files."""
    if site is not None:
        shutil.copytree(site, folder, dirs_exist_ok=True)
    samples = [f"data/latest/sample.{extension}" for extension in TYPES]
    samples += ["data/1.0.0/sample.csv", "data/1.0.0/SHA256SUMS", "data/latest/SHA256SUMS", "data/10.2.33/a.parquet"]
    samples += ["data/1.0.0/index.html", "data/counts.html", "en/index.html", "embed/a.html", "en/embed/a.html"]
    for name in [*samples, "api/v1/index.json", "index.html", "data/catalog.ttl", "data/1.0/draft.csv", NOT_FOUND]:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if not (folder / name).exists():
            (folder / name).write_text("Niet gevonden" if name == NOT_FOUND else "inhoud", encoding="utf-8")
    for extension in TYPES:
        (folder / f"data/latest/large.{extension}").write_text("inhoud " * 200, encoding="utf-8")
    write_hosting(folder, url)
    return [name for name in files_below(folder) if not re.match(UNSERVED, name) and name != NOT_FOUND]


@contextmanager
def nginx(root: Path, snippet: Path, work: Path) -> Iterator[Server]:
    """Show a folder by nginx, with a snippet in its `server` block."""
    program = _found("nginx")
    if program is None:
        cannot_run("there is no nginx on this machine (apt install nginx-light)")
        return
    port = free_port()
    (work / "nginx.conf").write_text(NGINX_MAIN.format(work=work, port=port, root=root, snippet=snippet))
    command = [program, "-p", str(work), "-e", str(work / "error.log"), "-c", str(work / "nginx.conf")]
    with _running(command, port, work):
        yield Server(port)


def _found(name: str) -> str | None:
    return shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")


@contextmanager
def _running(command: list[str], port: int, work: Path) -> Iterator[None]:
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        while not _answers(port):
            try:
                said, _ = process.communicate(timeout=0.05)
            except subprocess.TimeoutExpired:
                continue
            log = work / "error.log"
            raise RuntimeError(said + (log.read_text() if log.is_file() else ""))
        yield
    finally:
        process.terminate()
        process.wait(timeout=10)


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
