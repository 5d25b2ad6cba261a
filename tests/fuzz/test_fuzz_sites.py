"""What passes the checks builds, and every file of the site is what its readers take: entries damaged, not refused."""

import csv
import io
import json
import random
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

import feedparser
import html5lib
import icalendar
import pytest
import yaml

from generator.entries import corpus
from generator.problems.problem import Problem
from generator.repository.snapshot import read_snapshot
from tests.support import mutations, repository
from tests.support.chance import ASKED
from tests.support.verdicts import SEEDS, Seed, verdict

PER_SITE = 60
CHANCES = [random.randrange(1 << 30) for _ in range(int(ASKED) // 2000)] if ASKED else [1]
"""A number gives the same site each time; a failing one is in the name of the test."""

PLAIN = [seed for seed in SEEDS if "\r" not in seed.text]


@pytest.mark.parametrize("chance", CHANCES)
def test_what_passes_builds(tmp_path: Path, chance: int) -> None:
    root = repository.make(tmp_path / "depot", 1, 1, 1)
    dice = random.Random(chance)
    for number in range(PER_SITE):
        seed = dice.choice(PLAIN)
        raw = spoil(seed, dice)
        if not errors_of(verdict(seed, raw)[1]):
            (root / seed.path).parent.mkdir(parents=True, exist_ok=True)
            (root / seed.path).with_name(f"2026-01-01-fictive-{number}.yml").write_bytes(raw)
    # What two files say against each other: the later one leaves.
    while wrong := {one.path for one in errors_of(read_snapshot(root, {}, repository.TODAY).problems)}:
        for name in wrong:
            (root / name).unlink()
    assert len([path for kind in corpus.KINDS for path in (root / kind.folder).rglob("*-fictive-*.yml")]) >= 5
    done = repository.build(root)
    assert done.returncode == 0, done.stderr
    for path in sorted((root / "site").rglob("*")):
        if path.is_file():
            read(path)


def spoil(seed: Seed, dice: random.Random) -> bytes:
    """Its name is its own, for nobody enters twice; then one or two of its values are damaged."""
    data = yaml.load(seed.text, yaml.BaseLoader)
    for key in ("nom", "titre"):
        if key in data:
            data[key] = f"{data[key]} {dice.choice(TEXTS)} {dice.randrange(1000)}"
    steps = [
        (dice.choice(mutations.TREE), dice.randrange(65536), dice.randrange(65536), dice.choice(TEXTS))
        for _ in range(dice.randrange(3))
    ]
    return mutations.tree_of(data, steps).encode("utf-8", "replace")


TEXTS = [
    *mutations.PIECES,
    "<b onclick=a()>&amp;",
    "]]>",
    "{{ 7*7 }}",
    "{% x %}",
    "</script>",
    "«\u00a0x\u00a0»",
    "é" * 40,
]
TEXTS += ["-2+3", ";=1+1", "BEGIN:VEVENT", "a,b;c\\n", "\u2060", "🌊", "[x](javascript:a)", "www.exemple.org", '"', "'"]


def errors_of(problems: Sequence[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.is_error]


def read(path: Path) -> None:
    """As the strictest reader of its kind."""
    raw = path.read_bytes()
    if path.suffix == ".html" and ("fictive" in str(path) or path.parent.name == "site"):
        html5lib.HTMLParser(strict=True).parse(raw.decode())
    elif path.suffix in (".rss", ".atom"):
        assert not feedparser.parse(raw).bozo, path
    elif path.suffix in (".svg", ".xml"):
        ElementTree.fromstring(raw)
    elif path.suffix == ".ics":
        assert icalendar.Calendar.from_ical(raw).walk("VCALENDAR"), path
    elif path.suffix in (".json", ".geojson"):
        json.loads(raw)
    elif path.suffix == ".csv":
        sign = ";" if path.stem.endswith("-tableur") else ","
        rows = list(csv.reader(io.StringIO(raw.decode(), newline=""), strict=True, delimiter=sign))
        assert len({len(row) for row in rows if row}) == 1, path
