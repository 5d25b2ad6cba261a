"""`cop serve`: the site on this machine, rebuilt when any input changes, with the browser reloaded.

A broken entry keeps the last good site and shows the problems, in the terminal and in the page. Only this machine is
answered. The engine runs again only when its own inputs changed, and the search index is made once the page is back.
"""

import json
import os
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from generator import build, directory, problems, territories
from generator.corpus import Cache
from generator.directory import Directory
from generator.engine import Engine, EngineError, Walls

PAUSE = 0.2  # seconds between two looks at the inputs
KEEP_ALIVE = 15.0  # seconds between two signs of life of the event stream
PROBLEMS = "/__problemes"
EVENTS = "/__evenements"
SCRIPT = "/__recharge.js"

DATA_INPUTS = ("cops", "content", "schema", "generator/templates")
ENGINE_INPUTS = ("content", "mkdocs.yml", "generator/theme")

TYPES = {
    ".rss": "application/rss+xml; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".geojson": "application/geo+json",
    ".js": "text/javascript; charset=utf-8",
}

Say = Callable[[str], None]
Stamps = dict[str, tuple[int, int]]


@dataclass
class State:
    """What the server shows: the number of the last change, and the problems that keep the site as it was."""

    version: int = 0
    wrong: str = ""
    changed: threading.Condition = field(default_factory=threading.Condition)

    def update(self, wrong: str) -> None:
        with self.changed:
            self.version += 1
            self.wrong = wrong
            self.changed.notify_all()


class Rebuilder:
    """Builds the site again, doing only what the change asks for."""

    def __init__(self, root: Path, output: Path, environ: Mapping[str, str], today: Callable[[], str]) -> None:
        self.root = root
        self.output = output
        self._environ = environ
        self._today = today
        self._cache = Cache()
        self._reference = territories.load()
        self._walls: Walls | None = None

    def rebuild(self, engine: bool = True, index: bool = False) -> Directory:
        """One build. Raises what `build.build` raises; the former site then stays."""
        found = directory.read(self.root, self._environ, self._today(), self._cache, self._reference)
        if not found.is_sound:
            raise build.Refused(found, found.problems)
        if engine or self._walls is None:
            with Engine(self.root, found.settings) as running:
                self._walls, broken = running.finish()
            if broken:
                self._walls = None
                raise build.Refused(found, tuple(broken))
        files = build.gather(found, self._walls)
        # The index of the former site stands in until the new one is made: a search still finds nearly everything.
        build.write(files, self.output, index, keep=() if index else ("pagefind",))
        return found


def serve(root: Path, port: int, environ: Mapping[str, str], today: Callable[[], str], say: Say) -> None:
    """Build, serve and watch until Ctrl-C (KeyboardInterrupt)."""
    output = root / "site"
    build.restore(output)
    # A preview answers at its own address, whatever the published one is.
    local = dict(environ) | {"SITE_URL": f"http://localhost:{port}/"}
    rebuilder = Rebuilder(root, output, local, today)
    state = State()
    attempt(rebuilder, state, say, engine=True, index=True)
    server = ThreadingHTTPServer(("127.0.0.1", port), partial(Handler, state, str(output)))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    say(f"Le site est à l’adresse http://localhost:{server.server_port}/ (Ctrl-C pour arrêter).")
    try:
        watch(root, partial(on_change, rebuilder, state, say))
    finally:
        server.shutdown()


def on_change(rebuilder: Rebuilder, state: State, say: Say, changed: set[str]) -> None:
    """Rebuild for a set of changed paths, then make the index when the page is already back."""
    engine = any(needs_engine(path) for path in changed)
    if attempt(rebuilder, state, say, engine, index=False):
        build.reindex(rebuilder.output)


def needs_engine(path: str) -> bool:
    """Whether the hand-written pages depend on a path, relative to the root."""
    return path == "mkdocs.yml" or (path.startswith(ENGINE_INPUTS) and not path.endswith((".yml", ".yaml")))


def attempt(rebuilder: Rebuilder, state: State, say: Say, engine: bool, index: bool) -> bool:
    """Rebuild and tell; whatever is wrong with the content is shown, and the server goes on."""
    started = time.monotonic()
    try:
        found = rebuilder.rebuild(engine, index)
    except build.Refused as refused:
        words = problems.as_text(refused.problems, refused.directory.lines)
        count = problems.summary(refused.problems, refused.directory.files)
        say(f"{words}\n\n{count}\nLe dernier bon site reste affiché.")
        state.update(words)
        return False
    except (EngineError, build.SamePath, build.IndexFailed, OSError) as error:
        say(f"Le site n’a pas pu être reconstruit ; le dernier bon reste affiché.\n{error}")
        state.update(str(error))
        return False
    spent = f"{time.monotonic() - started:.1f}".replace(".", ",")
    say(f"Site reconstruit en {spent} s ({found.files} fichiers lus).")
    state.update("")
    return True


# Watching -------------------------------------------------------------------------------------------------------------


def watch(root: Path, changed: Callable[[set[str]], None], stop: threading.Event | None = None) -> None:
    """Call `changed` with the paths that came, went or were written; several quick writes are one change."""
    seen = stamps(root)
    while not (stop and stop.is_set()):
        time.sleep(PAUSE)
        now = stamps(root)
        if now == seen:
            continue
        differing = {path for path in seen.keys() | now.keys() if seen.get(path) != now.get(path)}
        seen = now
        changed(differing)


def stamps(root: Path) -> Stamps:
    """Modification time and size of every input, by path from the root."""
    found: Stamps = {}
    for name in dict.fromkeys((*DATA_INPUTS, *ENGINE_INPUTS)):
        _stamp(root / name, name, found)
    return found


def _stamp(path: Path, name: str, found: Stamps) -> None:
    try:
        if path.is_dir():
            for item in os.scandir(path):
                _stamp(Path(item.path), f"{name}/{item.name}", found)
        else:
            stat = path.stat()
            found[name] = stat.st_mtime_ns, stat.st_size
    except FileNotFoundError:
        return  # an editor replaces files: the next look will see


# Serving --------------------------------------------------------------------------------------------------------------

_RELOAD = """\
const source = new EventSource("/__evenements")
let version
source.onmessage = (e) => {
  const { version: now, wrong } = JSON.parse(e.data)
  if (version !== undefined && now !== version && !wrong) location.reload()
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
        elif path == PROBLEMS:
            self._answer(self._state.wrong.encode(), "text/plain; charset=utf-8")
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
        if file.suffix != ".html" or not file.is_file():
            return None
        script = f'<script type="module" src="{SCRIPT}"></script></body>'.encode()
        return file.read_bytes().replace(b"</body>", script), "text/html; charset=utf-8", status

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
