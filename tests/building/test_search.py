"""What the search index is given of a page."""

import tempfile
from pathlib import Path

import pytest

from generator.building import search

PAGE = """<html lang="fr"><body><header>Menu</header>
<article class="md-content" data-pagefind-body lang="fr"><h1 id="nom">COP d’Allaire</h1>
<span data-aussi="56001 56350" data-pagefind-meta="aussi[data-aussi]"></span>
<p class="fil" data-pagefind-ignore>Annuaire</p>
<div data-pagefind-ignore><div>Légende</div> de la carte</div>
<div class="prose"><p class="chapo">Un <a href="../eau/" title="L’eau">espace</a><br> ouvert.</p></div>
<svg viewBox="0 0 1 1"><text>dessin</text></svg>
<form class="filtres"><label>Thème <select><option>Eau</option></select></label></form>
</article><footer>Pied</footer></body></html>"""


def test_words_headings_and_paragraphs_stay_and_the_rest_goes() -> None:
    said = search.searchable(PAGE.encode()).decode()
    assert "<h1>COP d’Allaire</h1>" in said
    assert "<p>Un espace<br> ouvert.</p>" in said
    assert not any(
        word in said for word in ("Menu", "Pied", "dessin", "Thème", "Eau", "chapo", "href", "prose", "Annuaire")
    )


def test_what_the_index_is_told_stays() -> None:
    said = search.searchable(PAGE.encode()).decode()
    assert "data-pagefind-body" in said
    assert 'data-aussi="56001 56350" data-pagefind-meta="aussi[data-aussi]"' in said


def test_an_ignored_element_goes_with_its_like_inside() -> None:
    """Cut at the first end, « de la carte » would be searched."""
    said = search.searchable(PAGE.encode()).decode()
    assert "Légende" not in said
    assert "de la carte" not in said


def test_a_text_that_names_the_mark_hides_nothing() -> None:
    page = PAGE.replace("ouvert", "ouvert, dit data-pagefind-ignore, à tous")
    said = search.searchable(page.encode()).decode()
    assert "<p>Un espace<br> ouvert, dit data-pagefind-ignore, à tous.</p>" in said


def test_a_page_that_is_not_searched_gives_nothing() -> None:
    assert search.searchable(PAGE.replace(" data-pagefind-body", "").encode()) == b""


def test_the_texts_lie_in_memory_where_it_has_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def place() -> Path:
        with search.Indexing(tmp_path / "index") as indexing:
            return Path(indexing._texts.name).parent

    monkeypatch.delenv("TMPDIR", raising=False)
    monkeypatch.setattr(search, "MEMORY", tmp_path)
    monkeypatch.setattr(search, "ROOM", 1)
    assert place() == tmp_path
    assert list(tmp_path.iterdir()) == []
    elsewhere = Path(tempfile.gettempdir())
    monkeypatch.setattr(search, "ROOM", 1 << 62)
    assert place() == elsewhere
    monkeypatch.setattr(search, "ROOM", 1)
    monkeypatch.setattr(search, "MEMORY", tmp_path / "missing")
    assert place() == elsewhere
    monkeypatch.setattr(search, "MEMORY", tmp_path)
    monkeypatch.setenv("TMPDIR", str(elsewhere))
    assert place() == elsewhere


REPEATED = ("Ajouter à mon calendrier", "S’inscrire", "Inscriptions ouvertes", "Complète", "Réalisé", "échéance")


def test_what_every_entry_repeats_is_not_searched(site: Path) -> None:
    """« calendrier » would find each training, « réalisé » each COP."""
    found = {
        (path.parent.parent.name, word)
        for section in ("cops", "formations", "actualites")
        for path in site.glob(f"{section}/*/index.html")
        for word in REPEATED
        if word in search.searchable(path.read_bytes()).decode()
    }
    assert found == set()
