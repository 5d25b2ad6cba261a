"""`cop links`: which addresses are looked at, what is remembered from run to run, how it is told."""

import json
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli.command import main
from generator.entries import corpus
from generator.failures import NoNetwork
from generator.territories.reference import load_territories
from generator.upkeep.links import memory, telling, visits
from generator.upkeep.links.examination import examine_links
from generator.upkeep.links.fetching import Manner
from generator.upkeep.links.memory import Unreadable
from generator.upkeep.links.places import LinkPlace, list_places
from generator.upkeep.links.telling import LinkFinding
from generator.upkeep.links.verdicts import State, Visit
from generator.upkeep.links.visits import Pace
from generator.upkeep.sections import list_headings
from tests.support import annuaires, repository
from tests.support.link_findings import ALIVE, DEAD, FAILED, UNKNOWN, findings
from tests.support.paths import ROOT
from tests.support.webserver import running

NAMES = list_headings(load_territories())
OWN = annuaires.SETTINGS.site_url
URL = "https://exemple.org/page"

FULL = """\
liens:
  - {titre: Un lien, url: "https://exemple.org/un"}
  - titre: Notre propre page
    url: https://exemple.org/sous-dossier/cops/autre/
rencontres:
  - {debut: 2026-11-23 18:30, objet: Passée, inscription_url: "https://exemple.org/passee"}
  - {debut: 2026-11-01, fin: 2026-11-02, reportee_au: 2026-12-01, statut: reportee, objet: R, inscription_url: "https://exemple.org/reportee"}
  - {debut: 2026-11-24, objet: Ce jour, inscription_url: "https://exemple.org/ce-jour"}
mandat: {debut: 2020, fin: 2026}
description: |
  Un texte avec [un lien](https://exemple.org/a_(b)), une adresse https://exemple.org/c, et
  la même au bout : <https://exemple.org/d>.

  Encore https://exemple.org/c.
"""


def made(**texts: str) -> corpus.Corpus:
    """A corpus of COP by id."""
    kind, rules = corpus.KINDS[0], annuaires.SCHEMAS["cop"]
    read = [corpus.read_entry(f"cops/29/{name}.yml", text.encode(), kind, rules)[0] for name, text in texts.items()]
    return corpus.Corpus(tuple(entry for entry in read if entry), (), {}, annuaires.SCHEMAS)


# Places ---------------------------------------------------------------------------------------------------------------


def test_every_address_is_found_with_its_line() -> None:
    text = annuaires.cop(more=FULL)
    lines = text.split("\n")
    looked_at = list_places(made(essai=text), OWN, annuaires.TODAY)
    ends = [place.url.removeprefix("https://exemple.org/") for place in looked_at]
    assert ends == ["", "un", "reportee", "ce-jour", "a_(b)", "c", "d"]
    assert [place.url for place in looked_at if place.url not in lines[place.line - 1]] == []
    assert {(place.path, place.entry) for place in looked_at} == {("cops/29/essai.yml", "COP fictive")}


def test_an_address_that_is_only_mentioned_is_no_link() -> None:
    resume = "Une COP inventée pour les essais, dont le résumé cite https://exemple.org/mention sans y mener."
    looked_at = list_places(made(essai=annuaires.cop(resume=json.dumps(resume))), OWN, annuaires.TODAY)
    assert [place.url for place in looked_at] == ["https://exemple.org/"]


# Memory ---------------------------------------------------------------------------------------------------------------


def days(*seen: tuple[str, Visit]) -> list[bool | None]:
    """Whether the link is called dead after each of these visits; None where it has no failure in memory."""
    known: memory.Memory = {}
    told: list[bool | None] = []
    for day, visit in seen:
        known = memory.update(known, {URL: visit}, day)
        told.append(known[URL].is_dead if URL in known else None)
    return told


def test_three_failing_days_over_a_week_make_a_dead_link() -> None:
    assert days(("2026-11-01", FAILED), ("2026-11-05", FAILED), ("2026-11-08", FAILED)) == [False, False, True]


def test_less_is_not_enough() -> None:
    assert days(("2026-11-01", FAILED), ("2026-11-04", FAILED), ("2026-11-07", FAILED)) == [False] * 3
    assert days(("2026-11-01", FAILED), ("2026-11-24", FAILED)) == [False] * 2
    assert days(*[("2026-11-01", FAILED)] * 5, ("2026-11-08", FAILED)) == [False] * 6
    assert days(("2026-11-08", FAILED), ("2026-11-01", FAILED), ("2026-10-01", FAILED)) == [False] * 3


def test_a_page_that_is_there_again_starts_afresh() -> None:
    back = [("2026-11-01", FAILED), ("2026-11-05", FAILED), ("2026-11-08", ALIVE), ("2026-11-09", FAILED)]
    assert days(*back) == [False, False, None, False]


