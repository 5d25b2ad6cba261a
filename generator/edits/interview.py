"""The questions that make a new entry, one at a time; each answer is held at once against the rules of its key."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.edits.fixing import rewrites
from generator.edits.new import list_cops_at, prepare_file
from generator.edits.places import Unclear, find_place, territory_label
from generator.entries.corpus import COP_KIND, Entry
from generator.entries.example import example_entry
from generator.entries.schemas.fields import Field
from generator.entries.writer import as_yaml
from generator.french import en_lettres, fold
from generator.problems.problem import Problem
from generator.problems.renderings import say
from generator.repository.snapshot import Snapshot
from generator.territories.kinds import Commune, Epci, Territoire, kind_of
from generator.territories.names import list_keys, list_words
from generator.territories.reference import Territories, list_names


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


_TOLD = frozenset({"collectivite", "type", "nom", "statut", "themes", "resume", "contact", "inscrite_le"})
"""Required keys that have a question of their own, or that the place and the day fill."""


@dataclass(slots=True)
class Interview:
    """The answers so far. `given` are those that need no question, by key."""

    snapshot: Snapshot
    given: dict[str, Any] = field(default_factory=dict)
    place: Territoire | None = None
    passed: set[str] = field(default_factory=set)  # optional questions left without an answer

    def next(self) -> Question | None:
        """The first question that has no answer; None when all have."""
        return next(
            (question for question in self._questions() if question.key not in {*self.given, *self.passed}), None
        )

    def _questions(self) -> Iterator[Question]:
        if self.place is None:
            yield Question("lieu", "Où ? Une commune, une intercommunalité, un département ou la région")
        yield self._of("type", "Quelle forme a la COP ?")
        if self._is_useful("type_precision"):
            yield self._of("type_precision", "Quel espace est-ce, précisément ?")
        yield self._of("nom", "Comment s’appelle-t-elle ?")
        yield self._of("statut", "Où en est-elle ?")
        if self._is_useful("terminee_le"):
            yield self._of("terminee_le", "Quand a-t-elle pris fin ?")
        most = en_lettres(self._fields["themes"].max_items or 1).capitalize()
        yield self._of("themes", f"De quoi s’occupe-t-elle ? {most} thèmes au plus, séparés par des virgules")
        yield self._of("resume", "En deux phrases, que fait-elle, et avec qui ?")
        yield from self._contact()
        # What the schema requires besides, and no question above asks in words of its own.
        for key, about in self._fields.children.items():
            if about.required and key not in _TOLD and about.element.kind != "object":
                yield self._of(key, about.label)

    @property
    def _fields(self) -> Field:
        return self.snapshot.corpus.schemas["cop"].fields

    def _is_useful(self, key: str) -> bool:
        """Whether the answers so far call for this question (`x-avec`)."""
        return all(self.given.get(other) == value for other, value in self._fields[key].annotations["x-avec"].items())

    def _contact(self) -> Iterator[Question]:
        mairie = self.snapshot.territories.mairies.get(self.place.code) if self.place else None
        courriel, page = (mairie.courriel, mairie.site) if mairie else ("", "")
        wording = "À quelle adresse électronique lui écrire ? Entrée pour passer"
        yield self._of("contact.courriel", wording, optional=True, hints=courriel)
        needed = "contact.courriel" in self.passed
        wording = "Quelle page la présente ?" + ("" if needed else " Entrée pour passer")
        yield self._of("contact.page", wording, optional=not needed, hints=page)

    def _of(self, key: str, wording: str, optional: bool = False, hints: str = "") -> Question:
        about = self._fields[key]
        longest = (about.max_length or 0) if about.is_free else 0
        offered = (hints,) if hints else ()
        return Question(key, wording, about.help, about.labels, about.item is not None, optional, offered, longest)

    def there(self) -> Iterator[Entry]:
        """The COP that the place has already."""
        return list_cops_at(self.snapshot, self.place) if self.place else iter(())

    # Answers ----------------------------------------------------------------------------------------------------------

    def answer(self, question: Question, text: str) -> str:
        """Keep an answer; or the sentence, in French, that says why it cannot be."""
        text = text.strip()
        if question.key == "lieu":
            return self._locate(text)
        if not text:
            if question.optional:
                self.passed.add(question.key)
                return ""
            return "Il faut une réponse ici."
        value = _read_value(question, text)
        if problem := self._wrong(question.key, value):
            return say(problem, "interview")
        self.given[question.key] = value
        return ""

    def _locate(self, text: str) -> str:
        try:
            self.place = find_place(self.snapshot.territories, text)
        except Unclear as unclear:
            return str(unclear)
        return ""

    def _wrong(self, key: str, value: Any) -> Problem | None:
        """The first error of a value among the answers so far, the others being those of the schema's example."""
        schema = self.snapshot.corpus.schemas["cop"]
        answers = example_entry(schema, self.snapshot.today) | self.data() | group_answers({key: value})
        if key == "nom" and self.place:  # the only answer that other files may contradict
            problems: Sequence[Problem] = prepare_file(self.snapshot, self.place, answers).problems
            return next(iter(problems), None)
        look = rewrites.look_at_file(self.snapshot, "cops/bretagne/nouvelle.yml", COP_KIND)
        entry, file_problems = look(as_yaml(answers, schema, COP_KIND.name, 2))
        top = key.split(".")[0]
        about = (
            problem for problem in file_problems if problem.is_error and (entry is None or problem.where[:1] == (top,))
        )
        return next(about, None)

    def data(self) -> dict[str, Any]:
        """The answers as the keys of an entry."""
        return group_answers(self.given)


