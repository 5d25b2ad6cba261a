"""What content/ may hold, as data: allowed.json, read once.

`entries`, `pages.folders` and `images.folder` are folders of content/. A kind of image is known by its first bytes.
`passage` counts what one passage, between two empty lines, may hold: the engine takes the square of it, or worse.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

CONTENT = "content"

DATA: Mapping[str, Any] = json.loads(Path(__file__).with_name("allowed.json").read_text(encoding="utf-8"))

ENTRY_FOLDERS = frozenset(DATA["entries"])
PAGES: Mapping[str, Any] = DATA["pages"]
PAGE_FOLDERS = frozenset(PAGES["folders"])
"""Where pages may stand; empty: the root of content/."""
TAKEN = frozenset(PAGES["taken"])
"""Names that no page may bear: the folder of the search index is not ours to write in."""
IMAGES: Mapping[str, Any] = DATA["images"]
SIGNATURES = {kind: re.compile(start.encode("latin-1"), re.DOTALL) for kind, start in IMAGES["kinds"].items()}

HEAD: Mapping[str, Mapping[str, Any]] = DATA["head"]
"""The keys that may stand at the head of a page, and what each takes."""

SCHEMES = frozenset(DATA["html"]["schemes"])
VOID = frozenset(DATA["html"]["void"])
ATTRIBUTES: Mapping[str, frozenset[str]] = {
    element: frozenset({*own, *DATA["html"]["everywhere"]}) for element, own in DATA["html"]["elements"].items()
}
"""The elements that a page may hold, each with its attributes."""

NOTES = frozenset(DATA["notes"])
"""What may stand beside the entries for who browses the repository: never published."""
