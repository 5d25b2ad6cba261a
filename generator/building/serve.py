"""`cop serve`: the site on this machine, rebuilt when any input changes, with the browser reloaded.

A broken entry keeps the last good site and shows the problems, in the terminal and in the page. Only this machine is
answered. The engine runs again only when its own inputs changed, and the search index is made once the page is back.
"""

import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from generator.building.build import Refused
from generator.building.output import check_place, hold
from generator.building.preview import Handler, Server, State
from generator.building.rebuilder import DATA_INPUTS, ENGINE_INPUTS, Rebuilder, Steps
from generator.failures import Failure
from generator.french import pluriel
from generator.harmless import fill
from generator.problems.reports import as_text, summary

PAUSE = 0.2  # seconds between two looks at the inputs
_DONE = object()

Say = Callable[[str], None]
"""Shows some lines as they are: what is a sentence has its French spaces already."""

Stamps = dict[str, tuple[int, int]]
"""Modification time and size of files, by path from the root."""

Tell = Callable[[Exception], str]
"""What is said in French of a broken environment."""


def serve(root: Path, port: int, environ: Mapping[str, str], today: Callable[[], str], say: Say, tell: Tell) -> None:
    """Build, serve and watch until Ctrl-C (KeyboardInterrupt)."""
    output = (root / "site").resolve()
    check_place(root, output)
    with hold(output, say):  # what an interrupted run left is set right before anything is shown
        state = State(shows=(output / "index.html").is_file())
    server = Server(("127.0.0.1", port), partial(Handler, state, str(output)))
    # A preview answers at its own address, whatever the published one is.
    local = dict(environ) | {"SITE_URL": f"http://localhost:{server.server_port}/"}
    rebuilder = Rebuilder(root, local, today)
    seen = read_stamps(root)
    first = attempt(rebuilder, state, say, set(), tell)
    next(first, None)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    say(fill("Le site est à l’adresse {address} (Ctrl-C pour arrêter).", address=local["SITE_URL"]))
    try:
        watch(root, seen, first, lambda changed: attempt(rebuilder, state, say, changed, tell))
    finally:
        server.shutdown()


def attempt(rebuilder: Rebuilder, state: State, say: Say, changed: set[str], tell: Tell = str) -> Steps:
    """Rebuild and tell: what the change asks to see at once, then by steps what is still due to the last good site."""
    started = time.monotonic()
    with _tell_failures(state, say, tell):
        rebuilt = rebuilder.pages(changed)
        spent = f"{time.monotonic() - started:.1f}".replace(".", ",")
        files = pluriel(rebuilt.files, "fichier lu", "fichiers lus")
        say(fill("Pages à jour en {spent} s ({files}).", spent=spent, files=files))
        state.shows = True
        state.update("", rebuilder.take_changed())
    yield
    with _tell_failures(state, say, tell):
        for _ in rebuilder.rest():
            if pages := rebuilder.take_changed():
                state.update(state.wrong, pages)
            yield


@contextmanager
def _tell_failures(state: State, say: Say, tell: Tell) -> Iterator[None]:
    """Whatever is wrong with the content is shown, and the server goes on."""
    try:
        yield
    except Refused as refused:
        # As they are: the lines of the files and their corrections are there to be pasted.
        problems = as_text(refused.problems, refused.snapshot.lines)
        count = summary(refused.problems, refused.snapshot.files)
        say(f"{problems}\n\n{count}" + "\nLe dernier bon site reste affiché." * state.shows)
        state.update(problems)
    except (Failure, OSError, MemoryError) as error:
        words = tell(error)
        shown = fill(" ; le dernier bon reste affiché") * state.shows
        say(f"Le site n’a pas pu être construit{shown}.\n{words}")
        state.update(words)


# Watching -------------------------------------------------------------------------------------------------------------


def watch(root: Path, seen: Stamps, work: Steps, changed: Callable[[set[str]], Steps]) -> None:
    """Take the steps of `work`; at each change since `seen`, leave it for those of `changed`, given the paths.

    Paths that came, went or were written between two looks are one change.
    """
    due = 0.0
    try:
        while True:
            if time.monotonic() >= due:
                now = read_stamps(root)
                due = time.monotonic() + PAUSE
                if now != seen:
                    differing = {path for path in seen.keys() | now.keys() if seen.get(path) != now.get(path)}
                    seen = now
                    work.close()
                    work = changed(differing)
            if next(work, _DONE) is _DONE:
                time.sleep(PAUSE)
    finally:
        work.close()  # what was cut short cleans up after itself


def read_stamps(root: Path) -> Stamps:
    """Of every input."""
    stamps: Stamps = {}
    for name in dict.fromkeys((*DATA_INPUTS, *ENGINE_INPUTS)):
        _stamp(root / name, name, stamps)
    return stamps


def _stamp(path: Path, name: str, stamps: Stamps) -> None:
    """Links inside are not followed: they may lead anywhere, or back."""
    try:
        if path.is_dir():
            for item in os.scandir(path):
                if item.is_symlink():
                    _note(item.stat(follow_symlinks=False), f"{name}/{item.name}", stamps)
                else:
                    _stamp(Path(item.path), f"{name}/{item.name}", stamps)
        else:
            _note(path.stat(), name, stamps)
    except FileNotFoundError:
        return  # an editor replaces files: the next look will see


def _note(stat: os.stat_result, name: str, stamps: Stamps) -> None:
    stamps[name] = stat.st_mtime_ns, stat.st_size
