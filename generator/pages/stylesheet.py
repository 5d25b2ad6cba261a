"""The style sheet: the files of theme/css/ in the order of their names, as one file, since each request costs."""

from pathlib import Path

FOLDER = Path(__file__).parent.parent / "theme" / "css"
PATH = "assets/cop.css"


def css() -> bytes:
    return b"\n".join(path.read_bytes() for path in sorted(FOLDER.glob("*.css")))
