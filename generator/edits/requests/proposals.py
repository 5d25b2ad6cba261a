"""What a request made on the forge becomes: a file to propose, or what to answer. Nothing is written here.

The text of the request is data from anybody. The answer is Markdown that the forge will show under the directory's
name: contributed values pass through `neutral`, and personal data that the check found is never repeated.
"""

import html
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

from generator.edits.fixing.rewrites import rewrite_text
from generator.edits.places import Unclear
from generator.edits.requests.answers import Answers, confirm_entry, find_entry, find_form, make_entry, parse_request
from generator.edits.requests.forms import ADD, CONFIRM, CORRECT, Form, Prompt, make_forms
from generator.entries.checks.reading import texts
from generator.entries.corpus import COP_KIND, Entry
from generator.entries.yaml.source import Where
from generator.french import enumeration, pluriel, typographie
from generator.harmless import JOINER, neutral
from generator.problems.bounds import take_most
from generator.problems.problem import Problem
from generator.problems.renderings import Setting, say
from generator.repository.snapshot import Known, Snapshot, read_snapshot
from generator.upkeep.card import make_card

State = Literal["prete", "a-corriger", "a-relire", "inchangee"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a request becomes. `chemin`, `texte` and `carte` are empty unless it is `prete`, `reponse` when it is."""

    formulaire: str  # name of the form
    etat: State
    chemin: str = ""  # of the file to propose, from the root
    texte: str = ""  # of that file
    carte: str = ""  # Markdown: the entry in plain words, as `cop card` tells it
    reponse: str = ""  # Markdown: what to answer on the forge

    def as_json(self) -> str:
        """`{"version": 1, …}` with the fields above: what the workflow hands from one job to the other."""
        return json.dumps({"version": 1} | asdict(self), ensure_ascii=False, indent=1)


def propose(snapshot: Snapshot, environ: Mapping[str, str], body: str) -> Proposal | None:
    """The proposal that a request makes to a directory; None where it was made with none of the forms.

    Raises OSError where the disk cannot be read.
    """
    body = body.encode("utf-8", "replace").decode()  # half an emoji has no bytes
    form = find_form(body, make_forms(snapshot.corpus.schemas["cop"]))
    if form is None:
        return None
    try:
        answers = parse_request(body, form)
        _require_consent(form, answers)
        change = _MAKERS[form.name](snapshot, answers) if form.name in _MAKERS else None
    except Unclear as unclear:
        sentences = (typographie(_SOON), neutral(str(unclear)), typographie(_AGAIN))
        return Proposal(form.name, "a-corriger", reponse="\n\n".join(sentences))
    if change is None:
        return Proposal(form.name, "a-relire", reponse=typographie(_READ))
    path, text = change
    before = snapshot.corpus.texts.get(path)
    if before is not None and before.replace("\r\n", "\n") == text.replace("\r\n", "\n"):
        return Proposal(form.name, "inchangee", reponse=typographie(_SAME))
    return _check_change(form, snapshot, environ, path, text)


_SOON = "Merci ! La machine n’a pas pu tout comprendre."
_AGAIN = "Modifiez le texte de votre demande : la réponse suivra, ici même. Si vous préférez, dites-le en commentaire."
_READ = "Merci ! Une personne va lire votre demande et vous répondre ici."
_SAME = "Merci ! La fiche dit déjà cela : rien n’est à changer."
_DOUBT = (
    "Merci ! La fiche semble nommer une personne ; une machine peut se tromper. Si c’est le cas, modifiez votre "
    "demande et écrivez plutôt sa fonction : la réponse suivra, ici même. Sinon, dites-le en commentaire : une "
    "personne relira."
)
_PUBLIC = (
    "Votre demande est publique, et ses versions passées le restent. Après l’avoir modifiée, vous pouvez demander ici "
    "que la version d’avant soit effacée, sans recopier l’information."
)


def _require_consent(form: Form, answers: Answers) -> None:
    consent = next((prompt for prompt in form.prompts if prompt.path == "accord"), None)
    if consent and set(answers.get("accord", ())) != consent.choices.keys():
        raise Unclear("Sous « {label} », chaque case est nécessaire : cochez-les toutes.", label=consent.label)


# The three that make a file -------------------------------------------------------------------------------------------


def _add(snapshot: Snapshot, answers: Answers) -> tuple[str, str]:
    entries = snapshot.corpus.of("cop")
    taken = {id_ for entry in entries for id_ in (entry.id, *texts(entry.data, "anciens_ids"))}
    day = date.fromisoformat(snapshot.today)
    path, text = make_entry(answers, snapshot.corpus.schemas["cop"], snapshot.territories, taken, day)
    # What import and `cop check --fix` would set right is not asked again.
    return path, rewrite_text(text, path, snapshot, COP_KIND)[0]


def _correct(snapshot: Snapshot, answers: Answers) -> tuple[str, str] | None:
    """The file that was pasted; None where the change is told in words, which takes a person."""
    entry = _find_entry(snapshot, answers)
    text = str(answers.get("fichier", ""))
    return (entry.path, text if text.endswith("\n") else f"{text}\n") if text.strip() else None


def _confirm(snapshot: Snapshot, answers: Answers) -> tuple[str, str]:
    entry = _find_entry(snapshot, answers)
    day = str(answers.get("verifiee_le", snapshot.today))
    if day <= str(entry.data.get("verifiee_le", entry.data["inscrite_le"])):
        return entry.path, snapshot.corpus.texts[entry.path]
    return entry.path, confirm_entry(entry, day)


def _find_entry(snapshot: Snapshot, answers: Answers) -> Entry:
    entries = {entry.id: entry for entry in snapshot.corpus.of("cop")}
    return find_entry(str(answers.get("fiche", "")), entries, snapshot.territories)


_MAKERS = {ADD: _add, CORRECT: _correct, CONFIRM: _confirm}


# Checking -------------------------------------------------------------------------------------------------------------


def _check_change(form: Form, snapshot: Snapshot, environ: Mapping[str, str], path: str, text: str) -> Proposal:
    memory = Known(reference=snapshot.territories)
    after = read_snapshot(snapshot.root, environ, snapshot.today, memory, instead={path: text.encode()})
    problems_before = set(snapshot.problems)
    problems = [problem for problem in after.problems if problem.path == path or problem not in problems_before]
    errors = [problem for problem in problems if problem.is_error]
    if errors:
        return Proposal(form.name, "a-corriger", reponse=_tell_errors(form, after, path, errors))
    doubts_before = {(problem.code, problem.values) for problem in snapshot.problems if problem.path == path}
    # A doubt on what should not stand in a public request either: a person settles it.
    if any(problem.is_personal and (problem.code, problem.values) not in doubts_before for problem in problems):
        return Proposal(form.name, "a-relire", reponse=typographie(_DOUBT))
    return Proposal(form.name, "prete", path, text, make_card(snapshot, after))


def _tell_errors(form: Form, after: Snapshot, path: str, errors: Sequence[Problem]) -> str:
    count = pluriel(len(errors), "point")
    parts = [typographie(f"Merci ! Il reste {count} à corriger avant de proposer cette fiche.")]
    entry = next((candidate for candidate in after.corpus.entries if candidate.path == path), None)
    told, others = take_most(errors)
    lines = [_write_line(problem, form, after, entry) for problem in told]
    lines += [f"- {others}."] if others else []
    parts += ["\n".join(lines), typographie(_AGAIN)]
    if any(problem.is_personal for problem in errors):
        parts.append(typographie(_PUBLIC))
    return "\n\n".join(parts)


def _write_line(problem: Problem, form: Form, after: Snapshot, entry: Entry | None) -> str:
    if entry is None or problem.path != entry.path or form.name == CORRECT:
        return say(problem, "request")  # of a file that was pasted its author knows the lines
    prompt = _find_prompt(problem.where, form)
    # A choice is told by the labels that the form shows.
    labels = enumeration(prompt.choices.values(), "ou") if prompt else problem.value("choix")
    place = prompt.label if prompt else _find_title(problem.where, after)
    return say(replace(problem, values=(*problem.values, ("libelles", labels))), "request", Setting(place=place))


def _find_prompt(where: Where, form: Form) -> Prompt | None:
    """The prompt about a place of the file; about an item of a list, that of the list."""
    prompts = {prompt.path: prompt for prompt in form.prompts}
    names = [str(part) for part in where]
    return next((prompts[path] for n in range(len(names), 0, -1) if (path := ".".join(names[:n])) in prompts), None)


def _find_title(where: Where, after: Snapshot) -> str:
    """The label of a key, of the nearest group around it that the schema knows, else « La fiche »."""
    fields = after.corpus.schemas["cop"].fields
    ancestors = (fields.find(where[:length]) for length in range(len(where), 0, -1))
    return next((field.label for field in ancestors if field), "La fiche")


# The request ----------------------------------------------------------------------------------------------------------


class NotARequest(Exception):  # noqa: N818
    """The file is neither the event of a forge nor the text of a request."""


def read_body(file: Path) -> str:
    """The text of a request: a file of text, or, named `.json`, the event that the forge describes it with.

    Raises OSError where it cannot be read, NotARequest where it is not one.
    """
    text = file.read_bytes().decode("utf-8", "replace")
    if file.suffix != ".json":
        return text
    try:
        body = json.loads(text)["issue"]["body"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise NotARequest(file) from None
    return body if isinstance(body, str) else ""


def write_lines(proposal: Proposal) -> Iterator[str]:
    """For a person at a terminal: where the file would go and what it says, or the answer."""
    if proposal.chemin:
        yield f"# {proposal.chemin}"
        yield proposal.texte.rstrip("\n")
    else:
        yield html.unescape(proposal.reponse).replace(JOINER, "")
