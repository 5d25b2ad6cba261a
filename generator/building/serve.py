"""`cop serve`: the site on this machine, rebuilt when any input changes, with the browser reloaded.

A broken entry keeps the last good site and shows the problems, in the terminal and in the page. Only this machine is
answered. The engine runs again only when its own inputs changed, and the search index is made once the page is back.
"""

import json
import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from generator.building.build import Refused
from generator.building.output import lock, restore
from generator.building.rebuilder import DATA_INPUTS, ENGINE_INPUTS, Rebuilder, Steps
from generator.failures import Failure
from generator.french import pluriel
from generator.harmless import fill
from generator.problems.reports import as_text, summary

PAUSE = 0.2  # seconds between two looks at the inputs
_DONE = object()
KEEP_ALIVE = 15.0  # seconds between two signs of life of the event stream
EVENTS = "/__evenements"
SCRIPT = "/__recharge.js"

TYPES = {
    ".rss": "application/rss+xml; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".geojson": "application/geo+json",
    ".js": "text/javascript; charset=utf-8",
}

Say = Callable[[str], None]
"""Shows some lines as they are: what is a sentence has its French spaces already."""

Stamps = dict[str, tuple[int, int]]


@dataclass
class State:
    """What the server shows: the number of the last change, and the problems that keep the site as it was."""

    version: int = 0
    wrong: str = ""
    shows: bool = False  # a site, be it the last good one
    changed: threading.Condition = field(default_factory=threading.Condition)

    def update(self, wrong: str) -> None:
        with self.changed:
            self.version += 1
            self.wrong = wrong
            self.changed.notify_all()


def serve(root: Path, port: int, environ: Mapping[str, str], today: Callable[[], str], say: Say) -> None:
    """Build, serve and watch until Ctrl-C (KeyboardInterrupt)."""
    with lock(root / "site", say):
        restore(root / "site")
    state = State(shows=(root / "site" / "index.html").is_file())
    server = ThreadingHTTPServer(("127.0.0.1", port), partial(Handler, state, str(root / "site")))
    server.daemon_threads = True
    # A preview answers at its own address, whatever the published one is.
    local = dict(environ) | {"SITE_URL": f"http://localhost:{server.server_port}/"}
    rebuilder = Rebuilder(root, local, today)
    seen = read_stamps(root)
    first = attempt(rebuilder, state, say, set())
    next(first, None)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    say(fill("Le site est à l’adresse {address} (Ctrl-C pour arrêter).", address=local["SITE_URL"]))
    try:
        watch(root, seen, first, partial(attempt, rebuilder, state, say))
    finally:
        server.shutdown()


def attempt(rebuilder: Rebuilder, state: State, say: Say, changed: set[str]) -> Steps:
    """Rebuild and tell: the pages at once, then by steps what is still due to the last good ones."""
    started = time.monotonic()
    with _tell_failures(state, say):
        rebuilt = rebuilder.pages(changed)
        spent = f"{time.monotonic() - started:.1f}".replace(".", ",")
        files = pluriel(rebuilt.files, "fichier lu", "fichiers lus")
        say(fill("Pages à jour en {spent} s ({files}).", spent=spent, files=files))
        state.shows = True
        state.update("")
    yield
    with _tell_failures(state, say):
        yield from rebuilder.rest()


@contextmanager
def _tell_failures(state: State, say: Say) -> Iterator[None]:
    """Whatever is wrong with the content is shown, and the server goes on."""
    try:
        yield
    except Refused as refused:
        # As they are: the lines of the files and their corrections are there to be pasted.
        problems = as_text(refused.problems, refused.snapshot.lines)
        count = summary(refused.problems, refused.snapshot.files)
        say(f"{problems}\n\n{count}" + "\nLe dernier bon site reste affiché." * state.shows)
        state.update(problems)
    except (Failure, OSError) as error:
        shown = fill(" ; le dernier bon reste affiché") * state.shows
        say(f"Le site n’a pas pu être construit{shown}.\n{error}")
        state.update(str(error))


# Watching -------------------------------------------------------------------------------------------------------------


def watch(root: Path, seen: Stamps, work: Steps, changed: Callable[[set[str]], Steps]) -> None:
    """Take the steps of `work`; at each change since `seen`, leave it for those of `changed`, given the paths.

    Paths that came, went or were written between two looks are one change.
    """
    due = 0.0
    try:
        while True:
            if time.monotonic() >= due:
                now = read_stamps(root)
                due = time.monotonic() + PAUSE
                if now != seen:
                    differing = {path for path in seen.keys() | now.keys() if seen.get(path) != now.get(path)}
                    seen = now
                    work.close()
                    work = changed(differing)
            if next(work, _DONE) is _DONE:
                time.sleep(PAUSE)
    finally:
        work.close()  # what was cut short cleans up after itself


