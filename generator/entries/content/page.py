"""One page that people write: its head, whose keys are a closed list, and its Markdown, with what is wrong in them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.entries.content.allowed import HEAD, PAGES
from generator.entries.content.markup import Markdown, check_markup, read_markdown
from generator.entries.content.weight import check_weight
from generator.entries.yaml.reader import read_text
from generator.entries.yaml.source import decode
from generator.french import enumeration
from generator.problems.problem import NOWHERE, Problem, problem

BLOCS = Path(__file__).parents[2] / "templates" / "blocs"
ASSETS = Path(__file__).parents[2] / "theme" / "assets"

# On one line, as `check` reads it.
BLOC = re.compile(r"<!--[ \t]*bloc[ \t]*:([^\n<>]*)-->")
_END_OF_HEAD = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_HARD_SPACES = re.compile("[\u00a0\u202f]")
_SCRIPT = re.compile(r"[a-z]+/[a-z_-]+\.js")
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class WrittenPage:
    """What a page says: what stands at its head, then its Markdown. Only sound ones are published."""

    path: str  # from the root
    head: Mapping[str, Any]
    markdown: Markdown
    problems: tuple[Problem, ...]


def read_page(path: str, raw: bytes) -> WrittenPage:
    """One page from its bytes, of which there may be one more than allowed."""
    if len(raw) > PAGES["bytes"]:
        return _refuse(path, problem(path, (NOWHERE, NOWHERE), "page-trop-longue", most=PAGES["bytes"] // 1024))
    text, problems = decode(path, raw)
    if problems:
        return _refuse(path, *problems)
    text = text.replace("\r\n", "\n")
    head_text, start = _part(text)
    if start is None:
        return _refuse(path, problem(path, ((1, 1), (1, 4)), "tete-ouverte"))
    head, head_problems = _read_head(path, head_text)
    markdown = read_markdown(path, text, start)
    told = (*head_problems, *check_weight(markdown), *_check_blocs(markdown), *check_markup(markdown))
    return WrittenPage(path, head, markdown, tuple(told))


def _refuse(path: str, *problems: Problem) -> WrittenPage:
    return WrittenPage(path, {}, read_markdown(path, "", 0), problems)


def _part(text: str) -> tuple[str, int | None]:
    """The head as YAML, its lines keeping their numbers, and where the Markdown starts; None: nothing ends the head."""
    opened = re.match(r"---[ \t]*\n", text)
    if not opened:
        return "", 0
    end = _END_OF_HEAD.search(text, opened.end())
    return ("\n" + text[opened.end() : end.start()], min(end.end() + 1, len(text))) if end else ("", None)


# The head -------------------------------------------------------------------------------------------------------------


def _read_head(path: str, text: str) -> tuple[Mapping[str, Any], list[Problem]]:
    if not text.strip():
        return {}, []
    reading = read_text(path, text, frozenset(HEAD), places=True)
    if reading.data is None or reading.problems:
        return {}, list(reading.problems)
    problems = []
    for key, value in reading.data.items():
        if key not in HEAD:
            known = enumeration(f"« {name} »" for name in HEAD)
            problems.append(problem(path, reading.keys[(key,)], "cle-de-page-inconnue", cle=key, connues=known))
        elif not _fits(value, HEAD[key]):
            span = reading.values.get((key,), reading.keys[(key,)])
            problems.append(problem(path, span, "valeur-de-page", cle=key, choix=HEAD[key]["is"]))
    return {} if problems else reading.data, problems


def _fits(value: Any, rule: Mapping[str, Any]) -> bool:
    if "scripts" in rule:
        return isinstance(value, list) and all(isinstance(item, str) and _is_script(item) for item in value)
    if not isinstance(value, str) or not value:
        return False
    if "choices" in rule:
        return value in rule["choices"]
    if "name" in rule:
        return len(value) <= rule["name"] and bool(_NAME.fullmatch(value))
    return len(value) <= rule["text"] and _HARD_SPACES.sub(" ", value).isprintable()


def _is_script(name: str) -> bool:
    """Whether it is one of the theme's own."""
    return bool(_SCRIPT.fullmatch(name)) and (ASSETS / name).is_file()


# Blocs ----------------------------------------------------------------------------------------------------------------


def bloc_names() -> tuple[str, ...]:
    """The blocs that an author may place."""
    return tuple(sorted(path.stem for path in BLOCS.glob("*.html")))


def _check_blocs(markdown: Markdown) -> Iterator[Problem]:
    blocs = bloc_names()
    for match in BLOC.finditer(markdown.text):
        if (name := match[1].strip()) not in blocs:
            span = markdown.span(match.start(), match.end())
            yield problem(markdown.path, span, "bloc-inconnu", nom=name, connus=enumeration(blocs, "ou"))
