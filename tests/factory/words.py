"""Words of the fictitious entries: subjects, long texts, and the choices that the schemas allow.

Everything is invented and says so; only the communes, EPCI and départements are real. Addresses end in `.example`
(RFC 2606) and telephone numbers begin with 02 61 91, a range that Arcep keeps for fiction.
"""

from collections.abc import Mapping

from generator.entries.schemas.schema import load_schema
from tests.support.paths import ROOT

SITE = "https://exemple.example"


KINDS = ("cop", "formation", "actualite")
# Read from the schemas, so that a new choice is used the day it exists.
CHOICES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    kind: {
        field.path: tuple(field.labels) for field in load_schema(ROOT / "schema", kind).fields.walk() if field.labels
    }
    for kind in KINDS
}

TYPES: Mapping[str, tuple[str, ...]] = {
    "commune": (
        "commission-extra-municipale", "conseil-biodiversite", "cop-locale", "assemblee-citoyenne",
        "commission-extra-municipale", "conseil-alimentation", "autre",
    ),
    "epci": (
        "conseil-de-developpement", "conseil-climat-energie", "commission-extra-intercommunale", "cop-locale",
        "conseil-alimentation", "conseil-biodiversite",
    ),
    "syndicat-mixte": ("conseil-alimentation", "cop-locale"),
    "departement": ("comite-consultatif", "assemblee-citoyenne"),
    "region": ("comite-consultatif", "assemblee-citoyenne"),
}  # fmt: skip
"""Types that go with a kind of collectivité: domain rules, scale of each type."""

BODIES: Mapping[str, str] = {
    "commission-extra-municipale": "Commission fictive",
    "commission-extra-intercommunale": "Commission intercommunale fictive",
    "conseil-de-developpement": "Conseil de développement fictif",
    "conseil-climat-energie": "Conseil de la transition fictif",
    "conseil-alimentation": "Conseil alimentaire fictif",
    "conseil-biodiversite": "Conseil biodiversité fictif",
    "assemblee-citoyenne": "Assemblée citoyenne fictive",
    "comite-consultatif": "Comité consultatif fictif",
    "cop-locale": "COP fictive",
    "autre": "Atelier fictif",
}

SUBJECTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("des haies, talus, vergers et bocages", ("biodiversite-nature", "alimentation-agriculture")),
    ("de l’eau & des rivières, de la source à l’estuaire", ("eau", "biodiversite-nature")),
    ("du temps long, pour les générations à naître", ("democratie-cooperation", "climat-energie")),
    ("des déplacements à pied, à vélo et en car", ("mobilites",)),
    ("de la cantine et des fermes voisines", ("alimentation-agriculture", "education-jeunesse")),
    ("du trait de côte, dunes comprises", ("littoral-mer", "urbanisme-habitat")),
    ("« Moins de déchets, plus d’échanges »", ("dechets-economie-circulaire",)),
    ("des centres-bourgs vivants", ("urbanisme-habitat", "economie-ess")),
    ("de l’économie coopérative", ("economie-ess", "democratie-cooperation")),
    ("du bien-vieillir et de l’entraide", ("solidarites-sante",)),
    ("de la jeunesse : parler, décider, agir", ("education-jeunesse", "democratie-cooperation")),
    ("ar brezhoneg, c’hoazh ha c’hoazh", ("culture-langues", "education-jeunesse")),
    ("de la coopération et des communs", ("democratie-cooperation",)),
    ("des toits solaires partagés ☀️", ("climat-energie", "economie-ess")),
    ("des landes, friches et tourbières à vocation commune", ("biodiversite-nature", "climat-energie", "eau")),
    ("des ports, des grèves et des îles", ("littoral-mer", "economie-ess", "mobilites")),
    ("des chemins creux, calvaires et fontaines", ("mobilites", "biodiversite-nature", "culture-langues")),
    ("de l’habitat léger et des maisons rénovées", ("urbanisme-habitat", "climat-energie", "solidarites-sante")),
    ("des semences paysannes 🌱", ("alimentation-agriculture", "biodiversite-nature", "economie-ess")),
    ("\"Zéro gaspi\" et recycleries", ("dechets-economie-circulaire", "solidarites-sante")),
    ("des bibliothèques, cafés et veillées", ("culture-langues", "solidarites-sante")),
    ("de la qualité de l’air que chacun respire", ("solidarites-sante", "climat-energie", "mobilites")),
    ("des écoles dehors, par tous les temps", ("education-jeunesse", "biodiversite-nature")),
    ("des sources, forages et captages d’eau potable", ("eau", "alimentation-agriculture")),
    ("des œuvres et du petit patrimoine", ("culture-langues", "urbanisme-habitat")),
    ("de la sobriété heureuse", ("climat-energie", "dechets-economie-circulaire", "democratie-cooperation")),
    ("des nuits étoilées et du ciel noir", ("biodiversite-nature", "climat-energie")),
    ("de l’accueil des nouveaux venus", ("solidarites-sante", "democratie-cooperation")),
    ("des zones humides & bassins versants", ("eau", "biodiversite-nature", "littoral-mer")),
    ("du vrac, du troc, du prêt, zéro emballage", ("economie-ess", "dechets-economie-circulaire")),
    ("des budgets ouverts, lisibles par tout le monde", ("democratie-cooperation", "economie-ess")),
    (
        "des transitions écologique, sociale et démocratique",
        ("climat-energie", "solidarites-sante", "democratie-cooperation", "mobilites", "alimentation-agriculture"),
    ),
)  # fmt: skip
"""What a fictitious body deals with, and the themes that go with it. Long and unlike: names must not look alike."""

