"""The French spaces of the sentences of problems, set as they are printed: `python -m tests.tools.sentences`.

It is the first part of `make refaire`: what the others write quotes these sentences.
"""

import json

from generator.french import typographie
from tests.support.paths import ROOT

TARGET = ROOT / "generator" / "problems" / "sentences.json"


def printed(text: str) -> str:
    """A sentence with its French spaces; what stands between ` is left as it is."""
    return "`".join(part if odd % 2 else typographie(part) for odd, part in enumerate(text.split("`")))


if __name__ == "__main__":
    typed = json.loads(TARGET.read_text("utf-8"))
    spaced = {
        code: {name: printed(about) if isinstance(about, str) else about for name, about in sentence.items()}
        for code, sentence in typed.items()
    }
    TARGET.write_text(json.dumps(spaced, ensure_ascii=False, indent=1) + "\n", "utf-8")
