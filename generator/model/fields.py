"""The files as frozen objects: the same names, the same shape, nothing derived. Filled by msgspec from typed data.

Dates stay ISO text with the precision that was written (`2021`, `2021-01`, `2027-01-14 18:30`): they compare and sort
as they are, and nothing is invented. The meaning of every field is in schema/*.schema.json, to which a test holds them.
A key that a schema has and no structure here has no place of its own: `others` tells it.
"""

from collections.abc import Mapping

from msgspec import Struct, field

Texts = tuple[str, ...]


class Collectivite(Struct, frozen=True):
    type: str
    code: str
    nom: str | None = None


class Contact(Struct, frozen=True):
    courriel: str | None = None
    page: str | None = None
    formulaire: str | None = None
    telephone: str | None = None
    adresse: str | None = None
    fonction: str | None = None


class Lien(Struct, frozen=True):
    titre: str
    url: str


class Source(Struct, frozen=True):
    titre: str
    url: str
    date: str | None = None


class Deliberation(Struct, frozen=True):
    date: str | None = None
    numero: str | None = None
    objet: str | None = None
    url: str | None = None


class Mandat(Struct, frozen=True):
    debut: str | None = None
    fin: str | None = None


class Demarche(Struct, frozen=True):
    type: str
    nom: str | None = None
    url: str | None = None
    etat: str | None = None


class Composition(Struct, frozen=True):
    total: int | None = None
    elus: int | None = None
    habitants: int | None = None
    associations: int | None = None
    entreprises: int | None = None
    agriculteurs: int | None = None
    agents: int | None = None
    jeunes: int | None = None
    autres: int | None = None
    parite: str | None = None


class Partie(Struct, frozen=True):
    nom: str
    url: str | None = None
    college: str | None = None


class Rejoindre(Struct, frozen=True):
    mode: str
    comment: str | None = None
    url: str | None = None
    jusqu_au: str | None = None


class Lieu(Struct, frozen=True):
    nom: str
    adresse: str | None = None
    code: str | None = None


class Dated(Struct, frozen=True, kw_only=True):
    """What a meeting, an event and a session of a training share: a moment, which may be moved."""

    debut: str
    id: str | None = None
    fin: str | None = None
    lieu: Lieu | None = None
    en_ligne_url: str | None = None
    inscription_url: str | None = None
    statut: str
    reportee_au: str | None = None
    revision: int = 0
    modifie_le: str | None = None

    @property
    def cle(self) -> str:
        """Its id in the file; without one, the day on which it was first to be held."""
        return self.id or self.debut[:10]

    @property
    def quand(self) -> str:
        """The moment it will be held: the new date where it was moved."""
        return self.reportee_au or self.debut

    @property
    def avant(self) -> str | None:
        """The former date of what was moved."""
        return self.debut if self.reportee_au else None

    @property
    def jusque(self) -> str | None:
        """The end that was written; what was moved has none, since the written one is that of the former date."""
        return None if self.reportee_au else self.fin

    @property
    def dernier_jour(self) -> str:
        return (self.reportee_au or self.fin or self.debut)[:10]


class Rencontre(Dated, frozen=True, kw_only=True):
    """A meeting of a COP, or the event of a news item."""

    objet: str
    ouverte_a: str | None = None
    statut: str = "prevue"


class Document(Struct, frozen=True):
    titre: str
    url: str
    type: str | None = None
    date: str | None = None


class Engagement(Struct, frozen=True):
    titre: str
    statut: str
    theme: str | None = None
    echeance: str | None = None
    resultat: str | None = None
    url: str | None = None


class Pilier(Struct, frozen=True):
    etat: str
    url: str | None = None


class Piliers(Struct, frozen=True):
    vision: Pilier | None = None
    posture: Pilier | None = None
    objectifs: Pilier | None = None
    gouvernance: Pilier | None = None


class Pacte(Struct, frozen=True):
    signe_le: str | None = None
    piliers: Piliers = field(default_factory=Piliers)


class Fiche(Struct, frozen=True):
    source: str


class CopFields(Struct, frozen=True, kw_only=True):
    """Every key of `cops/<département>/<id>.yml`."""

    nom: str
    type: str
    collectivite: Collectivite
    statut: str
    themes: Texts
    resume: str
    contact: Contact
    inscrite_le: str
    verifiee_le: str | None = None
    sources: tuple[Source, ...] = ()
    nom_br: str | None = None
    resume_br: str | None = None
    sigle: str | None = None
    autres_noms: Texts = ()
    description: str | None = None
    type_precision: str | None = None
    base_legale: str | None = None
    deliberation: Deliberation | None = None
    creee_le: str | None = None
    mandat: Mandat | None = None
    terminee_le: str | None = None
    remplacee_par: str | None = None
    anciens_ids: Texts = ()
    perimetre: Texts = ()
    demarche: tuple[Demarche, ...] = ()
    composition: Composition | None = None
    parties: tuple[Partie, ...] = ()
    designation: Texts = ()
    participation: str | None = None
    decision: Texts = ()
    saisine: Texts = ()
    animation: Texts = ()
    frequence: str | None = None
    seances_publiques: str | None = None
    rejoindre: Rejoindre | None = None
    rencontres: tuple[Rencontre, ...] = ()
    calendrier_url: str | None = None
    documents: tuple[Document, ...] = ()
    engagements: tuple[Engagement, ...] = ()
    pacte: Pacte | None = None
    formations: Texts = ()
    liens: tuple[Lien, ...] = ()
    fiche: Fiche | None = None


class Organisateur(Struct, frozen=True):
    nom: str
    url: str


class Tarif(Struct, frozen=True):
    mode: str
    montant_eur: int | None = None
    precision: str | None = None


class Inscription(Struct, frozen=True):
    url: str | None = None
    courriel: str | None = None


class Session(Dated, frozen=True, kw_only=True):
    """One date of a training."""

    horaires: str | None = None
    places: int | None = None
    statut: str = "ouverte"
    inscription_jusqu_au: str | None = None


class FormationFields(Struct, frozen=True, kw_only=True):
    """Every key of `content/formations/<id>.yml`."""

    titre: str
    organisateur: Organisateur
    resume: str
    publics: Texts
    modalite: str
    tarif: Tarif
    inscription: Inscription
    publiee_le: str
    sessions: tuple[Session, ...]
    a_la_demande: str | None = None
    objectifs: Texts = ()
    prerequis: str | None = None
    programme: str | None = None
    duree_heures: str | None = None
    delai_acces: str | None = None
    methodes: str | None = None
    evaluation: str | None = None
    accessibilite_handicap: str | None = None
    themes: Texts = ()
    pacte_piliers: Texts = ()
    cops_liees: Texts = ()
    documents: tuple[Document, ...] = ()


class ActualiteFields(Struct, frozen=True, kw_only=True):
    """Every key of `content/actualites/<date>-<slug>.yml`."""

    titre: str
    resume: str
    categorie: str
    date_precision: str = "jour"
    cops: Texts = ()
    territoires: Texts = ()
    texte: str | None = None
    evenement: Rencontre | None = None
    themes: Texts = ()
    liens: tuple[Lien, ...] = ()


STRUCTS: Mapping[str, type[Struct]] = {"cop": CopFields, "formation": FormationFields, "actualite": ActualiteFields}
"""By kind of file."""
