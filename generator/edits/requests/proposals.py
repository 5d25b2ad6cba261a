"""What a request made on the forge becomes: a file to propose, or what to answer. Nothing is written here.

The text of the request is data from anybody. The answer is Markdown that the forge will show under the directory's
name: contributed values pass through `neutral`, and personal data that the check found is never repeated.
"""

import html
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import chain, count
from typing import Literal

from generator.edits.fixing.rewrites import rewrite_text
from generator.edits.places import Unclear
from generator.edits.requests.answers import Answers, find_form, parse_request, states
from generator.edits.requests.confirming import confirm_entry, read_meets
from generator.edits.requests.entry_names import find_dated, find_entry
from generator.edits.requests.messages import Received
from generator.edits.requests.new_entries import choose_path, make_entry
from generator.edits.requests.pasted import add_schema_line, count_keys, find_entry_text, find_path
from generator.entries.checks.reading import text as text_at
from generator.entries.checks.reading import texts
from generator.entries.corpus import COP_KIND, KINDS, Entry, Kind, read_entry
from generator.entries.schemas.schema import Schema
from generator.entries.yaml.source import Where
from generator.french import enumeration, pluriel, slug, typographie
from generator.harmless import JOINER, neutral
from generator.problems.bounds import take_most
from generator.problems.problem import Problem
from generator.problems.renderings import Setting, say
from generator.repository.request_forms import ADD, CONFIRM, CONSENT, CORRECT, Form, Prompt, make_forms
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
    forms = make_forms(snapshot.corpus.schemas["cop"])
    found = next(((text, form) for text in texts_ if (form := find_form(text, forms))), None)
    asked = _Asked(snapshot, tuple(texts_), received.files)
    form = found[1] if found else forms[ADD]
    try:
        if found:
            answers = parse_request(*found)
            _require_consent(form, answers)
            change = _MAKERS[form.name](asked, answers) if form.name in _MAKERS else None
        else:
            sent = _take_entry(asked)
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


@dataclass(frozen=True, slots=True)
class _Asked:
    """A directory, and all that was sent to it."""

    snapshot: Snapshot
    texts: tuple[str, ...]
    files: tuple[tuple[str, str], ...]  # by name

    def keys_of(self, kind: Kind) -> Collection[str]:
        return self.snapshot.corpus.schemas[kind.name].fields.children.keys()

    def find_file(self, kind: Kind) -> tuple[str, str]:
        """The path or name that is told of an entry, and its text; both empty where none was sent."""
        keys = self.keys_of(kind)
        joined = [(name, found) for name, text in self.files if (found := find_entry_text(text, keys))]
        written = [(find_path(text), found) for text in self.texts if (found := find_entry_text(text, keys))]
        name, text = next(iter([*written, *joined]), ("", ""))
        return name or next(filter(None, map(find_path, self.texts)), ""), text


def _require_consent(form: Form, answers: Answers) -> None:
    consent = next((prompt for prompt in form.prompts if prompt.path == "accord"), None)
    if consent and set(answers.get("accord", ())) != consent.choices.keys():
        raise Unclear("Sous « {label} », chaque case est nécessaire : cochez-les toutes.", label=consent.label)


# What makes a file ----------------------------------------------------------------------------------------------------


def _add(asked: _Asked, answers: Answers) -> tuple[str, str]:
    snapshot = asked.snapshot
    day = date.fromisoformat(snapshot.today)
    schema, taken = snapshot.corpus.schemas["cop"], _list_taken(snapshot)
    path, text = make_entry(answers, schema, snapshot.territories, taken, day)
    # What import and `cop check --fix` would set right is not asked again.
    return path, rewrite_text(text, path, snapshot, COP_KIND)[0]


def _list_taken(snapshot: Snapshot) -> set[str]:
    return {id_ for entry in snapshot.corpus.of("cop") for id_ in (entry.id, *texts(entry.data, "anciens_ids"))}


