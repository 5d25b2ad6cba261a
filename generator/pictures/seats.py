"""Who sits in a COP, as dots or as a bar. Decoration: the words stand beside."""

from collections.abc import Sequence

from generator.pictures.svg import Svg

SEATS_PER_ROW = 16


def draw_seats(count: int, rank: int) -> Svg:
    """One dot per seat, in rows of sixteen, in the colour of its college."""
    rows = -(-count // SEATS_PER_ROW)
    d = "".join(
        f"M7 {10 + 18 * row}h{(min(SEATS_PER_ROW, count - SEATS_PER_ROW * row) - 1) * 18 + 1}" for row in range(rows)
    )
    view = f"0 0 288 {20 + 18 * (rows - 1)}"
    path = _draw_path(d, f"s-{rank}", rank > 1)
    return Svg(f'<svg viewBox="{view}" preserveAspectRatio="xMinYMid" aria-hidden="true">{path}</svg>')


def draw_bar(counts: Sequence[int]) -> Svg:
    """The colleges side by side, each as wide as it is many."""
    paths, start = [], 0
    for rank, count in enumerate(counts, 1):
        paths.append(_draw_path(f"M{start} 0h{count}v1H{start}z", f"b-{rank}", rank > 1))
        start += count
    about = f'viewBox="0 0 {start} 1" preserveAspectRatio="none" aria-hidden="true"'
    return Svg(f'<svg class="barre" {about}>{"".join(paths)}</svg>')


def _draw_path(d: str, name: str, is_named: bool) -> str:
    """The first college has the colour of the ink, the others that of their class."""
    css = f' class="{name}"' if is_named else ""
    return f'<path d="{d}"{css} />'
