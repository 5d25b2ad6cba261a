"""The form's own reading, writing and naming of an entry, in a browser: what it writes is what our tools would."""

import tarfile
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from playwright.sync_api import Route

from generator.edits.new import new_id
from generator.edits.places import folder_of
from generator.entries import corpus
from generator.entries.corpus import KINDS
from generator.entries.rules import strip_hidden
from generator.entries.schemas.fields import make_fields
from generator.entries.schemas.schema import type_data
from generator.entries.writer import as_yaml
from generator.entries.yaml.source import read_source
from generator.french import fold, slug
from generator.territories.kinds import Territoire, kind_of
from generator.territories.reference import load_territories
from tests.factory import repositories
from tests.support import npm
from tests.support.annuaires import SCHEMAS
from tests.support.browser import Scripts
from tests.support.chance import tries
from tests.support.paths import ROOT
from tests.support.repository import TODAY

COP = SCHEMAS["cop"]
PLACES = load_territories()


@pytest.fixture(scope="module")
def demo() -> list[dict[str, Any]]:
    """Fictitious entries of every length."""
    return [data for _, data in repositories.cops(300, today=TODAY, formations=repositories.formation_ids(200))]


def real_entries() -> Iterator[dict[str, Any]]:
    """The entries of this repository, as they are read."""
    for path in sorted((ROOT / "cops").rglob("*.yml")):
        entry, _, _ = corpus.read_entry(path.relative_to(ROOT).as_posix(), path.read_bytes(), KINDS[0], COP)
        assert entry
        yield dict(entry.data)


# Whatever may be typed: signs that YAML cannot hold as they are, halves of signs, words that mean something to it.
_WORDS = st.sampled_from(
    ["yes", "no", "Oui", "null", "~", "0x1F", "1e3", "012", "29233", "2026-11-24", "18:30", "---", "...", " #", ": ",
     "- ", "\n", "\n\n", "\r\n", "\n ", " \n", "\t", "|", "'", '"', "\\", "%YAML", "!!str", "&a", "*a", "É", "👩‍🌾",
     "«\u00a0", "\u202f", "\u202e", "\u2028", "\x00", "\x85", "\ufeff", "# ", "L’eau", "eau\u00a0:\u00a0un bien"]
)  # fmt: skip
TEXTS = st.lists(_WORDS | st.text(max_size=8), max_size=6).map("".join)
BATCH = st.lists(TEXTS, min_size=40, max_size=200)
HELD = tries(40)
HARD = [
    *["a # b", "fin:", " devant", "derrière ", "a\tb", "\ta", "a\n\n b \nc", "  a\nb", "a\n\n\n", "\na", "# a\nb"],
    *["« oui »", "--- a\n...\n", "x" * 10_000, "mot " * 2_500, "ligne\n" * 1_500, "a" * 5_000 + ": " + "b" * 5_000],
]


def holding(text: str) -> dict[str, Any]:
    """An entry that holds a text at each kind of place."""
    return {
        "nom": text,
        "autres_noms": [text, "b"],
        "themes": [text],
        "contact": {"adresse": text},
        "description": text,
        "liens": [{"titre": text, "url": "https://exemple.org/"}, {"titre": "b", "url": text}],
    }


def written(scripts: Scripts, entries: Sequence[Mapping[str, Any]]) -> list[str]:
    return scripts.each("fiche.ecrit(v, outils)", entries)


# Writing -----------------------------------------------------------------------------------------------------------


def test_both_writers_give_the_same_bytes(scripts: Scripts, demo: list[dict[str, Any]]) -> None:
    entries = [*demo, *real_entries()]
    assert written(scripts, entries) == [as_yaml(data, COP, "cop", 2) for data in entries]


@HELD
@given(texts=BATCH)
@example(texts=HARD)
def test_whatever_is_typed_both_write_the_same_and_it_reads_back(scripts: Scripts, texts: list[str]) -> None:
    entries = [holding(text) for text in texts]
    for data, text in zip(entries, written(scripts, entries), strict=True):
        assert text == as_yaml(data, COP, "cop", 2)
        kept = expected(data)
        found = read_source("cops/29/a.yml", text.encode())
        assert found.data == kept, text
        assert [problem.code for problem in found.problems] == []
        assert yaml.load(text, yaml.BaseLoader) == kept, text


