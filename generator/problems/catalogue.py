"""What is known of each code of problem: its sentences, its gravity, and which others it accounts for.

`sentences.json` is read once. Its sentences are stored with their French typography and hold {names} of values; what
stands between two ` is to be typed as it is.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Severity = Literal["erreur", "avertissement"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is said of one code, and what it makes needless to say."""

    severity: Severity
    rank: int
    """Of several problems of one value, an error keeps silent those of a greater rank: what is wrong with a text comes
    before what is wrong with its meaning. 0: said in any case, and keeps nothing silent."""
    what: str  # what is wrong
    why: str  # why it matters
    remedy: str  # what to do, for who writes the file
    form: str | None = None  # the same for who fills a form; empty: the same words; None: no form can say it
    form_what: str = ""  # what is wrong, for who sees questions and no file; empty: the same words
    table: str | None = None  # for who fills a table; empty: the same words; None: those of the form
    request: str = ""  # for who filled a form of the forge, idem
    interview: str = ""  # for who answers at a terminal, idem
    explains: tuple[str, ...] = ()  # codes that are only its consequences, where it accounts for their place
    personal: bool = False  # what it quotes should never have been public: it is not repeated


def _read_catalogue() -> Mapping[str, Sentence]:
    data = json.loads(Path(__file__).with_name("sentences.json").read_text(encoding="utf-8"))
    return {code: Sentence(**{**about, "explains": tuple(about.get("explains", ()))}) for code, about in data.items()}


CATALOGUE: Mapping[str, Sentence] = _read_catalogue()
