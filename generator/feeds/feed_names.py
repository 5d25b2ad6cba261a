"""Which feeds there are: the name of each, its formats, and the page that shows the same."""

from dataclasses import dataclass

SIMPLE = ("rss",)
MEDIA_TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}
ALL_FORMATS = tuple(MEDIA_TYPES)


@dataclass(frozen=True, slots=True)
class FeedInfo:
    """One feed; its files are `flux/<name>.<format>`."""

    name: str
    titre: str
    resume: str
    page: str  # address, from the root of the site, of the page that shows the same
    formats: tuple[str, ...] = ALL_FORMATS
    former_names: tuple[str, ...] = ()  # under which it was published, and stays


COPS_FEED = FeedInfo("cops", "Les COP", "Les COP locales, de la dernière inscrite à la plus ancienne.", "cops/")
FORMATIONS_FEED = FeedInfo(
    "formations",
    "Les formations",
    "Les formations à la coopération et aux transitions, de la dernière publiée à la plus ancienne.",
    "formations/",
)
ACTUALITES_FEED = FeedInfo(
    "actualites",
    "Les actualités",
    "Ce que font les COP et le réseau, de la dernière nouvelle à la plus ancienne.",
    "actualites/",
)
ENGAGEMENTS_FEED = FeedInfo(
    "engagements",
    "Les engagements",
    "Ce que les COP se sont engagées à faire, et où elles en sont ; une entrée par COP, la dernière vérifiée d’abord.",
    "engagements/",
    SIMPLE,
)
MAIN_FEEDS = (COPS_FEED, FORMATIONS_FEED, ACTUALITES_FEED)
"""The feeds of the whole directory, in the order in which pages announce them."""

LETTER_FEED = FeedInfo("lettre", "La lettre des COP", "Une fois par semaine : ce qui est nouveau.", "suivre/", SIMPLE)

CHANGES_FEED = FeedInfo(
    "changements",
    "Ce qui a changé",
    "Les fiches ajoutées, modifiées ou retirées, une entrée par jour.",
    "ce-qui-a-change/",
    SIMPLE,
)


def letter_of_territory(slug: str, nom: str) -> FeedInfo:
    resume = f"Une fois par semaine, quand il y a du nouveau sur ce territoire : {nom}."
    return FeedInfo(f"lettre/{slug}", f"La lettre des COP, {nom}", resume, f"territoires/{slug}/", SIMPLE)


def feed_of_theme(theme: str, label: str) -> FeedInfo:
    resume = f"Les COP, les formations et les actualités sur le thème « {label} »."
    return FeedInfo(f"themes/{theme}", label, resume, f"themes/{theme}/", SIMPLE)


def feed_of_territory(slug: str, nom: str) -> FeedInfo:
    resume = f"Les COP, les formations et les actualités sur ce territoire : {nom}."
    return FeedInfo(f"territoires/{slug}", nom, resume, f"territoires/{slug}/", SIMPLE)