def expected(value: Any) -> Any:
    """What a reader finds: line ends of a system become ours, half a sign is lost."""
    if isinstance(value, str):
        whole = value.replace("\r\n", "\n").replace("\r", "\n")
        return "".join("\ufffd" if "\ud800" <= sign <= "\udfff" else sign for sign in whole)
    if isinstance(value, list):
        return [expected(item) for item in value]
    return {key: expected(item) for key, item in value.items()}


def test_another_file_than_a_cop(scripts: Scripts) -> None:
    data = {"titre": "Une actualité fictive", "cops": []}
    assert scripts.each("fiche.ecrit(v, { ...outils, sorte: 'actualite' })", [data]) == [
        as_yaml(data, COP, "actualite", 2)
    ]


@pytest.fixture(scope="module")
def npm_yaml(scripts: Scripts, request: pytest.FixtureRequest) -> Scripts:
    """The npm package « yaml », which many editors and sites read with, loaded in the same tab."""
    with tarfile.open(npm.package(request.config, "yaml@2.8.1")) as archive:
        files = {m.name.removeprefix("package/"): archive.extractfile(m) for m in archive if m.name.endswith(".js")}
        texts = {name: file.read().decode("utf-8") for name, file in files.items() if file}

    def answer(route: Route) -> None:
        name = route.request.url.partition("/npm-yaml/")[2]
        route.fulfill(body=texts[name], content_type="text/javascript")

    scripts.page.route("**/npm-yaml/**", answer)
    scripts.page.evaluate("import('/npm-yaml/browser/index.js').then((m) => { essai.YAML = m })")
    return scripts


@HELD
@given(texts=BATCH)
@example(texts=HARD)
def test_npm_reads_the_same(npm_yaml: Scripts, texts: list[str]) -> None:
    entries = [holding(text) for text in texts]
    read = "essai.YAML.parse(fiche.ecrit(v, outils), { schema: 'failsafe' })"
    assert npm_yaml.each(read, entries) == [expected(data) for data in entries]


def test_npm_reads_the_demonstration(npm_yaml: Scripts, demo: list[dict[str, Any]]) -> None:
    texts = [as_yaml(data, COP, "cop", 2) for data in demo]
    assert [
        type_data(data, COP.fields) for data in npm_yaml.each("essai.YAML.parse(v, { schema: 'failsafe' })", texts)
    ] == demo


# Values of the form's fields ---------------------------------------------------------------------------------------


def test_an_entry_comes_back_from_its_fields(scripts: Scripts, demo: list[dict[str, Any]]) -> None:
    entries = [*demo, *real_entries()]
    assert scripts.each("fiche.imbrique(fiche.aplatit(v), outils)", entries) == entries
    kept = "fiche.imbrique(fiche.aplatit(v), outils, { base: v, montres: fiche.aplatit(v).map(([nom]) => nom) })"
    assert scripts.each(kept, entries) == entries
    assert scripts.each(f"fiche.reouvre({kept}, v, outils)", entries) == entries


@HELD
@given(texts=BATCH)
def test_what_is_typed_loses_only_its_margins(scripts: Scripts, texts: list[str]) -> None:
    sown = "fiche.imbrique([['nom', v], ['description', v], ['themes', v]], outils)"
    for text, data in zip(texts, scripts.each(sown, texts), strict=True):
        long = data.get("description", "")
        kept = unicodedata.normalize("NFC", strip_hidden(expected(text)))  # nobody sees what is lost or joined
        assert long.replace("\n", "").split() == kept.replace("\n", "").split() or "\ufeff" in text
        assert "\n" not in data.get("nom", "")
        assert data.get("themes") == ([data["nom"]] if "nom" in data else None)


