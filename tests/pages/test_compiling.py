"""Our templates escape as Jinja's do, although they do it without its detours."""

import traceback

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from generator.pages.frame import compiling

SOURCE = (
    "{{ a }}|{% for x in [a, b] %}{{ x }}{% endfor %}|{{ a ~ b }}|{{ quoi(a) }}|<p title='{{ a }}'>{{ a | upper }}</p>"
)


class Html:
    def __html__(self) -> str:
        return "<i>"


values = st.one_of(st.text("<>&'\"aé \n"), st.integers(), st.none(), st.just(Markup("<b>&amp;</b>")), st.builds(Html))


def environment(source: str) -> jinja2.Environment:
    env = compiling.environment()
    env.loader = jinja2.DictLoader({"essai": source})
    env.globals["quoi"] = lambda value: value
    return env


@given(a=values, b=values)
def test_what_is_shown_is_escaped_as_jinja_does(a: object, b: object) -> None:
    plain = jinja2.Environment(autoescape=True)
    plain.globals["quoi"] = lambda value: value
    ours = environment(SOURCE).get_template("essai").render(a=a, b=b)
    assert ours == plain.from_string(SOURCE).render(a=a, b=b)


def test_an_unknown_name_is_an_error_where_it_is_called_too() -> None:
    for source in ("{{ inconnu }}", "{{ inconnu(1) }}", "{{ quoi(inconnu) }}"):
        with pytest.raises(jinja2.UndefinedError):
            environment(source).get_template("essai").render()


def test_an_unknown_attribute_is_an_error_even_where_it_is_only_asked_for() -> None:
    known = type("Fiche", (), {"nom": "fictive"})()
    assert environment("{{ fiche.nom }}").get_template("essai").render(fiche=known) == "fictive"
    for source in ("{{ fiche.nomm }}", "{% if fiche.nomm %}{% endif %}", "{{ fiche.nomm | default('') }}"):
        with pytest.raises(jinja2.UndefinedError, match="nomm"):
            environment(source).get_template("essai").render(fiche=known)


def test_a_mistake_is_told_with_its_line() -> None:
    with pytest.raises(jinja2.UndefinedError) as told:
        environment("un\ndeux\n{{ fiche.nomm }}\n").get_template("essai").render(fiche=object())
    assert [frame.lineno for frame in traceback.extract_tb(told.tb)][-1] == 3


def test_a_bug_of_ours_stays_a_bug() -> None:
    env = environment("{{ quoi(1) }}")
    env.globals["quoi"] = lambda value: value.inconnu
    with pytest.raises(AttributeError):
        env.get_template("essai").render()


def test_what_python_and_jinja_keep_for_themselves_is_read_as_jinja_reads_it() -> None:
    kept = type("Fiche", (), {"from": "fictive"})()
    assert environment("{{ fiche.from }}").get_template("essai").render(fiche=kept) == "fictive"
    blocs = "{% block nom %}essai{% endblock %} {{ self.nom() }}"
    assert environment(blocs).get_template("essai").render() == "essai essai"


def test_a_function_may_ask_for_the_page_it_is_called_from() -> None:
    env = environment("{% for x in 'ab' %}{% set y = x %}{{ place() }} {% endfor %}")
    env.globals["place"] = jinja2.pass_context(lambda context: f"{context['racine']}{context['y']}")
    assert env.get_template("essai").render(racine="../") == "../a ../b "
