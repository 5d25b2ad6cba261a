"""`make bench`: the budgets of the project, measured on this machine, and the usual way in the same run.

Prints a Markdown table for each part of the bench. Every figure is that of whole processes, the median of several.
`--quick` runs each once; `--noter` writes the tables in README.md.
"""

import argparse
import re
import statistics
import sys
import tempfile
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from pathlib import Path

from tests.bench import (
    facet_times,
    finding,
    hostile,
    hugo,
    noted,
    pages,
    region,
    serve,
)
from tests.bench.noted import README, Chapter
from tests.bench.plan import DAY, MB, Plan, Row, french, said
from tests.bench.run import COP, CommandError, Cost, median, middle, run, size
from tests.support.paths import ROOT

GROWN = "depuis, une page par commune (un quart du temps), les engagements, les documents, la lettre"
ROOMS = "le rangement en pièces a enlevé des raccourcis"
"""Why a budget, which comes from a smaller directory, may be passed."""


USUAL = 30.8
"""Seconds that the usual way took on the machine and in the minute for which the budgets were set."""


def speed(plan: Plan) -> Iterator[Row]:
    """Check and build at 1,000 COP, then at 10,000, against the budgets; then the usual way."""
    good, bad = check(plan)
    yield Row("`cop check`, 1 000 fiches", said(good), "≤ 1,0 s", good.wall <= 1.0, ROOMS)
    yield Row("les mêmes, une faute dans chacune", said(bad), "≤ 2,0 s", bad.wall <= 2.0, ROOMS)
    bare = plan.build(1000, "--no-index")
    yield Row("`cop build --no-index`, 1 000 COP", said(bare), "≤ 3 s", bare.wall <= 3, GROWN)
    whole = plan.build(1000)
    yield Row("`cop build`, 1 000 COP", said(whole), "≤ 4,5 s", whole.wall <= 4.5, GROWN)
    usual_seconds = yield from usual(plan)
    seconds = " ; ".join(f"{french(cost.wall * USUAL / usual_seconds, 1)} s" for cost in (good, bad, bare, whole))
    yield Row(f"les quatre premiers, ramenés à une machine où MkDocs met {french(USUAL, 1)} s", seconds)
    yield from fastest(plan)
    yield from growth(plan, bare)


def check(plan: Plan) -> tuple[Cost, Cost]:
    """A thousand files, then the same with one mistake in each; a first run fills the disk's cache."""
    root = plan.alone()
    command: list[str | Path] = [COP, "--root", root, "check", *DAY]
    run(command, root)
    good = median(plan.short, lambda: run(command, root))
    right = {path: path.read_text("utf-8") for path in root.glob("cops/*/*.yml")}
    for path, text in right.items():
        path.write_text(re.sub(r"^statut: .*", "statut: activ", text, flags=re.M), "utf-8")
    bad = median(plan.short, lambda: run(command, root, allowed=1))
    for path, text in right.items():
        path.write_text(text, "utf-8")
    return good, bad


def growth(plan: Plan, small: Cost) -> Iterator[Row]:
    """10,000 COP, and whether each thousand costs the same as the one before."""
    middle, large = (plan.build(count, "--no-index") for count in (5000, 10_000))
    kept = large.wall <= 20 and large.peak <= 1000 * MB
    yield Row("`cop build --no-index`, 10 000 COP", said(large), "≤ 20 s et 1 Go", kept, GROWN)
    first, second = (middle.wall - small.wall) / 4, (large.wall - middle.wall) / 5
    told = f"{french(1000 * first)} ms puis {french(1000 * second)} ms"
    yield Row("mille COP de plus, de 1 000 à 5 000 puis à 10 000", told, "égal à 30 % près", second <= 1.3 * first)


def hostile_texts(plan: Plan) -> Iterator[Row]:
    """The worst of the texts that were made to last, at each door where one may come in."""
    root = plan.repository(1000)
    for worst in hostile.find_slowest(root, plan.site(1000)):
        told = f"{french(worst.seconds, 2)} s (« {worst.name} »)"
        yield Row(f"un texte hostile de 256 Ko, par {worst.door}", told, "≤ 5 s", worst.seconds <= 5)


def in_turns(plan: Plan, root: Path, theirs: Callable[[], Cost]) -> tuple[Cost, Cost, float]:
    """Our cost, theirs, and how many times faster we are.

    Each build of theirs between two of ours: from one minute to the next a shared machine is another.
    """
    if plan.long > 1:  # a first run of each fills the disk's cache
        plan.once(root)
        theirs()
    rounds = [(plan.once(root), theirs(), plan.once(root)) for _ in range(plan.long)]
    ours = middle([cost for before, _, after in rounds for cost in (before, after)])
    faster = statistics.median(2 * between.wall / (before.wall + after.wall) for before, between, after in rounds)
    return ours, middle([between for _, between, _ in rounds]), faster


