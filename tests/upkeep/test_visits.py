"""`cop links` against a site of this machine: what each answer means, and how politely and warily it is asked for."""

import socket
import ssl
from collections.abc import Iterator, Sequence
from threading import Event
from urllib.parse import urlsplit

import pytest
import trustme

from generator.upkeep.links import fetching, verdicts, visits
from generator.upkeep.links.examination import agent_name
from generator.upkeep.links.fetching import Answer, Manner
from generator.upkeep.links.verdicts import State, Visit
from generator.upkeep.links.visits import Pace, visit_all
from tests.support import annuaires
from tests.support.webserver import Site, running

AGENT = "essai/1.0 (+https://exemple.org/)"
AT_ONCE = Pace(delay=0)
ALIVE = Visit(State.VIVANT)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with running() as one:
        yield one


def is_here(address: str) -> bool:
    return address == "127.0.0.1"


def manner(trust: ssl.SSLContext | None = None, silence: float = 5) -> Manner:
    """Allowed on this machine only; names under .example lead to the site."""

    def resolve(host: str, port: int) -> Sequence[str]:
        if host.endswith(".example"):
            return ["127.0.0.1"]
        return fetching.resolve(host, port)

    trust = trust or ssl.create_default_context()
    return Manner(AGENT, silence=silence, whole=2 * silence, allowed=is_here, resolve=resolve, trust=trust)


IMPATIENT = manner(silence=0.4)
"""For pages that never answer: the others get time, on a busy machine too."""


def visit(url: str, how: Manner | None = None) -> Visit:
    return visit_all([url], how or manner(), AT_ONCE)[url]


@pytest.mark.parametrize(
    ("path", "state", "cause"),
    [
        ("/200", State.VIVANT, ""),
        ("/200#ancre", State.VIVANT, ""),
        ("/302", State.VIVANT, ""),
        ("/302-puis-301", State.VIVANT, ""),
        ("/sans-tete", State.VIVANT, ""),
        ("/tete-coupee", State.VIVANT, ""),
        ("/sans-fin", State.VIVANT, ""),
        ("/404", State.ECHEC, "404"),
        ("/410", State.ECHEC, "410"),
        ("/301-puis-404", State.ECHEC, "404"),
        ("/301-sans-adresse", State.INCONNU, "301"),
        ("/302-accueil", State.ECHEC, "accueil"),
        ("/fr/", State.VIVANT, ""),
        ("/302-boucle", State.INCONNU, "redirections"),
        ("/302-prive", State.INCONNU, "adresse-refusee"),
        ("/302-machine", State.INCONNU, "adresse-refusee"),
        ("/302-fichier", State.INCONNU, "adresse-refusee"),
        ("/302-illisible", State.INCONNU, "adresse-illisible"),
        ("/401", State.INCONNU, "401"),
        ("/403", State.INCONNU, "403"),
        ("/418", State.INCONNU, "418"),
        ("/429", State.INCONNU, "429"),
        ("/500", State.INCONNU, "500"),
        ("/503", State.INCONNU, "503"),
        ("/tarde", State.INCONNU, "delai"),
        ("/goutte", State.INCONNU, "delai"),
        ("/coupure", State.INCONNU, "coupure"),
    ],
)
def test_what_each_answer_means(site: Site, path: str, state: State, cause: str) -> None:
    assert visit(site.url + path, IMPATIENT if cause == "delai" else None) == Visit(state, cause)


@pytest.mark.parametrize("path", ["/301", "/308", "/301-puis-302"])
def test_a_page_that_moved_for_good_tells_its_new_address(site: Site, path: str) -> None:
    new = "/302" if path.endswith("302") else "/200"
    assert visit(site.url + path) == Visit(State.VIVANT, moved_to=site.url + new)


def test_an_address_that_a_server_writes_with_its_accents_is_followed(site: Site) -> None:
    assert visit(f"{site.url}/301-accents") == Visit(State.VIVANT, moved_to=f"{site.url}/d%C3%A9plac%C3%A9e")