def group_answers(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Values by dotted names as groups of keys."""
    data: dict[str, Any] = {}
    for key, value in answers.items():
        *groups, last = key.split(".")
        node = data
        for group in groups:
            node = node.setdefault(group, {})
        node[last] = value
    return data


def _read_value(question: Question, text: str) -> str | list[str]:
    if not question.several:
        return choose(question.choices, text)
    return [choose(question.choices, part.strip()) for part in text.split(",") if part.strip()]


def choose(choices: Mapping[str, str], text: str) -> str:
    """The value of a choice given by its number, its name, or how its name begins; else the words themselves."""
    values = list(choices)
    if text.isdecimal() and 1 <= int(text) <= len(values):
        return values[int(text) - 1]
    folded = fold(text)
    same = [value for value, label in choices.items() if folded in (fold(value), fold(label))]
    begun = same or [value for value, label in choices.items() if folded and fold(label).startswith(folded)]
    return begun[0] if len(begun) == 1 else text


# Places to offer -----------------------------------------------------------------------------------------------------


def list_place_names(territories: Territories) -> tuple[tuple[str, str, str], ...]:
    """What one may begin to type, the label of the place, and why it is offered: every name, code and postal code."""
    places: tuple[Territoire, ...] = (
        *territories.communes.values(),
        *territories.epci.values(),
        *(departement for departement in territories.departements.values() if territories.is_whole(departement.code)),
        *territories.regions.values(),
    )
    rows = (
        (key, territory_label(place), _say_why(place, how, words))
        for place in places
        for how, words in (*list_names(place), *_list_codes(place))
        for key in list_keys(list_words(words))
    )
    return tuple(dict.fromkeys(rows))


def _list_codes(place: Territoire) -> Iterator[tuple[str, str]]:
    yield "code", place.code
    if isinstance(place, Commune):
        yield from (("code-postal", code) for code in place.codes_postaux)


def _say_why(place: Territoire, how: str, words: str) -> str:
    match how, place:
        case "code-postal", _:
            return f"code postal {words}"
        case "ancien-nom", _:
            return f"ancienne commune : {words}"
        case _, Epci(nature=nature):
            return nature
        case _, Commune():
            return ""
    return "département" if kind_of(place) == "departement" else "région"


def suggest_places(rows: Sequence[tuple[str, str, str]], text: str, most: int = 12) -> Iterator[tuple[str, str]]:
    """The places whose name or code begins so, each once: label, and why it is offered.

    `rows` are those of `list_place_names`.
    """
    begun = list_keys(list_words(text))
    offered: set[str] = set()
    for key, label, why in rows if begun[0] else ():
        if key.startswith(begun) and label not in offered and len(offered) < most:
            offered.add(label)
            yield label, why