@pytest.mark.parametrize(
    ("pairs", "data"),
    [
        ([("nom", "  Une COP \r\n fictive ")], {"nom": "Une COP fictive"}),
        ([("description", " Une.\r\n\r\nDeux. ")], {"description": "Une.\n\nDeux."}),
        ([("nom", ""), ("contact.courriel", " "), ("themes", "")], {}),
        ([("themes", "eau"), ("themes", "mobilites")], {"themes": ["eau", "mobilites"]}),
        ([("autres_noms.4", "b"), ("autres_noms.2", "a")], {"autres_noms": ["b", "a"]}),
        ([("composition.total", "16")], {"composition": {"total": 16}}),
        ([("composition.total", "seize")], {"composition": {"total": "seize"}}),
        ([("composition.total", "1e3"), ("composition.elus", "-1")], {"composition": {"total": "1e3", "elus": -1}}),
        ([("collectivite.code", "01001")], {"collectivite": {"code": "01001"}}),
        (
            [("rencontres.7.debut", "2027-01-14"), ("rencontres.3.objet", ""), ("rencontres.2.lieu.nom", "Mairie")],
            {"rencontres": [{"debut": "2027-01-14"}, {"lieu": {"nom": "Mairie"}}]},
        ),
        ([("_brouillon", "x"), ("couleur", "bleu"), ("__proto__.a", "x"), ("contact", "x"), ("nom.0", "x")], {}),
        ([("constructor", "x"), ("rencontres", "x"), ("rencontres.x.debut", "x"), ("contact.toString", "x")], {}),
    ],
)
def test_fields(scripts: Scripts, pairs: list[tuple[str, str]], data: dict[str, Any]) -> None:
    assert scripts.each("fiche.imbrique(v, outils)", [pairs]) == [data]


KINDS_OF_KEYS = {
    "properties": {
        "accessible": {"title": "Accessible", "type": "boolean"},
        "distance": {"title": "Distance", "type": "number"},
        "places": {"title": "Places", "type": "integer"},
        "calme": {"title": "Calme", "type": "boolean"},
    }
}


@pytest.mark.parametrize(
    ("distance", "data"),
    [
        ("2,5", {"accessible": True, "distance": 2.5, "places": 40, "calme": False}),
        ("-3", {"accessible": True, "distance": -3, "places": 40, "calme": False}),
        ("deux", {"accessible": True, "distance": "deux", "places": 40, "calme": False}),
    ],
)
def test_yes_no_and_numbers_are_read_and_written_as_ours_are(
    scripts: Scripts, distance: str, data: dict[str, Any]
) -> None:
    """Typed alike, written with the same bytes, and shown again as they were typed."""
    pairs = [("accessible", "oui"), ("distance", distance), ("places", "40"), ("calme", "non")]
    fields = make_fields(KINDS_OF_KEYS)
    assert type_data(dict(pairs), fields) == data
    assert scripts.each("fiche.imbrique(v, { ...outils, schema })", [pairs], schema=KINDS_OF_KEYS) == [data]
    ours = as_yaml(data, replace(COP, fields=fields), "cop", 2)
    assert scripts.each("fiche.ecrit(v, { ...outils, schema })", [data], schema=KINDS_OF_KEYS) == [ours]
    back = [list(pair) for pair in [*pairs[:1], ("distance", distance.replace(",", ".")), *pairs[2:]]]
    assert scripts.each("fiche.aplatit(v)", [data]) == [back]


BASE = {
    "nom": "COP fictive",
    "sigle": "CF",
    "description": "  Une marge.\n\nDeux.",
    "inscrite_le": "2026-01-01",
    "themes": ["eau"],
    "contact": {"courriel": "mairie@exemple.example", "fonction": "Accueil"},
    "rencontres": [
        {"id": "premiere", "debut": "2027-01-14", "objet": "Une", "revision": 2, "modifie_le": "2026-10-01"},
        {"debut": "2027-02-11 18:30", "objet": "Deux"},
        {"debut": "2027-03-11", "objet": "Trois"},
    ],
}
SHOWN = ["nom", "sigle", "description", "themes", "contact.courriel", "rencontres.debut", "rencontres.objet"]
CORRECT = "fiche.imbrique(v, outils, { base, montres })"


