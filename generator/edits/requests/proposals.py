"""What a request made on the forge becomes: a file to propose, or what to answer. Nothing is written here.

The text of the request is data from anybody. The answer is Markdown that the forge will show under the directory's
name: contributed values pass through `neutral`, and personal data that the check found is never repeated.
"""

import html
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Literal

from generator.edits.places import Unclear
from generator.edits.requests.answers import Answers, find_form, parse_request
from generator.edits.requests.makers import MAKERS, Asked, take_entry
from generator.edits.requests.messages import Received
from generator.entries.corpus import Entry
from generator.entries.schemas.schema import Schema
from generator.entries.yaml.source import Where
from generator.french import enumeration, pluriel, typographie
from generator.harmless import JOINER, neutral
from generator.problems.bounds import write_most
from generator.problems.problem import Problem
from generator.problems.renderings import Setting, say
from generator.repository.prompts import Form, Prompt
from generator.repository.request_forms import ADD, CORRECT, make_forms
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


def propose(snapshot: Snapshot, environ: Mapping[str, str], received: Received) -> Proposal | None:
    """The proposal that what was sent makes to a directory; None where it is neither a form nor an entry.

    Raises OSError where the disk cannot be read.
    """
    # Half an emoji has no bytes.
    texts_ = [text.encode("utf-8", "replace").decode() for text in received.texts]
    door = MAIL if received.is_mail else FORGE
    forms = make_forms(snapshot.corpus.schemas)
    found = next(((text, form) for text in texts_ if (form := find_form(text, forms))), None)
    asked = Asked(snapshot, tuple(texts_), received.files)
    form = found[1] if found else forms[ADD]
    try:
        if found:
            answers = parse_request(*found)
            _require_consent(form, answers)
            change = MAKERS[form.name](asked, answers) if form.name in MAKERS else None
        else:
            sent = take_entry(asked)
            if sent is None:
                return None
            form, change = forms[sent[0]], sent[1:]
    except Unclear as unclear:
        sentences = (typographie(_SOON), neutral(str(unclear)), typographie(door.again))
        return Proposal(form.name, "a-corriger", reponse="\n\n".join(sentences))
    if change is None:
        return Proposal(form.name, "a-relire", reponse=typographie(door.read))
    path, text = change
    before = snapshot.corpus.texts.get(path)
    if before is not None and before.replace("\r\n", "\n") == text.replace("\r\n", "\n"):
        return Proposal(form.name, "inchangee", reponse=typographie(_SAME))
    return _check_change(form, asked.snapshot, environ, path, text, door)


_SOON = "Merci ! La machine n’a pas pu tout comprendre."
_SAME = "Merci ! La fiche dit déjà cela : rien n’est à changer."


@dataclass(frozen=True, slots=True)
class Door:
    """What is answered, by the way that a request came."""

    again: str
    read: str
    doubt: str
    public: str  # where the check found what should not be public; empty where the request is not


FORGE = Door(
    "Modifiez le texte de votre demande : la réponse suivra, ici même. Si vous préférez, dites-le en commentaire.",
    "Merci ! Une personne va lire votre demande et vous répondre ici.",
    "Merci ! La fiche semble nommer une personne ; une machine peut se tromper. Si c’est le cas, modifiez votre "
    "demande et écrivez plutôt sa fonction : la réponse suivra, ici même. Sinon, dites-le en commentaire : une "
    "personne relira.",
    "Votre demande est publique, et ses versions passées le restent. Après l’avoir modifiée, vous pouvez demander ici "
    "que la version d’avant soit effacée, sans recopier l’information.",
)
MAIL = Door(
    "Répondez à ce message avec la correction : quelques mots suffisent.",
    "Merci ! Une personne va lire votre message et vous répondre.",
    "Merci ! La fiche semble nommer une personne ; nous pouvons nous tromper. Si c’est le cas, donnez-nous plutôt sa "
    "fonction. Sinon, dites-le : une personne relira.",
    "",
)


def _require_consent(form: Form, answers: Answers) -> None:
    consent = next((prompt for prompt in form.prompts if prompt.path == "accord"), None)
    if consent and set(answers.get("accord", ())) != consent.choices.keys():
        raise Unclear("Sous « {label} », chaque case est nécessaire : cochez-les toutes.", label=consent.label)


# Checking -------------------------------------------------------------------------------------------------------------


def _check_change(
    form: Form, snapshot: Snapshot, environ: Mapping[str, str], path: str, text: str, door: Door
) -> Proposal:
    memory = Known(reference=snapshot.territories)
    after = read_snapshot(snapshot.root, environ, snapshot.today, memory, instead={path: text.encode()})
    problems_before = set(snapshot.problems)
    problems = [problem for problem in after.problems if problem.path == path or problem not in problems_before]
    errors = [problem for problem in problems if problem.is_error]
    if errors:
        return Proposal(form.name, "a-corriger", reponse=_tell_errors(form, after, path, errors, door))
    doubts_before = {(problem.code, problem.values) for problem in snapshot.problems if problem.path == path}
    # A doubt on what should not stand in a public request either: a person settles it.
    if any(problem.is_personal and (problem.code, problem.values) not in doubts_before for problem in problems):
        return Proposal(form.name, "a-relire", reponse=typographie(door.doubt))
    return Proposal(form.name, "prete", path, text, make_card(snapshot, after))


def _tell_errors(form: Form, after: Snapshot, path: str, errors: Sequence[Problem], door: Door) -> str:
    count = pluriel(len(errors), "point")
    parts = [typographie(f"Merci ! Il reste {count} à corriger avant de proposer cette fiche.")]
    entry = next((candidate for candidate in after.corpus.entries if candidate.path == path), None)
    parts += [write_most(errors, lambda problem: _write_line(problem, form, after, entry)), typographie(door.again)]
    if door.public and any(problem.is_personal for problem in errors):
        parts.append(typographie(door.public))
    return "\n\n".join(parts)


def _write_line(problem: Problem, form: Form, after: Snapshot, entry: Entry | None) -> str:
    if entry is None or problem.path != entry.path or form.name == CORRECT:
        return say(problem, "request")  # of a file that was pasted its author knows the lines
    prompt = _find_prompt(problem.where, form)
    # A choice is told by the labels that the form shows.
    labels = enumeration(prompt.choices.values(), "ou") if prompt else problem.value("choix")
    place = prompt.label if prompt else _find_title(problem.where, after.corpus.schemas[entry.kind])
    return say(replace(problem, values=(*problem.values, ("libelles", labels))), "request", Setting(place=place))


def _find_prompt(where: Where, form: Form) -> Prompt | None:
    """The prompt about a place of the file; about an item of a list, that of the list."""
    prompts = {prompt.path: prompt for prompt in form.prompts}
    names = ["0" if isinstance(part, int) else part for part in where]
    return next((prompts[path] for n in range(len(names), 0, -1) if (path := ".".join(names[:n])) in prompts), None)


def _find_title(where: Where, schema: Schema) -> str:
    """The label of a key, of the nearest group around it that the schema knows, else « La fiche »."""
    ancestors = (schema.fields.find(where[:length]) for length in range(len(where), 0, -1))
    return next((field.label for field in ancestors if field), "La fiche")


# For a person ---------------------------------------------------------------------------------------------------------


def write_lines(proposal: Proposal) -> Iterator[str]:
    """For a person at a terminal: where the file would go and what it says, or the answer."""
    if proposal.chemin:
        yield f"# {proposal.chemin}"
        yield proposal.texte.rstrip("\n")
    else:
        yield html.unescape(proposal.reponse).replace(JOINER, "")