LONG_TAIL = ", instance inventée pour les essais, au nom volontairement long, où siègent élus, habitants, associations"

SENTENCES: tuple[str, ...] = (
    "Élus et habitants y préparent ensemble les décisions, sans ordre du jour imposé.",
    "Le groupe se réunit à tour de rôle dans chaque quartier, à l’heure où l’on sort du travail.",
    "Chaque proposition est lue à voix haute, discutée, puis portée devant l’assemblée.",
    "On y parle d’eau, de haies, d’écoles & de vieux moulins, parfois jusqu’à la nuit.",
    "Une charte d’une page rappelle qui décide quoi : elle tient sur la porte de la salle.",
    "Les comptes rendus s’affichent à l’entrée du bourg et se lisent en cinq minutes.",
    "Les désaccords sont écrits ; personne n’est tenu de les cacher.",
    "Le signe ]]> et la balise d’exemple rappellent que ce texte sert aussi aux essais.",
    "Trois ateliers ont suffi pour choisir les premiers chantiers, le quatrième a tout changé.",
    "« Ar c’hoad, an dour hag ar mor » : le vocabulaire breton des lieux est noté sur une carte.",
    "Un tirage au sort complète les candidatures, pour que les voix rares soient entendues.",
    "Les œuvres de l’école voisine accueillent le public : naïves, drôles, précises.",
)

LONG_TEXT = """\
Cette fiche est **inventée** : elle sert aux essais et à la démonstration, et ne décrit aucun espace réel.

## Ce que fait le groupe

{a} {b}

- un *diagnostic partagé* des besoins, quartier par quartier ;
- une feuille de route sur trois ans : eau, énergie, déplacements ;
- un rendez-vous public à l’automne, avec « portes ouvertes » & goûter.

{c}

## Comment il travaille

1. Le sujet est choisi en plénière, au consentement.
2. Un petit groupe enquête, visite, écoute (deux mois au plus).
3. L’avis est rendu par écrit ; la collectivité répond sous trois mois.

> « On ne décide pas à la place des autres : on décide avec. » Phrase inventée pour l’essai.

{d} {e} La méthode est décrite dans le [carnet de bord fictif]({site}/carnet/) et dans la page
des [questions fréquentes]({site}/questions/). Pour écrire au groupe : [l’accueil](mailto:accueil@exemple.example).

### Et après ?

{f} Le bilan de l’année tient en dix lignes, le budget en trois : 1 200 € de salles, 800 € de fournitures,
0 € de communication. {g}
"""

PROMISES: tuple[str, ...] = (
    "Planter deux kilomètres de haies avec les riverains",
    "Ouvrir une maison de l’énergie un samedi par mois",
    "Servir 60 % de produits locaux à la cantine",
    "Éteindre l’éclairage public de 22 h à 6 h",
    "Tracer un itinéraire à vélo sûr entre les deux bourgs",
    "Réduire d’un tiers les déchets non triés",
    "Publier chaque décision avec ses raisons",
    "Rouvrir le lavoir & entretenir les sources",
    "Former les nouveaux membres à l’écoute et à la « juste place »",
    "Prêter outils et remorques entre voisins",
)

ORGANISATIONS: tuple[tuple[str, str], ...] = (
    ("Mairie fictive", "elus"),
    ("Collectif inventé des riverains", "habitants"),
    ("Association fictive « Les Mains dans la terre »", "associations"),
    ("Coopérative imaginaire du Vieux Four", "entreprises"),
    ("Groupement fictif de fermes & de vergers", "agriculture"),
    ("Établissement public d’exemple", "institutions"),
    ("Cercle imaginaire des curieux", "autres"),
)
