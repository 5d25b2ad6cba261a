"""The script that posts: whatever a proposal attached, it stays data; a fake forge records what would be sent."""

import html
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import cmarkgfm
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.harmless import neutral
from generator.upkeep.card import make_card
from tests.bench.change import compare, judge, tell_pace
from tests.bench.lighthouse import DEVICES, Sight
from tests.support import annuaires
from tests.support.cards import COP, HOSTILE, snapshot_of
from tests.support.chance import tries
from tests.support.problem_cases import FILES
from tests.support.scripts import archive, load

gh = load(".github/gh.py")
load(".github/apercu.py")
commenter = load(".github/commenter.py")
qualite = load(".gitlab/qualite.py")

DEPOT, REVISION = "reseau/annuaire", "a" * 40
ENVIRON = {
    "DEPOT": DEPOT,
    "EXECUTION": "7",
    "TETE_PROPRIETAIRE": "mairie",
    "TETE_BRANCHE": "ma-cop",
    "TETE_REVISION": REVISION,
}
PATCH = "@@ -0,0 +1,3 @@\n+nom: Fictive\n+statut: actif\n+type: autre"
PROBLEM = {"path": "cops/29/a.yml", "line": 2, "code": "choix-proche", "corrected": "statut: active"}
CARD = make_card(snapshot_of(a=COP), snapshot_of(a=COP, b=annuaires.cop(nom="@mairie | www.exemple.org `x`")))


class Forge:
    """Answers as the forge would, and keeps what is sent to it."""

    def __init__(
        self, zipped: bytes = b"", size: int = 1000, sha: str = REVISION, mine: str | None = None, name: str = "carte"
    ) -> None:
        self.sent: list[tuple[str, str, Mapping[str, Any]]] = []
        self.zipped, self.size, self.name = zipped, size, name
        head = {"user": {"login": "mairie"}, "ref": "ma-cop", "sha": sha}
        self.pulls = [{"number": 12, "head": head, "base": {"repo": {"full_name": DEPOT}}}]
        self.comments = [{"id": 3, "user": {"login": "quelqu-un"}, "body": f"{commenter.MARK} imité"}]
        self.comments += [{"id": 4, "user": {"login": gh.BOT}, "body": mine}] if mine else []
        self.reviews: list[dict[str, Any]] = []

    def __call__(self, path: str, method: str = "GET", body: Mapping[str, Any] | None = None) -> Any:
        if method != "GET":
            assert body
            self.sent.append((method, path.removeprefix(f"repos/{DEPOT}/"), body))
            return {}
        listed = {"artifacts": [{"id": 9, "name": self.name, "expired": False, "size_in_bytes": self.size}]}
        answers = {
            "pulls": self.pulls,
            "actions/runs/7/artifacts": listed,
            "actions/artifacts/9/zip": self.zipped,
            "issues/12/comments": self.comments,
            "pulls/12/files": [{"filename": "cops/29/a.yml", "patch": PATCH}],
            "pulls/12/comments": self.reviews,
        }
        return answers[path.removeprefix(f"repos/{DEPOT}/").split("?")[0]]


def problems(*told: Mapping[str, Any]) -> str:
    return json.dumps({"version": 1, "problems": told})


def test_a_card_and_its_corrections_are_posted() -> None:
    forge = Forge(archive(carte__md=CARD, problemes__json=problems(PROBLEM)))
    assert commenter.main(ENVIRON, forge) == "Carte et corrections postées."
    comment, review = forge.sent
    assert comment == ("POST", "issues/12/comments", {"body": f"{commenter.MARK}\n{CARD}"})
    assert review[:2] == ("POST", "pulls/12/reviews")
    assert review[2]["commit_id"] == REVISION
    assert review[2]["event"] == "COMMENT"
    assert review[2]["comments"] == [
        {
            "path": "cops/29/a.yml",
            "line": 2,
            "side": "RIGHT",
            "body": "Correction proposée (`choix-proche`).\n\n```suggestion\nstatut: active\n```",
        }
    ]


