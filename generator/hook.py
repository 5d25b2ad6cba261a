"""A courtesy: who types `mkdocs build` or `mkdocs serve` by habit gets the whole site too.

The engine calls these functions; `cop build` switches them off in its own subprocess.
"""

import os
from pathlib import Path
from typing import Any

from generator.engine import SWITCH


def on_post_build(config: Any) -> None:
    """Furnish the folder that the engine has just built. Stops the engine in French when an entry has errors."""
    if SWITCH in os.environ:
        return
    from mkdocs.exceptions import Abort

    from generator import build, cli, problems

    try:
        root = Path(config.config_file_path).parent
        build.furnish(root, Path(config.site_dir), os.environ, cli.today(None))
    except build.Refused as refused:
        words = problems.as_text(refused.problems, refused.directory.lines)
        raise Abort(f"\n{words}\n\n{problems.summary(refused.problems, refused.directory.files)}") from None
