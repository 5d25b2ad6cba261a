"""Small directories for tests, from YAML text: invented COP and trainings, named as such."""

from collections.abc import Mapping

from generator.entries import corpus
from generator.entries.schemas.schema import load_schema
from generator.model.annuaire import Annuaire, build_annuaire
from generator.model.cop import Context
from generator.model.labels import load_labels
from generator.repository.settings import RegionWords, Settings
from generator.territories.reference import load_territories
from tests.support.paths import ROOT

TODAY = "2026-11-24"
SCHEMAS = {kind.name: load_schema(ROOT / "schema", kind.name) for kind in corpus.KINDS}
SCHEMA_FILES = {path.name: path.read_bytes() for path in sorted((ROOT / "schema").glob("*.json"))}
LABELS = load_labels(SCHEMAS)

SETTINGS = Settings(
    site_name="1 000 COP en Bretagne",
    site_url="https://exemple.org/sous-dossier/",
    site_description="L’annuaire des COP locales",
    depot=None,
    forge=None,
    branche="main",
    courriel=None,
    page=None,
    courriels_gardes_mois=None,
    reseau="Réseau Cohérence",
    reseau_page=None,
    abonnement=None,
    mentions={},
    departements=("22", "29", "35", "56"),
    epci_entiers=True,
    region=RegionWords("la Bretagne", "de Bretagne", "en Bretagne"),
    objectif=1000,
    echeances=("2026-03-15",),
    donnees_fictives=True,
)

COP = """\
nom: {nom}
type: commission-extra-municipale
collectivite: {{type: commune, code: "29233", nom: Quimperlé}}
statut: active
themes: [climat-energie, eau]
resume: {resume}
contact: {{page: "https://exemple.org/"}}
inscrite_le: {inscrite_le}
"""
RESUME = "Une COP inventée pour les essais, où élus et habitants préparent ensemble les transitions."


def cop(nom: str = "COP fictive", resume: str = RESUME, inscrite_le: str = "2026-06-01", more: str = "") -> str:
    """YAML of a COP of Quimperlé; `more` are further lines."""
    return COP.format(nom=nom, resume=resume, inscrite_le=inscrite_le) + more


def formation(titre: str = "Formation fictive", more: str = "sessions: []\na_la_demande: oui\n") -> str:
    """YAML of a training."""
    return f"""\
titre: {titre}
organisateur: {{nom: Organisme fictif, url: "https://exemple.org/"}}
resume: Une formation inventée pour les essais, qui apprend à coopérer entre élus et habitants.
publics: [elus, habitants]
modalite: presentiel
tarif: {{mode: gratuit}}
inscription: {{url: "https://exemple.org/inscription"}}
publiee_le: 2026-05-04
themes: [democratie-cooperation]
{more}"""


def build(
    cops: Mapping[str, str] | None = None,
    formations: Mapping[str, str] | None = None,
    actualites: Mapping[str, str] | None = None,
    today: str = TODAY,
    settings: Settings = SETTINGS,
) -> Annuaire:
    """The directory of YAML texts by id; a COP of another folder than 29 is named `35/langon`."""
    named = {f"cops/{name if '/' in name else f'29/{name}'}.yml": text for name, text in (cops or {}).items()}
    named |= {f"content/formations/{name}.yml": text for name, text in (formations or {}).items()}
    named |= {f"content/actualites/{name}.yml": text for name, text in (actualites or {}).items()}
    entries = tuple(_entry(path, text) for path, text in named.items())
    return build_annuaire(corpus.Corpus(entries, (), {}, SCHEMAS), context(today, settings))


def context(today: str = TODAY, chosen: Settings = SETTINGS) -> Context:
    """What these COP are read against, with these settings."""
    territories = load_territories()
    return Context(
        today, chosen.echeances, chosen.departements, chosen.epci_entiers, territories, chosen.objectif, LABELS
    )


def _entry(path: str, text: str) -> corpus.Entry:
    kind = next(kind for kind in corpus.KINDS if path.startswith(f"{kind.folder}/"))
    entry, problems, _ = corpus.read_entry(path, text.encode(), kind, SCHEMAS[kind.name])
    errors = [problem for problem in problems if problem.is_error]
    if entry is None or errors:
        raise ValueError(f"{path}: {errors}")
    return entry
