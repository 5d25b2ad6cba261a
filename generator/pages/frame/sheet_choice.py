"""Of a style sheet, what a site uses: the rules whose every class, element and attribute occurs in it.

States (`:hover`, `:focus-visible`), media and print are kept with their rules, in their order and as specific as they
were: what is kept wins and loses as in the whole sheet.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import tinycss2
from tinycss2.ast import AtRule, Declaration, Node, QualifiedRule

_WORD = re.compile(r"[\w-]+")
_READ = re.compile(r"var\(\s*(--[\w-]+)")
_HOLD_RULES = {"media", "supports"}
_ANY_OF = {"is", "where", "has"}
"""Functions that take a list of selectors: one that can be met is enough. What `:not` holds excludes nothing."""


@dataclass(frozen=True)
class Vocabulary:
    """What occurs in a site: classes, and every other word of its markup (elements, attributes, their values, ids)."""

    classes: frozenset[str]
    words: frozenset[str]


@dataclass(frozen=True)
class Block:
    """A rule: what stands before its braces, its declarations by name, the rules that it holds."""

    head: str
    declarations: tuple[tuple[str, str], ...] = ()
    blocks: tuple["Block", ...] = ()

    def __str__(self) -> str:
        held = ";".join(text for _, text in self.declarations) or "".join(map(str, self.blocks))
        return f"{self.head}{{{held}}}" if held else ""


def choose_rules(sheet: str, vocabulary: Vocabulary, beside: str) -> str:
    """What is used of `sheet`; `beside` is the text that may read its custom properties too."""
    nodes = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    blocks = list(_used_blocks(nodes, vocabulary))
    text = "".join(map(str, blocks)) + beside
    read, started = set(_READ.findall(text)), set(re.findall(r"animation[\w-]*:[^;}]*", text))
    return "".join(str(_without_unread(block, read)) for block in blocks if _is_started(block, started))


def _used_blocks(nodes: Iterable[Node], vocabulary: Vocabulary) -> Iterator[Block]:
    for node in nodes:
        if isinstance(node, QualifiedRule):
            used = [selector for selector in _split(node.prelude) if _can_match(selector, vocabulary)]
            if used:
                yield Block(
                    ",".join(tinycss2.serialize(selector).strip() for selector in used), tuple(_declarations(node))
                )
        elif isinstance(node, AtRule) and node.content is not None:
            head = f"@{node.at_keyword}{tinycss2.serialize(node.prelude)}"
            if node.lower_at_keyword in _HOLD_RULES:
                held = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
                yield Block(head, blocks=tuple(_used_blocks(held, vocabulary)))
            else:
                yield Block(head, (("", tinycss2.serialize(node.content)),))


def _declarations(rule: QualifiedRule) -> Iterator[tuple[str, str]]:
    for node in tinycss2.parse_declaration_list(rule.content, skip_comments=True, skip_whitespace=True):
        if isinstance(node, Declaration):
            yield node.name, node.serialize()


def _split(tokens: Iterable[Node]) -> list[list[Node]]:
    """A list of selectors, cut at its commas."""
    parts: list[list[Node]] = [[]]
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _can_match(selector: Iterable[Node], vocabulary: Vocabulary) -> bool:
    """Whether everything that one selector names occurs."""
    before = ""
    for token in selector:
        if not _occurs(token, before, vocabulary):
            return False
        before = token.value if token.type == "literal" else ""
    return True


def _occurs(token: Node, before: str, vocabulary: Vocabulary) -> bool:
    match token.type:
        case "ident" if before == ".":
            return token.value in vocabulary.classes
        case "ident":
            return before == ":" or token.value in vocabulary.words
        case "hash":
            return token.value in vocabulary.words
        case "[] block":
            return set(_WORD.findall(tinycss2.serialize(token.content))) <= vocabulary.words
        case "function" if token.lower_name in _ANY_OF:
            return any(_can_match(selector, vocabulary) for selector in _split(token.arguments))
    return True


def _is_started(block: Block, animations: Iterable[str]) -> bool:
    """Whether a block is anything but an animation that no rule starts."""
    if "keyframes" not in block.head:
        return True
    name = block.head.split()[-1]
    return any(name in _WORD.findall(animation) for animation in animations)


def _without_unread(block: Block, read: set[str]) -> Block:
    """The block without the custom properties that nothing reads."""
    declarations = tuple((name, text) for name, text in block.declarations if not name.startswith("--") or name in read)
    return replace(block, declarations=declarations, blocks=tuple(_without_unread(held, read) for held in block.blocks))
