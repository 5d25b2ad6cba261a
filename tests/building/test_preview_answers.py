"""What the preview answers: this machine only, whatever is asked, and nobody keeps it from answering the others."""

import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.parse import quote

import pytest

from generator.building import preview
from generator.building.preview import Handler, Server, State


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A site of two pages, shown to browsers that are given half a second."""
    (tmp_path / "cops").mkdir()
    for name in ("index.html", "cops/index.html", "404.html"):
        (tmp_path / name).write_text(f"<html><body>{name}</body></html>", encoding="utf-8")
    (tmp_path / "brouillon.txt").write_text("secret", encoding="utf-8")
    monkeypatch.setattr(preview, "MOST", 8)
    monkeypatch.setattr(preview, "PATIENCE", 0.5)
    monkeypatch.setattr(preview, "KEEP_ALIVE", 0.1)
    monkeypatch.setattr(Handler, "timeout", 0.5)
    with Server(("127.0.0.1", 0), partial(Handler, State(), str(tmp_path))) as server:
        running = threading.Thread(target=server.serve_forever, daemon=True)
        running.start()
        yield server
        server.shutdown()
        running.join()
    # Who still listens is seen to be gone at the next sign of life: no thread is left to the tests that follow.
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and "process_request" in thread.name:
            thread.join(5)
            assert not thread.is_alive()


def ask(server: Server, path: str = "/", method: str = "GET", **headers: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=20)
    try:
        connection.putrequest(method, path, skip_host="Host" in headers)
        for name, value in headers.items():
            if value:
                connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "[::1]"])
def test_this_machine_is_answered(server: Server, name: str) -> None:
    status, body = ask(server, "/brouillon.txt", Host=f"{name}:{server.server_port}")
    assert (status, body) == (200, "secret")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", ["/", "/brouillon.txt", "/absente", preview.EVENTS, preview.SCRIPT])
def test_a_name_that_leads_here_from_elsewhere_is_not(server: Server, method: str, path: str) -> None:
    port = server.server_port
    for name in (
        "",
        "evil.example",
        f"evil.example:{port}",
        "localhost",
        f"localhost:{port + 1}",
        f"localhost.:{port}",
    ):
        status, body = ask(server, path, method, Host=name)
        assert (name, status) == (name, 421)
        assert "secret" not in body


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    "path", ["/" + "a" * 256, "/" + "a/" * 3000, "/cops/" + "é" * 200, "/%00", "/../..", "/a.html/"]
)
def test_an_address_that_leads_nowhere(server: Server, method: str, path: str) -> None:
    status, body = ask(server, path.replace("é", "%C3%A9"), method)
    assert status == 404 or path == "/../.."
    assert method == "HEAD" or "404.html" in body or path == "/../.."


def test_who_goes_away_is_not_worth_a_word(server: Server, capfd: pytest.CaptureFixture[str]) -> None:
    for sent in (
        b"GET / HTTP/1.1\r\n",
        b"GET /__evenements HTTP/1.1\r\nHost: localhost:%d\r\n\r\n" % server.server_port,
    ):
        for _ in range(5):
            with socket.create_connection(("127.0.0.1", server.server_port)) as connection:
                connection.sendall(sent)
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")  # it hangs up at once
    assert ask(server)[0] == 200
    assert capfd.readouterr().err == ""


def test_half_open_connections_keep_nobody_out(server: Server) -> None:
    before = threading.active_count()
    half_open = [socket.create_connection(("127.0.0.1", server.server_port)) for _ in range(12)]
    try:
        for connection in half_open:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: ")
        time.sleep(0.2)
        assert threading.active_count() - before <= 8
        assert ask(server)[0] == 200
    finally:
        for connection in half_open:
            connection.close()


def test_a_browser_hears_of_the_page_that_it_shows(server: Server) -> None:
    state: State = server.RequestHandlerClass.args[0]  # type: ignore[attr-defined]
    state.update("", {"cops/index.html"})
    assert f"{preview.SCRIPT}?version=1" in ask(server, "/cops/")[1]
    assert f"{preview.SCRIPT}?version=0" in ask(server, "/")[1]
    for page, version in (("/cops/", 1), ("/", 0), ("/../../etc/passwd", 0), ("%00%2f..", 0)):
        assert hear(server, page) == {"version": version, "wrong": ""}
    state.update("Une faute.")
    assert hear(server, "/cops/") == {"version": 1, "wrong": "Une faute."}


def hear(server: Server, page: str) -> object:
    """The first event that a browser is sent."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=20)
    try:
        connection.request(
            "GET", f"{preview.EVENTS}?page={quote(page)}", headers={"Host": f"localhost:{server.server_port}"}
        )
        return json.loads(connection.getresponse().readline().removeprefix(b"data: "))
    finally:
        connection.close()
