"""A courtesy: who types `mkdocs build` or `mkdocs serve` by habit gets the whole site too.

The engine calls these functions; `cop build` switches them off in its own subprocess.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from generator.engine import SWITCH
from generator.files import PassingFolder

_passing = ExitStack()
"""The folder where the engine writes while the site stays as it is, and the folder that it was to wipe."""


def on_pre_build(config: Any) -> None:
    """Stop the engine in French before anything is written, and turn it away from the site, which it would wipe."""
    if SWITCH not in os.environ:
        from generator.building import build
        from generator.cli.common import choose_day
        from generator.repository.snapshot import read_snapshot

        with _french():
            build.require_sound(read_snapshot(_root(config), os.environ, choose_day(None)))
        folder = _passing.enter_context(PassingFolder("mkdocs"))
        _passing.callback(setattr, config, "site_dir", config.site_dir)
        config.site_dir = str(folder)


def on_build_error(error: Exception) -> None:
    """The engine goes away."""
    del error
    _passing.close()


def on_post_build(config: Any) -> None:
    """Put the whole site where the engine was to build content/ alone."""
    if SWITCH not in os.environ:
        from generator.building import build
        from generator.cli.common import choose_day

        _passing.close()
        with _french():
            build.build(_root(config), Path(config.site_dir), os.environ, choose_day(None))


def _root(config: Any) -> Path:
    return Path(config.config_file_path).parent


@contextmanager
def _french() -> Iterator[None]:
    """Our reasons to stop become the engine's, in our words."""
    from mkdocs.exceptions import Abort

    from generator.building import build
    from generator.cli.terminal import tell_error
    from generator.failures import Failure
    from generator.problems.reports import as_text, summary

    try:
        yield
    except build.Refused as refused:
        words = as_text(refused.problems, refused.snapshot.lines)
        raise Abort(f"\n{words}\n\n{summary(refused.problems, refused.snapshot.files)}") from None
    except (Failure, OSError, MemoryError) as error:
        raise Abort(f"\n{tell_error(error)}") from None
