"""Visiting many addresses politely: one request at a time to each site, sites side by side, all within a bound.

`robots.txt` is not read: it speaks to those who crawl a site, and here only pages that a person chose are asked for.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from threading import Event, Lock, Thread, Timer
from typing import TypeVar
from urllib.parse import urldefrag, urljoin, urlsplit

from generator.upkeep.links import fetching
from generator.upkeep.links.fetching import Answer, Manner
from generator.upkeep.links.verdicts import State, Visit, judge

FOR_GOOD = frozenset({301, 308})
ELSEWHERE = FOR_GOOD | {302, 303, 307}
OF_THE_SITE = frozenset("nom-inconnu nom-sans-reponse connexion delai certificat chiffrement attente".split())
"""Troubles that the next page of the site would meet too: it is not asked."""
TOLD_TO_GET_TOO = frozenset({"coupure", "delai"})
"""Some servers hang up on HEAD, or forget to answer it."""

Ask = Callable[[str, str, Manner], Answer]
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast, and for how long."""

    delay: float = 1.0  # seconds between two requests to one site
    total: float = 1500.0  # seconds for everything; what is left then is unknown
    sites: int = 8  # visited side by side
    redirects: int = 5  # followed for one link


@dataclass(slots=True)
class _Site:
    """What one round learnt of one site, and the right to speak to it."""

    turn: Lock = field(default_factory=Lock)
    trouble: Answer | None = None


class _Round:
    """One round of visits."""

    def __init__(self, manner: Manner, pace: Pace, ask: Ask) -> None:
        self.manner, self.pace, self.ask = manner, pace, ask
        self.over = Event()
        self._sites: dict[str, _Site] = {}
        self._lock = Lock()

    def visit(self, url: str) -> Visit:
        answer, address, moved_to = self.follow(url)
        found = judge(answer, moved_to)
        lost = found.state is State.VIVANT and _is_sent_home(urldefrag(url).url, address)
        return Visit(State.ECHEC, "accueil") if lost else found

    def follow(self, url: str) -> tuple[Answer, str, str]:
        """The last answer, the address that gave it, and the new one where the page moved for good."""
        address, moved_to, for_good = urldefrag(url).url, "", True
        for _ in range(self.pace.redirects + 1):
            answer = self._answer(address)
            if answer.status not in ELSEWHERE or not answer.location:
                return answer, address, moved_to
            try:
                address = urldefrag(urljoin(address, answer.location)).url
            except ValueError:
                return Answer(trouble="adresse-illisible"), address, ""
            # A permanent move behind a temporary one says nothing of the address that is written in the entry.
            for_good = for_good and answer.status in FOR_GOOD
            moved_to = address if for_good else moved_to
        return Answer(trouble="redirections"), address, ""

    def _answer(self, url: str) -> Answer:
        """HEAD, which costs a server least; GET where that is not plainly answered, or where a body is wanted."""
        site = self._site(url)
        with site.turn:
            if site.trouble:
                return site.trouble
            answer = self._ask_and_wait("GET" if self.manner.body else "HEAD", url)
            plain = 200 <= answer.status < 300 or answer.status in ELSEWHERE or _asks_to_wait(answer)
            if not plain and not self.manner.body and (not answer.trouble or answer.trouble in TOLD_TO_GET_TOO):
                answer = self._ask_and_wait("GET", url)
            if _asks_to_wait(answer):
                site.trouble = Answer(trouble="attente")
            elif answer.trouble in OF_THE_SITE:
                site.trouble = answer
        return answer

    def _ask_and_wait(self, method: str, url: str) -> Answer:
        if self.over.is_set():
            return Answer(trouble="temps")
        answer = self.ask(method, url, self.manner)
        self.over.wait(self.pace.delay)
        return answer

    def _site(self, url: str) -> _Site:
        try:
            name = urlsplit(url).netloc.lower()
        except ValueError:  # it will not be asked: fetching says why
            name = ""
        with self._lock:
            return self._sites.setdefault(name, _Site())


_FRONT = re.compile(r"/?(?:[a-z]{2}|(?:index|accueil|home|default)(?:\.[a-z]+)?)?/?", re.IGNORECASE)
"""Paths that are themselves the front page of a site, or of one of its languages."""


def _is_sent_home(asked: str, found: str) -> bool:
    """Whether a site answered for a page with its front page: the polite way to say that the page is gone."""
    before, after = urlsplit(asked), urlsplit(found)
    names = [parts.netloc.lower().removeprefix("www.") for parts in (before, after)]
    fronts = [bool(_FRONT.fullmatch(parts.path)) and not parts.query for parts in (before, after)]
    return names[0] == names[1] and fronts == [False, True]


def _asks_to_wait(answer: Answer) -> bool:
    return answer.status == 429 or (answer.status == 503 and answer.asks_to_wait)


def visit_all(urls: Iterable[str], manner: Manner, pace: Pace, ask: Ask = fetching.ask) -> Mapping[str, Visit]:
    """What each address answers. Those of one site are visited one after the other, in their order."""
    round_ = _Round(manner, pace, ask)
    return _do_all(urls, round_, round_.visit)


def fetch_all(urls: Iterable[str], manner: Manner, pace: Pace, ask: Ask = fetching.ask) -> Mapping[str, Answer]:
    """The last answer of each address, with its body where the manner asks for it."""
    round_ = _Round(manner, pace, ask)
    return _do_all(urls, round_, lambda url: round_.follow(url)[0])


def _do_all(urls: Iterable[str], round_: _Round, work: Callable[[str], Found]) -> Mapping[str, Found]:
    by_site: dict[str, list[str]] = {}
    for url in dict.fromkeys(urls):
        by_site.setdefault(url.split("/")[2].lower(), []).append(url)
    bound = Timer(round_.pace.total, round_.over.set)
    bound.daemon = True
    bound.start()
    sites = iter(by_site.values())
    visits: dict[str, Found] = {}

    def visit_sites() -> None:
        for site in sites:
            for url in site:
                visits[url] = work(url)

    # Daemons: on Ctrl-C nobody waits for their last answers.
    threads = [Thread(target=visit_sites, daemon=True) for _ in range(round_.pace.sites)]
    for thread in threads:
        thread.start()
    try:
        for thread in threads:
            thread.join()
    finally:
        bound.cancel()
        round_.over.set()  # no thread begins another request
    return {url: visits[url] for site in by_site.values() for url in site}
