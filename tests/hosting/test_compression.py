"""Compressed copies beside the files of a site, for the servers that send them as they are."""

import gzip
import os
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.support.paths import ROOT

PROGRAM = ROOT / ".hebergement" / "comprimer"
LONG_AGO = 1_700_000_000
TEXT = "Une COP locale réunit une commune et ses habitants. ".encode() * 100
SITE = {
    "index.html": TEXT,
    "flux/cops.rss": TEXT,
    "un nom, avec « ça »/x.json": TEXT,
    "court.html": b"court",
    "image.png": TEXT,
    "pagefind/x.pf_index": TEXT,
    ".cop-site.json": TEXT,
}
PACKED = ("index.html", "flux/cops.rss", "un nom, avec « ça »/x.json")


def compress(site: Path, path: str | None = None) -> subprocess.CompletedProcess[str]:
    for name, content in SITE.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(content)
        os.utime(site / name, (LONG_AGO, LONG_AGO))
    environ = os.environ | ({"PATH": path} if path else {})
    return subprocess.run([PROGRAM, site], env=environ, capture_output=True, encoding="utf-8", timeout=60, check=False)


def list_copies(site: Path, ending: str) -> list[str]:
    return sorted(path.relative_to(site).as_posix().removesuffix(ending) for path in site.rglob(f"*{ending}"))


def test_texts_have_a_copy_of_their_time_and_rights(tmp_path: Path) -> None:
    for _ in range(2):
        done = compress(tmp_path)
        assert done.returncode == 0, done.stderr
        assert list_copies(tmp_path, ".gz") == sorted(PACKED)
    for name in PACKED:
        copy = tmp_path / f"{name}.gz"
        assert gzip.decompress(copy.read_bytes()) == TEXT
        assert copy.stat().st_mtime == LONG_AGO
        assert copy.stat().st_mode == (tmp_path / name).stat().st_mode
    assert {name: (tmp_path / name).read_bytes() for name in SITE} == SITE
    assert list_copies(tmp_path, ".br") == (sorted(PACKED) if shutil.which("brotli") else [])


def test_without_brotli_the_others_are_made_and_it_is_told(tmp_path: Path) -> None:
    programs = tmp_path / "programmes"
    programs.mkdir()
    for name in ("bash", "env", "find", "gzip", "nproc", "xargs"):
        (programs / name).symlink_to(str(shutil.which(name)))
    done = compress(tmp_path / "site", str(programs))
    assert (done.returncode, done.stderr.count("brotli")) == (0, 1)
    assert list_copies(tmp_path / "site", ".gz") == sorted(PACKED)
    assert list_copies(tmp_path / "site", ".br") == []


@pytest.mark.parametrize("arguments", [[], [""], ["absent"]])
def test_without_a_site_it_stops(tmp_path: Path, arguments: list[str]) -> None:
    done = subprocess.run([PROGRAM, *arguments], cwd=tmp_path, capture_output=True, timeout=60, check=False)
    assert done.returncode != 0


def test_gitlab_pages_has_them() -> None:
    """GitLab Pages compresses nothing: it sends the copies that it finds. Elsewhere a build makes none."""
    lines = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text("utf-8"))["pages"]["script"]
    built = next(rank for rank, line in enumerate(lines) if "cop build --publier --output public" in line)
    assert f"{PROGRAM.relative_to(ROOT)} public" in lines[built:]
