"""Say what the publication left out, as publier.yml and .gitlab-ci.yml call it once the site is made.

The file is the etat.json that `cop build --publier` wrote. Only what our program names is repeated: paths of entries
and codes of problems, never a contributed word. Ends with 1 where an entry waits aside, so that somebody is told.
"""

import json
import re
import sys
from pathlib import Path

from gh import ENTRY

CODE = re.compile(r"[a-z-]{1,60}")


def tell(text: str) -> tuple[str, int]:
    """Markdown for the summary of the job, and how many entries are left out."""
    status = json.loads(text)
    left = [
        (one["fichier"], one["code"])
        for one in status["ecartees"]
        if ENTRY.fullmatch(one["fichier"]) and CODE.fullmatch(one["code"])
    ]
    counts = status["fiches"]
    lines = [
        f"Site du {status['date']}\u00a0: {counts['cops']} COP, {counts['formations']} formations, "
        f"{counts['actualites']} actualités\u202f; avertissements\u00a0: {status['problemes']['avertissements']}."
    ]
    if left:
        lines += ["", "Fiches laissées de côté, parce qu’elles en contredisent d’autres\u00a0:", ""]
        lines += [f"- `{path}` ({code})" for path, code in left]
        lines += ["", "Gardez l’une des deux et corrigez ou retirez l’autre\u00a0: `cop check` dit lesquelles."]
    return "\n".join(lines), len(status["ecartees"])


def main(path: str) -> int:
    """Print the summary; 1 where an entry is left out."""
    told, left = tell(Path(path).read_text(encoding="utf-8"))
    sys.stdout.write(f"{told}\n")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
