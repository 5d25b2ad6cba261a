"""The sentence that sums up a COP, whatever its file says of it: every part with and without each other."""

import re
from itertools import cycle, product

import pytest

from generator.model.cop import Cop
from generator.pages.entries.cop_facts import tell_in_a_sentence, tell_who_sits
from generator.pages.entries.facts import Words
from tests.support import annuaires
from tests.support.annuaires import LABELS

COMPOSITIONS = (
    "",
    "composition: {total: 16}",
    "composition: {total: 1}",
    "composition: {elus: 8, associations: 8}",
    "composition: {elus: 1}",
    "composition: {associations: 1, entreprises: 1, autres: 1}",
    "composition: {total: 20, elus: 4, habitants: 4}",
    "composition: {total: 120, elus: 1, associations: 40}",
    "composition: {jeunes: 3}",
    "composition: {parite: oui}",
)
ASKED = ("", "saisine: [par-les-elus, auto-saisine, par-les-habitants]")
NAMES = (
    "Commission fictive",
    "Conseil fictif",
    "Commissions fictives",
    "Assemblée fictive",
    "Comité fictif",
    "COP fictive",
)


def tell(*lines: str, nom: str = "Commission fictive") -> str:
    (cop,) = annuaires.build({"a": annuaires.cop(nom, more="\n".join(filter(None, lines)) + "\n")}).cops
    return tell_in_a_sentence(cop, Words(LABELS))


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ((), ""),
        (("composition: {elus: 8, associations: 8}",), "Huit élus et huit associations y siègent."),
        (
            ("composition: {elus: 8, associations: 8}", "frequence: semestrielle", "seances_publiques: non"),
            "Huit élus et huit associations ; elle se réunit deux fois par an, sans public.",
        ),
        (
            ("saisine: [auto-saisine]", "frequence: mensuelle", "seances_publiques: parfois"),
            "Elle se réunit chaque mois, parfois en public, et travaille de sa propre initiative.",
        ),
        (("frequence: mensuelle",), "Elle se réunit chaque mois."),
        (("seances_publiques: oui",), "Elle se réunit en séance publique."),
        (
            ("saisine: [par-les-elus, auto-saisine]", "frequence: irreguliere"),
            "Elle se réunit à un rythme irrégulier et travaille à la demande des élus ou de sa propre initiative.",
        ),
        (
            ("composition: {total: 120, elus: 1, associations: 40}",),
            "120 membres (dont 1 élu et 40 associations) y siègent.",
        ),
        (("composition: {associations: 1}",), "Une association y siège."),
    ],
)
def test_a_sentence(lines: tuple[str, ...], sentence: str) -> None:
    assert re.sub(r"[\u00a0\u202f]", " ", tell(*lines)) == sentence


def test_the_subject_agrees_with_the_name() -> None:
    """`Commissions extra-municipales` is neither `elle` nor `il`: the word of the site goes with every name."""
    assert tell("frequence: mensuelle", nom="Commissions fictives") == "La COP se réunit chaque mois."
    assert tell("frequence: mensuelle", nom="Les veilleurs du climat") == "La COP se réunit chaque mois."


def test_every_combination_is_a_sentence() -> None:
    def choices(key: str) -> list[str]:
        return ["", *(f"{key}: {value}" for value in LABELS.choices(f"cop.{key}"))]

    statuses, kinds = cycle(LABELS.choices("cop.statut")), cycle(LABELS.choices("cop.type"))
    names = cycle(NAMES)
    files = {}
    for rank, lines in enumerate(product(COMPOSITIONS, choices("frequence"), choices("seances_publiques"), ASKED)):
        text = annuaires.cop(next(names), more="\n".join(filter(None, lines)) + "\n")
        text = text.replace("statut: active", f"statut: {(status := next(statuses))}")
        text += "terminee_le: 2026-01-01\n" if status == "terminee" else ""
        kind = next(kinds)
        text += "type_precision: espace inventé\n" if kind == "autre" else ""
        files[f"c{rank}"] = text.replace("type: commission-extra-municipale", f"type: {kind}", 1)
    told = {cop: tell_in_a_sentence(cop, Words(LABELS)) for cop in annuaires.build(files).cops}
    assert len(told) == len(files) > 500
    wrong = {text for cop, text in told.items() if not _reads_well(cop, text)}
    assert not wrong
    assert all(verb in " ".join(told.values()) for verb in ("se réunit ", "se réunira ", "se réunissait "))


def _reads_well(cop: Cop, text: str) -> bool:
    composition = cop.composition
    counted = composition and any(
        getattr(composition, key) for key in type(composition).__struct_fields__ if key not in ("jeunes", "parite")
    )
    if not (counted or cop.frequence or cop.seances_publiques or cop.saisine):
        return not text
    plain = re.sub(r"[\u00a0\u202f]", " ", text)
    return (
        re.fullmatch(r"[A-ZÉ0-9][^.]*[^\s,;.]\.", plain) is not None
        and not re.search(
            r"\s\s|\s[,.]|None|[,;] ?[,;.]|\b(?:et|ou|dont|de) ?[,;.]|\b1 \w+s\b|\bun (?:assoc|entre)", plain
        )
        and plain.count(" ; ") == (1 if counted and (cop.frequence or cop.seances_publiques or cop.saisine) else 0)
    )


def test_how_it_works_is_told_in_sentences() -> None:
    more = (
        "composition: {total: 12, parite: oui}\ndesignation: [tirage-au-sort, de-droit]\nanimation: [elus, habitants]\n"
        "participation: co-construction\ndecision: [consensus, vote]\n"
    )
    (cop,) = annuaires.build({"a": annuaires.cop(more=more)}).cops
    assert [sentence.replace("\u00a0", " ") for sentence in tell_who_sits(cop, Words(LABELS))] == [
        "12 membres.",
        "Les membres sont choisis par tirage au sort et du fait de leur fonction, avec la parité entre femmes et "
        "hommes.",
        "Les séances sont animées par des élus et par des habitants.",
        "Les membres sont associés à la construction des projets.",
        "Les positions sont prises par consensus et par un vote.",
    ]
    (drawn,) = annuaires.build({"a": annuaires.cop(more="composition: {total: 2, elus: 1, habitants: 1}\n")}).cops
    assert tell_who_sits(drawn, Words(LABELS)) == ()
    (ended,) = annuaires.build(
        {"a": annuaires.cop(more="animation: [agents]\n").replace("active", "terminee") + "terminee_le: 2020\n"}
    ).cops
    assert tell_who_sits(ended, Words(LABELS)) == ("Les séances étaient animées par des agents.",)


def test_every_value_that_a_sentence_ends_with_has_its_words() -> None:
    for key in ("designation", "animation", "frequence", "seances_publiques", "participation", "decision", "saisine"):
        assert set(LABELS.read_notes(f"cop.{key}", "x-phrase")) == set(LABELS.choices(f"cop.{key}")), key
