"""The text of a request → answers by the dotted name of their key.

A forge writes each answer under the title of its question (`### Nom de la COP`), `_No response_` where there is none,
and a list of boxes as `- [x] …`; a message has a line a question (`Fiche concernée : …`). Whoever wrote the request may
have changed all of it: the text is data, and what it does not say clearly is said not to be clear.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from generator.edits.places import Unclear
from generator.edits.requests.pasted import open_fences
from generator.entries.rules import PATTERNS, strip_hidden
from generator.french import fold
from generator.repository.prompts import Form, Prompt

MAX_TEXT = 100_000
"""Characters of a request; GitHub takes 65 536."""

Answers = Mapping[str, str | tuple[str, ...]]
"""By path: a text, or the values of the boxes that were ticked. Prompts without an answer are not there."""

Title = tuple[str, str]
"""What a line asks, folded, and what it answers by itself."""

_TITLE = re.compile(r"#{1,6}[ \t]+(.+)")
_LABEL = re.compile(r"([^\s>#:?-][^:?\n]{2,90})[?:](.*)")
_ASIDE = re.compile(r"\([^()]{0,90}\)")
_BOX = re.compile(r"[-*] \[([ xX])\] (.*)")
_NAMED = re.compile(r"\s*<!-- ([a-z-]+) -->")
_SIGNATURE = re.compile(r"-- ?")
_LINK = re.compile(
    r"\[[^\[\]\n]{0,300}\]\(\s{0,9}<?((?:https?://|mailto:)?[^\s()<>]{1,500})>?(?:\s{1,9}\"[^\"\n]{0,300}\")?\s{0,9}\)"
)
_BRACKETED = re.compile(r"<(?:mailto:)?([^\s<>]{1,500})>")
_PARTS = re.compile(r"[,;|\n]")
_NONE = {"", "_no response_", "_pas de réponse_", "none"}


def _read_heading(line: str) -> Title | None:
    match = _TITLE.fullmatch(line)
    return (fold(match[1]), "") if match else None


def _read_label(line: str) -> Title | None:
    """`La COP se réunit-elle encore ? (oui ou non) : oui`."""
    match = _LABEL.fullmatch(line.strip())
    return (fold(_ASIDE.sub("", match[1])), _ASIDE.sub("", match[2]).strip(" \t\xa0\u202f:")) if match else None


def find_form(body: str, forms: Mapping[str, Form]) -> Form | None:
    """The form that a request was made with: the one most of whose questions stand in it; None where it is none."""
    named = _NAMED.match(body)
    if named and named[1] in forms:
        return forms[named[1]]
    lines = _lines(body[:MAX_TEXT])
    for read in (_read_heading, _read_label):
        titles = set(_list_asked(lines, forms, read))
        asked = {form.name: {p.path: p for p in _list_titles(form, titles, read).values()} for form in forms.values()}
        if read is _read_label:
            # A signature has labels too, « Courriel : », which begin no form.
            asked = {name: paths for name, paths in asked.items() if forms[name].prompts[0].path in paths}
        best = max(asked, key=lambda name: len(asked[name]), default="")
        # One title alone may be anybody's.
        if best and len(asked[best]) > 1:
            return forms[best]
    return None


def _list_asked(lines: Iterable[str], forms: Mapping[str, Form], read: Callable[[str], Title | None]) -> Iterator[str]:
    """What the lines ask, up to the file that is pasted: its keys look like questions."""
    files = {fold(prompt.label) for form in forms.values() for prompt in form.prompts if prompt.render}
    for line in lines:
        if title := read(line):
            yield title[0]
            if title[0] in files:
                return


def _list_titles(
    form: Form, titles: set[str], read: Callable[[str], Title | None] = _read_heading
) -> dict[str, Prompt]:
    """The prompts whose label stands among some titles, or the name of their key, or else a word they are known by."""
    found: dict[str, Prompt] = {}
    for prompt in form.prompts:
        names = {fold(_ASIDE.sub("", prompt.label) if read is _read_label else prompt.label)} & titles
        if read is _read_heading:
            # Labels of a message stand among other words, as « nom: » in a file; there only the whole label counts.
            names |= {fold(prompt.path)} & titles
            names = names or {fold(name) for name in prompt.others} & titles
        found |= dict.fromkeys(names, prompt)
    return found


def _lines(body: str) -> list[str]:
    return body.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def parse_request(body: str, form: Form) -> Answers:
    """The answers of a request. Raises Unclear where it is too long, or where one title stands twice."""
    if len(body) > MAX_TEXT:
        raise Unclear("Cette demande est trop longue pour être lue par la machine.")
    lines = _lines(body)
    headings = {title[0] for line in lines if (title := _read_heading(line))}
    read = _read_heading if _list_titles(form, headings) else _read_label
    parts = _split(lines, form, read)
    answers = {
        prompt.path: _read_answer(prompt, strip_hidden("\n".join(parts.get(prompt.path, ()))))
        for prompt in form.prompts
    }
    for prompt in form.prompts:
        if prompt.stated and not answers[prompt.path] and states(lines, prompt.stated):
            answers[prompt.path] = tuple(prompt.choices)
    return {path: answer for path, answer in answers.items() if answer}


def states(lines: Iterable[str], sentence: str) -> bool:
    """Whether a text says a sentence, wherever its lines were cut; a box that is not ticked says nothing."""
    said = " ".join(line for line in lines if not _BOX.fullmatch(line.strip()))
    return fold(sentence) in fold(said)


def _split(lines: list[str], form: Form, read: Callable[[str], Title | None]) -> Mapping[str, list[str]]:
    titles = _list_titles(form, {title[0] for line in lines if (title := read(line))}, read)
    last = form.prompts[-1].path
    parts: dict[str, list[str]] = {}
    current: Prompt | None = None
    for line in lines:
        title = read(line)
        prompt = titles.get(title[0]) if title else None
        # The last question takes the rest: the comments of a file begin with # too.
        if prompt is None or (current and current.path == last):
            if title and read is _read_heading and current and current.sort != "textarea":
                current = None  # a question of another form: its answer is none of this one's
            parts.setdefault(current.path if current else "", []).append(line)
            continue
        if prompt.path in parts:
            raise Unclear(
                "Le titre « {label} » se trouve deux fois dans la demande. Changez ou enlevez celui qui est dans votre "
                "texte.",
                label=prompt.label,
            )
        current = prompt
        parts[prompt.path] = [title[1]] if title and title[1] else []
    if read is _read_heading:
        return parts
    return {prompt.path: list(_end(parts[prompt.path], prompt)) for prompt in form.prompts if prompt.path in parts}


def _end(lines: list[str], prompt: Prompt) -> Iterator[str]:
    """The lines of an answer in a message: one paragraph, or all that comes before the signature."""
    said = False
    for line in lines:
        over = said and not line.strip() and prompt.sort != "textarea"
        if over or _SIGNATURE.fullmatch(line):
            return
        said = said or bool(line.strip())
        yield line


def _read_answer(prompt: Prompt, text: str) -> str | tuple[str, ...]:
    if prompt.sort == "checkboxes":
        boxes = [box for line in text.split("\n") if (box := _BOX.fullmatch(line.strip()))]
        ticked = [box[2] for box in boxes if box[1] != " "]
        if not boxes and not prompt.stated:
            # A message has no boxes: « Thèmes : Eau, Mobilités ».
            ticked = [part.strip(" \t\xa0*•-") for part in _PARTS.split(drop_notes(text))]
        return tuple(dict.fromkeys(_choose(prompt, label) for label in ticked if not is_no_answer(label)))
    text = text.strip("\n") if prompt.render else drop_notes(text).strip()
    if is_no_answer(text):
        return ""
    if prompt.sort == "dropdown":
        return _choose(prompt, text)
    return open_fences(text) if prompt.render else unwrap(text)


def is_no_answer(text: str) -> bool:
    """Whether a text is only what a forge or a person writes for want of an answer: « néant »."""
    said = text.strip()
    return said.lower() in _NONE or bool(PATTERNS["no_answer"].search(said))


def _choose(prompt: Prompt, text: str) -> str:
    """The value of a choice from its label or its own spelling; else the words themselves."""
    pairs = (*prompt.former.items(), *prompt.choices.items())
    # What one consents to is told by its sentence alone.
    values = {fold(word): value for value, label in pairs for word in ((label,) if prompt.stated else (value, label))}
    return values.get(fold(text), text)


def drop_notes(text: str) -> str:
    """A text without its `<!-- … -->`, which a forge shows to nobody."""
    kept, end = [], 0
    while (start := text.find("<!--", end)) >= 0 and (close := text.find("-->", start)) >= 0:
        kept.append(text[end:start])
        end = close + len("-->")
    return "".join([*kept, text[end:]])


def unwrap(text: str) -> str:
    """The answer without what only YAML or Markdown needs around it: quotes, `code`, <address>, [words](address)."""
    if match := _LINK.fullmatch(text) or _BRACKETED.fullmatch(text):
        return match[1]
    for sign in "\"'`":
        inner = text[1:-1]
        if len(text) > 2 and text[0] == text[-1] == sign and sign not in inner:
            return inner.strip()
    return text
