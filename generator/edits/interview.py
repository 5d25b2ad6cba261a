"""The questions that make a new entry, one at a time; each answer is held at once against the rules of its key.

What is asked, in which order and in which words is in the schema: `x-premieres` and `x-question`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.edits.fixing import rewrites
from generator.edits.new import list_cops_at, prepare_file
from generator.edits.places import Unclear, find_place
from generator.entries.checks.reading import text as text_at
from generator.entries.corpus import COP_KIND, Entry, Kind
from generator.entries.example import example_entry
from generator.entries.rules import DATA, PATTERNS
from generator.entries.schemas.fields import DATES, Field, write_simple
from generator.entries.schemas.guesses import write_date
from generator.entries.schemas.schema import type_data
from generator.entries.writer import as_yaml
from generator.french import en_lettres, fold
from generator.opendata.columns import assemble
from generator.problems.problem import Problem
from generator.problems.renderings import certain_value, say
from generator.repository.snapshot import Snapshot
from generator.territories.folders import REGION_FOLDER
from generator.territories.kinds import Territoire


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `key` is a dotted name, or `lieu`."""

    key: str
    words: str
    help: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)  # value → label, of a closed list
    several: bool = False
    optional: bool = False
    hints: tuple[str, ...] = ()  # answers to offer
    longest: int = 0  # signs, where the length is to be shown
    sign: str = ","  # between several answers


MEETING = "rencontres.0"
"""The part of a COP that is asked alone."""

_SIGNS = {",": "virgules", ";": "points-virgules"}

_MOST_COUNTED = 9
"""Above so many answers, nobody counts them."""


