"""Whether a pattern is linear by its form: no text, however long, makes it slow in an engine that goes back.

Over the tree that `re` itself makes of a pattern. A *long* repetition has no bound that counts. Refused:

- *two ways*: what follows a long repetition may begin with what it repeats, and holds another long one (the repetition
  itself, where it is nested) before something that can fail: the text between them is cut in every way;
- *every start*: the pattern is looked for anywhere, what stands before a long repetition may begin inside it, and what
  follows can fail: from every place the text is read to its end;
- *open choice*: inside a long repetition, the next sign does not say which alternative is meant.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

LONG = 100
"""Repetitions from here on count as endless: an address has 64 signs before its @."""

ALPHABET = [chr(n) for n in (*range(0x180), 0x2019, 0x2028, 0x202F, 0x20AC, 0x3042, 0xFFFD, 0x1F30A)]
EVERY = frozenset(ALPHABET)
KEPT = sre.POSSESSIVE_REPEAT  # never gives back what it took
REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, KEPT)
BEGINNING, END = (sre.AT, sre.AT_BEGINNING), (sre.AT, sre.AT_END_STRING)
CATEGORIES: Mapping[Any, Callable[[str], bool]] = {
    sre.CATEGORY_DIGIT: str.isdecimal,
    sre.CATEGORY_SPACE: str.isspace,
    sre.CATEGORY_WORD: lambda sign: sign.isalnum() or sign == "_",
    sre.CATEGORY_NOT_DIGIT: lambda sign: not sign.isdecimal(),
    sre.CATEGORY_NOT_SPACE: lambda sign: not sign.isspace(),
    sre.CATEGORY_NOT_WORD: lambda sign: not (sign.isalnum() or sign == "_"),
}

Node = tuple[Any, Any]
Nodes = Sequence[Node]


class _Loop(tuple[Any, Any]):
    """The body of a repetition, once more or not: what may follow its own end."""


def find_faults(pattern: str, flags: int = 0, anywhere: bool = True) -> Iterator[str]:
    """What is wrong in the form of a pattern. `anywhere`: it is searched for, not matched at one place."""
    tree = parser.parse(pattern, flags)
    yield from _Form(tree.state.flags | flags, anywhere).faults(list(tree), [], [])


class _Form:
    def __init__(self, flags: int, anywhere: bool) -> None:
        self.flags, self.anywhere = flags, anywhere

    # What a part may be ---------------------------------------------------------------------------------------------

    def signs(self, node: Node) -> frozenset[str] | None:
        """The signs that a part of one sign matches; None for another part."""
        code, value = node
        if code is sre.LITERAL:
            found = frozenset({chr(value)})
        elif code is sre.NOT_LITERAL:
            found = EVERY - {chr(value)}
        elif code is sre.ANY:
            found = EVERY if self.flags & re.DOTALL else EVERY - {"\n"}
        elif code is sre.IN:
            found = frozenset(self._set(value))
        else:
            return None
        if self.flags & re.IGNORECASE:
            found |= {sign.swapcase() for sign in found}
        return found

    def _set(self, items: Nodes) -> set[str]:
        found: set[str] = set()
        for code, value in items:
            if code is sre.LITERAL:
                found.add(chr(value))
            elif code is sre.RANGE:
                found |= {sign for sign in ALPHABET if value[0] <= ord(sign) <= value[1]}
            elif code is sre.CATEGORY:
                found |= {sign for sign in ALPHABET if CATEGORIES[value](sign)}
        return set(EVERY) - found if items and items[0][0] is sre.NEGATE else found

    def first(self, nodes: Nodes) -> tuple[frozenset[str], bool]:
        """The signs that a sequence may begin with, and whether it may be empty."""
        found: frozenset[str] = frozenset()
        for node in nodes:
            signs, empty = self._first_of(node)
            found |= signs
            if not empty:
                return found, False
        return found, True

    def _first_of(self, node: Node) -> tuple[frozenset[str], bool]:
        signs = self.signs(node)
        if signs is not None:
            return signs, False
        if node in (BEGINNING, (sre.AT, sre.AT_BEGINNING_STRING)):  # there is one, or one after each line break
            return frozenset("\n" if self.flags & re.MULTILINE and node == BEGINNING else ""), False
        bodies = list(_bodies(node))
        each = [self.first(body) for body in bodies]
        empty = not bodies or any(nothing for _, nothing in each)
        may_skip = isinstance(node, _Loop) or (node[0] in REPEATS and node[1][0] == 0)
        return frozenset().union(*(signs for signs, _ in each)), empty or may_skip

    def can_fail(self, nodes: Nodes, repeated: frozenset[str] = frozenset()) -> bool:
        """Whether what follows a repetition may be missing; `X|\\Z` after all but X, or after everything, never is."""
        if nodes and repeated:
            ways = [list(body) for body in _alternatives(nodes[0])]
            stops = [self.signs(way[0]) for way in ways if len(way) == 1]
            ends_line = [(sre.AT, sre.AT_END)] in ways and bool(self.flags & re.MULTILINE)
            held = repeated.union(*(signs for signs in stops if signs), "\n" if ends_line else "")
            if held == EVERY and (ends_line or [END] in ways):
                nodes = nodes[1:]
        return any(map(_holds_assertion, nodes)) or not self.first(nodes)[1]

    # Its faults -----------------------------------------------------------------------------------------------------

    def faults(self, nodes: Nodes, before: Nodes, after: Nodes, looped: bool = False) -> Iterator[str]:
        """`before` and `after`: what stands around these parts; `looped`: they are repeated without end."""
        for place, node in enumerate(nodes):
            prefix, rest = [*before, *nodes[:place]], [*nodes[place + 1 :], *after]
            if is_long(node):
                if self._is_cut_in_two_ways(node, rest):
                    yield "two ways"
                if self._is_read_from_every_start(node, prefix, rest):
                    yield "every start"
                rest = [_Loop((sre.SUBPATTERN, (None, 0, 0, node[1][2]))), *rest]
            elif looped and not self._is_settled_by_one_sign(node, rest):
                yield "open choice"
            for body in _bodies(node):
                if node[0] is KEPT:
                    yield from self.faults(list(body), prefix, [], False)
                else:
                    yield from self.faults(list(body), prefix, rest, looped or is_long(node))

    def _is_cut_in_two_ways(self, node: Node, rest: Nodes) -> bool:
        repeated = self._every_sign(node)
        if node[0] is KEPT or not repeated & self.first(rest)[0]:
            return False
        for place, other in enumerate(rest):
            signs = self._every_sign(other)
            again = [*rest[place + 1 :], *([other] if isinstance(other, _Loop) else [])]
            if holds_long(other) and signs & repeated and self.can_fail(again):
                return True
            if signs and not signs & repeated and not self._first_of(other)[1]:
                return False  # a sign that cannot be in it parts them
        return False

    def _is_read_from_every_start(self, node: Node, prefix: Nodes, rest: Nodes) -> bool:
        repeated = self._every_sign(node)
        if not self.anywhere or not self.can_fail(rest, repeated):
            return False
        start, empty = self.first(prefix)
        # With such a sign before it, two starts never read the same run.
        return empty or (bool(start & repeated) and not any(self._parts(other, repeated) for other in prefix))

    def _parts(self, node: Node, repeated: frozenset[str]) -> bool:
        """A sign that is not repeated, or a look back that asks for one or refuses those that are."""
        if node[0] is sre.ASSERT_NOT and node[1][0] == -1:
            signs = self.signs(node[1][1][0])
            return signs is not None and repeated <= signs
        looked_at = node[1][1] if node[0] is sre.ASSERT and node[1][0] == -1 else [node]
        return any((signs := self.signs(other)) is not None and not signs & repeated for other in looked_at)

    def _is_settled_by_one_sign(self, node: Node, rest: Nodes) -> bool:
        """Whether the next sign alone says which alternative is meant, or whether an option is taken."""
        ways: list[Nodes] = []
        if node[0] is sre.BRANCH:
            ways = [[*body, *rest] for body in _bodies(node)]
        elif node[0] in REPEATS and node[1][0] < node[1][1]:
            ways = [list(node[1][2]), rest]
        firsts = [self.first(way)[0] for way in ways]
        return sum(map(len, firsts)) == len(frozenset().union(*firsts))

    def _every_sign(self, node: Node) -> frozenset[str]:
        """Every sign that a part may hold."""
        own = self.signs(node)
        if own is not None:
            return own
        return frozenset().union(*(self._every_sign(child) for body in _bodies(node) for child in body))


def _holds_assertion(node: Node) -> bool:
    may_skip = node[0] in REPEATS and node[1][0] == 0
    inside = any(_holds_assertion(child) for body in _bodies(node) for child in body)
    return node[0] in (sre.AT, sre.ASSERT, sre.ASSERT_NOT) or (inside and not may_skip)


def _alternatives(node: Node) -> Iterator[Nodes]:
    inner = node[1][3] if node[0] is sre.SUBPATTERN else [node]
    if len(inner) == 1 and inner[0][0] is sre.BRANCH:
        yield from inner[0][1][1]


def is_long(node: Node) -> bool:
    return node[0] in REPEATS and node[1][1] >= LONG


def holds_long(node: Node) -> bool:
    return is_long(node) or any(holds_long(child) for body in _bodies(node) for child in body)


def _bodies(node: Node) -> Iterator[Nodes]:
    """The sequences inside a part; what looks back has a fixed length, what is atomic never comes back."""
    code, value = node
    if code in REPEATS:
        yield value[2]
    elif code is sre.SUBPATTERN:
        yield value[3]
    elif code is sre.BRANCH:
        yield from value[1]
    elif code in (sre.ASSERT, sre.ASSERT_NOT) and value[0] == 1:
        yield value[1]
