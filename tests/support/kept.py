"""Whether a text stayed as it was but for one passage."""


def is_kept(text: str, more: str) -> bool:
    """Whether the second text is the first one with one passage more."""
    start = next((at for at, (a, b) in enumerate(zip(text, more, strict=False)) if a != b), len(text))
    return len(more) > len(text) and more.endswith(text[start:])
