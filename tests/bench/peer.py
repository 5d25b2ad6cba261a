"""The usual way, for comparison: stock MkDocs + Material, its own search, one Markdown page per COP, all in the nav.

`python -m tests.bench.peer ROOT FOLDER` writes in FOLDER what MkDocs builds from the COP of ROOT.
"""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from generator.entries.yaml.source import read_source

Data = Mapping[str, Any]


def page(data: Data) -> str:
    """A page that says what a COP page says, the way one would write it by hand."""
    return "\n".join(_lines(data))


def _lines(data: Data) -> Iterator[str]:
    yield f"# {data['nom']}\n\n{data['resume']}\n"
    yield "| | |\n|---|---|"
    for key, value in data.items():
        if isinstance(value, str) and key not in {"nom", "resume", "description"}:
            yield f"| {key} | {value} |"
        elif isinstance(value, list) and value and isinstance(value[0], str):
            yield f"| {key} | {', '.join(value)} |"
    yield f"\n{data.get('description', '')}\n"
    for key, value in data.items():
        if isinstance(value, dict):
            yield f"\n## {key}\n"
            yield from (f"- {name} : {_said(item)}" for name, item in value.items())
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            yield f"\n## {key}\n"
            yield from (f"- {_said(item)}" for item in value)


def _said(value: Any) -> str:
    return ", ".join(f"{k} : {_said(v)}" for k, v in value.items()) if isinstance(value, dict) else str(value)


def write(root: Path, folder: Path) -> int:
    """Write the pages and the settings; answers the number of pages."""
    nav: dict[str, list[dict[str, str]]] = {}
    for path in sorted(root.glob("cops/*/*.yml")):
        data = read_source(path.name, path.read_bytes()).data
        if data is None:
            raise ValueError(path.name)
        target = folder / "docs" / path.parent.name / f"{path.stem}.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(page(data), encoding="utf-8")
        nav.setdefault(path.parent.name, []).append({data["nom"]: f"{path.parent.name}/{path.stem}.md"})
    (folder / "docs" / "index.md").write_text("# Annuaire\n", encoding="utf-8")
    settings = {
        "site_name": "Annuaire",
        "theme": {"name": "material", "language": "fr"},
        "plugins": ["search"],
        "nav": [{"Accueil": "index.md"}, *({key: pages} for key, pages in nav.items())],
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return sum(map(len, nav.values()))


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]))
