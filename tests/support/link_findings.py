"""What a visit of links may find, of one invented entry."""

from generator.upkeep.links.memory import Streak
from generator.upkeep.links.places import LinkPlace
from generator.upkeep.links.telling import LinkFinding
from generator.upkeep.links.verdicts import State, Visit

FAILED, UNKNOWN, ALIVE = Visit(State.ECHEC, "404"), Visit(State.INCONNU, "403"), Visit(State.VIVANT)
DEAD = Streak("2026-11-01", "2026-11-24", 3)


def findings(**urls: str) -> list[LinkFinding]:
    """Findings of one invented entry, one line each: `mort`, `surveiller`, `deplace`, `inconnu` or `vivant`."""
    known = {
        "mort": (FAILED, DEAD),
        "surveiller": (FAILED, Streak("2026-11-24", "2026-11-24", 1)),
        "deplace": (Visit(State.VIVANT, moved_to="https://nouveau.example/"), None),
        "inconnu": (UNKNOWN, None),
        "vivant": (ALIVE, None),
    }
    return [
        LinkFinding(LinkPlace("cops/29/essai.yml", line, url, "COP fictive"), *known[name])
        for line, (name, url) in enumerate(urls.items(), 4)
    ]