def test_a_visit_that_learns_nothing_changes_nothing() -> None:
    seen = [("2026-11-01", FAILED), ("2026-11-05", FAILED), ("2026-11-06", UNKNOWN), ("2026-11-08", FAILED)]
    assert days(*seen) == [False, False, False, True]
    assert days(("2026-11-01", UNKNOWN)) == [None]


def test_links_of_no_entry_are_forgotten() -> None:
    assert memory.update({"https://ancien.example/": DEAD}, {}, annuaires.TODAY) == {}


def test_the_memory_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "memoire.json"
    assert memory.load_memory(path) == {}
    memory.save_memory(path, {URL: DEAD, "https://é.example/": DEAD})
    assert memory.load_memory(path) == {URL: DEAD, "https://é.example/": DEAD}
    assert list(tmp_path.iterdir()) == [path]


SOUND = {"version": 1, "liens": {URL: {"premier": "2026-11-01", "dernier": "2026-11-24", "jours": 3}}}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "3",
        "null",
        "[" * 100_000,
        "\xff",
        json.dumps(SOUND | {"version": 2}),
        json.dumps(SOUND | {"liens": []}),
        *(
            json.dumps(SOUND | {"liens": {URL: SOUND["liens"][URL] | change}})  # type: ignore[index]
            for change in (
                {"premier": "hier"},
                {"premier": 3},
                {"premier": "2026-02-30"},
                {"premier": "20261101"},
                {"dernier": "2026-10-01"},
                {"jours": 0},
                {"jours": "3"},
                {"jours": True},
            )
        ),
        json.dumps({"version": 1, "liens": {URL: {}}}),
        json.dumps(SOUND) + " " * memory.MAX_MEMORY_BYTES,
    ],
    ids=lambda text: text[:40],
)
def test_a_spoilt_memory_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "memoire.json"
    path.write_text(text, "latin-1")
    with pytest.raises(Unreadable):
        memory.load_memory(path)


# Telling --------------------------------------------------------------------------------------------------------------

ALL = findings(
    mort="https://mort.example/",
    surveiller="https://faible.example/",
    deplace="https://ancien.example/",
    inconnu="https://garde.example/",
    vivant="https://vivant.example/",
)


def test_a_line_a_link_for_a_person() -> None:
    assert telling.links_as_text(ALL).replace("\u00a0", " ").split("\n") == [
        "cops/29/essai.yml:4: mort : https://mort.example/ — page introuvable (404), depuis le 1er novembre 2026",
        "cops/29/essai.yml:5: à surveiller : https://faible.example/ — page introuvable (404),"
        " depuis le 24 novembre 2026",
        "cops/29/essai.yml:6: déplacé : https://ancien.example/ — nouvelle adresse https://nouveau.example/",
        "cops/29/essai.yml:7: inconnu : https://garde.example/ — le site refuse les visites automatiques (403)",
        "",
        "5 liens : 1 vivant, 1 inconnu, 1 déplacé, 1 à surveiller et 1 mort.",
    ]
    assert telling.links_as_text([]) == "Aucun lien à visiter."


def test_an_item_an_entry_for_a_forge() -> None:
    told = telling.links_as_markdown(ALL, NAMES).replace("\u00a0", " ").replace("\u2060", "")
    assert told.startswith("## Liens à revoir\n\n5 liens : ")
    assert "### Finistère (29)\n\n- COP fictive (cops/29/essai.yml)\n  - ligne 4, mort : " in told
    assert "](https://mort.example/), page introuvable (404), depuis le 1er novembre 2026\n" in told
    assert "déplacé : [https://ancien.example/](https://ancien.example/), nouvelle adresse [https://nouveau" in told
    assert "vivant.example" not in told


def test_trainings_and_news_have_their_sections() -> None:
    paths = ("content/actualites/2026-11-24-essai.yml", "content/formations/essai.yml", "cops/bretagne/essai.yml")
    told = telling.links_as_markdown(
        [LinkFinding(LinkPlace(path, 1, URL, "Fictive"), FAILED, DEAD) for path in paths], NAMES
    )
    titles = [line for line in told.split("\n") if line.startswith("###")]
    assert titles == ["### Actualités", "### Formations", "### Toute la région"]


@pytest.mark.parametrize("quiet", [{}, {"vivant": URL}, {"inconnu": URL}])
def test_no_title_where_there_is_nothing_to_do(quiet: dict[str, str]) -> None:
    told = telling.links_as_markdown(findings(**quiet), NAMES)
    assert told.startswith("Aucun lien à revoir.")
    assert "#" not in told


