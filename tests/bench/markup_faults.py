"""The Nu validator of the W3C on one page of every kind, for `make bench`: it needs npm, Java and the network once."""

import base64
import hashlib
import json
import shutil
import subprocess
import tarfile
from collections.abc import Iterable
from pathlib import Path

from tests.support.browser_pages import KINDS

VERSION = "26.9.27"
SHA512 = "TkQd5DFfOaWC9ebtvozTsrH2Vaod3jYg+vrOeREzIXxBexLz9+rS2DNtjn7+RPUiZhgli0SghgBX6RJRNea0KA=="
JAR = "package/build/dist/vnu.jar"


def jar(folder: Path) -> Path | None:
    """The validator, fetched by npm into `folder`; None where npm or Java is missing. ValueError if it was changed."""
    if not (shutil.which("npm") and shutil.which("java")):
        return None
    found = folder / JAR
    if not found.is_file():
        # `pack` downloads and runs nothing.
        packed = ["npm", "pack", "--silent", f"vnu-jar@{VERSION}"]
        name = subprocess.run(packed, cwd=folder, check=True, capture_output=True, text=True).stdout.split()[-1]
        archive = folder / name
        if base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode() != SHA512:
            raise ValueError(f"vnu-jar {VERSION}: not the archive that was pinned")
        with tarfile.open(archive) as packed_files:
            packed_files.extractall(folder, filter="data")
    return found


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
