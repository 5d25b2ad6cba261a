"""One request to one address, as little of it as needed: the only module that speaks to the network.

The addresses come from entries that anybody may propose, and from servers that may send the visitor anywhere. So each
name is resolved here, addresses inside a private network are refused, and the connection goes to the very address that
was looked at: a name that answers otherwise a second time gains nothing. A body is read only where it is asked for, up
to a bound, and as it comes: nothing is ever unpacked.
"""

import ipaddress
import socket
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from http.client import HTTPException
from threading import Timer

from urllib3 import HTTPResponse, exceptions
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util import Url, parse_url

TRIED = 3  # of the addresses that one name has
Resolve = Callable[[str, int], Sequence[str]]
"""IP addresses of a host, best first; raises socket.gaierror."""


def resolve(host: str, port: int) -> Sequence[str]:
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # IPv4 as seen from a network that has only IPv6 (RFC 6052)


def is_public(address: str) -> bool:
    """An address of the open internet, whatever way it is written in."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip in _NAT64 and ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF))
        ip = inner or ip
    return ip.is_global and not ip.is_multicast


@dataclass(frozen=True, slots=True)
class Manner:
    """How to ask. Times are in seconds."""

    agent: str  # who asks, as servers will read it
    silence: float = 10.0  # no connection, or nothing said, for so long
    whole: float = 20.0  # from the connection to the headers
    allowed: Callable[[str], bool] = is_public  # IP addresses that may be visited
    resolve: Resolve = resolve
    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    body: int = 0  # bytes of the answer that are kept; beyond, it is refused. 0: it is not read


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said, or why it said nothing: exactly one of `status` and `trouble` is set."""

    status: int = 0
    location: str = ""  # where it sends the visitor
    asks_to_wait: bool = False  # Retry-After
    trouble: str = ""  # a key of verdicts.CAUSES
    body: bytes = b""  # of a page that is there, where it is asked for


def ask(method: str, url: str, manner: Manner) -> Answer:
    """Ask once, without following. Nothing is raised for what a server or a network may do."""
    try:
        parts = parse_url(url)
        if parts.scheme not in {"http", "https"} or not parts.host:
            return Answer(trouble="adresse-refusee")
        return _try_each(method, parts, manner)
    except (exceptions.LocationParseError, UnicodeError):
        return Answer(trouble="adresse-illisible")


def _try_each(method: str, parts: Url, manner: Manner) -> Answer:
    host, port = (parts.host or "").strip("[]"), parts.port or (443 if parts.scheme == "https" else 80)
    try:
        resolved = manner.resolve(host, port)
    except socket.gaierror as error:
        # Only « no such name » is an answer; the resolver itself may be out of order.
        gone = error.errno in {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
        return Answer(trouble="nom-inconnu" if gone else "nom-sans-reponse")
    addresses = [address for address in resolved if manner.allowed(address)]
    if not addresses:
        return Answer(trouble="adresse-refusee")
    answer = Answer(trouble="connexion")
    for address in addresses[:TRIED]:
        answer = _ask(method, _connect(address, port, host, parts.scheme == "https", manner), parts, manner)
        if answer.trouble != "connexion":
            break
    return answer


def _connect(address: str, port: int, host: str, secure: bool, manner: Manner) -> HTTPConnection:
    if not secure:
        return HTTPConnection(address, port, timeout=manner.silence)
    # The certificate must be that of the name, although the connection goes to the address.
    return HTTPSConnection(address, port, timeout=manner.silence, server_hostname=host, ssl_context=manner.trust)


def _ask(method: str, connection: HTTPConnection, parts: Url, manner: Manner) -> Answer:
    late: list[bool] = []  # a silence is bounded by the socket; a server that says one sign at a time is by this
    watch = Timer(manner.whole, _cut, (connection, late))
    watch.daemon = True
    watch.start()
    headers = {"Host": parts.netloc or "", "User-Agent": manner.agent, "Accept": "*/*", "Connection": "close"}
    try:
        connection.request(method, parts.request_uri, headers=headers, preload_content=False)
        response = connection.getresponse()
        if late:  # what was cut in its headers may look whole
            return Answer(trouble="delai")
        received = response.headers
        location = _escape(received.get("Location", ""))
        answer = Answer(response.status, location, asks_to_wait="Retry-After" in received)
        return _read_body(response, answer, manner.body, late) if manner.body and response.status == 200 else answer
    except (exceptions.NewConnectionError, exceptions.ConnectTimeoutError):
        return Answer(trouble="connexion")
    except ssl.SSLCertVerificationError:
        return Answer(trouble="certificat")
    except (ssl.SSLError, exceptions.SSLError):
        return Answer(trouble="delai" if late else "chiffrement")
    except (TimeoutError, exceptions.TimeoutError):
        return Answer(trouble="delai")
    except (OSError, HTTPException, exceptions.HTTPError):
        return Answer(trouble="delai" if late else "coupure")
    finally:
        watch.cancel()
        connection.close()


def _read_body(response: HTTPResponse, answer: Answer, most: int, late: list[bool]) -> Answer:
    body = response.read(most + 1, decode_content=False)
    if late:
        return Answer(trouble="delai")
    return Answer(trouble="trop-lourd") if len(body) > most else replace(answer, body=body)


def _escape(location: str) -> str:
    """An address as a header gave it: many servers write « é » as it is, whose bytes are read as Latin-1 letters."""
    return "".join(chr(byte) if byte < 0x80 else f"%{byte:02X}" for byte in location.encode("latin-1", "replace"))


def _cut(connection: HTTPConnection, late: list[bool]) -> None:
    late.append(True)
    if connection.sock is not None:
        try:
            # Not its own method, which would end the encryption under the hands of the reading thread.
            socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)
        except OSError:
            return  # closed in the meantime