def usual(plan: Plan) -> Generator[Row, None, float]:
    """The same thousand entries as nav pages of stock MkDocs; gives the seconds that it takes."""
    root, folder = plan.alone(), plan.folder / "mkdocs"
    folder.mkdir()
    run([sys.executable, "-m", "tests.bench.peer", root, folder], ROOT)
    print("… les 1 000 COP seules et MkDocs + Material, tour à tour", file=sys.stderr)
    sites: list[Path] = []

    def build() -> Cost:
        sites.append(plan.fresh())
        return run([sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", sites[-1]], folder)

    ours, theirs, faster = in_turns(plan, root, build)
    yield Row("`cop build`, les 1 000 COP seules", said(ours))
    yield Row("MkDocs + Material, mêmes 1 000 COP dans le menu", said(theirs))
    yield Row("temps : rapport, tour à tour", f"{french(faster, 1)} fois plus rapide", "≥ 10", faster >= 10, GROWN)
    our_size, their_size = size(plan.sites[root]), size(sites[-1])
    smaller = their_size / our_size
    sizes = f"{french(our_size / MB, 1)} Mo contre {french(their_size / MB, 1)} Mo"
    yield Row("taille du site : rapport", f"{french(smaller, 1)} fois plus petit ({sizes})", "≥ 8", smaller >= 8, GROWN)
    return theirs.wall


def fastest(plan: Plan) -> Iterator[Row]:
    """By Hugo with one bare template, then Pagefind: neither check, map, feed nor data."""
    what = "Hugo, un gabarit nu, et Pagefind, mêmes 1 000 COP"
    if not hugo.HUGO.exists():
        yield Row(what, "non mesuré : hugo manque")
        return
    root, folder = plan.alone(), plan.folder / "hugo"
    run([sys.executable, "-m", "tests.bench.hugo", "write", root, folder], ROOT)
    print("… les 1 000 COP seules et Hugo, tour à tour", file=sys.stderr)
    command: list[str | Path] = [sys.executable, "-m", "tests.bench.hugo", "build", folder]
    _, theirs, faster = in_turns(plan, root, lambda: run([*command, plan.fresh()], ROOT))
    yield Row(what, said(theirs))
    slower = 1 / faster
    yield Row("notre temps contre le sien, tour à tour", f"{french(slower, 1)} fois", "≤ 2,2", slower <= 2.2, GROWN)


def serving(plan: Plan) -> Iterator[Row]:
    """One edit while the site is served; last, because it changes the entry."""
    rebuilt = serve.rebuild(plan.repository(1000), plan.long)
    if rebuilt is not None:
        yield Row("`cop serve`, une fiche modifiée sur 1 000", f"{french(rebuilt, 2)} s", "≤ 1,0 s", rebuilt <= 1.0)


def elsewhere(plan: Plan) -> Iterator[Row]:
    """A directory of another region, from nothing."""
    print("… Pays de la Loire", file=sys.stderr)
    what = "une autre région (Pays de la Loire, 500 COP), par ses réglages et `make reference` seuls"
    made = region.measure(plan.folder)
    if made is None:
        yield Row(what, "non mesuré : npm ou le réseau manque")
        return
    told = f"{french(made.communes)} communes, {french(made.files)} fichiers"
    yield Row(what, f"{told} ; données {french(made.refreshed)} s, construction {french(made.built)} s")


def facets(plan: Plan) -> Iterator[Row]:
    """One facet of the directory, from the click to the list, in a real browser."""
    print("… facettes", file=sys.stderr)
    cost = facet_times.milliseconds(plan.site(1000))
    yield Row("une facette sur 1 000 COP (la plus lente)", f"{french(cost, 1)} ms", "≤ 50 ms", cost <= 50)


def found(plan: Plan) -> Iterator[Row]:
    """What the finder and the search answer of a thousand COP and every commune."""
    print("… recherche", file=sys.stderr)
    root = plan.folder / "recherche"
    run([sys.executable, "-m", "tests.support.search_site", root, "1000"], ROOT)
    plan.once(root)
    told = finding.measure(plan.sites[root])
    for score in told.scores:
        share = f"{french(score.right)} sur {french(score.asked)}"
        yield Row(score.what, share, "toutes", score.right == score.asked)
    yield Row("d’une touche à ses suggestions", f"{french(told.keystroke, 1)} ms", "≤ 50 ms", told.keystroke <= 50)
    size = f"{french(told.places / 1000, 1)} Ko en gzip"
    yield Row("données de « Trouver ma COP »", size, "≤ 30 Ko", told.places <= 30_000)


PARTS: Mapping[str, tuple[str, tuple[Callable[[Plan], Iterator[Row]], ...]]] = {
    "vitesse": ("Vitesse", (speed,)),
    "textes": ("Textes hostiles", (hostile_texts,)),
    "poids": ("Poids des pages", (pages.weights,)),
    "qualite": ("Qualité des pages", (pages.markup, pages.heard, pages.audited, pages.still)),
    "recherche": ("Recherche et filtres", (facets, found)),
    "region": ("Une autre région", (elsewhere,)),
    "apercu": ("Aperçu", (serving,)),
}
"""The parts of the bench, each with its title and its measures, in this order: the last one changes an entry."""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Mesure vitesse et poids.")
    names = f"{', '.join(PARTS)} ; toutes, si aucune n’est nommée"
    parser.add_argument("parties", nargs="*", choices=[[], *PARTS], metavar="partie", help=names)
    parser.add_argument("--quick", action="store_true", help="mesurer chaque chose une seule fois")
    parser.add_argument("--noter", action="store_true", help="écrire les tableaux dans README.md")
    asked = parser.parse_args(arguments)
    measured: dict[str, Chapter] = {}
    with tempfile.TemporaryDirectory(prefix="cop-bench-") as folder:
        plan = Plan(Path(folder), 1, 1) if asked.quick else Plan(Path(folder))
        try:
            for name, (title, measures) in PARTS.items():
                if not asked.parties or name in asked.parties:
                    rows = [row for measure in measures for row in measure(plan)]
                    measured[title] = Chapter(title, noted.say_when(plan), tuple(map(str, rows)))
                    print(measured[title], end="")
                    if asked.noter:
                        noted.refuse_unexplained(rows)
        except CommandError as error:
            print(f"Une commande a échoué : {error}", file=sys.stderr)
            return 1
        except noted.UnexplainedError as error:
            print(f"Rien n’est noté : ce dépassement est sans explication, {error}", file=sys.stderr)
            return 1
    if asked.noter:
        titles = [title for title, _ in PARTS.values()]
        README.write_text(noted.write(README.read_text("utf-8"), measured, titles), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
