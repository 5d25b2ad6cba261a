"""Questions about the keys that a schema gained and that no form names yet."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from generator.entries.schemas.fields import Field
from generator.french import fold
from generator.repository.prompts import Prompt, ask_key


def ask_gained(root: Field, fields: Iterable[Field], asked: Sequence[Prompt]) -> Iterator[Prompt]:
    """One for each of these keys, below `root`; of the first item where it is in a list.

    `asked`: what the form asks already. A key is not asked where the group around it needs others that are not: its
    answer alone would be refused.
    """
    gained = [leaf for field in fields for leaf in _list_leaves(field)]
    known = {prompt.path for prompt in asked}
    paths = known | {leaf.indexed for leaf in gained}
    titles = {fold(prompt.label) for prompt in asked}
    for leaf in gained:
        groups = _list_groups(root, leaf)
        if leaf.indexed not in known and all(_is_whole(group, paths) for group in groups):
            prompt = ask_key(leaf, required=leaf.required and not groups and not leaf.may_be_empty)
            # A request has each title once, and the name of a key is known for its title too.
            others = titles | {fold(path) for path in paths if path != leaf.indexed}
            while fold(prompt.label) in others:
                around = groups.pop().label if groups else "Autre question"
                prompt = replace(prompt, label=f"{around} – {prompt.label}")
            titles.add(fold(prompt.label))
            yield prompt


def _list_leaves(field: Field) -> Iterator[Field]:
    if field.is_of_tools or field.is_day_of_entry:
        return
    for child in field.element.children.values():
        yield from _list_leaves(child)
    if field.element.kind != "object":
        yield field


def _list_groups(root: Field, leaf: Field) -> list[Field]:
    """The groups and items around a field, below the root."""
    ends = range(len(root.place) + 1, len(leaf.place))
    around = (root.find(leaf.place[len(root.place) : end]) for end in ends)
    return [field for field in around if field and field.children]


def _is_whole(group: Field, paths: Iterable[str]) -> bool:
    """Whether all that a group needs is asked."""
    needed = [child.indexed for child in group.children.values() if child.required]
    return all(any(path == need or path.startswith(f"{need}.") for path in paths) for need in needed)
