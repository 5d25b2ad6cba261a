"""The badge of a COP: a small picture to put on the site of its town hall; the middle dot is lit."""

from html import escape

from generator.french import cut
from generator.pictures.svg import SVG_NAMESPACE, Svg

LONGEST_LINE = 30  # signs of a line of the badge in its widest letters
ROOM = 310  # signs × pixels: with these, a line in the widest fallback letters stays inside
_FONT = "-apple-system,'Segoe UI',Roboto,'Noto Sans','Liberation Sans',Arial,sans-serif"


def draw_badge(name: str, caption: str, label: str) -> Svg:
    """`name` in large, cut where it is too long, `caption` under it; `label` says the whole to who does not see it."""
    short = cut(name, LONGEST_LINE)
    size = min(15, ROOM // max(1, len(short)))
    return Svg(
        f'<svg xmlns="{SVG_NAMESPACE}" viewBox="0 0 280 64" width="280" height="64" role="img"'
        f' aria-label="{escape(label)}">'
        '<path fill="#0B3C5D" d="M0 0h280v64H0z"/>'
        '<g stroke-linecap="round"><path d="M22 20h0M34 20h0M16 30h0M40 30h0M22 40h0M34 40h0" stroke="#7299B4"'
        ' stroke-width="6"/><path d="M28 30h0" stroke="#F2B705" stroke-width="11"/></g>'
        f'<g font-family="{_FONT}">'
        f'<text x="58" y="26" font-size="{size}" font-weight="700" fill="#FBF9F4">{escape(short)}</text>'
        f'<text x="58" y="46" font-size="12" fill="#D3E0E9">{escape(caption)}</text></g></svg>'
    )
