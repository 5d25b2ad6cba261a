"""Settings of the site: mkdocs.yml, read like any other YAML file, and three values that the environment may override.

An unset value is designed for: the site says what is missing, no address is invented.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from generator.entries.checks.texts import check_signs
from generator.entries.schemas.schema import Schema, load_schema
from generator.entries.tree import read_plain
from generator.entries.yaml.source import MAX_ENTRY_BYTES, Places, Source, Span, Where, read_source
from generator.french import enumeration
from generator.problems.problem import NOWHERE, Problem, problem
from generator.territories.reference import Territories

SETTINGS_FILE = "mkdocs.yml"
LOCAL_URL = "http://localhost:8000/"
OBJECTIF = 1000
"""What the call of the network aims at, where the settings say nothing."""
DEMANDED_BY_LAW = (
    "editeur",
    "editeur_adresse",
    "editeur_telephone",
    "directeur_de_publication",
    "hebergeur",
    "hebergeur_adresse",
    "hebergeur_telephone",
)
"""Keys of `mentions` that a site must tell: law of 21 June 2004 (LCEN), article 1-1, where a legal person publishes."""


@dataclass(frozen=True, slots=True)
class RegionWords:
    """How sentences name what the directory covers."""

    nom: str = "le territoire"  # « la Bretagne »
    de: str = "du territoire"  # « de Bretagne »
    dans: str = "sur le territoire"  # « en Bretagne »


@dataclass(frozen=True, slots=True)
class Settings:
    """What a maintainer decides. Every address may be None: then the site does without, and says so."""

    site_name: str
    site_url: str  # ends with /
    site_description: str
    depot: str | None  # address of the repository on its forge
    forge: str | None  # github, forgejo or gitlab
    branche: str
    courriel: str | None  # role address that answers
    page: str | None  # page where one can write
    courriels_gardes_mois: int | None  # months after which the publisher erases the e-mails received; None: not said
    reseau: str  # name of the network that calls for the COP
    reseau_page: str | None
    abonnement: str | None  # page of another service, where one registers to get the letter by e-mail
    mentions: Mapping[str, str | None]  # legal notice: publisher, host…
    departements: tuple[str, ...]  # perimeter: their communes…
    epci_entiers: bool  # … and every commune of an EPCI that has one of them
    region: RegionWords
    objectif: int  # how many COP the directory aims at
    echeances: tuple[str, ...]  # days on which a municipal term ended or will end, oldest first
    donnees_fictives: bool  # a demonstration: says so on every page

    @property
    def is_public(self) -> bool:
        """Whether others can open its address: what is printed names no other."""
        return urlsplit(self.site_url).hostname not in ("localhost", "127.0.0.1", "::1")

    @property
    def base_path(self) -> str:
        """Path of the site on its host: `/` or `/sous-dossier/`."""
        return urlsplit(self.site_url).path or "/"


def load(
    root: Path, environ: Mapping[str, str], territories: Territories | None = None
) -> tuple[Settings, list[Problem]]:
    """Read the settings of the repository at `root`. Raises OSError where mkdocs.yml cannot be read."""
    return read(
        read_plain(root / SETTINGS_FILE, MAX_ENTRY_BYTES + 1),
        load_schema(root / "schema", "settings"),
        environ,
        territories,
    )


def read(
    raw: bytes, schema: Schema, environ: Mapping[str, str], territories: Territories | None = None
) -> tuple[Settings, list[Problem]]:
    """The same from the bytes of mkdocs.yml. With an error the settings are empty and not to be used.

    With `territories`, the perimeter is compared with them.
    """
    environ = {name: environ.get(name, "").strip() for name in _VARIABLES}
    source = read_source(SETTINGS_FILE, raw)
    problems = list(source.problems)
    if source.data is None:
        return _build({}, {}), problems
    wanted = {"site_name", "site_url", "site_description"}
    extra = source.data.get("extra")
    annuaire = extra.get("annuaire", {}) if isinstance(extra, dict) else {}
    chosen = {key: value for key, value in source.data.items() if key in wanted} | {"annuaire": annuaire}
    view = Source(SETTINGS_FILE, source.text, chosen, find_places=partial(_find_places, source, wanted))
    data, schema_problems = schema.check(view)
    problems += schema_problems
    problems += check_signs(view)
    problems += _check_variables(schema, environ)
    if any(p.is_error for p in problems):
        return _build({}, {}), problems
    settings = _build(data, environ)
    if territories:
        problems += _check_perimeter(settings, territories, source)
    if not settings.is_public:
        problems.append(problem(SETTINGS_FILE, source.key_span(("site_url",)), "adresse-du-site"))
    missing = [name for name in DEMANDED_BY_LAW if not settings.mentions.get(name)]
    if missing:
        span = source.key_span(("extra", "annuaire", "mentions"))
        problems.append(problem(SETTINGS_FILE, span, "mentions-manquantes", manquantes=", ".join(missing)))
    director = settings.mentions.get("directeur_de_publication")
    if director and len(_CAPITALISED.findall(director)) < 2:
        span = source.span(("extra", "annuaire", "mentions", "directeur_de_publication"))
        problems.append(problem(SETTINGS_FILE, span, "directeur-sans-nom", valeur=director))
    if not (settings.depot or settings.courriel):
        span = source.key_span(("extra", "annuaire", "depot"))
        problems.append(problem(SETTINGS_FILE, span, "porte-manquante"))
    return settings, problems


_CAPITALISED = re.compile(r"\b[A-ZÀ-Ý]\w")
"""A person has a first name and a name; « la présidence » has neither."""


def _check_perimeter(settings: Settings, territories: Territories, source: Source) -> Iterator[Problem]:
    """Each département is one whose communes we have: of a neighbour, only those of a shared EPCI are there."""
    whole = [departement.code for departement in territories.covered("departement")]
    for rank, code in enumerate(settings.departements):
        if code not in whole:
            span = source.span(("extra", "annuaire", "perimetre", "departements", rank))
            yield problem(SETTINGS_FILE, span, "departement-hors-donnees", valeur=code, connus=enumeration(whole))


def list_before_publication(settings: Settings, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """What is to be settled before the site is public: every problem of mkdocs.yml, and invented entries."""
    own = [one for one in problems if one.path == SETTINGS_FILE]
    if settings.donnees_fictives:
        own.append(problem(SETTINGS_FILE, (NOWHERE, NOWHERE), "donnees-fictives"))
    return tuple(sorted(own))


_VARIABLES: Mapping[str, tuple[str, ...]] = {
    "SITE_URL": ("site_url",),
    "DEPOT": ("annuaire", "depot", "adresse"),
    "CONTACT": ("annuaire", "contact", "courriel"),
}
"""Variables of the environment and the setting that each one replaces; an empty one replaces nothing."""


def _check_variables(schema: Schema, environ: Mapping[str, str]) -> Iterator[Problem]:
    """A variable obeys the same rule as the setting that it replaces."""
    for variable, where in _VARIABLES.items():
        value = environ[variable]
        if not value:
            continue
        field = schema.fields[".".join(where)]
        data: Any = value
        for key in reversed(where):
            data = {key: data}
        if schema.check(Source(variable, "", {"site_name": "…", **data}))[1]:
            details = {"titre": field.label, "exemple": field.examples[0]}
            yield problem(
                SETTINGS_FILE, (NOWHERE, NOWHERE), "reglage-variable", variable=variable, valeur=value, **details
            )


def _find_places(source: Source, wanted: set[str]) -> Places:
    return _seen_from_annuaire(source.keys, wanted), _seen_from_annuaire(source.values, wanted)


def _seen_from_annuaire(places: Mapping[Where, Span], wanted: set[str]) -> dict[Where, Span]:
    """Places as the settings' schema names them: `extra.annuaire.depot` is its `annuaire.depot`."""
    return {
        where[1:] if where[:1] == ("extra",) else where: span
        for where, span in places.items()
        if where and (where[:2] == ("extra", "annuaire") or where[0] in wanted)
    }


