"""One issue while the publication fails, as the last job of publier.yml calls it: opened, then closed when it works.

Nothing contributed is quoted: the results of two jobs, and the number of the run.
"""

import os
import sys
from collections.abc import Mapping

from gh import Api, github, own_issue

MARK = "<!-- publication de l’annuaire -->"
TITLE = "La publication du site demande quelqu’un"
TEXT = (
    "La dernière publication a échoué, ou une fiche y attend parce qu’elle en contredit une autre. Le dernier bon site "
    "reste en ligne, mais ses pages datées vieillissent. [Ce qui s’est passé]({address}). Ce sujet se fermera tout "
    "seul à la prochaine publication réussie."
)
DONE = "Le site est de nouveau publié en entier."


def main(environ: Mapping[str, str], api: Api = github) -> str:
    """One sentence for the log."""
    depot, worked = environ["DEPOT"], set(environ["RESULTATS"].split()) == {"success"}
    issue = own_issue(api, depot, MARK)
    if issue is None or issue["state"] != "open":
        if worked:
            return "Rien à dire."
        address = f"{environ['FORGE']}/{depot}/actions/runs/{int(environ['EXECUTION'])}"
        api(f"repos/{depot}/issues", "POST", {"title": TITLE, "body": f"{MARK}\n\n{TEXT.format(address=address)}"})
        return "Sujet ouvert."
    if not worked:
        return "Le sujet est déjà ouvert."
    path = f"repos/{depot}/issues/{issue['number']}"
    api(f"{path}/comments", "POST", {"body": DONE})
    api(path, "PATCH", {"state": "closed", "state_reason": "completed"})
    return "Sujet fermé."


if __name__ == "__main__":
    sys.stdout.write(main(os.environ) + "\n")
