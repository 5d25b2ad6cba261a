"""What `cop serve` answers to the browsers of this machine: the site, and the problems that keep it as it was.

Nobody else is answered, and nobody is waited for.
"""

import json
import sys
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from generator.harmless import fill
from generator.pages.frame.loading import TEMPLATES_FOLDER

KEEP_ALIVE = 15.0  # seconds between two signs of life of the event stream
EVENTS = "/__evenements"
SCRIPT = "/__recharge.js"
PREVIEW_FOLDER = TEMPLATES_FOLDER / "serve"
"""The script that shows problems and reloads a page; the page shown where no build has succeeded so far."""

TYPES = {
    ".rss": "application/rss+xml; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".geojson": "application/geo+json",
    ".js": "text/javascript; charset=utf-8",
}


@dataclass
class State:
    """What the server shows: the number of the last change, and the problems that keep the site as it was."""

    version: int = 0
    wrong: str = ""
    shows: bool = False  # a site, be it the last good one
    pages: dict[str, int] = field(default_factory=dict)  # of which change each is; one that is not there: of none
    changed: threading.Condition = field(default_factory=threading.Condition)

    def update(self, wrong: str, pages: Iterable[str] = ()) -> None:
        """Tell the browsers what is wrong, and those that show one of these pages to ask for it again."""
        with self.changed:
            self.version += 1
            self.wrong = wrong
            self.pages |= dict.fromkeys(pages, self.version)
            self.changed.notify_all()


PATIENCE = 5.0
"""Seconds that a browser may take between two pieces of its request, or to take what it is sent."""

MOST = 64
"""Connections at once: browsers open six, and one for each page that listens."""


class Server(ThreadingHTTPServer):
    """One thread a connection, so many and no more; who goes away is not worth a word."""

    daemon_threads = True

    def __init__(self, *given: Any) -> None:
        self._free = threading.BoundedSemaphore(MOST)
        super().__init__(*given)

    def process_request(self, request: Any, client_address: Any) -> None:
        if not self._free.acquire(timeout=PATIENCE):  # by then one of them was waited for long enough
            self.shutdown_request(request)
            return
        try:
            super().process_request(request, client_address)
        except BaseException:
            self._free.release()
            raise

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class Handler(SimpleHTTPRequestHandler):
    """Files of the site with the right types, never cached, and the three addresses of the preview."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | TYPES
    timeout = PATIENCE

    def __init__(self, state: State, folder: str, *args: object) -> None:
        self._state = state
        super().__init__(*args, directory=folder)  # type: ignore[arg-type]

    def parse_request(self) -> bool:
        """Only who asks for this machine is answered: a page from elsewhere may have its own name lead here."""
        if not super().parse_request():
            return False
        port = self.connection.getsockname()[1]
        if self.headers.get("Host") in {f"{name}:{port}" for name in ("localhost", "127.0.0.1", "[::1]")}:
            return True
        words = fill("L’aperçu est à l’adresse {address}", address=f"http://localhost:{port}/")
        self._answer(f"{words}\n".encode(), "text/plain; charset=utf-8", HTTPStatus.MISDIRECTED_REQUEST)
        return False

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path == SCRIPT:
            self._answer((PREVIEW_FOLDER / "reload.js").read_bytes(), TYPES[".js"])
        elif path == EVENTS:
            self._events(parse_qs(urlsplit(self.path).query).get("page", ["/"])[0])
        elif page := self._page(path):
            self._answer(*page)
        else:
            super().do_GET()

    def _page(self, path: str) -> tuple[bytes, str, HTTPStatus] | None:
        """An HTML page with the reloading script; the page for lost addresses where there is none."""
        asked = file = self._find_file(path)
        status = HTTPStatus.OK
        if not _exists(file):
            file, status = Path(self.directory) / "404.html", HTTPStatus.NOT_FOUND
        if file.suffix != ".html" or not (file.is_file() or status == HTTPStatus.NOT_FOUND):
            return None
        page = file.read_bytes() if file.is_file() else (PREVIEW_FOLDER / "nothing-yet.html").read_bytes()
        # The page says of which change it is: one that comes before it listens is not missed.
        version = self._state.pages.get(self._name(asked), 0)
        script = f'<script type="module" src="{SCRIPT}?version={version}"></script></body>'.encode()
        return page.replace(b"</body>", script), "text/html; charset=utf-8", status

    def _find_file(self, path: str) -> Path:
        file = Path(self.translate_path(path))
        return file / "index.html" if path.endswith("/") else file

    def _name(self, file: Path) -> str:
        """Its path from the root of the site."""
        return file.relative_to(self.directory).as_posix()

    def do_HEAD(self) -> None:
        """As the library does, but for what it cannot open."""
        if _exists(Path(self.translate_path(self.path))):
            super().do_HEAD()
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def _answer(self, body: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _events(self, page: str) -> None:
        """Server-sent events: of which change this page is now, and what is wrong."""
        name = self._name(self._find_file(page))
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
                    message = json.dumps({"version": self._state.pages.get(name, 0), "wrong": self._state.wrong})
                self.wfile.write(f"data: {message}\n\n".encode() if news else b": \n\n")
                self.wfile.flush()
        except (ConnectionError, TimeoutError):
            return

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the library's name)
        """Requests are not worth a line; problems are."""


def _exists(file: Path) -> bool:
    try:
        return file.exists()
    except OSError:  # a name that is too long for the disk
        return False
