"""A site on this machine that answers well or badly, path by path, and remembers what it was asked."""

import socket
import ssl
import struct
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any

ANSWERS: dict[str, tuple[int, dict[str, str]]] = {
    "/200": (200, {}),
    "/301": (301, {"Location": "/200"}),
    "/301-ailleurs": (301, {"Location": "http://un.example/200"}),
    "/301-puis-302": (301, {"Location": "/302"}),
    "/301-puis-404": (301, {"Location": "/404"}),
    "/301-sans-adresse": (301, {}),
    "/302": (302, {"Location": "/200"}),
    "/302-boucle": (302, {"Location": "/302-boucle"}),
    "/302-puis-301": (302, {"Location": "/301"}),
    "/302-prive": (302, {"Location": "http://10.0.0.1/"}),
    "/302-machine": (302, {"Location": "http://[::1]/"}),
    "/302-fichier": (302, {"Location": "file:///etc/passwd"}),
    "/301-accents": (301, {"Location": "/déplacée".encode().decode("latin-1")}),
    "/d%C3%A9plac%C3%A9e": (200, {}),
    "/302-accueil": (302, {"Location": "/fr/"}),
    "/fr/": (200, {}),
    "/302-illisible": (302, {"Location": "http://[/"}),
    "/308": (308, {"Location": "/200#ancre"}),
    "/401": (401, {}),
    "/403": (403, {}),
    "/404": (404, {}),
    "/410": (410, {}),
    "/418": (418, {}),
    "/429": (429, {"Retry-After": "120"}),
    "/500": (500, {}),
    "/503": (503, {"Retry-After": "120"}),
}


class Site(ThreadingHTTPServer):
    """The server, with what it was asked."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[tuple[str, str]] = []  # method and path
        self.agents: set[str] = set()
        self.at_once: Counter[str] = Counter()  # requests that wait for their answer, by host
        self.most_at_once: Counter[str] = Counter()
        self.bodies: dict[str, bytes] = {}  # what some paths give, for the test to write
        self.sent = 0  # bytes of the endless body
        self.lock = Lock()
        self.closing = Event()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A visitor that goes away is what the tests are about."""


class _Handler(BaseHTTPRequestHandler):
    server: Site

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Silence."""

    def _answer(self) -> None:
        site, host = self.server, self.headers["Host"]
        with site.lock:
            site.asked.append((self.command, self.path))
            site.agents.add(self.headers["User-Agent"])
            site.at_once[host] += 1
            site.most_at_once[host] = max(site.most_at_once[host], site.at_once[host])
        site.closing.wait(0.01)  # long enough for another one to be seen beside it
        with site.lock:
            site.at_once[host] -= 1  # before the answer: who has it may ask again at once
        self._say()

    def _say(self) -> None:
        match self.path:
            case "/tarde":
                self.server.closing.wait(20)
            case "/goutte":
                self._drop_by_drop()
            case "/coupure":
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.connection.close()
            case "/sans-tete":  # as servers that know only GET
                self._status(405 if self.command == "HEAD" else 200)
            case "/tete-coupee":
                if self.command == "GET":
                    self._status(200)
            case "/sans-fin":
                self._endless()
            case path if path in self.server.bodies:
                self._give(self.server.bodies[path])
            case path:
                self._status(*ANSWERS.get(path, (200, {})))

    def _status(self, status: int, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _give(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def _drop_by_drop(self) -> None:
        """Never silent, never done."""
        self.wfile.write(b"HTTP/1.0 200 OK\r\nX-Goutte: ")
        while not self.server.closing.wait(0.05):
            self.wfile.write(b".")

    def _endless(self) -> None:
        if self.command == "HEAD":
            return self._status(405)
        self.send_response(200)
        self.end_headers()
        while not self.server.closing.is_set():
            self.server.sent += self.connection.send(b"x" * 65_536)
        return None


@contextmanager
def running(tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """A site while the block runs, with a certificate where a context is given."""
    site = Site()
    if tls:
        site.socket = tls.wrap_socket(site.socket, server_side=True)
    thread = Thread(target=site.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.closing.set()
        site.shutdown()
        site.server_close()
        thread.join()
