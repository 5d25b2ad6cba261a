"""Texts made to last for ever, or to fill the memory: each must end in a verdict."""

from generator.entries.yaml.source import MAX_ENTRY_BYTES

BOMBS = {
    "dashes": "- " * 30_000,
    "brackets": "[" * 100_000,
    "braces": "{a: " * 30_000,
    "keys": "".join(f"{' ' * n}a:\n" for n in range(600)),
    "questions": "? " * 30_000,
    "one long line": "nom: " + "a" * (MAX_ENTRY_BYTES - 5),
    "one long word": "nom: x\n" + "a" * 200_000,
    "unknown keys": "".join(f"a{n}: x\n" for n in range(20_000)),
    "colons": "a: " * 80_000,
    "quotes": "nom: " + "'" * 200_000,
    "sharps": " #" * 100_000,
    "same key": "nom: x\n" * 30_000,
    "dates": "inscrite_le: " + "1 " * 100_000,
    "mails": "resume: " + "a.b@" * 50_000,
    "mobiles": "resume: " + "06 " * 80_000,
    "tags": "resume: " + "<a" * 100_000,
    "anchors": "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 5000)),
    "curly quotes": "nom: " + "“" * 60_000,
    "hard spaces": "\u00a0" * 60_000 + "nom: x",
}
