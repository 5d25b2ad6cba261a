"""The mark as small pictures, for what draws no SVG: tabs of older browsers, home screens, lists of applications."""

import struct
from collections.abc import Mapping

SIZES = (180, 192, 512)
"""Of the PNG: a home screen of Apple, then what a web manifest asks for."""
TAB = 32  # of the icon that browsers ask for by themselves


def draw_icons(mark: str) -> Mapping[str, bytes]:
    """Each by its path from the root of the site; the same bytes on every machine."""
    return {
        "favicon.ico": _wrap(_draw(mark, TAB), TAB),
        **{f"assets/icone-{size}.png": _draw(mark, size) for size in SIZES},
    }


def _draw(mark: str, size: int) -> bytes:
    import resvg_py  # a compiled library that only the build needs

    return resvg_py.svg_to_bytes(svg_string=mark, width=size, skip_system_fonts=True)


def _wrap(png: bytes, size: int) -> bytes:
    """An .ico file of one PNG: six bytes that say so, sixteen that say its size and where it begins, then itself."""
    return struct.pack("<HHH", 0, 1, 1) + struct.pack("<BBBBHHII", size, size, 0, 0, 1, 32, len(png), 22) + png
