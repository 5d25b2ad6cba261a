"""The style sheet: those of Material, then theme/css/ in the order of names, as one file: a request costs."""

import re
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "theme" / "css"
PATH = "assets/cop.css"

_MAP = re.compile(rb"/\*# sourceMappingURL=[^*]*\*/")


def css() -> bytes:
    """One sheet; the maps that those of Material name are not published."""
    from importlib.metadata import distribution  # by the core that makes the sheet

    material = Path(str(distribution("mkdocs-material").locate_file("material/templates/assets/stylesheets")))
    sheets = [*sorted(material.glob("*.css")), *sorted(FOLDER.glob("*.css"))]
    return _MAP.sub(b"", b"\n".join(path.read_bytes() for path in sheets))
