"""The forge of `loopback`, served on a port of this machine."""

import json
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.support.loopback import Forge, Refusal


class Server(ThreadingHTTPServer):
    """The forge on a port of this machine."""

    daemon_threads = True

    def __init__(self, forge: Forge) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.forge = forge
        self.lock = threading.Lock()  # one git index
        forge.address = f"http://127.0.0.1:{self.server_address[1]}"
        threading.Thread(target=self.serve_forever, daemon=True).start()


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def _read_body(self) -> bytes:
        """`gh` sends what it reads from its own input in pieces."""
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        raw = b""
        while size := int(self.rfile.readline(), 16):
            raw += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return raw

    def _answer(self) -> None:
        raw = self._read_body()
        secret = (self.headers.get("Authorization") or "").split(" ")[-1]
        try:
            with self.server.lock:
                told = self.server.forge.answer(self.command, self.path, secret, raw)
            status = 200
        except Refusal as refusal:
            status, told = refusal.status, {"message": str(refusal)}
        except subprocess.CalledProcessError as error:
            status, told = 422, {"message": error.stderr.decode()}
        is_raw = isinstance(told, bytes)
        content = told if is_raw else b"" if told is None else json.dumps(told, default=_leave_out).encode()
        self.send_response(204 if told is None else status)
        self.send_header("Content-Type", "application/zip" if is_raw else "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PATCH = do_DELETE = _answer  # noqa: N815


def _leave_out(raw: Any) -> None:
    """What an artifact holds is not in the list of artifacts."""
