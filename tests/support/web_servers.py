"""Real web servers for the tests: nginx and Apache as ordinary processes, in a folder of their own."""

import http.client
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from conftest import cannot_run

MODULES = ("mpm_prefork", "unixd", "authz_core", "mime", "dir", "headers", "filter", "deflate")
MODULE_FOLDERS = ("/usr/lib/apache2/modules", "/usr/lib64/httpd/modules")
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
APACHE_MAIN = """ServerRoot {work}
ServerName 127.0.0.1
Listen 127.0.0.1:{port}
PidFile {work}/httpd.pid
ErrorLog {work}/error.log
DefaultRuntimeDir {work}
{modules}
{user}
StartServers 1
TypesConfig /dev/null
DirectoryIndex index.html
DocumentRoot {root}
<Directory {root}>
    AllowOverride FileInfo
</Directory>
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


@contextmanager
def apache(root: Path, work: Path) -> Iterator[Server]:
    """Show a folder by Apache, which reads the `.htaccess` in it."""
    programs, folders = (_found(name) for name in ("apache2", "httpd")), (Path(name) for name in MODULE_FOLDERS)
    program, modules = next(filter(None, programs), None), next((path for path in folders if path.is_dir()), None)
    if program is None or modules is None:
        cannot_run("there is no Apache on this machine (apt install apache2-bin)")
        return
    port = free_port()
    files = {name: modules / f"mod_{name}.so" for name in MODULES}  # some are built in
    loaded = "\n".join(f"LoadModule {name}_module {file}" for name, file in files.items() if file.is_file())
    user = "User nobody\nGroup nogroup" if os.geteuid() == 0 else ""  # root gives up its rights
    text = APACHE_MAIN.format(work=work, port=port, root=root, modules=loaded, user=user)
    (work / "httpd.conf").write_text(text)
    with _running([program, "-f", str(work / "httpd.conf"), "-D", "FOREGROUND"], port, work):
        yield Server(port)


def _found(name: str) -> str | None:
    return shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")


@contextmanager
def _running(command: list[str], port: int, work: Path) -> Iterator[None]:
    # In a session of its own: Apache stops everything in its group with it.
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )
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
