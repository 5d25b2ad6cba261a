"""An address as a QR code, for what is printed: a telephone reads from paper what nobody would type."""

import segno

from generator.pictures.svg import SVG_NAMESPACE, Svg

MASK = 0
"""Of the eight, the first: weighing all of them takes four times as long, and any telephone reads each of them."""


def draw_qr(address: str) -> Svg:
    """The code alone, mute: the address stands beside it in letters. Another `<use href="#qr">` shows it again."""
    code = segno.make(address, micro=False, error="l", boost_error=False, mask=MASK)
    border = code.default_border_size
    size = len(code.matrix) + 2 * border
    d = "".join(
        f"M{start + border} {row + border}h{width}v1h-{width}z"
        for row, line in enumerate(code.matrix)
        for start, width in _list_runs(line)
    )
    return Svg(
        f'<svg xmlns="{SVG_NAMESPACE}" class="qr" aria-hidden="true"><symbol id="qr" viewBox="0 0 {size} {size}">'
        f'<path d="{d}"/></symbol><use href="#qr"/></svg>'
    )


def _list_runs(line: bytearray) -> list[tuple[int, int]]:
    """The dark modules of a row that touch: where they begin, how many they are."""
    runs: list[tuple[int, int]] = []
    for place, is_dark in enumerate(line):
        if is_dark and runs and sum(runs[-1]) == place:
            runs[-1] = runs[-1][0], runs[-1][1] + 1
        elif is_dark:
            runs.append((place, 1))
    return runs
