"""One more meeting in the text of an entry: every other byte stays, whoever wrote the file."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from generator.entries import corpus
from generator.entries.corpus import COP_KIND
from generator.entries.insertion import add_item, find_insertion
from generator.entries.writer import as_yaml
from tests.factory import repositories
from tests.support.annuaires import SCHEMAS, cop
from tests.support.kept import is_kept
from tests.support.paths import ROOT

COP = SCHEMAS["cop"]
MEETINGS = COP.fields["rencontres"]
NEW = {"id": "2027-01-14", "debut": "2027-01-14 18:30", "objet": "Réunion : l’eau", "lieu": {"nom": "Mairie"}}
OWN = cop().rstrip("\n")
BOTH = "{debut: 2026-12-01, objet: Une}"


def read(text: str) -> dict[str, Any]:
    entry, problems, _ = corpus.read_entry("cops/29/a.yml", text.encode(), COP_KIND, COP)
    assert entry, text
    assert not [problem for problem in problems if problem.is_error], text
    return dict(entry.data)


def add(text: str) -> str | None:
    place = find_insertion(text, MEETINGS, COP.fields, read(text))
    return add_item(text, place, NEW, MEETINGS.item) if place else None


WRITTEN = {
    "sans rencontre": OWN + "\n",
    "sans fin de ligne": OWN,
    "lignes de Windows": f"{OWN}\n".replace("\n", "\r\n"),
    "une note au bout": f"{OWN}\n# Une note.\n",
    "une note sur la clé d’après": re.sub("^liens", "# Une note.\nliens", f"{OWN}\nliens: []\n", flags=re.MULTILINE),
    "tirets à la marge": f"{OWN}\nrencontres:\n- debut: 2026-12-01\n  objet: Une\n",
    "tirets rentrés, puis une clé": f"{OWN}\nrencontres:\n    - objet: Une\n      debut: 2026-12-01\n\nliens: []\n",
    "un élément sur une ligne": f"{OWN}\nrencontres: # une note\n  # une autre\n  - {BOTH} # une dernière\n# Fin.\n",
    "un tiret seul": f"{OWN}\nrencontres:\n  -\n    debut: 2026-12-01\n    objet: Une",
    "un bloc qui garde ses blancs": f"{OWN}\nrencontres:\n- debut: 2026-12-01\n  objet: >+\n    Une\n\n\nliens: []\n",
    "une clé dans un texte": f"{OWN}\ndescription: |\n  Un texte.\n  rencontres:\n    - une\n\n\n",
    "un signe hors du premier plan": f"{OWN}\ndescription: Les 👩‍🌾 de la commune\n",
}


@pytest.mark.parametrize("name", WRITTEN)
def test_one_more_and_nothing_else_changes(name: str) -> None:
    text = WRITTEN[name]
    more = add(text)
    assert more is not None
    before = read(text)
    assert read(more) == before | {"rencontres": [*before.get("rencontres", []), NEW]}
    assert is_kept(text, more)
    assert more.count("\r\n") == more.count("\n") * (1 if "\r\n" in text else 0)


def test_an_empty_list_gives_way() -> None:
    text = f"{OWN}\nrencontres: []\nliens: []\n"
    _, _, listed = as_yaml({"rencontres": [NEW]}, COP, "cop", 2).partition("\n")
    assert add(text) == text.replace("rencontres: []\n", listed)


@pytest.mark.parametrize(
    "text",
    [
        f"{OWN}\nrencontres: [{BOTH}]\n",
        "{" + ", ".join(line for line in OWN.split("\n") if not line.startswith("#")) + "}",
        OWN.replace("nom:", '"nom":', 1),
        "\n".join(f"  {line}" for line in OWN.split("\n")),
        f"{OWN}\n...\n",
        # At the margin, within quotes: not a key.
        re.sub("^resume: (.*)$", r'resume: "\1\nrencontres: oui"', OWN, flags=re.MULTILINE),
    ],
)
def test_a_file_written_otherwise_has_no_such_place(text: str) -> None:
    entry, _, _ = corpus.read_entry("cops/29/a.yml", text.encode(), COP_KIND, COP)
    if entry:
        assert find_insertion(text, MEETINGS, COP.fields, entry.data) is None


def known() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "cops").rglob("*.yml")):
        yield path.name, path.read_text("utf-8")
    for name, data in repositories.cops(60, today="2026-11-24"):
        yield name, repositories.text(name, data)


def test_every_file_takes_one_more() -> None:
    for path, text in known():
        more = add(text)
        assert more is not None, path
        before = read(text)
        assert read(more) == before | {"rencontres": [*before.get("rencontres", []), NEW]}, path
        assert is_kept(text, more), path
        if text == as_yaml(before, COP, "cop", 2):
            assert more == as_yaml(read(more), COP, "cop", 2), path
