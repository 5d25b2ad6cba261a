"""What a fresh clone relies on: locks, targets, commands that the README names."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

from tests.support.paths import ROOT
from tests.support.repository import read_help

LOCKS = ("requirements.txt", "requirements-dev.txt")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def pinned(lock: str) -> list[str]:
    """One requirement a string, its hashes included."""
    text = re.sub(r"\\\n\s*", " ", (ROOT / lock).read_text("utf-8"))
    return [line for line in text.split("\n") if line and not line.startswith("#")]


def names(lines: list[str]) -> set[str]:
    found = (re.match(r"[A-Za-z0-9._-]+", line) for line in lines)
    return {re.sub(r"[._-]+", "-", name[0]).lower() for name in found if name}


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_are_exact_and_hashed(lock: str) -> None:
    lines = pinned(lock)
    assert len(lines) > 20
    for line in lines:
        assert re.match(r"[a-z0-9._-]+==\S+ ", line), line
        assert "--hash=sha256:" in line, line


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_name_no_index(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert not re.search(r"://|--(?:extra-)?index-url|--find-links|--trusted-host|@ file|^-e ", text, re.MULTILINE)


def test_locks_hold_what_the_project_asks_for() -> None:
    wanted = names([*PROJECT["project"]["dependencies"], *PROJECT["build-system"]["requires"]])
    assert wanted <= names(pinned("requirements.txt"))
    dev = [one for one in PROJECT["dependency-groups"]["dev"] if isinstance(one, str)]
    assert names(dev) <= names(pinned("requirements-dev.txt"))


def test_both_locks_agree() -> None:
    first, second = ({line.split(" ")[0] for line in pinned(lock)} for lock in LOCKS)
    assert first <= second


def test_every_dependency_says_why() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    block = text.split("dependencies = [\n", 1)[1].split("\n]", 1)[0]
    lines = block.split("\n")
    assert len(lines) == len(PROJECT["project"]["dependencies"])
    assert [line for line in lines if not re.search(r"\",\s+# \S.{3,}", line)] == []


def test_every_exception_to_the_style_says_why() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    block = text.split("\nignore = [\n", 1)[1].split("\n]", 1)[0]
    assert [line for line in block.split("\n") if "#" not in line] == []


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))


@pytest.mark.skipif(not shutil.which("make"), reason="make n’est pas installé")
def test_help_lists_every_target() -> None:
    done = subprocess.run(["make", "-s", "aide"], cwd=ROOT, capture_output=True, text=True, check=True)
    listed = {line.split()[0] for line in done.stdout.strip().split("\n")}
    assert listed == targets() - {"chromium", "serveurs"}
    assert {"site", "test", "check", "serve", "demo", "bench", "lock", "clean", "aide"} <= listed
    assert all(len(line.split(None, 1)) == 2 for line in done.stdout.strip().split("\n"))


@pytest.mark.parametrize("target", ["essais-rapides", "essais-serveurs", "refaire"])
def test_who_develops_is_told_of(target: str) -> None:
    assert f"make {target}" in (ROOT / "CONTRIBUTING.md").read_text("utf-8")


def test_every_program_that_writes_a_committed_file_is_in_one_target() -> None:
    made = re.findall(r"^MADE := (.*)$", MAKEFILE, re.MULTILINE)[0].split()
    tools = {path.stem for path in (ROOT / "tests" / "tools").glob("*.py")}
    by_hand = {"pictures", "share_pictures", "contact_sheet", "compare_sites", "compare_looks"}
    assert set(made) == tools - by_hand


def test_hooks_of_who_develops_check_what_the_targets_check() -> None:
    [repo] = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    for hook in repo["hooks"]:
        assert hook["entry"].replace(".venv/bin", "$(BIN)") in MAKEFILE, hook


def code_of_the_readme() -> list[str]:
    """Lines of its blocks of code and its words in code."""
    blocks = re.findall(r"```(?:sh|bash|console|shell)?\n(.*?)```", README, re.DOTALL)
    return [*(line for block in blocks for line in block.split("\n")), *re.findall(r"`([^`\n]+)`", README)]


def commands(told: str) -> list[str]:
    """Those that the help of `cop` lists."""
    return re.findall(r"^  ([a-z]+)  ", told.split("Commandes")[1], re.MULTILINE)


def test_readme_names_only_targets_that_exist() -> None:
    named = {found[1] for line in code_of_the_readme() if (found := re.match(r"\s*make ([a-z-]+)", line))}
    assert {"site", "test"} <= named
    assert named <= targets()


def test_readme_names_only_commands_and_options_that_exist() -> None:
    lines = [found[1] for line in code_of_the_readme() if (found := re.search(r"(?:^|/)cop ([^#]*)", line))]
    general = read_help()
    helps = {name: read_help(name) for name in commands(general)}
    for line in lines:
        words = line.replace("\\", "").split()
        command = next((word for word in words if not word.startswith("-") and word in helps), None)
        assert command or not words or words[0].startswith("--"), line
        for option in re.findall(r"(?<!\S)--[a-z-]+", line):
            assert option in general + helps.get(command or "", ""), line


def test_every_command_is_in_the_readme() -> None:
    known = commands(read_help())
    assert {"check", "build", "serve", "new"} <= set(known)
    text = "\n".join(code_of_the_readme()) + MAKEFILE
    assert [name for name in known if f"cop {name}" not in text] == []


def test_integration_only_calls_make_test() -> None:
    lines = (ROOT / ".ci" / "run").read_text("utf-8").strip().split("\n")
    orders = [line for line in lines if line and not line.startswith(("#", "set ", "cd "))]
    assert orders == ["exec make test"]


def test_what_is_built_is_not_kept() -> None:
    ignored = (ROOT / ".gitignore").read_text("utf-8").split()
    for name in ("site", ".site.cop", ".venv", "demo"):
        assert any(line.strip("/") == name for line in ignored), name


def test_top_level_is_what_was_agreed() -> None:
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("ce dossier n’est pas un dépôt git")
    folders = {Path(line).parts[0] for line in done.stdout.split("\n") if "/" in line}
    assert {name for name in folders if not name.startswith(".")} == {
        "content",
        "cops",
        "schema",
        "generator",
        "tests",
    }