def _correct(asked: _Asked, answers: Answers) -> tuple[str, str] | None:
    """The file that was pasted or joined; None where the change is told in words, which takes a person."""
    entry = find_dated(str(answers.get("fiche", "")), asked.snapshot.corpus) or _find_entry(asked.snapshot, answers)
    kind = next(kind for kind in KINDS if kind.name == entry.kind)
    pasted = str(answers.get("fichier", ""))
    # What comes out of a block of code ends with its line, and is taken whole.
    text = pasted if pasted.endswith("\n") else find_entry_text(pasted, asked.keys_of(kind)) or pasted
    text = text or asked.find_file(kind)[1]
    return (entry.path, add_schema_line(text, kind.name)) if text.strip() else None


def _confirm(asked: _Asked, answers: Answers) -> tuple[str, str] | None:
    snapshot, entry = asked.snapshot, _find_entry(asked.snapshot, answers)
    day, meets = str(answers.get("verifiee_le", snapshot.today)), read_meets(str(answers.get("reunit", "")))
    ended, terms = str(answers.get("terminee_le", "")), snapshot.settings.echeances
    text = confirm_entry(entry, snapshot.corpus.schemas["cop"], day, meets, ended, terms)
    return None if text is None else (entry.path, text)


def _find_entry(snapshot: Snapshot, answers: Answers) -> Entry:
    entries = {entry.id: entry for entry in snapshot.corpus.of("cop")}
    return find_entry(str(answers.get("fiche", "")), entries, snapshot.territories)


_MAKERS = {ADD: _add, CORRECT: _correct, CONFIRM: _confirm}


def _take_entry(asked: _Asked) -> tuple[str, str, str] | None:
    """The entry that was sent as a file: the form that it stands for, its path and its text; None without any."""
    snapshot = asked.snapshot
    kind = max(KINDS, key=lambda kind: count_keys(asked.find_file(kind)[1], asked.keys_of(kind)))
    name, text = asked.find_file(kind)
    if not text:
        return None
    if asked.texts and not any(states(text.split("\n"), CONSENT) for text in asked.texts):
        raise Unclear("Il manque votre accord. Répondez en recopiant cette phrase : « {consent} »", consent=CONSENT)
    text = add_schema_line(text, kind.name)
    known = {entry.id: entry.path for entry in snapshot.corpus.of(kind.name)}
    id_ = name.rsplit("/", 1)[-1].removesuffix(".yml").removesuffix(".yaml")
    if id_ in known:
        return CORRECT, known[id_], text
    is_named = name.startswith(f"{kind.folder}/") and find_path(name) == name
    path = name if is_named else _choose_path(snapshot, kind, text)
    return ADD, path, rewrite_text(text, path, snapshot, kind)[0]


def _choose_path(snapshot: Snapshot, kind: Kind, text: str) -> str:
    """Where an entry goes that comes without its path."""
    schema = snapshot.corpus.schemas[kind.name]
    read, *_ = read_entry(f"{kind.folder}/29/nouvelle-fiche.yml", text.encode(), kind, schema)
    data = read.data if read else {}
    if kind == COP_KIND:
        return choose_path(data, snapshot.territories, _list_taken(snapshot))
    name = slug(text_at(data, "titre"))[:60].strip("-") or "nouvelle-fiche"
    whole = f"{snapshot.today}-{name}" if kind.name == "actualite" else name
    taken = {entry.id for entry in snapshot.corpus.of(kind.name)}
    free = next(id_ for id_ in chain((whole,), (f"{whole}-{n}" for n in count(2))) if id_ not in taken)
    return f"{kind.folder}/{free}.yml"


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
    told, others = take_most(errors)
    lines = [_write_line(problem, form, after, entry) for problem in told]
    lines += [f"- {others}."] if others else []
    parts += ["\n".join(lines), typographie(door.again)]
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
    names = [str(part) for part in where]
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