def test_measures_are_posted_apart() -> None:
    page = dict.fromkeys(("accueil", "`/cops/`", "COP la plus lourde"), (61.6, 42.9, 8.0, 524.0, 75.0))
    table = "\n".join(compare(page, page | {"accueil": (1061.6, 40.0, 8.0, 500.0, 76.1)}))
    seen = [Sight("accueil", device, (100, 100, 100, 100), ()) for device in DEVICES]
    faulty = [*seen, Sight("annuaire", "bureau", (96, 100, 100, 100), ("color-contrast",))]
    told = "\n".join([table, "", *judge(seen, faulty), "", *judge(None, seen), tell_pace([0.8])])
    forge = Forge(archive(mesures__md=told), name="mesures", mine=f"{commenter.MARK}\n{CARD}")
    assert commenter.main(ENVIRON, forge) == "Mesures postées."
    [(method, path, body)] = forge.sent
    assert (method, path) == ("POST", "issues/12/comments")
    assert "| accueil | 61,6 → **1\u202f061,6** |" in body["body"]
    assert "| /cops/ |" in body["body"]
    assert "téléphone | 100 | 100 | 100 |" in body["body"]
    assert "bureau | 100 → **96** | 100 | 100 |" in body["body"]
    assert "reproche maintenant : color-contrast (annuaire sur bureau)." in body["body"]
    assert "npx manque" in body["body"]


@pytest.mark.parametrize("value", ["[x](https://exemple.org)", "@mairie", "www.exemple.org", "<b>", "`x`", "#12"])
def test_measures_that_act_are_not_posted(value: str) -> None:
    forge = Forge(archive(mesures__md=f"| {value} |"), name="mesures")
    assert "rien n’est posté" in commenter.main(ENVIRON, forge)
    assert forge.sent == []


def test_the_same_comment_is_written_over_and_never_twice() -> None:
    forge = Forge(archive(carte__md=CARD), mine=f"{commenter.MARK}\nancienne")
    commenter.main(ENVIRON, forge)
    assert [sent[:2] for sent in forge.sent] == [("PATCH", "issues/comments/4")]
    again = Forge(archive(carte__md=CARD), mine=f"{commenter.MARK}\n{CARD}")
    commenter.main(ENVIRON, again)
    assert again.sent == []


def test_a_correction_is_proposed_once() -> None:
    zipped = archive(carte__md=CARD, problemes__json=problems(PROBLEM, PROBLEM))
    forge = Forge(zipped)
    commenter.main(ENVIRON, forge)
    [posted] = forge.sent[1][2]["comments"]
    again = Forge(zipped, mine=f"{commenter.MARK}\n{CARD}")
    again.reviews = [{"user": {"login": gh.BOT}, **posted}]
    commenter.main(ENVIRON, again)
    assert again.sent == []


@pytest.mark.parametrize(
    "change",
    [
        {"head": {"user": {"login": "mairie"}, "ref": "ma-cop", "sha": "b" * 40}},
        {"head": {"user": {"login": "autre"}, "ref": "ma-cop", "sha": REVISION}},
        {"head": {"user": None, "ref": "ma-cop", "sha": REVISION}},
        {"head": {"user": {"login": "mairie"}, "ref": "autre", "sha": REVISION}},
        {"base": {"repo": {"full_name": "mairie/annuaire"}}},
    ],
    ids=["newer revision", "other owner", "deleted account", "other branch", "other repository"],
)
def test_only_the_verified_revision_gets_a_comment(change: dict[str, Any]) -> None:
    forge = Forge(archive(carte__md=CARD))
    forge.pulls[0].update(change)
    assert commenter.main(ENVIRON, forge) == "Aucune proposition ouverte n’a cette révision\u00a0: rien à dire."
    assert forge.sent == []


@pytest.mark.parametrize("text", [CARD, "", *(f"| {neutral(value)} |" for value in HOSTILE)])
def test_what_the_card_writes_is_accepted(text: str) -> None:
    assert gh.is_card(text)


# What GitHub itself would make of it: its own parser of Markdown, then what it looks for in the text once rendered.
PIECES = "www. _ * ** ~ ( ) evil.example x é 1 http:// https: // ftp://a @ @- &#64; &commat; mailto: xmpp:"
PIECES += " &#119;ww. &#x3a; #12 GH-1 . - : / \\ < > [ ] ! | --- \u2060 \u200b &amp; &"
REFERENCE = re.compile(r"(?:^|[^\w/`])@[a-z0-9]|#\d|gh-\d", re.IGNORECASE)


def rendered(text: str) -> str:
    """As GitHub shows it, checked: nothing in it may lead elsewhere or call anybody."""
    page = str(cmarkgfm.github_flavored_markdown_to_html(text))
    assert not re.search(r"<(?:a|img|input|script|iframe)\b", page)
    plain = html.unescape(re.sub(r"<[^>]*>", "", page))
    assert not REFERENCE.search(plain)
    return plain


@tries(1)
@given(st.lists(st.sampled_from([*PIECES.split(), " ", "\n"]), max_size=8).map("".join))
@example("_www.evil.example/x")
@example("*www.evil.example*")
@example("a@-b.c")
def test_whatever_is_posted_leads_nowhere(text: str) -> None:
    if gh.is_card(text):
        rendered(text)
    shown = rendered(f"| {neutral(text)} |\n| --- |\n")
    assert shown.replace("\u2060", "").split() == text.replace("\u2060", "").split()