@dataclass(slots=True)
class Interview:
    """The answers so far. `given` are those that need no question, by key."""

    snapshot: Snapshot
    kind: Kind = COP_KIND
    part: str = ""  # the item of a list that is asked alone, `rencontres.0`
    given: dict[str, Any] = field(default_factory=dict)
    place: Territoire | None = None
    passed: set[str] = field(default_factory=set)  # optional questions left without an answer

    def next(self) -> Question | None:
        """The first question that has no answer; None when all have."""
        return next(
            (question for question in self._questions() if question.key not in {*self.given, *self.passed}), None
        )

    def _questions(self) -> Iterator[Question]:
        if "collectivite" in self._fields.children and not self.part and self.place is None:
            yield Question("lieu", "Où ? Une commune, une intercommunalité, un département ou la région")
        first = self._root.annotations["x-premieres"]
        for name in first:
            about = self._root[name]
            if self._is_useful(about):
                yield from self._about(about, is_last=name == first[-1])
        # What the schema requires besides.
        for about in self._root.children.values():
            if about.required and about.name not in first and not about.is_day_of_entry and not about.is_of_tools:
                yield from map(self._of, about.list_needed())

    def _about(self, about: Field, is_last: bool) -> Iterator[Question]:
        """The questions about one key: a group asks those of its keys that bear one."""
        group = about.element
        if not group.children:
            if "x-question" in about.annotations:
                may_pass = about.may_be_empty or not (about.required or "x-avec" in about.annotations)
                yield self._of(about, may_pass and not (is_last and self._lacks(self._root)))
            return
        asked = [leaf for leaf in group.walk() if "x-question" in leaf.annotations]
        # What the group requires besides comes after the question that begins it.
        needed_too = [
            leaf for leaf in group.children.values() if leaf.required and leaf not in asked and not leaf.children
        ]
        asked[1:1] = needed_too if asked else []
        for leaf in asked:
            within = self._begun(group) if about.item else about.required
            needed = within and leaf.required and len(leaf.place) == len(group.place) + 1
            if leaf is asked[0] or within:
                yield self._of(leaf, not needed and not (leaf is asked[-1] and about.required and self._lacks(group)))

    @property
    def _fields(self) -> Field:
        return self.snapshot.corpus.schemas[self.kind.name].fields

    @property
    def _root(self) -> Field:
        """The file, or the part of it that is asked alone."""
        return self._fields[self.part] if self.part else self._fields

    def _begun(self, group: Field) -> bool:
        return any(key.startswith(f"{group.indexed}.") for key in self.given)

    def _is_useful(self, about: Field) -> bool:
        """Whether the answers so far call for this question (`x-avec`)."""
        asked_with = about.annotations.get("x-avec", {})
        return all(write_simple(self.given.get(other)) == write_simple(value) for other, value in asked_with.items())

    def _lacks(self, group: Field) -> bool:
        """Whether a group, as answered so far, breaks a rule of its own: its last question may not be passed over."""
        if not group.place:
            return any(not problem.where or problem.where == ("categorie",) for problem in self._look({})[1])
        if not self._begun(group):
            return not group.item and group.place[-1] != 0
        return any(problem.where == group.place for problem in self._look({})[1])

    def _of(self, about: Field, optional: bool = False) -> Question:
        words = str(about.annotations.get("x-question", about.label))
        several = about.item is not None
        sign = "," if not several or about.is_joined else ";"
        if several:
            words += "" if words.endswith(("?", ".", "\u2026")) else "."
            most = about.max_items or _MOST_COUNTED + 1
            count = f"{en_lettres(most).capitalize()} réponses au plus, séparées" if most <= _MOST_COUNTED else ""
            words += f" {count or 'Plusieurs réponses se séparent'} par des {_SIGNS[sign]}"
        if optional:
            words += f"{'.' if several else ''} Entrée pour passer"
        longest = (about.max_length or 0) if about.is_free else 0
        return Question(
            about.indexed, words, about.help, about.labels, several, optional, self._hint(about), longest, sign
        )

    def _hint(self, about: Field) -> tuple[str, ...]:
        """Answers to offer: what the town hall says of itself, the entries that may be named."""
        mairie = self.snapshot.territories.mairies.get(self.place.code) if self.place else None
        own = {"contact.courriel": mairie.courriel, "contact.page": mairie.site} if mairie else {}
        if about.path in own:
            return tuple(filter(None, [own[about.path]]))
        kind = DATA["references"].get(about.path)
        return tuple(entry.id for entry in self.snapshot.corpus.of(kind)) if kind else ()

    def there(self) -> Iterator[Entry]:
        """The COP that the place has already."""
        return list_cops_at(self.snapshot, self.place) if self.place else iter(())

    # Answers ----------------------------------------------------------------------------------------------------------

    def answer(self, question: Question, text: str) -> str:
        """Keep an answer; or the sentence, in French, that says why it cannot be."""
        text = text.strip()
        if question.key == "lieu":
            return self._locate(text)
        if question.optional and (not text or PATTERNS["no_answer"].search(text)):
            self.passed.add(question.key)
            return ""
        if not text:
            return "Il faut une réponse ici."
        try:
            value = self._read(question, text)
        except Unclear as unclear:
            return str(unclear)
        problem = self._wrong(question.key, value)
        if problem and problem.fix and problem.code in DATA["table"]["certain"] and isinstance(value, str):
            value = certain_value(problem)  # what `cop check --fix` would write
            problem = self._wrong(question.key, value)
        if problem:
            return say(problem, "interview")
        self.given[question.key] = value
        return ""

    def _locate(self, text: str) -> str:
        try:
            self.place = find_place(self.snapshot.territories, text)
        except Unclear as unclear:
            return str(unclear)
        return ""

    def _read(self, question: Question, text: str) -> Any:
        """A value in the form of the files. Raises Unclear where a place or an entry cannot be told."""
        about = self._fields[question.key]
        read = self._reader(about)
        if not question.several:
            return type_data(read(choose(question.choices, text)), about)
        parts = (part.strip() for part in text.split(question.sign))
        return type_data([read(choose(question.choices, part)) for part in parts if part], about)

    def _reader(self, about: Field) -> Callable[[str], str]:
        motif = about.element.motif
        if motif in DATES:
            return lambda text: write_date(text, motif)
        if motif == "code-territoire":
            return lambda text: find_place(self.snapshot.territories, text).code
        kind = DATA["references"].get(about.path)
        return (lambda text: find_entry(self.snapshot, kind, text).id) if kind else lambda text: text

    def _wrong(self, key: str, value: Any) -> Problem | None:
        """The first error of a value among the answers so far, the others being those of the schema's example."""
        answers: dict[str, Any] = {key: value}
        if key == "nom" and self.place:  # the only answer that other files may contradict
            problems: Sequence[Problem] = prepare_file(
                self.snapshot, self.place, self._example() | self._group(answers)
            ).problems
            return next(iter(problems), None)
        entry, problems = self._look(answers)
        where = self._fields[key].place
        return next((told for told in problems if entry is None or told.where[: len(where)] == where), None)

    def _look(self, answers: Mapping[str, Any]) -> tuple[Entry | None, list[Problem]]:
        """What the file would say wrong with these answers beside the others, example answers standing for the rest."""
        schema = self.snapshot.corpus.schemas[self.kind.name]
        folder = f"cops/{REGION_FOLDER}" if self.kind is COP_KIND else self.kind.folder
        look = rewrites.look_at_file(self.snapshot, f"{folder}/{self.snapshot.today}-nouvelle.yml", self.kind)
        data = self._example() | self._group(answers)
        entry, problems = look(as_yaml(data, schema, self.kind.name, 2))
        return entry, [told for told in problems if told.is_error]

    def _example(self) -> dict[str, Any]:
        return example_entry(self.snapshot.corpus.schemas[self.kind.name], self.snapshot.today)

    def data(self) -> dict[str, Any]:
        """The answers as the keys of an entry."""
        return self._group({})

    def _group(self, more: Mapping[str, Any]) -> dict[str, Any]:
        return assemble((self._fields[key].place, value) for key, value in {**self.given, **more}.items())


def find_entry(snapshot: Snapshot, kind: str, text: str) -> Entry:
    """The entry that an id, the address of its page, or some words of its name tell. Raises Unclear."""
    entries = snapshot.corpus.of(kind)
    wanted = text.rstrip("/").rsplit("/", 1)[-1]
    for entry in entries:
        if entry.id == wanted:
            return entry
    words = fold(text)
    named = [entry for entry in entries if words and words in fold(f"{_name(entry)} {entry.id}")]
    if len(named) == 1:
        return named[0]
    if named:
        names = ", ".join(entry.id for entry in named[:5])
        raise Unclear("« {typed} » désigne plusieurs fiches. Donnez l’identifiant : {names}.", typed=text, names=names)
    raise Unclear("« {typed} » : aucune fiche ne porte ce nom ni cet identifiant.", typed=text)


def _name(entry: Entry) -> str:
    return text_at(entry.data, "nom") or text_at(entry.data, "titre")


def choose(choices: Mapping[str, str], text: str) -> str:
    """The value of a choice given by its number, its name, or how its name begins; else the words themselves."""
    values = list(choices)
    if text.isdecimal() and 1 <= int(text) <= len(values):
        return values[int(text) - 1]
    folded = fold(text)
    same = [value for value, label in choices.items() if folded in (fold(value), fold(label))]
    begun = same or [value for value, label in choices.items() if folded and fold(label).startswith(folded)]
    return begun[0] if len(begun) == 1 else text
