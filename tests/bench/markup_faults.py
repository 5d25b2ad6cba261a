"""The Nu validator of the W3C on one page of every kind, for `make bench`: it needs npm, Java and the network once."""

import json
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from tests.support import npm
from tests.support.browser_pages import KINDS

VERSION = "26.9.27"
SHA512 = "TkQd5DFfOaWC9ebtvozTsrH2Vaod3jYg+vrOeREzIXxBexLz9+rS2DNtjn7+RPUiZhgli0SghgBX6RJRNea0KA=="
JAR = "build/dist/vnu.jar"


def jar(folder: Path) -> Path | None:
    """The validator, fetched by npm into `folder`; None where npm or Java is missing. ValueError if it was changed."""
    files = npm.unpacked(folder, "vnu-jar", VERSION, SHA512) if shutil.which("java") else None
    return files and files / JAR


def pages(site: Path) -> list[Path]:
    """One page of every kind."""
    found = {find(site) for find in KINDS.values()}
    return [site / address if address.endswith(".html") else site / address / "index.html" for address in sorted(found)]


def findings(program: Path, chosen: Iterable[Path]) -> list[str]:
    """Errors of these pages, a line each."""
    files = [str(path) for path in chosen]
    command = ["java", "-jar", str(program), "--format", "json", "--exit-zero-always", "--errors-only", *files]
    said = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stderr)["messages"]
    return [f"{message['url']}:{message.get('lastLine', 1)}: {message['message']}" for message in said]
