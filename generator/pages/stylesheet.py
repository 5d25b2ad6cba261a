"""The style sheet: those of the engine's theme, then theme/css/ in the order of names, as one file: a request costs."""

import re
from collections.abc import Iterable
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "theme" / "css"
PATH = "assets/cop.css"


_MAP = re.compile(rb"/\*# sourceMappingURL=[^*]*\*/")


def css(theme: Iterable[bytes]) -> bytes:
    """`theme` are the sheets of the engine; the maps that they name are not published."""
    ours = (path.read_bytes() for path in sorted(FOLDER.glob("*.css")))
    return _MAP.sub(b"", b"\n".join((*theme, *ours)))
