"""Damaging a valid file the way hands, editors and machines do: sign by sign, line by line, value by value."""

import copy
from collections.abc import Callable, Sequence
from typing import Any

import yaml

Step = tuple[str, int, int, str]
"""What to do, where (two numbers, taken modulo what there is), with what."""

BYTES = ("insert", "delete", "replace", "double", "cut")
LINES = ("delete", "double", "swap", "indent", "dedent", "append", "join", "insert", "tab", "case", "uncolon")
TREE = ("delete", "replace", "rename", "wrap", "double", "move")

SIGNS = [
    *":#-'\"[]{}|>&*!%@`,?\\~=+ \t\n\r\0\x1b\x85\u00a0\u202f\u2028\u202e\ufeff“”«»’éÃ🌊",
    "\r\n", "\n\n", ": ", " #", "- ", "---\n", "...\n", "<<: ", "? ", "\ud800", "é".encode("latin-1").decode("latin-1"),
]  # fmt: skip
PIECES = [
    *SIGNS[:-2], "nom: x", "statut: active", "themes: eau", "  - eau", "- eau", "&a ", "*a", "!!str ", "# note",
    "code: 29300", "18:30", "no", "0x1f", "1e3", "24/11/2026", "31 février 2026", "2026-13-45", "29052", "tous",
    "L'eau", "'L'eau'", "“COP”", "COP : le climat", "http://exemple.org", "javascript:alert(1)", "06 12 34 56 78",
    "jean.dupont@exemple.org",
    "=1+1", "<b>", "# Titre", "M. Dupont", "x" * 400, "9" * 30, "-1", "true", "null", "{a: b}", "[a, b]", "",
]  # fmt: skip


def bytes_of(raw: bytes, steps: Sequence[Step]) -> bytes:
    """Signs put in, taken out, changed, copied; the end cut off."""
    for name, a, b, piece in steps:
        at, size = a % (len(raw) + 1), b % 12
        new = piece.encode("utf-8", "surrogatepass") or bytes([b % 256])
        raw = {
            "insert": raw[:at] + new + raw[at:],
            "delete": raw[:at] + raw[at + size :],
            "replace": raw[:at] + new + raw[at + len(new) :],
            "double": raw[:at] + raw[at : at + size] + raw[at:],
            "cut": raw[:at] or raw,
        }[name]
    return raw


def lines_of(text: str, steps: Sequence[Step]) -> str:
    """Lines lost, doubled, swapped, moved sideways, glued together, ended by something else."""
    lines = text.split("\n")
    for name, a, b, piece in steps:
        at, other = a % len(lines), b % len(lines)
        line = lines[at]
        if name == "swap":
            lines[at], lines[other] = lines[other], lines[at]
        elif name == "join":
            lines[at : at + 2] = [" ".join(lines[at : at + 2])]
        else:
            lines[at : at + 1] = _LINE[name](line, piece, b)
        lines = lines or [""]
    return "\n".join(lines)


_LINE: dict[str, Callable[[str, str, int], list[str]]] = {
    "delete": lambda line, piece, n: [],
    "double": lambda line, piece, n: [line, line],
    "indent": lambda line, piece, n: [" " * (n % 4 + 1) + line],
    "dedent": lambda line, piece, n: [line[n % 4 + 1 :]],
    "append": lambda line, piece, n: [line + piece],
    "insert": lambda line, piece, n: [" " * (n % 5) + piece, line],
    "tab": lambda line, piece, n: [("\t" if n % 2 else "\u00a0\u00a0") + line.removeprefix("  ")],
    "case": lambda line, piece, n: [line.swapcase()],
    "uncolon": lambda line, piece, n: [line.replace(": ", [":", " :", "\u00a0: ", " = ", " "][n % 5], 1)],
}


def tree_of(data: Any, steps: Sequence[Step]) -> str:
    """Keys lost or misspelt, values of another kind, groups in lists, lists in groups; written as YAML again."""
    for name, a, b, piece in steps:
        places = list(_places(data))
        if not places:
            break
        holder, key = places[a % len(places)]
        value = holder[key]
        if name == "delete":
            del holder[key]
        elif name == "rename" and isinstance(holder, dict):
            new = key[: b % (len(key) + 1)] + piece[:1] + key[b % (len(key) + 1) + (b & 1) :]
            _rename(holder, key, new)
        elif name == "move":
            target, place = places[b % len(places)]
            target[place] = piece if _holds(value, target) else value
        else:
            holder[key] = {"wrap": [value], "double": [value, value]}.get(name, piece)
    return yaml.dump(data, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=[60, 9999][len(steps) % 2])


class _Plain(yaml.CSafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def _places(node: Any) -> list[tuple[Any, Any]]:
    steps = list(node) if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else []
    return [place for step in steps for place in [(node, step), *_places(node[step])]]


def _holds(node: Any, wanted: Any) -> bool:
    """Whether a node holds another one: put into it, it would never end."""
    return node is wanted or any(_holds(holder[step], wanted) for holder, step in _places(node)[:500])


def _rename(holder: dict[str, Any], key: str, new: str) -> None:
    pairs = [(new if own == key else own, value) for own, value in holder.items()]
    holder.clear()
    holder.update(pairs)


# One value of data ---------------------------------------------------------------------------------------------------


def places(node: Any, where: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [where, *(place for key, child in children for place in places(child, (*where, key)))]


def mutated(data: Any, where: tuple[Any, ...], new: Any, remove: bool) -> Any:
    changed = copy.deepcopy(data)
    node = changed
    for step in where[:-1]:
        node = node[step]
    if remove:
        del node[where[-1]]
    else:
        node[where[-1]] = new
    return changed
