"""What was sent to a directory → the path and the text of the file that it makes, by its form. Nothing is checked."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from generator.edits.fixing.rewrites import kind_of, rewrite_text
from generator.edits.new import list_taken, number_free, prepare_meeting, prepare_titled
from generator.edits.places import Unclear, find_place
from generator.edits.requests.answers import Answers, states
from generator.edits.requests.confirming import confirm_entry, read_meets
from generator.edits.requests.entry_names import find_dated, find_entry
from generator.edits.requests.new_entries import choose_path, make_data, make_entry
from generator.edits.requests.pasted import add_schema_line, count_keys, find_entry_text, find_path
from generator.entries.checks.reading import items
from generator.entries.checks.reading import text as text_at
from generator.entries.corpus import COP_KIND, KINDS, Entry, Kind, read_entry
from generator.entries.schemas.fields import Field
from generator.entries.schemas.guesses import is_calendar, write_date
from generator.french import date_longue, slug
from generator.repository.added_forms import MEETING, NEWS, TRAINING
from generator.repository.prompts import CONSENT
from generator.repository.request_forms import ADD, CONFIRM, CORRECT
from generator.repository.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Asked:
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


def _add(asked: Asked, answers: Answers) -> tuple[str, str]:
    snapshot = asked.snapshot
    schema, taken = snapshot.corpus.schemas["cop"], list_taken(snapshot)
    path, text = make_entry(answers, schema, snapshot.territories, taken, snapshot.today)
    # What import and `cop check --fix` would set right is not asked again.
    return path, rewrite_text(text, path, snapshot, COP_KIND)[0]


def _announce(asked: Asked, answers: Answers) -> tuple[str, str]:
    snapshot, entry = asked.snapshot, _find_entry(asked.snapshot, answers)
    meeting = make_data(answers, snapshot.corpus.schemas["cop"]).get("rencontres", [{}])[0]
    if not meeting:
        raise Unclear("Dites au moins quand a lieu la rencontre, et ce dont il sera question.")
    day = str(meeting.get("debut", ""))[:10]
    if is_calendar(day) and day < snapshot.today:
        raise Unclear("La rencontre que vous annoncez est passée : {day}. Vérifiez l’année.", day=date_longue(day))
    # A request that was read again, once its meeting is published, adds none.
    if any(meeting.items() <= known.items() for _, known in items(entry.data, "rencontres")):
        return entry.path, entry.source.text
    return entry.path, prepare_meeting(snapshot, entry, meeting).text


def _add_training(asked: Asked, answers: Answers) -> tuple[str, str]:
    return _add_titled(asked, "formation", make_data(answers, asked.snapshot.corpus.schemas["formation"]))


def _add_news(asked: Asked, answers: Answers) -> tuple[str, str]:
    snapshot, places = asked.snapshot, asked.snapshot.territories
    fields = snapshot.corpus.schemas["actualite"].fields
    data = make_data(answers, snapshot.corpus.schemas["actualite"])
    entries = {entry.id: entry for entry in snapshot.corpus.of("cop")}
    label = str(fields["cops"].annotations["x-question"])
    cops = (find_entry(name, entries, places, label).id for name in _list_names(data, fields["cops"]))
    codes = (find_place(places, name).code for name in _list_names(data, fields["territoires"]))
    about = {"cops": [*dict.fromkeys(cops)], "territoires": [*dict.fromkeys(codes)]}
    return _add_titled(asked, "actualite", {**data, **{key: ids for key, ids in about.items() if ids}})


def _list_names(data: Mapping[str, Any], field: Field) -> list[str]:
    """What a list names, each once. Raises Unclear above what the schema takes."""
    names = [*dict.fromkeys(map(str, data.get(field.name, ())))]
    if field.max_items and len(names) > field.max_items:
        raise Unclear(
            "Sous « {label} », gardez {count} réponses au plus.",
            label=str(field.annotations["x-question"]),
            count=str(field.max_items),
        )
    return names


def _add_titled(asked: Asked, name: str, data: Mapping[str, Any]) -> tuple[str, str]:
    snapshot = asked.snapshot
    kind = next(kind for kind in KINDS if kind.name == name)
    made = prepare_titled(snapshot, kind, data, _choose_name(snapshot, kind, text_at(data, "titre")))
    return made.path, rewrite_text(made.text, made.path, snapshot, kind)[0]


def _correct(asked: Asked, answers: Answers) -> tuple[str, str] | None:
    """The file that was pasted or joined; None where the change is told in words, which takes a person."""
    entry = find_dated(str(answers.get("fiche", "")), asked.snapshot.corpus) or _find_entry(asked.snapshot, answers)
    kind = kind_of(entry.path)
    pasted = str(answers.get("fichier", ""))
    # What comes out of a block of code ends with its line, and is taken whole.
    text = pasted if pasted.endswith("\n") else find_entry_text(pasted, asked.keys_of(kind)) or pasted
    text = text or asked.find_file(kind)[1]
    return (entry.path, add_schema_line(text, kind.name)) if text.strip() else None


def _confirm(asked: Asked, answers: Answers) -> tuple[str, str] | None:
    snapshot, entry = asked.snapshot, _find_entry(asked.snapshot, answers)
    schema, meets = snapshot.corpus.schemas["cop"], read_meets(str(answers.get("reunit", "")))
    told = {"verifiee_le": snapshot.today, "terminee_le": "", **answers}
    day, ended = (write_date(str(told[key]), schema.fields[key].motif) for key in ("verifiee_le", "terminee_le"))
    text = confirm_entry(entry, schema, day, meets, ended, snapshot.settings.echeances)
    return None if text is None else (entry.path, text)


def _find_entry(snapshot: Snapshot, answers: Answers) -> Entry:
    entries = {entry.id: entry for entry in snapshot.corpus.of("cop")}
    return find_entry(str(answers.get("fiche", "")), entries, snapshot.territories)


MAKERS = {ADD: _add, MEETING: _announce, TRAINING: _add_training, NEWS: _add_news, CORRECT: _correct, CONFIRM: _confirm}


def take_entry(asked: Asked) -> tuple[str, str, str] | None:
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
    read, *_ = read_entry(f"{kind.folder}/nouvelle-fiche.yml", text.encode(), kind, schema)
    data = read.data if read else {}
    if kind == COP_KIND:
        return choose_path(data, snapshot.territories, list_taken(snapshot))
    return f"{kind.folder}/{_choose_name(snapshot, kind, text_at(data, 'titre'))}.yml"


def _choose_name(snapshot: Snapshot, kind: Kind, title: str) -> str:
    """A free one, after the title of a training or of a news item."""
    name = slug(title)[:60].strip("-") or "nouvelle-fiche"
    whole = f"{snapshot.today}-{name}" if kind.name == "actualite" else name
    return number_free(whole, {entry.id for entry in snapshot.corpus.of(kind.name)})
