"""Web servers of Debian, started here on the configurations that we publish."""

import contextlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from tests.support.paths import ROOT

READY = ROOT / ".hebergement"
PROGRAMS = {"nginx": "nginx", "apache": "apache2", "caddy": "caddy"}
SITE = "/srv/annuaire/site"
"""Where our examples say that the site is."""


def find_program(server: str) -> str | None:
    """Its path; a server is often out of the way of those who are not root."""
    return shutil.which(PROGRAMS[server], path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


@contextlib.contextmanager
def start(server: str, kind: str, site: Path, work: Path) -> Iterator[str]:
    """The address of a site, with its final slash, served by one of ours configurations: `racine`, `dossier`…

    Servers change user: `site` and `work` must be open to all.
    """
    port = _find_port()
    command, environ = _PREPARE[server](kind, site, work, port)
    with (work / "journal").open("wb") as log:
        running = subprocess.Popen(command, env=os.environ | environ, stdout=log, stderr=log, cwd=work)
    try:
        _wait(running, port, work)
        yield f"http://127.0.0.1:{port}/" + ("annuaire/" if kind == "dossier" else "")
    finally:
        running.terminate()
        running.wait(20)


def _find_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(running: subprocess.Popen[bytes], port: int, work: Path) -> None:
    for _ in range(200):
        assert running.poll() is None, (work / "journal").read_text("utf-8", "replace")
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        time.sleep(0.05)
    raise AssertionError((work / "journal").read_text("utf-8", "replace"))


def _fill(path: Path, changes: Mapping[str, str]) -> str:
    """A file of ours for this machine: each change must have something to change."""
    text = path.read_text("utf-8")
    for former, new in changes.items():
        assert former in text, f"{path.name} ne dit plus {former}"
        text = text.replace(former, new)
    return text


Prepared = tuple[list[str], dict[str, str]]


def _prepare_nginx(kind: str, site: Path, work: Path, port: int) -> Prepared:
    """Debian's own folder, with our files where their first line says."""
    place = work / "nginx"
    shutil.copytree("/etc/nginx", place, symlinks=True)
    shutil.rmtree(place / "sites-enabled")
    (place / "sites-enabled").mkdir()
    main = (place / "nginx.conf").read_text("utf-8").replace("/etc/nginx/modules-enabled", "MODULES")
    for former, new in {"/run/": f"{work}/", "/var/log/nginx/": f"{work}/", "/etc/nginx/": f"{place}/"}.items():
        main = main.replace(former, new)
    (place / "nginx.conf").write_text(main.replace("MODULES", "/etc/nginx/modules-enabled"), "utf-8")
    passing = "".join(f"{name}_temp_path {work}/{name};\n" for name in "client_body proxy fastcgi uwsgi scgi".split())
    (place / "conf.d" / "essai.conf").write_text(passing, "utf-8")
    shutil.copy(READY / "nginx" / "cartes.conf", place / "conf.d" / "annuaire.conf")
    shutil.copy(READY / "nginx" / "regles.conf", place / "snippets" / "annuaire.conf")
    example = _fill(READY / "nginx" / f"{kind}.conf", {SITE: str(site), "listen 80": f"listen 127.0.0.1:{port}"})
    (place / "sites-enabled" / "annuaire.conf").write_text(example, "utf-8")
    return [str(find_program("nginx")), "-c", str(place / "nginx.conf"), "-g", "daemon off;"], {}


def _prepare_apache(kind: str, site: Path, work: Path, port: int) -> Prepared:
    """The same; `partage` is a shared host, where the rules can only be a file of the site."""
    place = work / "apache2"
    shutil.copytree("/etc/apache2", place, symlinks=True)
    (place / "ports.conf").write_text(f"Listen 127.0.0.1:{port}\nServerName localhost\n", "utf-8")
    for former in [*(place / "sites-enabled").iterdir(), *(place / "conf-enabled").iterdir()]:
        former.unlink()
    for module in ("headers", "rewrite"):
        link = place / "mods-enabled" / f"{module}.load"
        if not link.exists():
            link.symlink_to(f"../mods-available/{module}.load")
    rules = place / "annuaire.htaccess"
    shutil.copy(READY / "apache" / "regles.htaccess", rules)
    if kind == "partage":
        shutil.copy(rules, site / ".htaccess")
        example = (
            f"<VirtualHost *:80>\nDocumentRoot {site}\n"
            f"<Directory {site}>\nRequire all granted\nOptions FollowSymLinks\nAllowOverride All\n</Directory>\n"
            "</VirtualHost>\n"
        )
    else:
        example = _fill(
            READY / "apache" / f"{kind}.conf", {SITE: str(site), "/etc/apache2/annuaire.htaccess": str(rules)}
        )
    (place / "sites-enabled" / "annuaire.conf").write_text(example.replace("*:80", f"*:{port}"), "utf-8")
    environ = {f"APACHE_{name}_DIR": str(work) for name in ("RUN", "LOCK", "LOG")}
    environ |= {"APACHE_PID_FILE": f"{work}/apache2.pid", "APACHE_RUN_USER": "www-data", "APACHE_RUN_GROUP": "www-data"}
    command = [str(find_program("apache")), "-d", str(place), "-f", str(place / "apache2.conf"), "-D", "FOREGROUND"]
    return command, environ


def _prepare_caddy(kind: str, site: Path, work: Path, port: int) -> Prepared:
    shutil.copy(READY / "caddy" / "regles.caddy", work / "annuaire.caddy")
    name = "www.example" if kind == "dossier" else "annuaire.example"
    changes = {
        SITE: str(site),
        "/etc/caddy/annuaire.caddy": f"{work}/annuaire.caddy",
        f"{name} {{": f"http://127.0.0.1:{port} {{",
    }
    example = "{\n\tadmin off\n}\n" + _fill(READY / "caddy" / f"{kind}.caddy", changes)
    (work / "Caddyfile").write_text(example, "utf-8")
    command = [str(find_program("caddy")), "run", "--config", str(work / "Caddyfile"), "--adapter", "caddyfile"]
    return command, {"HOME": str(work), "XDG_DATA_HOME": str(work), "XDG_CONFIG_HOME": str(work)}


_PREPARE: Mapping[str, Callable[[str, Path, Path, int], Prepared]] = {
    "nginx": _prepare_nginx,
    "apache": _prepare_apache,
    "caddy": _prepare_caddy,
}
