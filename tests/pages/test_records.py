"""What pages state that they can be found by: made from the data, never read from the finished pages."""

import re
from dataclasses import replace
from functools import partial
from itertools import pairwise

from generator.building.recipe import merge
from generator.engine import Walls
from generator.model.annuaire import Annuaire
from generator.pages.frame.record import Record, list_typed_words
from generator.pages.rendering import Rendering
from generator.pages.site import Site
from tests.support import annuaires

PAGE = """<html lang="fr"><head><title>Lancer &amp; suivre · 1 000 COP en Bretagne</title>
<meta name="description" content="Par où commencer."></head><body><header>Menu</header>
<article class="md-content__inner md-typeset">
<span id="contenu" tabindex="-1"></span>{mark}
<h1>Lancer &amp; suivre</h1><h2>Réunir</h2><p>Un texte inventé.</p>
<!-- bloc: carte -->
</article><footer>Pied</footer></body></html>"""
MORE = """\
nom_br: COP Kemperle fiktivel
sigle: CFQ
autres_noms: [Conseil inventé de l’Ellé]
description: "## Un cœur\\n\\nCe qu’elles veulent pour l’eau."
demarche: [{type: pcaet, nom: Plan fictif}]
parties: [{nom: Association inventée des Rives}]
engagements: [{titre: Planter une haie fictive, statut: realise, resultat: Trois haies inventées, echeance: 2027-01}]
rencontres:
  - {debut: 2026-12-15, objet: Atelier fictif, lieu: {nom: Salle inventée}, inscription_url: "https://exemple.org/i"}
  - {debut: 2026-01-15, objet: Bilan déjà tenu}
"""


REPEATED = ("Ajouter à mon calendrier", "S’inscrire", "Inscriptions ouvertes", "Réalisé", "Janvier", "Bilan déjà tenu")
"""What every entry says, or says no more: « calendrier » would find each training, « réalisé » each COP."""


# Two départements are enough: each commune has its page.
build = partial(annuaires.build, settings=replace(annuaires.SETTINGS, departements=("22", "29")))


def rendering(annuaire: Annuaire, *pages: str) -> Rendering:
    walls = Walls({f"page-{rank}/index.html": page for rank, page in enumerate(pages)}, {}, {})
    return Rendering(Site(annuaire, annuaires.SETTINGS, annuaires.SCHEMAS), walls)


def records(annuaire: Annuaire, *pages: str) -> dict[str, Record]:
    stated = [make() for make in rendering(annuaire, *pages).records()]
    return {record.address: record for record in stated if record}


def test_a_cop_states_what_its_page_shows_and_its_other_names() -> None:
    annuaire = build({"essai": annuaires.cop("COP de l’Isole", more=MORE)})
    record = records(annuaire)["cops/essai/"]
    assert (record.kind, record.title, record.summary) == ("cops", "COP de l’Isole", annuaires.RESUME)
    said = {
        "Finistère",
        "Eau",
        "Association inventée des Rives",
        "Trois haies inventées",
        "Salle inventée",
    }
    assert said <= set(record.texts)
    assert record.place == "Quimperlé"
    assert "<h3>Un cœur</h3>" in record.long_text
    names = {"CFQ", "Conseil inventé de l’Ellé", "COP Kemperle fiktivel", "Kemperle", "29233", "29300", "pcet"}
    assert names <= set(record.names)
    assert not [word for word in REPEATED if word in " ".join(record.texts)]


def test_the_index_is_given_words_as_they_are_typed_once_each_where_they_weigh_most() -> None:
    annuaire = build({"essai": annuaires.cop("COP de l’Isole", more=MORE)})
    record = records(annuaire)["cops/essai/"]
    weighed = {weight: words.split() for weight, words in record.weighed_words if len(words.split()) > 1}
    words = [word for of_weight in weighed.values() for word in of_weight]
    assert len(words) == len(set(words))
    typed = {word for texts in (record.texts, (record.title, record.place)) for word in list_typed_words(texts)}
    assert {"isole", "quimperle", "eau", "finistere"} <= typed
    assert not {"de", "la", "l"} & typed
    assert list(weighed) == [10, 4, 1]


def test_no_word_of_the_index_begins_another_and_none_is_french() -> None:
    """What the search engine makes of a word that it does not know, or of a French ending, is then nobody’s answer."""
    annuaire = build({"essai": annuaires.cop("COP de l’Isole, 2030", more=MORE)})
    words = [word for record in records(annuaire).values() for _, some in record.weighed_words for word in some.split()]
    assert len(words) > 100
    assert not [word for word in words if re.search(r"[\da-z]", word) or not word.isalpha()]
    ordered = sorted(set(words))
    assert not [pair for pair in pairwise(ordered) if pair[1].startswith(pair[0])]


def test_a_merged_commune_is_found_by_its_old_names_and_codes() -> None:
    place = 'collectivite: {type: commune, code: "22046", nom: Le Mené}'
    text = annuaires.cop().replace('collectivite: {type: commune, code: "29233", nom: Quimperlé}', place)
    assert {"Le Gouray", "22066"} <= set(records(build({"22/essai": text}))["cops/essai/"].names)


def test_trainings_and_news_state_what_they_are_about() -> None:
    sessions = "sessions: [{debut: 2026-12-04, lieu: {nom: Halle inventée}, horaires: 9 h, places: 7}]\n"
    news = (
        f"titre: Nouvelle inventée\nresume: {annuaires.RESUME}\ncategorie: reseau\ncops: [essai]\nterritoires: ['29']\n"
    )
    annuaire = build(
        {"essai": annuaires.cop("COP fictive de l’Ellé")},
        {"apprendre": annuaires.formation(more=sessions)},
        {"2026-11-02-nouvelle": news},
    )
    found = records(annuaire)
    formation, actualite = found["formations/apprendre/"], found["actualites/2026-11-02-nouvelle/"]
    assert (formation.kind, actualite.kind) == ("formations", "actualites")
    assert {"Organisme fictif", "Halle inventée"} <= set(formation.texts)
    assert {"COP fictive de l’Ellé", "Finistère"} <= set(actualite.texts)
    assert not [word for word in REPEATED if word in " ".join((*formation.texts, *actualite.texts))]


def test_a_hand_written_page_states_the_text_of_its_author() -> None:
    record = records(build(), PAGE.format(mark=""))["page-0/"]
    assert (record.kind, record.title, record.summary) == ("pages", "Lancer & suivre", "Par où commencer.")
    assert "<h2>Réunir</h2><p>Un texte inventé.</p>" in record.long_text
    assert not [word for word in ("Menu", "Pied", "<h1") if word in record.long_text]


def test_a_page_may_ask_not_to_be_found() -> None:
    assert "page-0/" not in records(build(), PAGE.format(mark="<!-- recherche: non -->"))


def test_themes_and_types_are_found_and_territories_are_left_to_the_finder() -> None:
    found = records(build())
    assert found["themes/climat-energie/"].kind == found["types/cop-locale/"].kind == "pages"
    assert not [address for address in found if address.startswith("territoires/")]


def test_the_file_of_a_record_lies_at_the_address_of_its_page_and_is_only_text() -> None:
    hostile = annuaires.cop('COP <b>fictive</b> & "co"', more="autres_noms: ['<script>\" onload=x']\n")
    files = merge(*(make() for make in rendering(build({"essai": hostile})).notices()))
    html = files["cops/cops/essai/index.html"].decode()
    assert 'content="COP &lt;b&gt;fictive&lt;/b&gt; &amp; &quot;co&quot;"' in html
    assert "<script>" not in html