_HOSTS: Mapping[str, str] = {"github.com": "github", "gitlab.com": "gitlab", "codeberg.org": "forgejo"}
"""Public forges whose kind goes without saying; another host needs the setting."""


def _build(data: Mapping[str, Any], environ: Mapping[str, str]) -> Settings:
    annuaire = data.get("annuaire", {})
    depot = annuaire.get("depot") or {}
    contact = annuaire.get("contact") or {}
    reseau = annuaire.get("reseau") or {}
    perimetre = annuaire.get("perimetre") or {}
    url = environ.get("SITE_URL") or data.get("site_url") or LOCAL_URL
    address = (environ.get("DEPOT") or depot.get("adresse") or "").rstrip("/") or None
    return Settings(
        site_name=data.get("site_name", ""),
        site_url=url if url.endswith("/") else f"{url}/",
        site_description=data.get("site_description", ""),
        depot=address,
        forge=depot.get("forge") or _HOSTS.get(urlsplit(address or "").hostname or ""),
        branche=depot.get("branche") or "main",
        courriel=environ.get("CONTACT") or contact.get("courriel"),
        page=contact.get("page"),
        courriels_gardes_mois=contact.get("courriels_gardes_mois"),
        reseau=reseau.get("nom") or "",
        reseau_page=reseau.get("page"),
        abonnement=(annuaire.get("lettre") or {}).get("abonnement"),
        mentions=dict(annuaire.get("mentions") or {}),
        departements=tuple(perimetre.get("departements") or ()),
        epci_entiers=bool(perimetre.get("epci_entiers")),
        region=RegionWords(**annuaire.get("region") or {}),
        objectif=annuaire.get("objectif") or OBJECTIF,
        echeances=tuple(sorted(annuaire.get("echeances") or ())),
        donnees_fictives=bool(annuaire.get("donnees_fictives")),
    )
