"""What `serve` remembers from one rendering to the next."""

from collections.abc import Callable
from dataclasses import dataclass, field

from generator import french
from generator.engine import Walls
from generator.pages.frame import stylesheet
from generator.pages.frame.page import Head
from generator.pictures.counter import draw_share_png


@dataclass
class Memo:
    """Pages already rendered: only those whose content changed are rendered again. Good for one set of templates."""

    is_kept: bool = True  # False for a build that is made once: ten thousand pages are not held in memory
    inputs: object = None  # what every page shows: walls, settings, labels, counter, day
    pages: dict[str, tuple[Head, object, bytes]] = field(default_factory=dict)
    spaced: dict[str, str] = field(default_factory=dict)  # pages of the engine, and the same with French spaces
    share: tuple[str, bytes] = ("", b"")  # the counter drawn, and the same as PNG
    sheet: tuple[Walls | None, bytes] = (None, b"")  # the walls, and the style sheet that they need

    def expect(self, inputs: object) -> None:
        """Forget the pages where what they all show has changed."""
        if self.inputs != inputs:
            self.inputs, self.pages = inputs, {}

    def render(self, head: Head, content: object, render: Callable[[], bytes]) -> bytes:
        """The page, rendered where it says something new."""
        if not self.is_kept:
            return render()
        remembered = self.pages.get(head.path)
        if not remembered or remembered[:2] != (head, content):
            remembered = self.pages[head.path] = head, content, render()
        return remembered[2]

    def space(self, page: str) -> str:
        """A page of the engine with French spaces."""
        if page not in self.spaced:
            self.spaced[page] = french.typographie_html(page)
        return self.spaced[page]

    def draw_share(self, svg: str) -> bytes:
        if self.share[0] != svg:
            self.share = svg, draw_share_png(svg)
        return self.share[1]

    def choose_sheet(self, walls: Walls) -> bytes:
        """The style sheet: as long as the walls stand, so does it."""
        if self.sheet[0] is not walls:
            self.sheet = walls, stylesheet.css((*walls.pages.values(), *walls.gabarits.values()))
        return self.sheet[1]
