"""The style sheet: what we use of those of Material, then theme/css/ in the order of names, as one file to fetch.

What we use is read where it is written: the templates, the theme and its scripts, the pictures, and the pages as the
engine made them of Markdown. A class that one writes tomorrow in any of them brings its rules along.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from generator.failures import NoTheme
from generator.pages.frame.sheet_choice import Vocabulary, choose_rules

_GENERATOR = Path(__file__).parents[2]
_FOLDER = _GENERATOR / "theme" / "css"
_SOURCES: Mapping[str, tuple[str, ...]] = {
    "theme": (".html", ".js"),
    "templates": (".html",),
    "pages": (".py",),
    "pictures": (".py",),
}
"""Where markup is written, by folder: the endings of the files."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_INDENTATION = re.compile(r"\s*\n\s*")
_WORD = re.compile(r"[\w-]+")
_CLASSES = re.compile(r"class=\"([^\"]*)\"")
_QUOTED = re.compile(r"\"([^\"\n]*)\"|`([^`]*)`")  # a script names classes in texts
_TAG = re.compile(r"<\w[^>]*>")


def css(pages: Iterable[str]) -> bytes:
    """One sheet for the site whose walls are `pages`."""
    ours = "".join(path.read_text("utf-8") for path in sorted(_FOLDER.glob("*.css")))
    bare = strip(ours)
    return f'@charset "UTF-8";{choose_rules(material(), vocabulary(pages), bare)}{bare}'.encode()


def strip(sheet: str) -> str:
    """A sheet without its comments and its indentation: visitors fetch it, and do not read it."""
    return _INDENTATION.sub("", _COMMENT.sub("", sheet))


def material() -> str:
    """The sheets of the installed package. Raises NoTheme."""
    from importlib.metadata import PackageNotFoundError, distribution  # by the core that makes the sheet

    try:
        package = distribution("mkdocs-material")
    except PackageNotFoundError:
        raise NoTheme from None
    folder = Path(str(package.locate_file("material/templates/assets/stylesheets")))
    return "".join(path.read_text("utf-8") for path in sorted(folder.glob("*.css")))


def vocabulary(pages: Iterable[str]) -> Vocabulary:
    """What our sources and the walls name."""
    classes: set[str] = set()
    words: set[str] = set()
    for folder, endings in _SOURCES.items():
        for path in (_GENERATOR / folder).rglob("*"):
            if path.suffix in endings:
                text = path.read_text("utf-8")
                words.update(_WORD.findall(text))
                classes.update(_list_names(text, _QUOTED if path.suffix == ".js" else _CLASSES))
    for page in pages:
        classes.update(_list_names(page, _CLASSES))
        words.update(word for tag in _TAG.findall(page) for word in _WORD.findall(tag))
    return Vocabulary(frozenset(classes), frozenset(words))


def _list_names(text: str, pattern: re.Pattern[str]) -> Iterable[str]:
    return (word for match in pattern.finditer(text) for word in _WORD.findall(match[0]))
