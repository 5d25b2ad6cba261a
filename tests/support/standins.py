"""What plays the actions of GitHub where the workflows are run on this machine, named as they are.

`python standins.py NAME`, the inputs in `INPUT_…`. Each does what our workflows use of the action, and nothing else.
"""

import io
import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
import zipfile
from pathlib import Path
from urllib.parse import quote

HERE = Path.cwd()


def take(name: str, default: str = "") -> str:
    return os.environ.get(f"INPUT_{name.upper().replace('-', '_')}", default)


def ask(path: str, raw: bytes = b"") -> bytes:
    """One question to the forge, with the token of the job. Exits where it refuses."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    request = urllib.request.Request(f"{os.environ['FORGE']}/_/{path}", raw or None, method="POST")
    request.add_header("Authorization", f"token {os.environ['FORGE_TOKEN']}")
    try:
        with opener.open(request, timeout=30) as answer:
            return bytes(answer.read())
    except urllib.error.HTTPError as error:
        sys.exit(f"La forge refuse : {error.code} {error.read().decode()}")


def give(name: str, value: str) -> None:
    """An output of the step."""
    with Path(os.environ["GITHUB_OUTPUT"]).open("a", encoding="utf-8") as file:
        file.write(f"{name}={value}\n")


def checkout() -> None:
    """actions/checkout: `ref`, `fetch-depth`, `sparse-checkout`; the token is never left behind here."""
    git = json.loads(ask("checkout"))["git"]
    ref = f"refs/heads/{take('ref')}" if take("ref") else os.environ["FORGE_REF"]
    depth = take("fetch-depth", "1")
    run = ["git", "-c", "init.defaultBranch=main"]
    subprocess.run([*run, "init", "--quiet"], check=True)
    if take("sparse-checkout"):
        subprocess.run([*run, "sparse-checkout", "set", *take("sparse-checkout").split()], check=True)
    whole = [] if depth == "0" else [f"--depth={depth}"]
    subprocess.run([*run, "fetch", "--quiet", *whole, f"file://{git}", ref], check=True)
    subprocess.run([*run, "checkout", "--quiet", "--detach", "FETCH_HEAD"], check=True)


def setup_python() -> None:
    """actions/setup-python, and the packages: a copy of the .venv of this checkout, so that nothing is downloaded."""
    source = Path(os.environ["FORGE_VENV"])
    subprocess.run(["cp", "--archive", "--link", source, HERE / ".venv"], check=True)
    own = HERE / ".venv"
    for path in (*(own / "bin").iterdir(), *own.glob("lib/*/site-packages/*.pth"), own / "pyvenv.cfg"):
        raw = b"" if path.is_symlink() or path.is_dir() or path.stat().st_size > 100_000 else path.read_bytes()
        if bytes(source.parent) in raw:
            mode = path.stat().st_mode
            path.unlink()  # a link to the one that is copied
            path.write_bytes(raw.replace(bytes(source.parent), bytes(HERE)))
            path.chmod(mode)
    for mark in (".site", ".dev"):
        (HERE / ".venv" / mark).unlink(missing_ok=True)
        (HERE / ".venv" / mark).touch()


def upload_artifact() -> None:
    """actions/upload-artifact: `name`, `path`, `if-no-files-found`, `overwrite`, its address; no hidden file."""
    upload(take("name"), with_hidden=False)


def upload_pages_artifact() -> None:
    """actions/upload-pages-artifact: `path`, `include-hidden-files`."""
    upload("github-pages", with_hidden=take("include-hidden-files") == "true")


def upload(name: str, with_hidden: bool) -> None:
    root, raw = HERE / take("path"), io.BytesIO()
    files = [path for path in sorted(root.rglob("*")) if path.is_file()]
    if not with_hidden:
        files = [path for path in files if not any(part.startswith(".") for part in path.relative_to(root).parts)]
    if not files:
        sys.exit("Aucun fichier à joindre." if take("if-no-files-found") != "ignore" else 0)
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in files:
            archive.write(path, path.relative_to(root))
    told = ask(f"artifacts?name={quote(name)}{'&overwrite=1' if take('overwrite') == 'true' else ''}", raw.getvalue())
    give("artifact-url", json.loads(told)["address"])


def deploy_pages() -> None:
    """actions/deploy-pages: puts what the run attached on line, and says where."""
    ask("deploy")
    give("page_url", "https://reseau.example/annuaire/")


ACTIONS = {
    "actions/checkout": checkout,
    "actions/setup-python": setup_python,
    "actions/upload-artifact": upload_artifact,
    "actions/upload-pages-artifact": upload_pages_artifact,
    "actions/deploy-pages": deploy_pages,
}

if __name__ == "__main__":
    ACTIONS[sys.argv[1]]()