def test_every_cause_has_its_words() -> None:
    for cause in ("404", "403", "418", "500", "599", *verdicts.CAUSES):
        assert verdicts.describe_cause(cause)
    assert verdicts.describe_cause("404") == "page introuvable (404)"
    assert verdicts.describe_cause("503") == "erreur du site (503)"


# Certificates ---------------------------------------------------------------------------------------------------------


def test_certificates_are_verified_for_the_name_although_the_address_is_pinned() -> None:
    authority = trustme.CA()
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("bon.example").configure_cert(server)
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    with running(server) as site:
        good, other = (f"https://{name}.example:{site.port}/200" for name in ("bon", "autre"))
        assert visit(good, manner(trust=trusting)) == ALIVE
        assert visit(other, manner(trust=trusting)) == Visit(State.INCONNU, "certificat")
        assert visit(good) == Visit(State.INCONNU, "certificat")  # nobody here knows that authority
        assert visit(f"http://bon.example:{site.port}/200").state is State.INCONNU


def test_a_site_that_does_not_speak_tls(site: Site) -> None:
    assert visit(f"https://127.0.0.1:{site.port}/200") == Visit(State.INCONNU, "chiffrement")


# Names and addresses --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (socket.EAI_NONAME, Visit(State.ECHEC, "nom-inconnu")),
        (socket.EAI_AGAIN, Visit(State.INCONNU, "nom-sans-reponse")),
    ],
)
def test_a_name_that_is_not_found(number: int, expected: Visit) -> None:
    def resolve(host: str, port: int) -> Sequence[str]:
        raise socket.gaierror(number, "…")

    assert visit("https://perdu.example/", Manner(AGENT, resolve=resolve)) == expected


@pytest.mark.parametrize(
    "address",
    """0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 127.8.8.8 169.254.169.254 172.16.0.1 192.168.1.1 198.18.0.1 224.0.0.1
    240.0.0.1 255.255.255.255 :: ::1 fc00::1 fd12:3456::1 fe80::1 fe80::1%eth0 ff02::1 ::ffff:10.0.0.1
    ::ffff:127.0.0.1 64:ff9b::a00:1 64:ff9b::7f00:1 2002:7f00:1::1 2001:db8::1""".split(),
)
def test_addresses_that_are_not_of_the_open_internet(address: str) -> None:
    assert not fetching.is_public(address)


@pytest.mark.parametrize("address", "1.1.1.1 193.55.12.9 2606:4700::1111 64:ff9b::101:101 ::ffff:1.1.1.1".split())
def test_addresses_that_are(address: str) -> None:
    assert fetching.is_public(address)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "[::1]", "[::ffff:7f00:1]"]
)
def test_this_machine_is_not_visited_however_it_is_written(site: Site, host: str) -> None:
    before = len(site.asked)
    seen = visit(f"http://{host}:{site.port}/200", Manner(AGENT, silence=5))
    assert seen.state is not State.VIVANT
    assert len(site.asked) == before


def test_a_name_is_looked_up_once_and_the_connection_goes_there(site: Site) -> None:
    """A name that shows a public address first and a private one afterwards gains nothing."""
    looked_up: list[str] = []

    def resolve(host: str, port: int) -> Sequence[str]:
        looked_up.append(host)
        return ["10.0.0.1", "127.0.0.1"]

    how = Manner(AGENT, silence=5, allowed=is_here, resolve=resolve)
    assert visit(f"http://double.example:{site.port}/200", how) == ALIVE
    assert looked_up == ["double.example"]


def test_the_next_address_is_tried_where_the_first_refuses(site: Site) -> None:
    how = Manner(AGENT, silence=5, allowed=lambda _: True, resolve=lambda _host, _port: ["127.0.0.9", "127.0.0.1"])
    assert visit(f"http://deux.example:{site.port}/200", how) == ALIVE


def test_nobody_listens() -> None:
    with running() as gone:
        url = f"{gone.url}/200"
    assert visit(url) == Visit(State.INCONNU, "connexion")