def corrected(scripts: Scripts, *pairs: tuple[str, str], base: dict[str, Any] = BASE) -> dict[str, Any]:
    """The entry once the form showed `SHOWN` and sent these fields."""
    code = "fiche.reouvre(fiche.imbrique(v, outils, { base, montres }), base, outils)"
    found: dict[str, Any] = scripts.each(code, [pairs], base=base, montres=SHOWN)[0]
    return found


def fields_of_base(scripts: Scripts) -> list[tuple[str, str]]:
    pairs = scripts.each("fiche.aplatit(v)", [BASE])[0]
    shown = {*SHOWN, "rencontres._origine"}
    return [(name, text) for name, text in pairs if ".".join(w for w in name.split(".") if not w.isdigit()) in shown]


def test_a_form_sent_back_untouched_changes_nothing(scripts: Scripts) -> None:
    assert corrected(scripts, *fields_of_base(scripts)) == BASE


def test_what_is_shown_and_emptied_goes_and_the_rest_stays(scripts: Scripts) -> None:
    pairs = [
        (n, t) for n, t in fields_of_base(scripts) if not n.startswith(("sigle", "themes", "contact", "rencontres"))
    ]
    left = {key: BASE[key] for key in ("nom", "description", "inscrite_le")} | {"contact": {"fonction": "Accueil"}}
    assert corrected(scripts, *pairs) == left


def test_meetings_moved_removed_changed_and_added(scripts: Scripts) -> None:
    others = [(name, text) for name, text in fields_of_base(scripts) if not name.startswith("rencontres")]
    found = corrected(
        scripts,
        *others,
        *[("rencontres.0._origine", "2"), ("rencontres.0.debut", "2027-03-11"), ("rencontres.0.objet", "Trois")],
        *[("rencontres.9._origine", "1"), ("rencontres.9.debut", "2027-02-12 18:30"), ("rencontres.9.objet", "Deux")],
        *[("rencontres.5._origine", "0"), ("rencontres.5.debut", "2027-01-14"), ("rencontres.5.objet", "Une autre")],
        *[("rencontres.6.debut", "2027-03-11 20:00"), ("rencontres.6.objet", "Quatre")],
        *[("rencontres.7.debut", "bientôt"), ("rencontres.7.objet", "Cinq")],
    )
    assert found["rencontres"] == [
        {"debut": "2027-03-11", "objet": "Trois"},
        {"debut": "2027-02-12 18:30", "objet": "Deux", "id": "2027-02-11", "revision": 1, "modifie_le": TODAY},
        {"debut": "2027-01-14", "objet": "Une autre", "id": "premiere", "revision": 3, "modifie_le": TODAY},
        {"debut": "2027-03-11 20:00", "objet": "Quatre", "id": "2027-03-11-2"},
        {"debut": "bientôt", "objet": "Cinq"},
    ]


def test_a_meeting_emptied_or_without_its_origin(scripts: Scripts) -> None:
    emptied = [("rencontres.0._origine", "0"), ("rencontres.0.debut", " "), ("rencontres.0.objet", "")]
    assert "rencontres" not in corrected(scripts, *emptied)
    alone = corrected(scripts, ("rencontres.0.debut", "2027-02-11"), ("rencontres.0._origine", "12"))
    assert alone["rencontres"] == [{"debut": "2027-02-11", "id": "2027-02-11-2"}]


def test_the_schema_is_opened_as_ours_is(scripts: Scripts) -> None:
    assert scripts.each("outils.schema", [0]) == [{k: v for k, v in COP.inlined.items() if k != "$defs"}]
    titles = scripts.each(
        "fiche.noeud(outils.schema, v)?.title", ["rencontres.0.debut", "rencontres.debut", "a.b", "nom.0"]
    )
    assert titles == ["Début", "Début", None, None]


# Names and places --------------------------------------------------------------------------------------------------


def every_place() -> list[Territoire]:
    kinds = (PLACES.communes, PLACES.epci, PLACES.departements, PLACES.regions)
    return [place for kind in kinds for place in kind.values()]