def test_the_card_of_every_known_mistake_is_accepted() -> None:
    """Whatever is wrong in a file, it gets its card."""
    for path in (path for path in FILES if path.parent.name == "cop"):
        told = make_card(snapshot_of(), snapshot_of(a=path.read_bytes().decode("utf-8", "replace")))
        assert told.startswith("Merci"), path
        assert gh.is_card(told), path


@pytest.mark.parametrize(
    "text",
    [
        "bonjour @mairie",
        "bonjour &#64;mairie",
        "bonjour &commat;mairie",
        "voir https://exemple.org",
        "voir https&#58;//exemple.org",
        "voir www.exemple.org",
        "_www.exemple.org/x",
        "éwww.exemple.org",
        "(WWW.exemple.org)",
        "_GH-1",
        "a @-b.c",
        "\u202etxt",
        "[ici](x)",
        "<b>gras</b>",
        "```\ncode",
        "voir #12",
        "voir &#35;12",
        "::warning::x",
        "\x1b[31m",
        "a" * 60_001,
    ],
)
def test_a_card_written_by_another_program_is_not_posted(text: str) -> None:
    forge = Forge(archive(carte__md=text, problemes__json=problems(PROBLEM)))
    assert "rien n’est posté" in commenter.main(ENVIRON, forge)
    assert forge.sent == []


@pytest.mark.parametrize(
    "forge",
    [
        Forge(archive(carte__md=CARD), size=gh.MAX_BYTES + 1),
        Forge(archive(carte__md="a" * (gh.MAX_BYTES + 1))),
        Forge(archive(**{"../carte.md": CARD, "autre": "x"})),
        Forge(b"pas une archive"),
    ],
    ids=["big archive", "bomb", "other names", "no archive"],
)
def test_an_unexpected_archive_is_left_alone(forge: Forge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "rien n’est posté" in commenter.main(ENVIRON, forge)
    assert forge.sent == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "change",
    [
        {"path": ".github/workflows/publier.yml"},
        {"path": "cops/29/autre.yml"},
        {"line": 4},
        {"corrected": ""},
        {"corrected": "statut: active\nrun: x"},
        {"corrected": "nom: a␦b"},
        {"corrected": "a" * 401},
    ],
)
def test_a_correction_stays_on_one_line_of_an_entry_in_the_diff(change: dict[str, Any]) -> None:
    files = [{"filename": path, "patch": PATCH} for path in ("cops/29/a.yml", ".github/workflows/publier.yml")]
    assert len(list(commenter.suggestions(problems(PROBLEM), files))) == 1
    assert list(commenter.suggestions(problems(PROBLEM | change), files)) == []


def test_a_correction_cannot_leave_its_fence() -> None:
    files = [{"filename": "cops/29/a.yml", "patch": PATCH}]
    [told] = commenter.suggestions(problems(PROBLEM | {"corrected": "nom: ````x", "code": "](x) @a"}), files)
    assert told["body"] == "Correction proposée (`sans-code`).\n\n`````suggestion\nnom: ````x\n`````"


@pytest.mark.parametrize("told", ["", "[]", "{}", '{"problems": [{}]}', '{"problems": [3]}', '{"problems": null}'])
def test_unreadable_corrections_do_not_stop_the_card(told: str) -> None:
    forge = Forge(archive(carte__md=CARD, problemes__json=told))
    assert commenter.main(ENVIRON, forge) == "Carte postée\u202f; les corrections jointes sont illisibles."
    assert len(forge.sent) == 1


def test_lines_of_a_diff() -> None:
    patch = "@@ -1,3 +1,3 @@ titre\n un\n-deux\n+deux bis\n trois\n@@ -20 +20,2 @@\n vingt\n+vingt et un\n\\ No newline"
    assert list(commenter.lines_of(patch)) == [1, 2, 3, 20, 21]


def test_a_report_for_gitlab() -> None:
    own = {"message": "Quoi.", "remedy": "Que faire.", "severity": "erreur", **PROBLEM}
    told = qualite.report({"version": 1, "problems": [own, own | {"line": 9, "severity": "avertissement"}]})
    assert [(one["severity"], one["location"]) for one in told] == [
        ("major", {"path": "cops/29/a.yml", "lines": {"begin": 2}}),
        ("minor", {"path": "cops/29/a.yml", "lines": {"begin": 9}}),
    ]
    assert told[0]["description"] == "Quoi. Que faire."
    assert told[0]["fingerprint"] != told[1]["fingerprint"]