def test_everything_for_a_program() -> None:
    told = json.loads(telling.links_as_json(ALL, annuaires.TODAY))
    assert (told["version"], told["date"]) == (1, annuaires.TODAY)
    assert [link["verdict"] for link in told["liens"]] == ["mort", "à surveiller", "déplacé", "inconnu", "vivant"]
    assert told["liens"][0] == {
        "fichier": "cops/29/essai.yml",
        "ligne": 4,
        "fiche": "COP fictive",
        "adresse": "https://mort.example/",
        "verdict": "mort",
        "cause": "404",
        "raison": "page introuvable (404)",
        "nouvelle_adresse": None,
        "echoue_depuis": "2026-11-01",
        "jours_d_echec": 3,
    }


def test_what_a_server_says_is_shown_and_never_acted_on() -> None:
    new = "https://x.example/)[ici](javascript:1)<b>@equipe`#12|\x1b[31m::error::" + "a" * 5_000
    place = LinkPlace("cops/29/essai.yml", 4, URL, "COP fictive")
    moved = [LinkFinding(place, Visit(State.VIVANT, moved_to=new), None)]
    assert "\x1b" not in telling.links_as_text(moved)
    told = telling.links_as_markdown(moved, NAMES)
    assert not [sign for sign in ("<", "`", "](java", "\x1b", "|") if sign in told]
    assert len(told) < 2_000


def test_a_long_report_is_shortened_section_by_section() -> None:
    many = [
        LinkFinding(LinkPlace(f"cops/{folder}/{n:03}.yml", 1, URL, f"Fictive {n}"), FAILED, DEAD)
        for folder, count in (("22", 3), ("29", 200))
        for n in range(count)
    ]
    whole, short = telling.links_as_markdown(many, NAMES), telling.links_as_markdown(many, NAMES, 6_000)
    assert len(short) <= 6_000 < len(whole)
    assert "Fictive 2 " in short.split("### Finistère (29)")[0]
    assert short.endswith(" autres.")
    shown = short.count("- Fictive")
    assert f"- … et {203 - shown} autres." in short
    assert shown > 20


# The command ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def depot(tmp_path: Path) -> Path:
    """A repository with one entry; its text is for the test to write."""
    root = tmp_path / "depot"
    (root / "cops" / "29").mkdir(parents=True)
    shutil.copy(ROOT / "mkdocs.yml", root)
    shutil.copytree(ROOT / "schema", root / "schema")
    return root


def write(root: Path, url: str, name: str = "essai") -> None:
    text = annuaires.cop().replace("https://exemple.org/", url)
    (root / "cops" / "29" / f"{name}.yml").write_text(text, "utf-8")


def call(root: Path, *arguments: str) -> Result:
    runner = CliRunner(env=dict.fromkeys(repository.OURS))
    return runner.invoke(main, ["--root", str(root), "links", "--autoriser-local", *arguments])


def test_three_runs_from_watching_to_dead_and_back(depot: Path) -> None:
    with running() as site:
        write(depot, f"{site.url}/404")
        words = []
        for day in ("2026-11-01", "2026-11-04", "2026-11-24"):
            done = call(depot, "--date", day)
            assert (done.exit_code, done.stderr) == (0, "")
            words.append(done.stdout.split(": ")[1].split("\u00a0")[0])
        assert words == ["à surveiller", "à surveiller", "mort"]
        assert "cops/29/essai.yml:7: mort" in done.stdout
        write(depot, f"{site.url}/200")
        assert call(depot, "--date", "2026-12-01").stdout == "1 lien\u00a0: 1 vivant.\n"
        assert json.loads((depot / memory.MEMORY_FILE).read_text("utf-8"))["liens"] == {}
        assert {agent.split("/")[0] for agent in site.agents} == {"1-000-cop-en-bretagne"}


def test_it_ends_well_whatever_it_finds(depot: Path, tmp_path: Path) -> None:
    with running() as site:
        for page in ("404", "301", "403", "429", "500", "coupure"):
            write(depot, f"{site.url}/{page}", f"essai-{page}")
        elsewhere = tmp_path / "memoire.json"
        done = call(depot, "--format", "json", "--memoire", str(elsewhere))
    assert done.exit_code == 0, done.stderr
    seen = {link["adresse"].rsplit("/", 1)[1]: link["verdict"] for link in json.loads(done.stdout)["liens"]}
    # Once a site asks to wait, it is left alone: what comes after is unknown.
    assert seen == {
        "301": "déplacé",
        "403": "inconnu",
        "404": "à surveiller",
        "429": "inconnu",
        "500": "inconnu",
        "coupure": "inconnu",
    }
    assert len(json.loads(elsewhere.read_text("utf-8"))["liens"]) == 1
    assert not (depot / memory.MEMORY_FILE).exists()