def read_stamps(root: Path) -> Stamps:
    """Modification time and size of every input, by path from the root."""
    stamps: Stamps = {}
    for name in dict.fromkeys((*DATA_INPUTS, *ENGINE_INPUTS)):
        _stamp(root / name, name, stamps)
    return stamps


def _stamp(path: Path, name: str, stamps: Stamps) -> None:
    try:
        if path.is_dir():
            for item in os.scandir(path):
                if item.is_symlink():  # the check refuses it: where it leads is not looked at
                    stamps[f"{name}/{item.name}"] = item.stat(follow_symlinks=False).st_mtime_ns, 0
                else:
                    _stamp(Path(item.path), f"{name}/{item.name}", stamps)
        else:
            stat = path.stat()
            stamps[name] = stat.st_mtime_ns, stat.st_size
    except FileNotFoundError:
        return  # an editor replaces files: the next look will see


# Serving --------------------------------------------------------------------------------------------------------------

_RELOAD = """\
const source = new EventSource("/__evenements")
let version = Number(new URL(import.meta.url).searchParams.get("version"))
source.onmessage = (e) => {
  const { version: now, wrong } = JSON.parse(e.data)
  if (now !== version && !wrong) location.reload()
  version = now
  document.getElementById("__problemes")?.remove()
  if (!wrong) return
  const box = document.createElement("aside")
  box.id = "__problemes"
  box.setAttribute("role", "alert")
  const look = { position: "fixed", inset: "auto 0 0 0", maxHeight: "60vh", overflow: "auto", zIndex: "99", margin: "0",
    padding: "1rem", background: "#3A1F1B", color: "#FBF9F4", font: "14px/1.5 monospace", whiteSpace: "pre-wrap",
    borderTop: "4px solid #F2B705" }
  Object.assign(box.style, look)
  box.textContent = wrong
  document.body.append(box)
}
"""


_NOTHING_YET = """\
<!doctype html>
<html lang="fr">
<head><meta charset="utf-8"><title>Pas encore de site</title></head>
<body><p>Le site paraîtra ici dès que les fiches n’auront plus d’erreur.</p></body>
</html>
""".encode()
"""Where no build has succeeded so far; the script shows the problems in it."""


class Handler(SimpleHTTPRequestHandler):
    """Files of the site with the right types, never cached, and the three addresses of the preview."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | TYPES

    def __init__(self, state: State, folder: str, *args: object) -> None:
        self._state = state
        super().__init__(*args, directory=folder)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path == SCRIPT:
            self._answer(_RELOAD.encode(), TYPES[".js"])
        elif path == EVENTS:
            self._events()
        elif page := self._page(path):
            self._answer(*page)
        else:
            super().do_GET()

    def _page(self, path: str) -> tuple[bytes, str, HTTPStatus] | None:
        """An HTML page with the reloading script; the page for lost addresses where there is none."""
        file = Path(self.translate_path(path))
        status = HTTPStatus.OK
        if file.is_dir() and path.endswith("/"):
            file /= "index.html"
        if not file.exists():
            file, status = Path(self.directory) / "404.html", HTTPStatus.NOT_FOUND
        if file.suffix != ".html" or not (file.is_file() or status == HTTPStatus.NOT_FOUND):
            return None
        page = file.read_bytes() if file.is_file() else _NOTHING_YET
        # The page says of which change it is: one that comes before it listens is not missed.
        script = f'<script type="module" src="{SCRIPT}?version={self._state.version}"></script></body>'.encode()
        return page.replace(b"</body>", script), "text/html; charset=utf-8", status

    def _answer(self, body: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _events(self) -> None:
        """Server-sent events: the number of the last change and what is wrong."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        sent = -1
        try:
            while True:
                with self._state.changed:
                    if self._state.version == sent:
                        self._state.changed.wait(KEEP_ALIVE)
                    news, sent = self._state.version != sent, self._state.version
                    message = json.dumps({"version": sent, "wrong": self._state.wrong})
                self.wfile.write(f"data: {message}\n\n".encode() if news else b": \n\n")
                self.wfile.flush()
        except (BrokenPipeError, ConnectionResetError):
            return

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the library's name)
        """Requests are not worth a line; problems are."""