def test_folder_and_id_of_every_territory(scripts: Scripts) -> None:
    names = ("COP de {}", "Commission du temps long", "{}", "Conseil des L’Œuvre d’été & Cie de {}", "🌊")
    places = every_place()
    cases = [
        {"type": kind_of(own), "code": own.code, "nom": names[rank % 5].format(own.nom), "pris": []}
        for rank, own in enumerate(places)
    ]
    first = [new_id(own.nom, str(case["nom"]), set()) for own, case in zip(places, cases, strict=True)]
    for case, own in zip(cases[::2], first[::2], strict=True):
        case["pris"] = [own, f"{own}-2"]
    code = "outils.lieux().then((l) => [fiche.dossier(v, undefined, l), fiche.identifiant(v, v.nom, l, v.pris)])"
    assert scripts.each(code, cases) == [
        [folder_of(PLACES, own), new_id(own.nom, str(case["nom"]), set(case["pris"]))]
        for own, case in zip(places, cases, strict=True)
    ]


def test_folder_and_id_of_a_syndicat_mixte(scripts: Scripts) -> None:
    case = {"type": "syndicat-mixte", "code": "000010009", "nom": "Syndicat de l’Odet"}
    code = "outils.lieux().then((l) => [fiche.dossier(v, p, l) ?? '', fiche.identifiant(v, 'COP', l, [])])"
    assert scripts.each(code, [case], p=["56001", "29233"]) == [["29", "syndicat-de-l-odet-cop"]]
    assert scripts.each(code, [case], p=["99999"]) == [["", "syndicat-de-l-odet-cop"]]


def test_names_fold_alike(scripts: Scripts) -> None:
    names = [own.nom for own in every_place()]
    names += [name for own in PLACES.communes.values() for name in own.anciens_noms]
    names += [name for own in PLACES.epci.values() for name in own.autres_noms]
    names += [chr(number) for number in range(0x20, 0x250) if chr(number) not in "ŉſǰ"] + [
        "Straße",
        "Ǽrø",
        "e\u0301",
        "Ａ",
        "½",
    ]
    code = "import('/assets/shared/data.js').then((m) => [m.sansAccents(v), m.slug(v)])"
    found = scripts.each(code, names)
    wrong = [(name, own, fold(name)) for name, own in zip(names, found, strict=True) if own != [fold(name), slug(name)]]
    assert wrong == []


def test_territories_answer_as_ours_do(scripts: Scripts) -> None:
    found = scripts.each(
        "outils.lieux().then((l) => l.collectivite(v.type, v.code)).then((c) => [c.nom, c.de, c.departements])",
        [{"type": kind_of(own), "code": own.code} for own in every_place()],
    )
    assert found == [[own.nom, own.de, list(PLACES.departements_of(kind_of(own), own.code))] for own in every_place()]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("quimperle", "29233"),
        ("29233", "29233"),  # a postal code and an INSEE code: both are shown
        ("quimperle communaute", "242900694"),
        ("242900694", "242900694"),
        ("finistere", "29"),
        ("bretagne", "53"),
        ("st aubin du cormier", "35253"),
        ("gouray", "22046"),
    ],
)
def test_a_territory_is_found_by_what_one_types(scripts: Scripts, words: str, first: str) -> None:
    assert scripts.each("outils.lieux().then((l) => l.cherche(v)[0].code)", [words]) == [first]


def test_nothing_answers_to_nothing(scripts: Scripts) -> None:
    assert scripts.each("outils.lieux().then((l) => l.cherche(v).length)", ["", " ", "atlantis"]) == [0, 0, 0]


def test_the_town_hall_of_a_commune(scripts: Scripts) -> None:
    known = PLACES.mairies["22002"]
    found = scripts.each("outils.mairie(v).then((m) => m ?? null)", ["22002", "22001", "44044", "99999", "x"])
    assert found[0] == {"courriel": known.courriel, "site": known.site}
    assert found[1] == {"courriel": PLACES.mairies["22001"].courriel}
    assert found[3:] == [None, None]