@pytest.mark.parametrize(
    "url", ["http://exemple.org:99999/", "http://[::1/", "http://" + "a" * 70 + ".fr/", "http://../"]
)
def test_an_address_that_cannot_be_read(url: str) -> None:
    assert visit(url).state is State.INCONNU


# Politeness -----------------------------------------------------------------------------------------------------------


def test_one_request_at_a_time_to_each_site_and_it_knows_who_asks() -> None:
    with running() as site:
        names = ["un", "deux", "trois"]
        urls = [f"http://{name}.example:{site.port}/{page}" for name in names for page in range(8)]
        seen = visit_all(urls, manner(), AT_ONCE)
        assert set(seen.values()) == {ALIVE}
        assert len(site.asked) == len(urls)
        assert set(site.most_at_once.values()) == {1}
        assert site.agents == {AGENT}


def test_the_pause_between_two_requests_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float | None] = []

    class Recorded(Event):
        def wait(self, timeout: float | None = None) -> bool:
            pauses.append(timeout)
            return self.is_set()

    monkeypatch.setattr(visits, "Event", Recorded)
    seen = visit_all(["http://a.example/1", "http://a.example/2"], manner(), Pace(delay=3), ask=lambda *_: Answer(200))
    assert set(seen.values()) == {ALIVE}
    assert pauses == [3, 3]


def test_head_is_asked_first_and_an_endless_body_is_not_read() -> None:
    with running() as site:
        visit(f"{site.url}/200")
        visit(f"{site.url}/404")
        visit(f"{site.url}/sans-fin")
        assert site.asked == [
            *[("HEAD", "/200")],
            *[("HEAD", "/404"), ("GET", "/404")],
            *[("HEAD", "/sans-fin"), ("GET", "/sans-fin")],
        ]
        assert site.sent < 20_000_000  # what the system's buffers took before the visitor went away


@pytest.mark.parametrize("path", ["/429", "/503"])
def test_a_site_that_asks_to_wait_is_left_alone(path: str) -> None:
    with running() as site:
        first, second = f"{site.url}{path}", f"{site.url}/200"
        seen = visit_all([first, second], manner(), AT_ONCE)
        assert seen[first] == Visit(State.INCONNU, path[1:])
        assert seen[second] == Visit(State.INCONNU, "attente")
        assert site.asked == [("HEAD", path)]


def test_a_site_that_does_not_answer_is_not_asked_for_its_other_pages() -> None:
    with running() as site:
        urls = [f"{site.url}/{page}" for page in ("tarde", "200", "404")]
        seen = visit_all(urls, IMPATIENT, AT_ONCE)
        assert set(seen.values()) == {Visit(State.INCONNU, "delai")}
        assert site.asked == [("HEAD", "/tarde"), ("GET", "/tarde")]


def test_a_redirection_waits_for_its_turn() -> None:
    with running() as site:
        here = f"un.example:{site.port}"

        def ask(method: str, url: str, how: Manner) -> Answer:
            if urlsplit(url).netloc != here:
                return Answer(301, location=f"http://{here}/200")
            return fetching.ask(method, url, how)

        urls = [f"http://{name}.example/" for name in "abcdef"]
        seen = visit_all(urls, manner(), AT_ONCE, ask)
        assert set(seen.values()) == {Visit(State.VIVANT, moved_to=f"http://{here}/200")}
        assert site.most_at_once == {here: 1}


def test_all_of_it_is_bounded() -> None:
    answered = Event()

    def ask(method: str, url: str, how: Manner) -> Answer:
        answered.wait(0.5)
        return Answer(200)

    urls = ["https://a.example/1", "https://a.example/2"]
    seen = visit_all(urls, manner(), Pace(delay=0, total=0.1), ask)
    assert list(seen.values()) == [ALIVE, Visit(State.INCONNU, "temps")]


def test_it_names_the_directory() -> None:
    told = agent_name(annuaires.SETTINGS, "verification des liens")
    assert told == "1-000-cop-en-bretagne/1.0 (+https://exemple.org/sous-dossier/; verification des liens)"
    assert told.isascii()
