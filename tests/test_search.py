"""What the search index is given of a page."""

from generator import search

PAGE = """<html lang="fr"><body><header>Menu</header>
<article class="md-content" data-pagefind-body lang="fr"><h1 id="nom">COP d’Allaire</h1>
<span data-aussi="56001 56350" data-pagefind-meta="aussi[data-aussi]"></span>
<p class="fil" data-pagefind-ignore>Annuaire</p>
<p class="chapo">Un <a href="../eau/" title="L’eau">espace</a><br> ouvert.</p>
<svg viewBox="0 0 1 1"><text>dessin</text></svg>
</article><footer>Pied</footer></body></html>"""


def test_words_and_elements_stay_attributes_and_drawings_go() -> None:
    said = search.searchable(PAGE.encode()).decode()
    assert "<h1>COP d’Allaire</h1>" in said
    assert "<p>Un <a>espace</a><br> ouvert.</p>" in said
    assert not any(word in said for word in ("Menu", "Pied", "dessin", "chapo", "href"))


def test_what_the_index_is_told_stays() -> None:
    said = search.searchable(PAGE.encode()).decode()
    assert '<article class="md-content" data-pagefind-body lang="fr">' in said
    assert 'data-aussi="56001 56350" data-pagefind-meta="aussi[data-aussi]"' in said
    assert "data-pagefind-ignore" in said


def test_a_page_that_is_not_searched_gives_nothing() -> None:
    assert search.searchable(PAGE.replace(" data-pagefind-body", "").encode()) == b""
