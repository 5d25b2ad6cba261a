"""Whether two built sites say the same: `python -m tests.tools.compare_sites BEFORE AFTER`, for a change of the inside.

Pages are compared as trees, less what no reader sees: white space between tags, the marks of the search index, the
address of an asset, the security policy. What a machine reads by meaning may differ, and is only counted.
"""

import re
import sys
from collections.abc import Iterator
from difflib import unified_diff
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import html5lib

MAY_DIFFER = ("pagefind/*", "*.ics", "assets/*", "donnees/schema/*", "*formulaire.json")
UNSEEN = ("data-pagefind-", "data-aussi")
"""Attributes, by their beginning: other names for what the page says already."""
SHOWN = 12
"""Lines of difference told of one file."""
INLINE = set(
    "a abbr b button cite code em i img input kbd label mark q s select small span strong sub sup svg time u".split()
)
"""Elements beside which a space is seen."""
_HARD = re.compile("[\u00a0\u202f]")
_BLANK = re.compile(r"[ \t\r\n]+")


def differences(before: Path, after: Path) -> Iterator[str]:
    """What differs, a text for each file."""
    former, new = files(before), files(after)
    yield from (f"{path} : n’est plus" for path in sorted(former.keys() - new.keys()))
    yield from (f"{path} : nouveau" for path in sorted(new.keys() - former.keys()))
    for path in sorted(former.keys() & new.keys()):
        one, other = former[path].read_bytes(), new[path].read_bytes()
        if one != other and (told := difference(path, one, other)):
            yield f"{path} :\n{told}"


def files(site: Path) -> dict[str, Path]:
    """The files of a site that may not differ, by path from its root."""
    found = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    return {path: file for path, file in found.items() if not any(fnmatch(path, pattern) for pattern in MAY_DIFFER)}


def difference(path: str, one: bytes, other: bytes) -> str:
    """The lines in which two files of one path differ; nothing where they say the same."""
    try:
        former, new = list(lines(path, one)), list(lines(path, other))
    except UnicodeDecodeError:
        return f"  {len(one)} octets, puis {len(other)}"
    told = list(unified_diff(former, new, lineterm="", n=0))[2:]
    shown = [f"  {_HARD.sub('⍽', line[:200])}" for line in told if not line.startswith("@@")]
    more = [f"  … et {len(shown) - SHOWN} autres lignes"] if len(shown) > SHOWN else []
    return "\n".join([*shown[:SHOWN], *more])


def lines(path: str, raw: bytes) -> Iterator[str]:
    """What a file says, a line for each element, attribute and text."""
    text = raw.decode("utf-8")
    if not path.endswith(".html"):
        yield from text.splitlines()
        return
    yield from _lines_of(html5lib.parse(text, namespaceHTMLElements=False), False)


def _lines_of(node: Any, is_exact: bool) -> Iterator[str]:
    """`is_exact` where white space is part of what one sees."""
    yield f"<{node.tag}>"
    for name, value in sorted(node.attrib.items()):
        if not str(name).startswith(UNSEEN):
            yield f"  {name}={_without_asset(value)}"
    is_exact = is_exact or node.tag in {"pre", "textarea", "script"}
    children, texts = [], [node.text or ""]
    for child in node:
        if isinstance(child.tag, str) and not _is_policy(child) and not _is_for_search_alone(child):
            children.append(child)
            texts.append("")
        texts[-1] += child.tail or ""  # what a comment cuts in two is one text
    tags = [node.tag, *(child.tag for child in children), node.tag]
    for rank, text in enumerate(texts):
        if rank:
            yield from _lines_of(children[rank - 1], is_exact)
        yield from [text] if is_exact else _seen(text, tags[rank], tags[rank + 1])
    yield f"</{node.tag}>"


def _seen(text: str, before: str, after: str) -> Iterator[str]:
    """A text with the white space that one sees: one space, save beside a block."""
    # `split` would take the no-break spaces of French too.
    said = _BLANK.sub(" ", text)
    said = said if before in INLINE else said.removeprefix(" ")
    if said := said if after in INLINE else said.removesuffix(" "):
        yield said


def _is_policy(node: Any) -> bool:
    return bool(node.tag == "meta" and node.get("http-equiv", "").lower() == "content-security-policy")


def _is_for_search_alone(node: Any) -> bool:
    """An element that only held words for the search index."""
    is_empty = node.tag == "span" and not len(node) and not node.text
    return is_empty and all(str(name).startswith(UNSEEN) for name in node.attrib)


def _without_asset(value: str) -> str:
    """An address without what follows `assets/`."""
    head, mark, _ = value.partition("assets/")
    return head + mark


def main(before: Path, after: Path) -> int:
    told = list(differences(before, after))
    print("\n".join(told) or "Les deux sites disent la même chose.")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
