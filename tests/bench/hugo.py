"""The fastest of the usual ways, for comparison: Hugo, one bare template, one Markdown page per COP, and Pagefind.

`python -m tests.bench.hugo write ROOT FOLDER` writes in FOLDER what Hugo builds from the COP of ROOT;
`python -m tests.bench.hugo build FOLDER SITE` builds it there, and its index, as one process to be measured.
"""

import json
import subprocess
import sys
from pathlib import Path

from generator.entries.yaml.source import read_source
from tests.bench.peer import page

HUGO = Path(sys.executable).with_name("hugo")
TEMPLATES = {
    "baseof": """<!doctype html>
<html lang="fr">
<head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body>{{ block "main" . }}{{ end }}</body>
</html>
""",
    "single": '{{ define "main" }}<main data-pagefind-body>{{ .Content }}</main>{{ end }}\n',
    "list": '{{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range .RegularPagesRecursive }}'
    '<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>{{ end }}\n',
}
SETTINGS = """\
baseURL = "https://annuaire.example/"
languageCode = "fr"
title = "Annuaire"
disableKinds = ["taxonomy", "term", "RSS"]
"""


def write(root: Path, folder: Path) -> None:
    """The settings, the templates and a page per COP, each with its title before it."""
    layouts = folder / "layouts" / "_default"
    layouts.mkdir(parents=True)
    for name, text in TEMPLATES.items():
        (layouts / f"{name}.html").write_text(text, encoding="utf-8")
    (folder / "hugo.toml").write_text(SETTINGS, encoding="utf-8")
    for path in sorted(root.glob("cops/*/*.yml")):
        data = read_source(path.name, path.read_bytes()).data
        if data is None:
            raise ValueError(path.name)
        target = folder / "content" / path.parent.name / f"{path.stem}.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(f"{json.dumps({'title': data['nom']})}\n\n{page(data)}", encoding="utf-8")


def build(folder: Path, site: Path) -> None:
    from pagefind_bin import get_executable

    subprocess.run([HUGO, "--quiet", "--source", folder, "--destination", site], check=True)
    subprocess.run([get_executable(), "--site", site], check=True)


if __name__ == "__main__":
    order, first, second = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    {"write": write, "build": build}[order](first, second)