def test_entries_with_mistakes_are_visited_too(depot: Path) -> None:
    with running() as site:
        write(depot, f"{site.url}/404")
        path = depot / "cops" / "29" / "essai.yml"
        path.write_text(path.read_text("utf-8").replace("statut: active", "statut: actif"), "utf-8")
        assert call(depot).stdout.startswith("cops/29/essai.yml:7: à surveiller")


def test_a_spoilt_memory_starts_again(depot: Path) -> None:
    with running() as site:
        write(depot, f"{site.url}/404")
        (depot / memory.MEMORY_FILE).write_text("{", "utf-8")
        done = call(depot)
        assert done.exit_code == 0
        assert done.stderr.startswith("La mémoire des visites est illisible\u00a0: ")
        assert len(memory.load_memory(depot / memory.MEMORY_FILE)) == 1


def test_this_machine_is_not_visited_without_being_told(depot: Path) -> None:
    with running() as site:
        write(depot, f"{site.url}/200")
        done = CliRunner(env=dict.fromkeys(repository.OURS)).invoke(main, ["--root", str(depot), "links"])
        assert (done.exit_code, site.asked) == (0, [])
        assert "cette adresse mène hors du web public" in done.stdout


def test_without_a_network_nothing_is_remembered(depot: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(depot, URL)
    (depot / memory.MEMORY_FILE).write_text(json.dumps(SOUND), "utf-8")
    lost = Visit(State.ECHEC, "nom-inconnu")
    monkeypatch.setattr(visits, "visit_all", lambda urls, *_: dict.fromkeys(urls, lost))
    done = call(depot)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "le réseau manque sans doute" in done.stderr
    assert json.loads((depot / memory.MEMORY_FILE).read_text("utf-8")) == SOUND


@pytest.mark.parametrize(
    ("url", "cause"),
    [
        ("http://192.168.1.10/", "adresse-refusee"),
        ("https://localhost/", "adresse-refusee"),
        ("https://[::1/", "adresse-illisible"),
        ("https://exemple.com/", "temps"),
        ("https://192.0.2.7/", "connexion"),
        ("https://[2001:db8::7]/", "connexion"),
    ],
)
def test_what_asks_for_no_name_does_not_prove_a_network(url: str, cause: str, monkeypatch: pytest.MonkeyPatch) -> None:
    lost, other = Visit(State.ECHEC, "nom-inconnu"), Visit(State.INCONNU, cause)
    monkeypatch.setattr(visits, "visit_all", lambda *_: {"https://exemple.org/": lost, url: other})
    with pytest.raises(NoNetwork):
        examine_links(made(essai=annuaires.cop()), OWN, annuaires.TODAY, {}, Manner("essai"), Pace())


def test_one_lost_name_among_others_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    lost, other = Visit(State.ECHEC, "nom-inconnu"), Visit(State.INCONNU, "connexion")
    text = annuaires.cop(more=f'liens: [{{titre: Autre, url: "{URL}"}}]\n')
    answers = {"https://exemple.org/": lost, URL: other}
    monkeypatch.setattr(visits, "visit_all", lambda urls, *_: {url: answers[url] for url in urls})
    seen, known = examine_links(made(essai=text), OWN, annuaires.TODAY, {}, Manner("essai"), Pace())
    assert [one.verdict for one in seen] == ["à surveiller", "inconnu"]
    assert list(known) == ["https://exemple.org/"]
    answers[URL] = lost
    with pytest.raises(NoNetwork):
        examine_links(made(essai=text), OWN, annuaires.TODAY, {}, Manner("essai"), Pace())


def test_a_disk_that_cannot_be_written_is_told(depot: Path) -> None:
    with running() as site:
        write(depot, f"{site.url}/200")
        done = call(depot, "--memoire", str(depot / "absent" / "memoire.json"))
    assert done.exit_code == 2
    assert done.stderr.startswith("Fichier ou dossier introuvable")


def test_the_memory_is_not_committed() -> None:
    assert memory.MEMORY_FILE in (ROOT / ".gitignore").read_text("utf-8").split("\n")


def test_asked_to_end_it_waits_for_no_answer(depot: Path) -> None:
    with running() as site:
        write(depot, f"{site.url}/tarde")
        command: list[str | Path] = [repository.COMMAND, "--root", depot, "links", "--autoriser-local"]
        with subprocess.Popen(command, env=repository.environment(), stderr=subprocess.PIPE, text=True) as visiting:
            for _ in range(600):
                if site.asked:
                    break
                time.sleep(0.05)
            visiting.terminate()
            _, said = visiting.communicate(timeout=10)  # the answer would take twenty seconds
    assert (visiting.returncode, said) == (130, "Interrompu. Rien n’est resté à moitié fait.\n")
    assert not (depot / memory.MEMORY_FILE).exists()
